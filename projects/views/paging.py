"""Pages of a list that continue at a row, so that the thousandth costs what the first does."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from projects.filters import Cursor, ListQuery

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """Some rows, the query strings of the pages before and behind them (empty where there is none), and of the first.

    ``kept`` holds the parameters without the place in the list; of several codes each is a value of its own.
    ``narrowing`` is the query string of what narrows the list, without what only shapes this page.
    """

    rows: list[_Row]
    previous: str
    following: str
    kept: QueryDict
    narrowing: str

    @property
    def query(self) -> str:
        return self.kept.urlencode()


def page(query: ListQuery, rows: "QuerySet[_Row]", data: QueryDict) -> Page[_Row]:
    """Return the page that is query for. ``rows`` is the query page with what it needs to be shown."""
    found = list(rows)
    more, found = len(found) > query.page_size, found[: query.page_size]
    if query.backwards:
        found.reverse()
    kept = kept_parameters(query, data)
    before = more if query.backwards else query.cursor is not None
    behind = query.backwards or more
    return Page(
        found,
        previous=_query(kept, query, found[0], backwards=True) if found and before else "",
        following=_query(kept, query, found[-1], backwards=False) if found and behind else "",
        kept=kept,
        narrowing=_narrowing(kept, query),
    )


def _query(kept: QueryDict, query: ListQuery, row: Model, *, backwards: bool) -> str:
    ordering = query.ordering
    value, key = _text(row, ordering.column), _text(row, ordering.key)
    params = kept.copy()
    params["cursor"] = str(Cursor(ordering.name, value, key, backwards))
    return params.urlencode()


def _narrowing(kept: QueryDict, query: ListQuery) -> str:
    params = kept.copy()
    for name in set(params) - set(query.filters.narrowed_by):
        del params[name]
    return params.urlencode()


def _text(row: Model, column: str) -> str:
    field: Any = row._meta.get_field(column)
    return str(field.value_to_string(row))


def kept_parameters(query: ListQuery, data: QueryDict) -> QueryDict:
    """Return the parameters that stay when the reader moves to another page of the list."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        given = query.given.get(name)
        full = [str(one) for one in given] if isinstance(given, list) else [value for value in values if value]
        if full and name != "cursor":
            kept.setlist(name, full)
    return kept
