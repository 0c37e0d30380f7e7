"""From a query string to the one statement that answers it, and from its rows to the JSON of a page.

Reading a query string, checking it and compiling SQL costs far more than looking the result up, and the same questions
come again and again: so a plan is kept for each. A plan holds no rows, only a statement and its parameters; its key
holds the day, so that nothing outlives midnight.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db.models import IntegerField, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, QueryDict
from psycopg.pq.abc import PGresult

from projects.api.database import execute
from projects.api.dataset import TODAY
from projects.filters import Cursor, ListDefinition, ListQuery
from projects.serializers import Resource
from projects.serializers.rendering import Json
from projects.sql import Parameter, compiled, compiled_expression, numbered

# In the planner's units: about four thousand rows through an index of their own.
_CHEAP = 500.0
# The columns of a page's statement; behind them the value of the order's column, if it is another one, and the key.
JSON, TOTAL, VALUE = 0, 1, 2
# Why a page does not tell the number of all matches: the client wants none; only the first page counts; it would take
# long. ``count=true`` counts in any case.
NOT_WANTED, LATER_PAGE, COSTLY = "not_wanted", "later_page", "costly"
_NOTHING: Mapping[str, Any] = {}


class _Sum(Subquery):
    template = "(SELECT coalesce(sum(commitments::integer), 0) FROM (%(subquery)s) AS matches)"
    output_field = IntegerField()


class _Count(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) AS matches)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Window:
    """Which page of a list is asked for; ``rest`` is the query string without the cursor, ``counts`` what was asked."""

    size: int
    ordering: str
    is_first: bool
    backwards: bool
    counts: bool | None
    rest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement in PostgreSQL's own form, its parameters, and the day for which it is planned."""

    sql: bytes
    params: tuple[Any, ...]
    today: date

    def execute(self, given: Mapping[str, Any] = _NOTHING) -> PGresult:
        """Run the statement with what this request gives."""
        filled = {"today": self.today, **given}
        return execute(self.sql, [filled[one.name] if isinstance(one, Parameter) else one for one in self.params])


@lru_cache(maxsize=4096)
def page_plan(
    definition: ListDefinition, resource: Resource, query_string: str, today: date, parts: tuple[str, ...] = ()
) -> tuple[Plan, Window]:
    """Return the plan of a page, of the rows whose columns ``parts`` are as the address says. Raises BadQuery."""
    data = read_query(query_string)
    query = definition.parse(data, today=today)
    query = replace(query, rows=with_parts(query.rows, parts))
    shown = query.page().annotate(json=row_json(resource, query), total=_total(query, few=bool(parts)))
    columns = [term.removeprefix("-") for term in query.ordering.terms()]
    data.pop("cursor", None)
    window = Window(
        query.page_size, query.ordering.name, query.cursor is None, query.backwards, query.count, data.urlencode()
    )
    return Plan(*numbered(compiled(shown.values_list("json", "total", *columns))), query.today), window


@lru_cache(maxsize=512)
def detail_plan(
    definition: ListDefinition, resource: Resource, query_string: str, today: date, parts: tuple[str, ...]
) -> Plan:
    """Return the plan of one row, found by the columns that the address names. Raises BadQuery."""
    query = definition.parse(read_query(query_string), today=today)
    rows = with_parts(query.rows.order_by(), parts).annotate(json=row_json(resource, query))
    return Plan(*numbered(compiled(rows.values_list("json"))), query.today)


def with_parts(rows: "QuerySet[Any]", parts: tuple[str, ...]) -> "QuerySet[Any]":
    """Keep the rows whose columns are as the address will say."""
    return rows.filter(**{part: RawSQL("%s", [Parameter(part)]) for part in parts})


def read_query(text: str) -> QueryDict:
    """Read a query string as the web server hands it over: bytes in the guise of Latin-1."""
    return QueryDict(text.encode("iso-8859-1"), mutable=True)


def with_query(path: str, query_string: str) -> str:
    """Return the address of a path with a query string, in which every word is escaped, also one that came bare."""
    query = read_query(query_string).urlencode()
    return f"{path}?{query}" if query else path


def row_json(resource: Resource, query: ListQuery) -> RawSQL:
    """Return the compiled expression of the rows' JSON."""
    model: Any = query.rows.model
    return _row_json(model, resource, query.fields, query.as_of is not None)


@lru_cache(maxsize=512)
def _row_json(model: type[Any], resource: Resource, names: tuple[str, ...], as_of: bool) -> RawSQL:
    """Compile a row's JSON, once: compiling thirty expressions takes longer than reading the row."""
    statement = compiled_expression(model, resource.row(names, as_of=as_of))
    return RawSQL(statement.sql, statement.params, Json())


def _total(query: ListQuery, *, few: bool) -> "Value | Subquery":
    """Return the number of all matches as an expression: from the kept totals, or by counting where that is cheap.

    A later page says the number only when it is asked for.
    """
    unknown = Value(None, IntegerField())
    if query.count is False or (query.cursor and not query.count):
        return unknown
    if query.tally is not None:
        return _Sum(query.tally.order_by().values("commitments"))
    matches = query.rows.order_by().values("pk")
    return _Count(matches) if query.count or few or is_cheap(matches) else unknown


def is_cheap(rows: "QuerySet[Any]") -> bool:
    """Say whether the planner expects to read the rows within a millisecond or two."""
    try:
        plan = json.loads(rows.explain(format="json"))
    except EmptyResultSet:
        return True
    return float(plan[0]["Plan"]["Total Cost"]) <= _CHEAP


@dataclass(frozen=True, slots=True)
class Page:
    """A page as JSON, how many rows it shows, and the addresses of the next and the previous one by their relation."""

    content: bytes
    length: int
    links: Mapping[str, str]


def page(
    definition: ListDefinition, resource: Resource, request: HttpRequest, given: Mapping[str, str] = _NOTHING
) -> Page:
    """Return the page that a request asks for, of the rows whose columns are as ``given``. Raises BadQuery."""
    meta = request.META
    plan, window = page_plan(definition, resource, meta.get("QUERY_STRING", ""), meta[TODAY], tuple(given))
    return _page(window, request.path, plan.execute(given))


def row(definition: ListDefinition, resource: Resource, request: HttpRequest, given: Mapping[str, str]) -> bytes | None:
    """Return the JSON of the row whose columns are as ``given``, None where there is none. Raises BadQuery."""
    meta = request.META
    plan = detail_plan(definition, resource, meta.get("QUERY_STRING", ""), meta[TODAY], tuple(given))
    found = plan.execute(given)
    return found.get_value(0, JSON) if found.ntuples else None


def _page(window: Window, path: str, found: PGresult) -> Page:
    """Return a page from the rows of its statement, one more than it shows; their own bytes are not touched."""
    rows, back = found.ntuples, window.backwards
    number, more = min(rows, window.size), rows > window.size
    before = _cursor(window, found, 0, backwards=not back) if number and not window.is_first else None
    after = _cursor(window, found, number - 1, backwards=back) if more else None
    following, previous = (before, after) if back else (after, before)
    address = f"{settings.SITE_URL}{path}?{window.rest}{'&' if window.rest else ''}cursor="
    places = {"next": following, "prev": previous}
    links = {rel: f"{address}{place}" for rel, place in places.items() if place}
    count, omitted = _matches(window, found, more=more)
    head = {
        "count": count,
        "count_omitted": omitted,
        "next": links.get("next"),
        "previous": links.get("prev"),
        "next_cursor": following,
    }
    shown = [found.get_value(place, JSON) or b"null" for place in range(number)]
    results = b",".join(reversed(shown) if back else shown)
    return Page(orjson.dumps(head)[:-1] + b',"results":[' + results + b"]}", number, links)


def _matches(window: Window, found: PGresult, *, more: bool) -> tuple[int | None, str | None]:
    """Return the number of all matches, or why it is not told; a page that holds them all tells it for nothing."""
    if window.counts is False:
        return None, NOT_WANTED
    total = found.get_value(0, TOTAL) if found.ntuples else None
    if total is not None:
        return int(total), None
    if not window.is_first:
        return None, LATER_PAGE
    return (None, COSTLY) if more else (found.ntuples, None)


def _cursor(window: Window, found: PGresult, at: int, *, backwards: bool) -> str:
    value, key = (found.get_value(at, column) or b"" for column in (VALUE, found.nfields - 1))
    return str(Cursor(window.ordering, value.decode(), key.decode(), backwards))
