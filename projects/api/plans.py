"""From a query string to the one statement that answers it.

Reading a query string, checking it and composing SQL costs far more than looking the result up, and the same
questions come again and again: so a plan is kept for each. A plan holds no rows, only a statement and its
parameters; its key holds the day, so that nothing outlives midnight.
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from rest_framework import serializers

from projects.filters import Asked, Listing
from projects.serializers.sql import compiled, json_array, json_object

AnySerializer = type[serializers.Serializer[Any]]

_PAGE = """
SELECT {results} AS results, count(*) AS found,
       min(p.value) FILTER (WHERE p.n = 1) AS first_value, min(p.key) FILTER (WHERE p.n = 1) AS first_key,
       min(p.value) FILTER (WHERE p.n = {size}) AS last_value, min(p.key) FILTER (WHERE p.n = {size}) AS last_key,
       {total} AS total
  FROM (SELECT row_number() OVER () AS n, t.{value} AS value, t.{key} AS key, {row}::text AS json
          FROM ({rows}) AS t CROSS JOIN (SELECT %s::date AS today) AS day) AS p
"""
_ONE = "SELECT {row} FROM ({rows}) AS t CROSS JOIN (SELECT %s::date AS today) AS day"
_MARK = re.compile(r"%s|%%")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the address that stands where a parameter will be, such as a commitment's number."""

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


def numbered(sql: str) -> bytes:
    """Return a statement with ``$1`` for ``%s``; equal statements are one object, however many plans hold them."""
    numbers = count(1)
    text = _MARK.sub(lambda mark: "%" if mark[0] == "%%" else f"${next(numbers)}", sql)
    return sys.intern(text).encode()


@lru_cache(maxsize=4096)
def page_plan(listing: Listing, serializer: AnySerializer, query: str, today: date) -> Plan:
    """Return the plan of a page. Raises BadQuery."""
    data = _query(query)
    asked = listing.ask(data, today=today)
    rows, params = compiled(asked.page())
    total, total_params = _total(asked)
    sql = _PAGE.format(
        results=json_array("p.json", order=_order(asked), only=f"p.n <= {asked.page_size}"),
        size=asked.page_size,
        total=total,
        value=_column(asked.rows, asked.ordering.column),
        key=_column(asked.rows, asked.ordering.key),
        row=json_object(_serializer(serializer, asked), "t", asked.fields),
        rows=rows,
    )
    data.pop("cursor", None)
    return Plan(numbered(sql), (*total_params, *params, asked.today), asked, data.urlencode())


@lru_cache(maxsize=512)
def one_plan(listing: Listing, serializer: AnySerializer, query: str, today: date, parts: tuple[str, ...]) -> Plan:
    """Return the plan of one resource, found by the columns that the address names. Raises BadQuery."""
    asked = listing.ask(_query(query), today=today)
    found = asked.rows.filter(**{part: RawSQL("%s", [Part(part)]) for part in parts})
    rows, params = compiled(found)
    sql = _ONE.format(row=json_object(_serializer(serializer, asked), "t", asked.fields), rows=rows)
    return Plan(numbered(sql), (*params, asked.today), asked, "")


def _query(text: str) -> QueryDict:
    """Read a query string as the web server hands it over: bytes in the guise of Latin-1."""
    return QueryDict(text.encode("iso-8859-1"), mutable=True)


def _serializer(serializer: AnySerializer, asked: Asked) -> serializers.Serializer[Any]:
    return serializer(context={"today": asked.today, "as_of": asked.as_of})


def _order(asked: Asked) -> str:
    return "ORDER BY p.n DESC" if asked.backwards else ""


def _column(rows: "QuerySet[Any]", name: str) -> str:
    return f'"{rows.model._meta.get_field(name).column}"'


def _total(asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """Return the expression for the number of all matches."""
    if asked.count is False:
        return "NULL", ()
    sql, params = compiled(asked.rows.order_by().values("pk"))
    return f"(SELECT count(*) FROM ({sql}) AS a)", params
