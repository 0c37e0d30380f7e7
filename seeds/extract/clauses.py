"""The clean text of a report with its figures; sentences into clauses, and segments of clauses."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from seeds.extract.coverage import coverage
from seeds.extract.figures import Figure, figures
from seeds.extract.milestones import final_verbs, lead_verbs
from seeds.extract.tokens import Phrase, Token, phrase

# A quote, bracket or book title that holds a mark of punctuation.
_MARKED = re.compile(
    r"“[^“”，。；：！？、\n]{0,60}[，。；：！？、][^“”\n]{0,60}”|（[^（），。；：！？、\n]{0,60}[，。；：！？、][^（）\n]{0,60}）"
    r"|《[^《》，。；：！？、\n]{0,80}[，。；：！？、][^《》\n]{0,80}》"
)
_INNER = str.maketrans("，。；：！？、\n", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007")
_OUTER = {hidden: chr(mark) for mark, hidden in _INNER.items()}
# Longer than any clause of a report; it keeps the work on text without punctuation in proportion to its length.
_LONGEST_CLAUSE = 400
_CLAUSE_MARK = re.compile("[，。；：！？\n]")


@dataclass(slots=True)
class Segment:
    """A stretch of one clause with its known words, its figures and the verbs that open and close it."""

    start: int
    end: int
    tokens: list[Token]
    figures: list[Figure]
    joined_by: str
    lead: list[Token]
    final: list[Token]
    read: Phrase | None = None

    def phrase(self) -> Phrase:
        """What the known words tell; found out when first asked for, as many segments only become part of others."""
        if self.read is None:
            self.read = phrase(self.tokens, self.start, self.end)
        return self.read


class Document:
    """The clean text of a report, the same text with quotes masked, and all its figures."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.masked = mask(text)
        self._figures = figures(self.masked)
        self._starts = [figure.start for figure in self._figures]
        self._full = coverage(self.masked)
        self._full_starts = [figure.start for figure in self._full]
        # Behind the last one stands the end of the text.
        self._marks = [*sorted(self._starts + self._full_starts), len(text)]

    def figures(self, start: int, end: int) -> list[Figure]:
        starts = self._starts
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        return self._figures[first : bisect_left(starts, end, first)]

    def next_figure(self, start: int) -> int:
        """Where the first figure or full coverage at ``start`` or behind it begins; the end of the text without one."""
        return self._marks[bisect_left(self._marks, start)]

    def coverage(self, start: int, end: int) -> Figure | None:
        """The first full coverage said in words within ``start`` to ``end``."""
        first = bisect_left(self._full_starts, start)
        return self._full[first] if first < len(self._full) and self._full[first].end <= end else None

    def segment(self, start: int, end: int, tokens: list[Token], found: list[Figure], joined_by: str = "") -> Segment:
        """A segment with its opening and closing verbs."""
        return Segment(
            start, end, tokens, found, joined_by, lead_verbs(self.masked, tokens, start), final_verbs(tokens, end)
        )


def mask(text: str) -> str:
    """The text with the marks inside quotes and brackets hidden, same length."""
    return _MARKED.sub(lambda match: match[0].translate(_INNER), text)


def unmask(text: str) -> str:
    """The text with the marks inside quotes and brackets shown again."""
    return text.translate(_OUTER)


def clauses(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    at = start
    # Splitting makes no match objects.
    for clause in _CLAUSE_MARK.split(masked[start:end]):
        size = len(clause)
        if size > _LONGEST_CLAUSE:
            stop = at + size
            found += [(left, min(left + _LONGEST_CLAUSE, stop)) for left in range(at, stop, _LONGEST_CLAUSE)]
        elif size:
            found.append((at, at + size))
        at += size + 1
    return found
