"""Counts for pages: commitments by category and status in one query, statements by report or project in two."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from projects.choices import Category, Status
from projects.models import Achievement, Commitment, CommitmentTally, Project, Report
from projects.querysets import CommitmentQuerySet, overdue_q

_Row = TypeVar("_Row", Report, Project)
# How many commitments of one category and status there are, and how many of them are overdue.
_Cell = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """One status' part of a bar, in percent of the bar's longest possible length."""

    status: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """The commitments of one category or status."""

    code: str
    label: str
    total: int
    completed: int
    overdue: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """All commitments of a list, by category and by status; codes without commitments are left out."""

    total: int
    completed: int
    overdue: int
    categories: tuple[Row, ...]
    statuses: tuple[Row, ...]


def tally_of_all(on: date) -> Tally:
    """Return the counts of all public commitments on a day, from the table of totals: no scan however many."""
    overdue = Coalesce(Sum("commitments", filter=overdue_q(on)), 0)
    totals = CommitmentTally.objects.filter(commitments__gt=0).values("category", "status")
    return _tally(list(totals.annotate(total=Sum("commitments"), overdue=overdue)))


def tally(commitments: "CommitmentQuerySet[Commitment]", on: date) -> Tally:
    """Count some commitments on a day."""
    cells = commitments.order_by().values("category", "status")
    return _tally(list(cells.annotate(total=Count("pk"), overdue=Count("pk", filter=overdue_q(on)))))


def _tally(cells: Sequence[_Cell]) -> Tally:
    return Tally(
        total=_sum(cells, "total"),
        completed=_sum(_of(cells, "status", Status.COMPLETED), "total"),
        overdue=_sum(cells, "overdue"),
        categories=tuple(_rows(cells, "category", Category)),
        statuses=tuple(_rows(cells, "status", Status)),
    )


def _of(cells: Iterable[_Cell], key: str, code: str) -> Sequence[_Cell]:
    return [cell for cell in cells if cell[key] == code]


def _sum(cells: Iterable[_Cell], key: str) -> int:
    return sum(cell[key] for cell in cells)


def _rows(cells: Sequence[_Cell], key: str, choices: type[Category] | type[Status]) -> Iterator[Row]:
    grouped = {choice: _of(cells, key, choice) for choice in choices}
    longest = max((_sum(group, "total") for group in grouped.values()), default=0)
    for choice, group in grouped.items():
        if group:
            yield Row(
                code=choice.value,
                label=str(choice.label),
                total=_sum(group, "total"),
                completed=_sum(_of(group, "status", Status.COMPLETED), "total"),
                overdue=_sum(group, "overdue"),
                segments=tuple(_segments(group, longest)),
            )


def _segments(group: Sequence[_Cell], longest: int) -> Iterator[Segment]:
    x = 0.0
    for status in Status:
        width = 100 * _sum(_of(group, "status", status), "total") / longest
        if width:
            yield Segment(status.value, round(x, 2), round(width, 2))
        x += width


@dataclass(frozen=True, slots=True)
class Counted(Generic[_Row]):
    """A report or project and how many public statements belong to it."""

    row: _Row
    commitments: int
    achievements: int


def counted(rows: Iterable[_Row], key: str) -> list[Counted[_Row]]:
    """Count the public statements of some reports or projects; ``key`` is the statements' field for them."""
    found = list(rows)
    promised, claimed = _counts(Commitment, key, found), _counts(Achievement, key, found)
    return [Counted(row, promised[row.pk], claimed[row.pk]) for row in found]


def _counts(model: type[Commitment] | type[Achievement], key: str, rows: list[_Row]) -> Counter[int]:
    statements = model.objects.published().filter(**{f"{key}__in": rows})
    return Counter(dict(statements.order_by().values_list(key).annotate(Count("pk"))))
