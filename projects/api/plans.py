"""From a query string to the one statement that answers it.

Reading a query string, checking it and composing SQL costs far more than looking the result up, and the same
questions come again and again: so a plan is kept for each. A plan holds no rows, only a statement and its
parameters; its key holds the day, so that nothing outlives midnight.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from projects.filters import Asked, Listing
from projects.serializers import sql
from projects.serializers.sql import compiled, json_object

AnySerializer: TypeAlias = sql.AnySerializer

_PAGE = """
SELECT {row} AS json, t.{value} AS value, t.{key} AS key, {total} AS total
  FROM ({rows}) AS t CROSS JOIN (SELECT %s::date AS today) AS day
"""
_ONE = "SELECT {row} FROM ({rows}) AS t CROSS JOIN (SELECT %s::date AS today) AS day"
# In the planner's units: about four thousand rows through an index of their own.
_CHEAP = 500.0
_MARK = re.compile(r"%s|%%")


@dataclass(frozen=True, slots=True)
class Part:
    """What stands where a parameter will be: a part of the address, such as a commitment's number."""

    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement in PostgreSQL's own form and its parameters; ``asked`` and ``query`` tell what it answers."""

    sql: bytes
    params: tuple[Any, ...]
    asked: Asked
    query: str

    def filled(self, parts: Mapping[str, str]) -> list[Any]:
        """Return the parameters with the parts of the address in their places."""
        return [parts[param.name] if isinstance(param, Part) else param for param in self.params]


@lru_cache(maxsize=512)
def numbered(text: str) -> bytes:
    """Return a statement with ``$1`` for ``%s``; equal statements are one object, however many plans hold them."""
    numbers = count(1)
    return _MARK.sub(lambda mark: "%" if mark[0] == "%%" else f"${next(numbers)}", text).encode()


@lru_cache(maxsize=4096)
def page_plan(
    listing: Listing, serializer: AnySerializer, query: str, today: date, parts: tuple[str, ...] = ()
) -> Plan:
    """Return the plan of a page, of the rows whose columns ``parts`` are as the address says. Raises BadQuery."""
    data = read_query(query)
    asked = listing.ask(data, today=today)
    asked = replace(asked, rows=_at(asked.rows, parts))
    rows, params = compiled(asked.page())
    total, total_params = _total(asked, few=bool(parts))
    text = _PAGE.format(
        total=total,
        value=_column(asked.rows, asked.ordering.column),
        key=_column(asked.rows, asked.ordering.key),
        row=_row(serializer, asked.as_of is not None, asked.fields),
        rows=rows,
    )
    data.pop("cursor", None)
    return Plan(numbered(text), (*total_params, *params, asked.today), asked, data.urlencode())


@lru_cache(maxsize=512)
def one_plan(listing: Listing, serializer: AnySerializer, query: str, today: date, parts: tuple[str, ...]) -> Plan:
    """Return the plan of one resource, found by the columns that the address names. Raises BadQuery."""
    asked = listing.ask(read_query(query), today=today)
    rows, params = compiled(_at(asked.rows.order_by(), parts))
    text = _ONE.format(row=_row(serializer, asked.as_of is not None, asked.fields), rows=rows)
    return Plan(numbered(text), (*params, asked.today), asked, "")


def _at(rows: "QuerySet[Any]", parts: tuple[str, ...]) -> "QuerySet[Any]":
    """Keep the rows whose columns are as the address will say."""
    return rows.filter(**{part: RawSQL("%s", [Part(part)]) for part in parts})


def read_query(text: str) -> QueryDict:
    """Read a query string as the web server hands it over: bytes in the guise of Latin-1."""
    return QueryDict(text.encode("iso-8859-1"), mutable=True)


@lru_cache(maxsize=512)
def _row(serializer: AnySerializer, is_known_then: bool, fields: tuple[str, ...]) -> str:
    """Return the expression of a row's JSON; which day it is told for stands beside it, not in it."""
    day = date.max
    return json_object(serializer(context={"today": day, "as_of": day if is_known_then else None}), "t", fields)


def _column(rows: "QuerySet[Any]", name: str) -> str:
    return f'"{rows.model._meta.get_field(name).column}"'


def _total(asked: Asked, *, few: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the expression for the number of all matches: from the kept totals, or by counting where that is cheap.

    A later page says the number only when it is asked for.
    """
    if asked.count is False or (asked.cursor and not asked.count):
        return "NULL", ()
    if asked.tally is not None:
        kept, params = compiled(asked.tally.values("commitments"))
        return f"(SELECT coalesce(sum(commitments::integer), 0) FROM ({kept}) AS a)", params
    rows = asked.rows.order_by().values("pk")
    if not (asked.count or few or is_cheap(rows)):
        return "NULL", ()
    matches, params = compiled(rows)
    return f"(SELECT count(*) FROM ({matches}) AS a)", params


def is_cheap(rows: "QuerySet[Any]") -> bool:
    """Say whether the planner expects to read the rows within a millisecond or two."""
    try:
        plan = json.loads(rows.explain(format="json"))
    except EmptyResultSet:
        return True
    return float(plan[0]["Plan"]["Total Cost"]) <= _CHEAP
