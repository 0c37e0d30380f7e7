"""The candidates of one sentence, clause by clause, with the deadlines that neighbouring clauses state for them."""

import re
from datetime import date

from seeds.extract import deadlines
from seeds.extract.candidate import Candidate, Context
from seeds.extract.classify import assumed, classify
from seeds.extract.clauses import Document, Segment, clauses
from seeds.extract.figures import Figure
from seeds.extract.milestones import final_code
from seeds.extract.outline import REVIEW, Sentence
from seeds.extract.prefilter import may_hold
from seeds.extract.segmentation import segments
from seeds.extract.titles import title_of
from seeds.extract.wordlist import measures, one_of

Deadline = tuple[date, str]
# A clause that only says by when the thing before it will stand: 确保年底前完工.
_FINISH = re.compile(one_of("finish"))
_LONGEST_LEAD = 16
_LENGTHS = measures("length")
# What a counted work costs: 新建学校12所，总投资3.5亿元.
_SUM = re.compile(f"{one_of('sum_of')}*(?:投资|资金)额?(?:约|近|超过?|达到?)?")
_SIZE = re.compile(r"(?:[全总]?长度?|总里程|全宽|总?建筑面积|总面积|占地(?:面积)?)(?:为|达到?|约)?")
# 优良天数261天，较2020年增加36天: by how much the figure before it changed.
_CHANGE = re.compile(r"(?:同比|[较比](?:上年|去年|20\d\d年)(?:同期)?|净)?(?:增加|减少|提高|下降|上升)了?")
# By when, before all else: 9月底前完成…
_WHEN = re.compile(r"\d{1,2}月(?:份|底|末|初|[上中下]旬|\d{1,2}日)?(?:之?前)?")


def candidates(
    document: Document, sentence: Sentence, year: int | None, dropped: list[Candidate] | None = None
) -> list[Candidate]:
    """Every candidate of a sentence, in order; ``year`` is the report's, from which relative deadlines count.

    ``dropped`` takes what the segments that make no candidate would say.
    """
    start, end = sentence.start, sentence.end
    # Most sentences end here.
    if dropped is None and document.next_figure(start) >= end and not may_hold(document.masked, start, end):
        return []
    return _SentenceReader(document, sentence, year, dropped).read()


class _SentenceReader:
    """Reads the clauses of one sentence in order."""

    def __init__(
        self, document: Document, sentence: Sentence, year: int | None, dropped: list[Candidate] | None = None
    ) -> None:
        self.dropped = dropped
        self.document, self.sentence, self.year = document, sentence, year
        self.context = Context(document, sentence.part.title)
        self.lead: Deadline | None = None
        self.candidates: list[Candidate] = []

    def read(self) -> list[Candidate]:
        """Every candidate of the sentence, in order."""
        document, masked = self.document, self.document.masked
        first, last = self.sentence.start, self.sentence.end
        dated = self.sentence.part.role != REVIEW and deadlines.mentioned(document.text, first, last)
        figure = document.next_figure(first)
        unread = self.context.unread
        for start, end in clauses(masked, first, last):
            stated = deadlines.stated(document.text, start, end, self.year) if dated else None
            if figure < start:
                figure = document.next_figure(start)
            if figure >= end and not may_hold(masked, start, end):
                unread.append((start, end))
                found = None
                if self.dropped is not None:
                    self._drop(segments(document, deadlines.skip(document.text, start, end, self.year), end), stated)
            else:
                found = self._clause(start, end, stated)
            if found:
                self._take(found, start, end, stated)
            elif stated is not None:
                self._neighbour(start, end, stated)
        return self.candidates

    def _drop(self, passed_over: list[Segment], stated: Deadline | None) -> None:
        """Note what the segments of a clause that was passed over would say."""
        if self.dropped is not None:
            self.dropped += [assumed(self.document, segment, None, stated) for segment in passed_over]

    def _clause(self, start: int, end: int, stated: Deadline | None) -> list[Candidate]:
        document, context = self.document, self.context
        start = deadlines.skip(document.text, start, end, self.year)
        found = segments(document, start, end)
        last = found[-1]
        final = final_code(last.final) if last.final else ""
        shared: Segment | None = None
        candidates = []
        for segment in found:
            candidate = classify(document, segment, context, None if segment.lead else shared, final)
            if segment.lead:
                shared = segment
            if candidate is None:
                context.unread.append((segment.start, segment.end))
                if self.dropped is not None:
                    self.dropped.append(assumed(document, segment, None if segment.lead else shared, stated))
                continue
            candidate.title = title_of(document, segment, candidate, shared, last, context.segment)
            context.follow(candidate, segment)
            candidates.append(candidate)
        return candidates

    def _take(self, found: list[Candidate], start: int, end: int, stated: Deadline | None) -> None:
        """Date the candidates of a clause and add them."""
        if self._sizes(found, start, end):
            return
        text = self.document.text
        dealt = deadlines.each(text, start, end, self.year) if stated and len(found) > 1 else []
        at, own = start, stated or self.lead
        for place, candidate in enumerate(found):
            if len(dealt) == len(found):
                own = dealt[place]
            elif stated and len(found) > 1:
                # 三季度达到85%、四季度达到100%: each with its own date.
                own = deadlines.stated(text, at, candidate.end, self.year) or own
                at = candidate.end
            candidate.due = own
        self.candidates += found
        if stated and text[start].isdigit() and _WHEN.match(text, start, end):
            # 8月底前完成A，改造B: the month holds for what follows, until another is named.
            self.lead = stated

    def _sizes(self, found: list[Candidate], start: int, end: int) -> bool:
        """Whether a clause only tells the size or the cost of the work before it: 实施花渡路改造工程，全长6.7公里."""
        before = self.candidates[-1] if self.candidates else None
        figure = found[0].figure
        if before is None or figure is None or before.end != start - 1 or len(found) > 1:
            return False
        text = self.document.text
        costs = figure.unit == "元" and figure.end == end and _SUM.fullmatch(text, start, figure.start) is not None
        if costs or self._changes(before, figure, start, end):
            before.end = end
            return True
        if not _SIZE.fullmatch(text, start, figure.start) or figure.end != end:
            return False
        if before.figure is None and figure.unit in _LENGTHS and before.milestone.code != "level":
            before.end, before.figure = end, figure
            before.rules = (*before.rules, figure.rule)
        return True

    def _changes(self, before: Candidate, figure: Figure, start: int, end: int) -> bool:
        """Whether a clause only tells by how many days more or fewer the figure before it stands."""
        told = before.figure
        if told is None or not (told.unit == figure.unit == "天") or figure.end != end:
            return False
        return _CHANGE.fullmatch(self.document.text, start, figure.start) is not None

    def _neighbour(self, start: int, end: int, stated: Deadline) -> None:
        """A clause with a deadline and no statement dates the clauses behind it, or the statement before it."""
        if self.candidates and _FINISH.search(self.document.text, start, end):
            # 6月底前新建幼儿园5所，9月投用: what a statement says of itself stands.
            self.candidates[-1].due = self.candidates[-1].due or stated
        elif end - start <= _LONGEST_LEAD:
            self.lead = stated
