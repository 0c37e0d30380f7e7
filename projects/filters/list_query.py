"""What a query string asks of a list: the one place where it is read, for lists, counts, feeds, exports and pages.

Every order ends with the row's key, so that it is total; both run in the same direction, so that one index serves the
order, and the place in it is one comparison of rows: ``(due_on, id) > ('2021-12-31', 700)``.
"""

import base64
import binascii
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from projects.as_of import rows_as_of
from projects.filters.filters import (
    AsOfFilter,
    CodeFilter,
    CodesFilter,
    DayFilter,
    FlagFilter,
    StrictFilter,
    TextFilter,
    WholeFilter,
)
from projects.filters.filterset import StrictFilterSet, as_problem, read_parameters
from projects.filters.problems import BadQuery, Fault, Problem, Text
from projects.models import CommitmentTally

PAGE_SIZE, LARGEST_PAGE = 50, 500


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order by one column and the key; ``name`` is how a client asks for it, such as ``-due_on``.

    ``inverted`` where what the name says falls as the column rises: the most days overdue have the earliest due date.
    """

    name: str
    column: str
    key: str = "id"
    inverted: bool = False

    @property
    def descending(self) -> bool:
        """Whether the column runs from the largest to the smallest."""
        return self.name.startswith("-") != self.inverted

    def terms(self, *, backwards: bool = False) -> tuple[str, ...]:
        """Return the terms for ``order_by``; backwards for the page before a place."""
        sign = "-" if self.descending != backwards else ""
        columns = (self.key,) if self.column == self.key else (self.column, self.key)
        return tuple(sign + column for column in columns)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order: the column and key of the row there, and whether the page lies before it."""

    ordering: str
    value: str
    key: str
    backwards: bool

    def __str__(self) -> str:
        parts = [self.ordering, self.value, self.key, int(self.backwards)]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return the cursor that was given out as this text. Raises ValidationError for any other text."""
        try:
            raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            ordering, value, key, backwards = json.loads(raw)
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise damaged() from None
        if not all(isinstance(part, str) for part in (ordering, value, key)) or backwards not in (0, 1):
            raise damaged()
        return cls(ordering, value, key, bool(backwards))


def damaged() -> ValidationError:
    """Return the error of a cursor that this service did not give out for this list."""
    return ValidationError(_("这个游标不属于这个列表。请使用 next 或 previous 给出的地址。"), "invalid")


def beyond(model: type[models.Model], ordering: Ordering, cursor: Cursor) -> Q:
    """Return the condition for rows beyond the cursor's place. Raises ValidationError for a cursor of another list."""
    if cursor.ordering != ordering.name:
        raise damaged()
    key = _value(model, ordering.key, cursor.key)
    upwards = ordering.descending == cursor.backwards
    if ordering.column == ordering.key:
        return Q(**{f"{ordering.key}__{'gt' if upwards else 'lt'}": key.value})
    place = _row(_value(model, ordering.column, cursor.value), key)
    here = _row(F(ordering.column), F(ordering.key))
    sign = " > " if upwards else " < "
    return Q(Func(here, place, template="%(expressions)s", arg_joiner=sign, output_field=BooleanField()))


def _row(first: F | Value, second: F | Value) -> Func:
    return Func(first, second, template="(%(expressions)s)", output_field=BooleanField())


def _value(model: type[models.Model], column: str, text: str) -> Value:
    found: Any = model._meta.get_field(column)
    target: models.Field[Any, Any] = getattr(found, "target_field", found)
    try:
        ProhibitNullCharactersValidator()(text.encode().decode())
        value = target.to_python(text)
        target.run_validators(value)
    except (ValidationError, OverflowError, UnicodeError):
        raise damaged() from None
    return Value(value, output_field=target)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A validated query: ``rows`` is published, narrowed and as of the day, but not ordered.

    ``tally`` is the table of totals narrowed the same way, where it can tell what is asked; ``given`` the values of the
    parameters by name.
    """

    rows: "QuerySet[Any]"
    tally: "QuerySet[CommitmentTally] | None"
    filters: StrictFilterSet
    today: date
    as_of: date | None
    ordering: Ordering
    cursor: Cursor | None

    @property
    def given(self) -> Mapping[str, Any]:
        """The values of the parameters that were given."""
        return self.filters.cleaned

    @property
    def page_size(self) -> int:
        """How many rows a page shows."""
        return int(self.given.get("page_size") or PAGE_SIZE)

    @property
    def count(self) -> bool | None:
        """Whether the number of all matches is wanted; None where it is told if that is cheap."""
        return self.given.get("count")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are wanted; none for all."""
        return tuple(self.given.get("fields", ()))

    @property
    def groups(self) -> tuple[str, ...]:
        """What is counted by."""
        return tuple(self.given.get("by", ()))

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


class NoFilterSet(StrictFilterSet):
    """What narrows nothing: the address alone says which row is meant."""


@dataclass(frozen=True, eq=False)
class ListDefinition:
    """A list: its public rows, its filters, the orders it offers, and the fields that a client may choose.

    ``orderings`` maps the name of an order to its column, "-column" where it runs against it, and ``ordering_needs`` to
    the parameters of which one must narrow the list for it to mean anything. ``ordering_by_filter`` gives the order for
    a list that is narrowed by some parameter, so that the index that finds the rows also has them in order; else it is
    ``default_ordering``. ``as_of_hint`` keeps what an earlier day leaves of a list in some order, so that reading need
    not begin behind that day. ``extra`` are further parameters that shape the answer, ``left_out`` those of paging that
    mean nothing to it, and ``validate`` tells what is wrong with the values together.
    """

    queryset: "Callable[[], QuerySet[Any]]"
    filterset_class: type[StrictFilterSet]
    orderings: Mapping[str, str] = field(default_factory=dict)
    ordering_needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    default_ordering: str = ""
    ordering_by_filter: tuple[tuple[str, str], ...] = ()
    key: str = "id"
    supports_as_of: bool = False
    fields: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    has_tally: bool = False
    is_paged: bool = True
    as_of_hint: "Callable[[QuerySet[Any], str, date], QuerySet[Any]] | None" = None
    extra: Mapping[str, StrictFilter] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    validate: "Callable[[Mapping[str, Any]], Iterable[Problem]]" = lambda _given: ()

    def single(self, fields: Collection[str]) -> "ListDefinition":
        """Return what may be asked of one row: its fields, and the day."""
        return replace(self, filterset_class=NoFilterSet, fields=tuple(fields), has_tally=False, is_paged=False)

    def grouped(self, groups: tuple[str, ...]) -> "ListDefinition":
        """Return what may be asked of the counts by group: all that narrows the list."""
        return replace(self, groups=groups, fields=(), is_paged=False)

    @cached_property
    def filterset(self) -> type[StrictFilterSet]:
        shaping = {**self._choosing(), **(self._paging() if self.is_paged else {}), **self.extra}
        members = {name: one for name, one in shaping.items() if name not in self.left_out}
        return type(self.filterset_class.__name__, (self.filterset_class,), members)

    def _choosing(self) -> dict[str, StrictFilter]:
        shape: dict[str, StrictFilter] = {}
        if self.fields:
            shape["fields"] = _codes(self.fields, _("只要这些字段；默认全部"), example=self.fields[0])
        if self.supports_as_of:
            shape["as_of"] = AsOfFilter(
                label=_("按此日已能知道的回答：当日的状态、证据和逾期；默认今天"), example="2024-06-30", narrowing=False
            )
        if self.groups:
            shape["by"] = _codes(self.groups, _("按什么分组；可给多个"), example="category")
            shape["cross"] = FlagFilter(label=_("是否另给各组的交叉表"), example="true", narrowing=False)
            shape["sum"] = CodeFilter(
                choices=[("quantity", "quantity")],
                label=_("另给每组各单位的数量之和"),
                example="quantity",
                narrowing=False,
            )
        return shape

    def _paging(self) -> dict[str, StrictFilter]:
        names = [(sign + name, sign + name) for name in self.orderings for sign in ("", "-")]
        default = format_lazy(
            _("排序，负号为倒序；默认 {usual}，按到期、逾期、更新、年度范围、往日或下级筛选时依该项"),
            usual=self.default_ordering,
        )
        counting = _("是否给出总数；默认在不费事时给出，true 必给，false 不给")
        place = _("页的位置：照 next 或 previous 给出的用")
        return {
            "ordering": CodeFilter(choices=names, label=default, example=self.default_ordering, narrowing=False),
            "page_size": WholeFilter(
                min_value=1, max_value=LARGEST_PAGE, label=_("每页条数，默认50"), example="100", narrowing=False
            ),
            "cursor": TextFilter(max_length=2000, label=place, narrowing=False),
            "count": FlagFilter(label=counting, example="true", narrowing=False),
        }

    def parse(self, data: QueryDict, *, today: date, blanks: bool = False) -> ListQuery:
        """Read a query string; ``blanks`` forgives the empty fields of a browser's form. Raises BadQuery."""
        given = read_parameters(data, self.filterset.fields(), blanks=blanks)
        day = _day(given.get("as_of")) if self.supports_as_of else None
        filters = self.filterset(given, self.queryset(), on=day or today)
        found = filters.problems() or [*self._meaningless_order(filters.cleaned), *self.validate(filters.cleaned)]
        if found:
            raise BadQuery(found)
        ordering = self._ordering(filters.cleaned)
        rows = filters.queryset if day is None else self._as_of(filters.queryset, ordering, day)
        query = ListQuery(
            rows=filters.filter_queryset(rows),
            tally=self._tally(filters) if day is None else None,
            filters=filters,
            today=day or today,
            as_of=day,
            ordering=ordering,
            cursor=_cursor(filters.cleaned.get("cursor")),
        )
        return _checked(query)

    def _tally(self, filters: StrictFilterSet) -> "QuerySet[CommitmentTally] | None":
        if not self.has_tally or not filters.tallied.issuperset(filters.narrowed_by):
            return None
        tally: QuerySet[CommitmentTally] = filters.filter_queryset(CommitmentTally.objects.filter(commitments__gt=0))
        return tally

    def _as_of(self, rows: "QuerySet[Any]", ordering: Ordering, day: date) -> "QuerySet[Any]":
        known = rows_as_of(rows, day)
        return self.as_of_hint(known, ordering.column, day) if self.as_of_hint and self.is_paged else known

    def _ordering(self, given: Mapping[str, Any]) -> Ordering:
        by_filter = (order for parameter, order in self.ordering_by_filter if parameter in given)
        chosen = given.get("ordering") or next(by_filter, self.default_ordering)
        column = self.orderings.get(chosen.removeprefix("-"), self.key)
        return Ordering(chosen, column.removeprefix("-"), self.key, inverted=column.startswith("-"))

    def _meaningless_order(self, given: Mapping[str, Any]) -> Iterator[Problem]:
        needed = self.ordering_needs.get(given.get("ordering", "").removeprefix("-"), ())
        if needed and not any(given.get(name) for name in needed):
            detail = _("这样排序须同时用以下参数之一：%(names)s。") % {"names": ", ".join(needed)}
            yield Problem("ordering", Fault.MISSING, detail, needed)


def _codes(names: Collection[str], label: Text, *, example: str) -> CodesFilter:
    return CodesFilter(choices=[(name, name) for name in names], label=label, example=example, narrowing=False)


def _day(text: str | None) -> date | None:
    """Return the day that is asked for, None where none is, or none that can be read: the form says so."""
    try:
        return DayFilter.field_class().to_python(text)
    except ValidationError:
        return None


def _cursor(text: str | None) -> Cursor | None:
    try:
        return Cursor.read(text) if text else None
    except ValidationError as error:
        raise BadQuery([as_problem("cursor", error, forms.Field())]) from None


def _checked(query: ListQuery) -> ListQuery:
    """Return what is asked once the cursor proves to be one of this list."""
    try:
        query.page()
    except ValidationError as error:
        raise BadQuery([as_problem("cursor", error, forms.Field())]) from None
    return query
