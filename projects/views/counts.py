"""Counts for pages: commitments by due state in one query, statements by report or project in two."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Case, CharField, Count, QuerySet, Sum, Value, When

from projects.choices import Category, DueState
from projects.models import Achievement, Commitment, CommitmentTally, Project, Report
from projects.querysets import CommitmentQuerySet, due_state_q

_Row = TypeVar("_Row", Report, Project)
# How many commitments there are of one year, category and due state.
_Cell = Mapping[str, Any]
_KEPT = (DueState.KEPT, DueState.KEPT_LATE)
_KNOWN_UNKEPT = (DueState.NOT_KEPT, DueState.PARTLY_KEPT)
_REST = (DueState.RUNNING, DueState.ONGOING, DueState.CLOSED)


@dataclass(frozen=True, slots=True)
class Part:
    """The commitments of one due state, and their part of a bar in percent of the longest one."""

    code: DueState
    total: int
    x: float
    width: float

    @property
    def label(self) -> str:
        """The name of the due state."""
        return str(self.code.label)


@dataclass(frozen=True, slots=True)
class Row:
    """Some commitments by due state, those of a year, of a category, or all; states without any are left out."""

    code: str
    label: str
    total: int
    parts: tuple[Part, ...]

    def _sum(self, states: Iterable[DueState]) -> int:
        return sum(part.total for part in self.parts if part.code in states)

    @property
    def kept(self) -> int:
        """How many are kept, in time or late."""
        return self._sum(_KEPT)

    @property
    def kept_late(self) -> int:
        return self._sum((DueState.KEPT_LATE,))

    @property
    def known_unkept(self) -> int:
        """How many evidence of the due date or later shows as not kept, or only in part."""
        return self._sum(_KNOWN_UNKEPT)

    @property
    def unverified(self) -> int:
        """How many are past their date while nothing on file tells of that day."""
        return self._sum((DueState.UNVERIFIED,))

    @property
    def rest(self) -> tuple[Part, ...]:
        """What is neither kept nor due."""
        return tuple(part for part in self.parts if part.code in _REST)


@dataclass(frozen=True, slots=True)
class Tally:
    """All commitments of a list, by report year, the newest first, and by category."""

    whole: Row
    years: tuple[Row, ...]
    categories: tuple[Row, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return self.whole.total


def due_state_on(on: date) -> Case:
    """Return the due state on a day as an expression over commitments, or over the table of their totals."""
    states = [When(due_state_q(state, on), then=Value(state.value)) for state in DueState]
    return Case(*states, output_field=CharField())


def tally_of_all(on: date) -> Tally:
    """Return the counts of all public commitments on a day, from the table of totals: no scan however many."""
    cells = _cells(CommitmentTally.objects.filter(commitments__gt=0), on)
    return _tally(list(cells.annotate(total=Sum("commitments"))))


def tally(commitments: "CommitmentQuerySet[Commitment]", on: date) -> Tally:
    """Count some commitments on a day."""
    return _tally(list(_cells(commitments, on).annotate(total=Count("pk"))))


def _cells(rows: "QuerySet[Any]", on: date) -> "QuerySet[Any, Any]":
    cells: QuerySet[Any, Any] = rows.order_by().annotate(due_state=due_state_on(on))
    return cells.values("year", "category", "due_state")


def _tally(cells: Sequence[_Cell]) -> Tally:
    years = {str(year): str(year) for year in sorted({cell["year"] for cell in cells}, reverse=True)}
    categories = {category.value: str(category.label) for category in Category}
    return Tally(
        whole=_row("", "", cells, _sum(cells)),
        years=tuple(_rows(cells, "year", years)),
        categories=tuple(_rows(cells, "category", categories)),
    )


def _sum(cells: Iterable[_Cell]) -> int:
    return sum(cell["total"] for cell in cells)


def _rows(cells: Sequence[_Cell], key: str, labels: Mapping[str, str]) -> Iterator[Row]:
    grouped = {code: [cell for cell in cells if str(cell[key]) == code] for code in labels}
    longest = max((_sum(group) for group in grouped.values()), default=0)
    for code, group in grouped.items():
        if group:
            yield _row(code, labels[code], group, longest)


def _row(code: str, label: str, cells: Sequence[_Cell], longest: int) -> Row:
    return Row(code, label, _sum(cells), tuple(_parts(cells, longest)))


def _parts(cells: Sequence[_Cell], longest: int) -> Iterator[Part]:
    x = 0.0
    for state in DueState:
        total = _sum(cell for cell in cells if cell["due_state"] == state)
        if total:
            width = 100 * total / longest
            yield Part(state, total, round(x, 2), round(width, 2))
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
