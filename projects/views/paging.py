"""Pages of a list that continue at a row, so that the thousandth costs what the first does."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from projects.filters.ordering import Cursor, Ordering, beyond
from projects.filters.problems import BadQuery, Fault, Problem
from projects.filters.strict import read_parameters

PARAMETER = "cursor"

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """Some rows, and the cursors of the pages before and behind them; empty where there is none."""

    rows: list[_Row]
    previous: str = ""
    following: str = ""


def cursor_of(request: HttpRequest) -> str:
    """Return the cursor that a list without other parameters is asked for. Raises BadQuery for any other parameter."""
    return read_parameters(request.GET, {PARAMETER: forms.CharField()}, blanks=True).get(PARAMETER, "")


def page(rows: "QuerySet[_Row]", ordering: Ordering, text: str, size: int) -> Page[_Row]:
    """Return the page at a cursor, the first page for an empty one.

    Raises BadQuery for a cursor that this list did not give out.
    """
    condition, backwards = _place(rows.model, ordering, text) if text else (Q(), False)
    rows = rows.filter(condition)
    found = list(rows.order_by(*ordering.terms(backwards=backwards))[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    return Page(
        found,
        previous=_at(found[0], ordering, backwards=True) if found and (more if backwards else text) else "",
        following=_at(found[-1], ordering, backwards=False) if found and (backwards or more) else "",
    )


def _at(row: Model, ordering: Ordering, *, backwards: bool) -> str:
    value, key = getattr(row, ordering.column), getattr(row, ordering.key)
    return str(Cursor(ordering.name, str(value), str(key), backwards))


def _place(model: type[Model], ordering: Ordering, text: str) -> tuple[Q, bool]:
    """Return the condition for rows beyond a cursor, and whether they lie before it."""
    try:
        cursor = Cursor.read(text)
        return beyond(model, ordering, cursor), cursor.backwards
    except ValidationError as error:
        raise BadQuery([Problem(PARAMETER, Fault.INVALID, error.messages[0])]) from None
