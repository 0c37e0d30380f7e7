"""The clauses of a report that are no statement: what a later report says of a promise without a figure or a name.

A report answers many a promise in words that make no statement by themselves (深入推进…). Such a clause is offered with
what a statement would say of it, so that one which a curator accepts can become a statement.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, Protocol

from seeds.extract import categories
from seeds.extract.clauses import Document, clauses
from seeds.extract.deliverable import main_figure
from seeds.extract.heading import heading_of
from seeds.extract.milestones import milestone
from seeds.extract.normalise import Normalised, normalise
from seeds.extract.outline import REVIEW, Outline, Sentence
from seeds.extract.statement import Statement
from seeds.extract.tokens import read

# Shorter clauses name nothing, longer ones are lists without punctuation.
_SHORTEST, _LONGEST = 6, 120
_LONGEST_TITLE = 45
# A clause that shares half of the shorter one's length with a statement is that statement's.
_SAME = 0.5
_MARKS = " \t\u3000，。；：！？、,.;:!?"


class Stretch(Protocol):
    """Whatever stands at a stretch of the report."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Mention(NamedTuple):
    """A clause with the part of the report that it stands in: ``review`` of the past year or ``plan`` of the coming."""

    part: str
    statement: Statement

    def as_dict(self) -> dict[str, object]:
        """The mention as JSON-ready values: kind and part, then what a statement would say."""
        return {**self.statement.as_dict(), "kind": "mention", "part": self.part}


def mentions(text: str, statements: Iterable[Stretch], *, year: int | None = None) -> list[Mention]:
    """Every clause of the review and of the plan that none of the statements covers, ordered by start."""
    clean = normalise(text)
    document = Document(clean.text)
    taken = sorted((statement.start, statement.end) for statement in statements)
    found: list[Mention] = []
    sentences = Outline(clean.text, year or heading_of(text).year).sentences()
    for sentence in sorted((*sentences, *_passed_over(clean.text, sentences)), key=attrgetter("start")):
        for start, end in _clauses(document, sentence):
            if not _covered(taken, *clean.span(start, end)):
                found.append(_mention(document, clean, text, sentence, start, end))
    return found


def _passed_over(text: str, sentences: list[Sentence]) -> Iterator[Sentence]:
    """The paragraphs within a review that the outline takes nothing from: thanks, intent, and what stands by them."""
    for before, behind in pairwise(sentences):
        if before.part.role != REVIEW or behind.part.role != REVIEW:
            continue
        at = before.end
        for line in text[before.end : behind.start].split("\n"):
            if len(line) > _LONGEST_TITLE:
                yield Sentence(at, at + len(line), before.part)
            at += len(line) + 1


def _clauses(document: Document, sentence: Sentence) -> Iterator[tuple[int, int]]:
    text = document.text
    for start, end in clauses(document.masked, sentence.start, sentence.end):
        written = text[start:end].rstrip(_MARKS)
        clause = written.lstrip(_MARKS)
        if _SHORTEST <= len(clause) <= _LONGEST:
            yield start + len(written) - len(clause), start + len(written)


def _covered(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are ordered and apart, shares half of the shorter one's length with this one."""
    at = max(bisect_left(taken, (start, start)) - 1, 0)
    while at < len(taken) and taken[at][0] < end:
        left, right = taken[at]
        if min(right, end) - max(left, start) >= _SAME * min(end - start, right - left):
            return True
        at += 1
    return False


def _mention(document: Document, clean: Normalised, source: str, sentence: Sentence, start: int, end: int) -> Mention:
    phrase = read(document.masked, start, end)
    segment = document.segment(start, end, phrase.tokens, document.figures(start, end))
    figure = main_figure(document.text, segment) if segment.figures else None
    noun = categories.head(document.text, phrase, start, end)
    code = milestone(phrase, segment.lead, segment.final, counted=figure is not None).code
    part, reviewed = sentence.part, sentence.part.role == REVIEW
    left, right = clean.span(start, end)
    statement = Statement(
        kind="achievement" if reviewed else "commitment",
        start=left,
        end=right,
        quote=source[left:right],
        section=part.section,
        category=noun.slug if noun else "economy",
        milestone=code or "progress",
        quantity=figure.quantity if figure else None,
        unit=figure.unit if figure else None,
        comparator=figure.comparator if figure and figure.quantity is not None else None,
        due_on=part.due_on,
        names=(),
        title=document.text[start:end],
        due_basis="implied" if part.due_on else None,
        confidence=0.0,
    )
    return Mention("review" if reviewed else "plan", statement)
