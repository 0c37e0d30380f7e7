"""The stages in order: text to statements."""

from datetime import date
from operator import attrgetter

from seeds.extract.candidate import Candidate
from seeds.extract.clauses import Document, unmask
from seeds.extract.confidence import confidence
from seeds.extract.heading import heading_of
from seeds.extract.normalise import Normalised, normalise
from seeds.extract.outline import REVIEW, Outline, Part
from seeds.extract.rules import rule
from seeds.extract.sentences import candidates
from seeds.extract.statement import Statement

EXTRACTOR_VERSION = "1.2.0"


# The category of what no listed noun speaks for.
_OTHER = "economy"
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
        "achievement" if part.role == REVIEW else "commitment",
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


def extract(text: str, *, year: int | None = None, jurisdiction: str | None = None) -> list[Statement]:
    """Find every statement of a report, ordered by start.

    ``year`` is the report's; without it the title lines tell, and where they do not, nothing is dated by its section.
    ``jurisdiction`` is the GB/T 2260 code of the government; the rules are the same for all governments.
    """
    year = year or heading_of(text).year
    clean = normalise(text)
    document = Document(clean.text)
    found: list[Statement] = []
    part, section = Part(), ""
    for sentence in Outline(clean.text, year).sentences():
        for candidate in candidates(document, sentence, year):
            if sentence.part is not part:
                part, section = sentence.part, sentence.part.section
            found.append(_statement(candidate, part, section, clean, text))
    found.sort(key=attrgetter("start"))
    return found
