"""Matching of found statements with gold ones, and the figures that follow from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seeds.evaluation.gold import Row

ATTRIBUTES = ("kind", "category", "milestone", "quantity", "unit", "comparator", "due_on")
# What must all be right for a record to count, besides its span.
RECORD = ("kind", "category", "quantity", "unit", "due_on")
# Statements of these categories are emitted but not labelled, so they count only where they sit on a gold span.
UNLABELLED = frozenset({"economy", "governance"})
SAME_SPAN = 0.5
_SAME_QUANTITY = 1e-6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one comparison: the pairs, what was missed, and what was found beyond the gold."""

    pairs: tuple[tuple[Row, Row], ...]
    missed: tuple[Row, ...]
    spurious: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The counts of a comparison, from which every figure follows."""

    gold: int
    predicted: int
    matched: int
    records: int
    right: tuple[int, ...]

    @property
    def precision(self) -> float:
        """Share of the counted predictions that sit on a gold span."""
        return _share(self.matched, self.predicted)

    @property
    def recall(self) -> float:
        """Share of the gold spans that were found."""
        return _share(self.matched, self.gold)

    @property
    def span_f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.matched, self.gold + self.predicted)

    @property
    def record_f1(self) -> float:
        """The same, counting only matches whose kind, category, quantity, unit and due date are right too."""
        return _share(2 * self.records, self.gold + self.predicted)

    @property
    def accuracy(self) -> dict[str, float]:
        """For each attribute the share of the matches that have it right."""
        return {name: _share(right, self.matched) for name, right in zip(ATTRIBUTES, self.right, strict=True)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def overlap(left: Row, right: Row) -> float:
    """Intersection over union of two spans, 0 to 1."""
    common = min(left.end, right.end) - max(left.start, right.start)
    return common / (max(left.end, right.end) - min(left.start, right.start)) if common > 0 else 0.0


def same(gold: Row, found: Row, attribute: str) -> bool:
    """Whether both rows agree on an attribute; quantities may differ by rounding."""
    left, right = getattr(gold, attribute), getattr(found, attribute)
    if attribute == "quantity" and left is not None and right is not None:
        return bool(abs(left - right) <= _SAME_QUANTITY * max(1.0, abs(left)))
    return bool(left == right)


def is_right(gold: Row, found: Row) -> bool:
    """Whether the whole record is right: everything that an answer to a query rests on."""
    return all(same(gold, found, attribute) for attribute in RECORD)


def compare(gold: Sequence[Row], found: Sequence[Row]) -> Outcome:
    """Pair gold and found spans one to one, the best overlap first; nothing under one half is a pair."""
    candidates = sorted(
        (
            (share, at, other)
            for at, row in enumerate(gold)
            for other, guess in enumerate(found)
            if row.start < guess.end and guess.start < row.end and (share := overlap(row, guess)) >= SAME_SPAN
        ),
        reverse=True,
    )
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, other in candidates:
        if at not in paired and other not in taken:
            paired[at] = other
            taken.add(other)
    return Outcome(
        tuple((gold[at], found[other]) for at, other in paired.items()),
        tuple(row for at, row in enumerate(gold) if at not in paired),
        tuple(row for other, row in enumerate(found) if other not in taken and row.category not in UNLABELLED),
    )


def scores(outcome: Outcome) -> Scores:
    """The counts of one outcome."""
    matched = len(outcome.pairs)
    return Scores(
        gold=matched + len(outcome.missed),
        predicted=matched + len(outcome.spurious),
        matched=matched,
        records=sum(is_right(*pair) for pair in outcome.pairs),
        right=tuple(sum(same(*pair, attribute) for pair in outcome.pairs) for attribute in ATTRIBUTES),
    )


def summed(rows: Sequence[Scores]) -> Scores:
    """The counts of several comparisons as one; of none, all are 0."""
    return Scores(
        sum(row.gold for row in rows),
        sum(row.predicted for row in rows),
        sum(row.matched for row in rows),
        sum(row.records for row in rows),
        tuple(map(sum, zip(*(row.right for row in rows), strict=True))) or (0,) * len(ATTRIBUTES),
    )


def pooled(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcomes of several reports as one."""
    whole = list(outcomes)
    return Outcome(
        tuple(pair for outcome in whole for pair in outcome.pairs),
        tuple(row for outcome in whole for row in outcome.missed),
        tuple(row for outcome in whole for row in outcome.spurious),
    )


def split(outcome: Outcome, attribute: str) -> dict[str, Outcome]:
    """One outcome for each kind or category: a pair goes with its gold row, everything else with its own value."""
    names = {str(getattr(row, attribute)) for row in (*outcome.missed, *outcome.spurious)}
    names |= {str(getattr(gold, attribute)) for gold, _ in outcome.pairs}

    def has(row: Row, name: str) -> bool:
        return str(getattr(row, attribute)) == name

    return {
        name: Outcome(
            tuple(pair for pair in outcome.pairs if has(pair[0], name)),
            tuple(row for row in outcome.missed if has(row, name)),
            tuple(row for row in outcome.spurious if has(row, name)),
        )
        for name in sorted(names)
    }
