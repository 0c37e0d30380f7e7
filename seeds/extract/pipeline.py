"""The stages in order: text to statements."""

from collections.abc import Iterator
from datetime import date

from seeds.extract import deadlines
from seeds.extract.clauses import Document, Piece, clauses, pieces
from seeds.extract.confidence import confidence
from seeds.extract.gate import may_hold
from seeds.extract.heading import heading_of
from seeds.extract.judge import judge
from seeds.extract.milestones import final_code
from seeds.extract.normalise import Normalised, normalise
from seeds.extract.outline import REVIEW, Outline, Sentence
from seeds.extract.statement import Statement
from seeds.extract.verdict import Context, Verdict

EXTRACTOR_VERSION = "1.0.0"


def _verdicts(document: Document, sentence: Sentence) -> Iterator[tuple[Verdict, tuple[int, int]]]:
    """The verdicts of one sentence, each with its clause."""
    context = Context(document, sentence.part.title)
    for start, end in clauses(document.masked, sentence.start, sentence.end):
        if not document.has_figure(start, end) and not may_hold(document.masked, start, end):
            context.unread.append((start, end))
            continue
        found = pieces(document, start, end)
        final = final_code(found[-1].final) if found else ""
        shared: Piece | None = None
        for piece in found:
            verdict = judge(document, piece, context, None if piece.lead else shared, final)
            shared = piece if piece.lead else shared
            if verdict is None:
                context.unread.append((piece.start, piece.end))
                continue
            context.follow(verdict, document.text[piece.start:piece.end])
            yield verdict, (start, end)


class _Reader:
    """Turns the verdicts on one report into statements."""

    def __init__(self, clean: Normalised, source: str, year: int | None) -> None:
        self.clean, self.source, self.year = clean, source, year

    def statement(self, verdict: Verdict, sentence: Sentence, clause: tuple[int, int]) -> Statement:
        """Dates, offsets and title of one verdict."""
        part = sentence.part
        achieved = part.role == REVIEW
        due, rule, basis = self._due(sentence, clause, achieved)
        start, end = self.clean.span(verdict.start, verdict.end)
        figure = verdict.figure
        rules = (*verdict.rules, rule)
        return Statement(
            "achievement" if achieved else "commitment", start, end, self.source[start:end], part.section, verdict.slug,
            verdict.milestone.code, figure.quantity if figure else None, figure.unit if figure else None,
            figure.comparator if figure else None, due, verdict.names, self.clean.text[verdict.start:verdict.end],
            basis if due else None, rules, confidence(rules, verdict.milestone.code),
        )

    def _due(self, sentence: Sentence, clause: tuple[int, int], achieved: bool) -> tuple[date | None, str, str]:
        if not achieved:
            found = deadlines.stated(self.clean.text[clause[0]:clause[1]], self.year)
            if found is not None:
                return found[0], found[1], "stated"
        return sentence.part.due_on, "due.section", "implied"


def extract(text: str, *, year: int | None = None, jurisdiction: str | None = None) -> list[Statement]:
    """Find every statement of a report, ordered by start."""
    year = year or heading_of(text).year
    clean = normalise(text)
    document = Document(clean.text)
    reader = _Reader(clean, text, year)
    found = [
        reader.statement(verdict, sentence, clause)
        for sentence in Outline(clean.text, year).sentences()
        for verdict, clause in _verdicts(document, sentence)
    ]
    found.sort(key=lambda statement: statement.start)
    return found
