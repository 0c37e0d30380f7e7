"""What a query string asks of a list: the one place where it is read, for lists, counts, feeds, exports and pages."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.asof import as_known
from projects.filters.fields import CodeField, CodesField, DayField, FlagField, TextField, WholeField
from projects.filters.ordering import Cursor, Ordering, beyond
from projects.filters.problems import BadQuery
from projects.filters.strict import Parameter, StrictFilterSet, bound, problems, read_parameters, told
from projects.models import CommitmentTally

PAGE_SIZE, LARGEST_PAGE = 50, 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A validated query: ``rows`` is published, narrowed and as of the day, but not ordered.

    ``tally`` is the table of totals narrowed the same way, where it can tell what is asked.
    """

    rows: "QuerySet[Any]"
    tally: "QuerySet[CommitmentTally] | None"
    filters: StrictFilterSet
    today: date
    as_of: date | None
    ordering: Ordering
    cursor: Cursor | None
    page_size: int
    count: bool | None
    fields: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def backwards(self) -> bool:
        """Whether the page lies before the cursor."""
        return self.cursor is not None and self.cursor.backwards

    def page(self) -> "QuerySet[Any]":
        """Return the page's rows and one more, which tells whether there is a further page."""
        rows = self.rows.order_by(*self.ordering.terms(backwards=self.backwards))
        if self.cursor:
            rows = rows.filter(beyond(rows.model, self.ordering, self.cursor))
        return rows[: self.page_size + 1]


class NoFilters(StrictFilterSet):
    """What narrows nothing: the address alone says which row is meant."""


@dataclass(frozen=True, eq=False)
class Listing:
    """A list: its public rows, its parameters, the orders it offers, and the columns that a client may choose.

    ``orders`` maps the name of an order to its column. ``preferred`` gives the order for a list that is narrowed by
    some parameter, so that the index that finds the rows also has them in order; else it is ``usual``. ``bound`` keeps
    what an earlier day leaves of a list in some order, so that reading need not begin behind that day.
    """

    rows: "Callable[[], QuerySet[Any]]"
    filterset: type[StrictFilterSet]
    orders: dict[str, str]
    usual: str
    preferred: tuple[tuple[str, str], ...] = ()
    key: str = "id"
    dated: bool = False
    fields: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tally: bool = False
    paged: bool = True
    bound: "Callable[[QuerySet[Any], str, date], QuerySet[Any]] | None" = None

    def single(self) -> "Listing":
        """Return what may be asked of one row: fields, and the day."""
        return replace(self, filterset=NoFilters, tally=False, paged=False)

    def grouped(self, groups: tuple[str, ...]) -> "Listing":
        """Return what may be asked of the counts by group: all that narrows the list."""
        return replace(self, groups=groups, fields=(), paged=False)

    def controls(self) -> dict[str, Parameter]:
        """Return the parameters that do not narrow the list but shape the answer."""
        shape: dict[str, Parameter] = {}
        if self.fields:
            shape["fields"] = Parameter(
                CodesField(choices=[(name, name) for name in self.fields]),
                _("只要这些字段；默认全部"),
                example=self.fields[0],
            )
        if self.dated:
            shape["as_of"] = Parameter(
                DayField(), _("按此日所知回答：当日的状态、证据和逾期；默认今天"), example="2024-06-30"
            )
        if self.groups:
            shape["by"] = Parameter(
                CodesField(choices=[(name, name) for name in self.groups]),
                _("按什么分组；可给多个"),
                example="category",
            )
        return {**shape, **self._paging()} if self.paged else shape

    def _paging(self) -> dict[str, Parameter]:
        names = [sign + name for name in self.orders for sign in ("", "-")]
        orders = CodeField(choices=[(name, name) for name in names])
        usual = _("排序，负号为倒序；默认 %(usual)s，按到期、逾期、更新、年度范围、往日或下级筛选时依该项") % {
            "usual": self.usual
        }
        return {
            "ordering": Parameter(orders, usual, example=self.usual),
            "page_size": Parameter(
                WholeField(min_value=1, max_value=LARGEST_PAGE), _("每页条数，默认50"), example="100"
            ),
            "cursor": Parameter(TextField(max_length=2000), _("页的位置：照 next 或 previous 给出的用"), example=""),
            "count": Parameter(
                FlagField(), _("是否给出总数；默认在不费事时给出，true 必给，false 不给"), example="true"
            ),
        }

    def parameters(self) -> dict[str, Parameter]:
        """Return every parameter that the list takes."""
        return {**self.filterset.base_filters, **self.controls()}

    @cached_property
    def _fields(self) -> tuple[dict[str, forms.Field], dict[str, forms.Field]]:
        """The fields of all parameters, and of those that shape the answer: made once for all requests."""
        controls = self.controls()
        return fields_of({**self.filterset.base_filters, **controls}), fields_of(controls)

    def ask(self, data: QueryDict, *, today: date, blanks: bool = False) -> Asked:
        """Read a query string; ``blanks`` forgives the empty fields of a browser's form. Raises BadQuery."""
        every, controls = self._fields
        given = read_parameters(data, every, blanks=blanks)
        shape = bound(controls, given)
        day: date | None = shape.cleaned_data.get("as_of")
        filters = self.filterset(_without(given, controls), self.rows(), on=day or today)
        found = [*problems(shape), *filters.problems()]
        if found:
            raise BadQuery(found)
        ordering = self._ordering(shape.cleaned_data.get("ordering"), {*filters.cleaned, *given})
        rows = filters.queryset if day is None else self._known(filters.queryset, ordering, day)
        asked = Asked(
            rows=filters.filter_queryset(rows),
            tally=self._tally(filters) if day is None else None,
            filters=filters,
            today=day or today,
            as_of=day,
            ordering=ordering,
            cursor=_cursor(shape.cleaned_data.get("cursor")),
            page_size=shape.cleaned_data.get("page_size") or PAGE_SIZE,
            count=shape.cleaned_data.get("count"),
            fields=tuple(shape.cleaned_data.get("fields", ())),
            groups=tuple(shape.cleaned_data.get("by", ())),
        )
        return _placed(asked)

    def _tally(self, filters: StrictFilterSet) -> "QuerySet[CommitmentTally] | None":
        if not self.tally or not filters.tallied.issuperset(filters.cleaned):
            return None
        tally: QuerySet[CommitmentTally] = filters.filter_queryset(CommitmentTally.objects.filter(commitments__gt=0))
        return tally

    def _known(self, rows: "QuerySet[Any]", ordering: Ordering, day: date) -> "QuerySet[Any]":
        """Return the rows as they were known on the day."""
        known = as_known(rows, day)
        return self.bound(known, ordering.column, day) if self.bound and self.paged else known

    def _ordering(self, name: str | None, given: Collection[str]) -> Ordering:
        chosen = name or next((order for parameter, order in self.preferred if parameter in given), self.usual)
        return Ordering(chosen, self.orders[chosen.removeprefix("-")], self.key)


def fields_of(parameters: Mapping[str, Parameter]) -> dict[str, forms.Field]:
    """Return the form fields that read the parameters."""
    return {name: parameter.field for name, parameter in parameters.items()}


def _without(data: QueryDict, names: Collection[str]) -> QueryDict:
    rest = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in names:
            rest.setlist(name, values)
    return rest


def _cursor(text: str | None) -> Cursor | None:
    try:
        return Cursor.read(text) if text else None
    except ValidationError as error:
        raise BadQuery([told("cursor", error, forms.Field())]) from None


def _placed(asked: Asked) -> Asked:
    """Return what is asked once the cursor proves to be one of this list."""
    try:
        asked.page()
    except ValidationError as error:
        raise BadQuery([told("cursor", error, forms.Field())]) from None
    return asked
