"""The stages in order: text to statements."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from seeds.extract.candidate import Candidate
from seeds.extract.clauses import Document, unmask
from seeds.extract.confidence import confidence
from seeds.extract.heading import heading_of
from seeds.extract.lexicon import TRADE
from seeds.extract.normalise import Normalised, normalise
from seeds.extract.outline import REVIEW, Outline, Part
from seeds.extract.rules import rule
from seeds.extract.score import score
from seeds.extract.sentences import candidates
from seeds.extract.statement import Statement

EXTRACTOR_VERSION = "1.4.0"


# The category of what no listed noun speaks for.
_OTHER = "economy"
# From this score on a piece is a statement, where scores decide: in whole reports, to which the model was fitted.
LEAST_SCORE = 0.4
LEAST_PIECES = 200
# Whether they do so where nobody says; why not: ADR 0030.
JUDGE = True
_MARKS = " \t\u3000，。；：！？、,.;:!?"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and marks at its ends."""
    while start < end - 1 and text[end - 1] in _MARKS:
        end -= 1
    while start < end - 1 and text[start] in _MARKS:
        start += 1
    return start, end


def _as_written(unit: str, quote: str) -> str:
    """A measure word with the brackets that the source has: 套(户)."""
    unit = unmask(unit)
    return unit if unit in quote else unit.replace("（", "(").replace("）", ")")


def _kind(part: Part) -> str:
    return "achievement" if part.role == REVIEW else "commitment"


@rule(
    "due.section",
    must=["新建学校3所。"],
    never=["9月底前新建学校3所。"],
    meaning="The period of its part implies the date.",
)
def _statement(candidate: Candidate, part: Part, section: str, clean: Normalised, source: str) -> Statement:
    """A candidate with its offsets in the source, its date and its confidence."""
    figure, code, noun = candidate.figure, candidate.milestone.code, candidate.noun
    due: date | None
    if candidate.due is not None:
        (due, rule), basis = candidate.due, "stated"
    else:
        due, rule, basis = part.due_on, "due.section", "implied"
    start, end = candidate.start, candidate.end
    if clean.text[start] in _MARKS or clean.text[end - 1] in _MARKS:
        start, end = _trimmed(clean.text, start, end)
    start, end = clean.span(start, end)
    quote, rules = source[start:end], (*candidate.rules, rule)
    unit = figure.unit if figure else None
    if unit and "（" in unit:
        unit = _as_written(unit, quote)
    values = (
        _kind(part),
        start,
        end,
        quote,
        section,
        noun.slug if noun else _OTHER,
        code,
        figure.quantity if figure else None,
        unit,
        figure.comparator if figure and figure.quantity is not None else None,
        due,
        candidate.names,
        candidate.title.strip(_MARKS),
        basis if due else None,
        rules,
        confidence(rules, code),
    )
    return tuple.__new__(Statement, values)  # half the time of Statement(…)


class Passage(NamedTuple):
    """A sentence of a part that speaks of work, by its offsets in the source, and what its part says of it."""

    start: int
    end: int
    kind: str
    section: str
    due_on: date | None


def passages(text: str, *, year: int | None = None) -> list[Passage]:
    """Every sentence in which statements are looked for, in the order of the text."""
    clean = normalise(text)
    sentences = Outline(clean.text, year or heading_of(text).year).sentences()
    return [
        Passage(*clean.span(one.start, one.end), _kind(one.part), one.part.section, one.part.due_on)
        for one in sentences
    ]


class Piece(NamedTuple):
    """A stretch that the splitter took for one statement, what it says or would say, and whether the rules keep it."""

    statement: Statement
    kept: bool


def pieces(text: str, *, year: int | None = None, scored: bool = True) -> list[Piece]:
    """Every piece of the parts that speak of work, those that make no statement too, ordered by start.

    Where ``scored``, the confidence is the probability that a careful reader takes the piece.
    """
    year = year or heading_of(text).year
    clean = normalise(text)
    document = Document(clean.text)
    found: list[Piece] = []
    for sentence in Outline(clean.text, year).sentences():
        dropped: list[Candidate] = []
        kept = candidates(document, sentence, year, dropped)
        part, section = sentence.part, sentence.part.section
        found += [Piece(_statement(candidate, part, section, clean, text), kept=True) for candidate in kept]
        found += [Piece(_statement(candidate, part, section, clean, text), kept=False) for candidate in dropped]
    found.sort(key=lambda piece: piece.statement.start)
    return [Piece(_scored(piece.statement, kept=piece.kept), piece.kept) for piece in found] if scored else found


def _scored(statement: Statement, *, kept: bool) -> Statement:
    """The statement with the probability that a careful reader takes it; trade is not labelled and keeps its own."""
    if kept and statement.category in TRADE:
        return statement
    return statement._replace(confidence=score(statement, kept=kept))


def judged(found: Sequence[Piece], scores: Sequence[float]) -> list[Statement]:
    """The statements where scores decide, of those about the people's livelihood, what is kept and what is not.

    What the rules keep stands before what they leave out, where both share words.
    """
    taken = [
        piece
        for piece, share in zip(found, scores, strict=True)
        if (piece.kept if piece.statement.category in TRADE else share >= LEAST_SCORE)
    ]
    spans = [(piece.statement.start, piece.statement.end) for piece in taken if piece.kept]
    kept: list[Statement] = []
    for piece in taken:
        start, end = piece.statement.start, piece.statement.end
        at = bisect_left(spans, (start, end))
        near = spans[max(at - 1, 0) : at + 1]
        if piece.kept or not any(left < end and start < right for left, right in near):
            kept.append(piece.statement)
    return kept


def extract(
    text: str, *, year: int | None = None, jurisdiction: str | None = None, judge: bool = JUDGE
) -> list[Statement]:
    """Find every statement of a report, ordered by start.

    ``year`` is the report's; without it the title lines tell, and where they do not, nothing is dated by its section.
    ``jurisdiction`` is the GB/T 2260 code of the government; the rules are the same for all governments.
    With ``judge`` the scores of pieces decide in whole reports what is kept; the rules alone decide in excerpts.
    """
    year = year or heading_of(text).year
    if judge and len(found := pieces(text, year=year)) >= LEAST_PIECES:
        return judged(found, [piece.statement.confidence for piece in found])
    clean = normalise(text)
    document = Document(clean.text)
    kept: list[Statement] = []
    for sentence in Outline(clean.text, year).sentences():
        for candidate in candidates(document, sentence, year):
            part = sentence.part
            kept.append(_scored(_statement(candidate, part, part.section, clean, text), kept=True))
    kept.sort(key=attrgetter("start"))
    return kept
