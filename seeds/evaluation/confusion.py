"""The errors themselves, with their words: what to read when a figure falls."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from seeds.evaluation.gold import Row
from seeds.evaluation.measures import ATTRIBUTES, Outcome, same

MISSED, SPURIOUS, WRONG = "missed", "spurious", "wrong"
# The people who ask about these first notice an error here most.
_CORE = frozenset({"education", "health", "transport", "housing"})
_CONTEXT = 14
_WEIGHT = {"kind": 3.0, "category": 2.0, "quantity": 2.0, "unit": 2.0, "due_on": 2.0}
_LIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Confusion:
    """One error: a gold statement missed, a statement that is none, or one with wrong attributes."""

    error: str
    report: str
    start: int
    end: int
    words: str
    kind: str | None
    category: str | None
    wrong: tuple[tuple[str, object, object], ...]
    weight: float


def worst(name: str, text: str, outcome: Outcome, limit: int | None = None) -> list[Confusion]:
    """The report's errors, those that mislead readers most first; ``limit`` cuts the list."""
    found = sorted(_confusions(name, text, outcome), key=lambda one: (-one.weight, one.start))
    return found[:limit]


def tally(outcome: Outcome) -> list[tuple[str, str, str, int]]:
    """How often each value was taken for another: attribute, expected, got, count; the most frequent first."""
    counts = Counter(
        (attribute, str(getattr(gold, attribute)), str(getattr(found, attribute)))
        for gold, found in outcome.pairs
        for attribute in ("kind", "category", "milestone", "unit", "comparator")
        if not same(gold, found, attribute)
    )
    return [(*key, count) for key, count in counts.most_common()]


def _confusions(name: str, text: str, outcome: Outcome) -> Iterator[Confusion]:
    for row in outcome.missed:
        yield _confusion(MISSED, name, text, row, (), 4.0 + _prominence(row))
    for row in outcome.spurious:
        yield _confusion(SPURIOUS, name, text, row, (), 3.0 + (row.confidence or 0.0))
    for gold, found in outcome.pairs:
        wrong = tuple(
            (attribute, getattr(gold, attribute), getattr(found, attribute))
            for attribute in ATTRIBUTES
            if not same(gold, found, attribute)
        )
        if wrong:
            yield _confusion(
                WRONG, name, text, found, wrong, sum(_WEIGHT.get(attribute, _LIGHT) for attribute, _, _ in wrong)
            )


def _prominence(row: Row) -> float:
    return float(row.kind == "commitment") + float(row.category in _CORE)


def _confusion(
    error: str, name: str, text: str, row: Row, wrong: tuple[tuple[str, object, object], ...], weight: float
) -> Confusion:
    before = text[max(0, row.start - _CONTEXT) : row.start]
    words = f"{before}【{text[row.start : row.end]}】{text[row.end : row.end + _CONTEXT]}"
    return Confusion(error, name, row.start, row.end, " ".join(words.split()), row.kind, row.category, wrong, weight)
