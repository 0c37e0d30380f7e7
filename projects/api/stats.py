"""Counts by group: how many commitments there are of each category, status or year, and how many are overdue."""

from datetime import date
from functools import lru_cache
from typing import Any

from projects import derived
from projects.api.plans import Plan, numbered, read_query
from projects.filters import COMMITMENTS, Asked
from projects.serializers.sql import compiled, json_array

# What can be counted by, as an expression over a row.
GROUPS = {
    "category": "t.category",
    "status": "t.status",
    "year": "t.year",
    "due_year": "extract(year FROM t.due_on)::integer",
    "due_basis": "t.due_basis",
    "milestone": "t.milestone",
    "jurisdiction": "t.jurisdiction_id",
    "light": derived.light("t"),
}
_TALLIED = frozenset({"category", "status", "year", "due_year", "due_basis"})
LISTING = COMMITMENTS.grouped(tuple(GROUPS))

# All groups are counted in one go; each row of the counts says by its mask which of them it belongs to, and the one
# whose mask has every bit counts all.
_COUNTS = """
WITH day AS (SELECT %s::date AS today),
     counts AS MATERIALIZED (
       SELECT {names} {mask} AS mask, coalesce(sum(number), 0) AS count,
              coalesce(sum(number) FILTER (WHERE late), 0) AS overdue
         FROM ({cells}) AS c GROUP BY GROUPING SETS ({sets}))
SELECT row_to_json(o) FROM (
       SELECT day.today AS as_of, every.count AS total, every.overdue, {by} AS by
         FROM day CROSS JOIN counts AS every WHERE every.mask = {full}) AS o
"""
_GROUP = """(SELECT ({array})::json FROM (
       SELECT row_to_json(g)::text AS json FROM (
              SELECT {name} AS value, count, overdue FROM counts
               WHERE mask = {mask} ORDER BY {name}) AS g) AS n) AS {name}"""


@lru_cache(maxsize=1024)
def stats_plan(query: str, today: date) -> Plan:
    """Return the plan of the counts. Raises BadQuery."""
    asked = LISTING.ask(read_query(query), today=today)
    cells, params = _cells(asked)
    names = [f'"{name}"' for name in asked.groups]
    full = 2 ** len(names) - 1
    sql = _COUNTS.format(
        names="".join(f"{name}, " for name in names),
        mask=f"grouping({', '.join(names)})" if names else "0",
        cells=cells,
        sets=", ".join([*(f"({name})" for name in names), "()"]),
        by=_by(names, full),
        full=full,
    )
    return Plan(numbered(sql), (asked.today, *params), asked, "")


def _cells(asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """Return the statement of what is summed up: kept totals, or rows counted by all groups together."""
    tallied = asked.tally if _TALLIED.issuperset(asked.groups) else None
    rows, params = compiled(asked.rows.order_by() if tallied is None else tallied)
    groups = "".join(f'{GROUPS[name]} AS "{name}", ' for name in asked.groups)
    late = derived.is_overdue("t", "(SELECT today FROM day)")
    if tallied is not None:
        return f"SELECT {groups} {late} AS late, t.commitments::integer AS number FROM ({rows}) AS t", params
    places = ", ".join(str(n + 1) for n in range(len(asked.groups) + 1))
    return f"SELECT {groups} {late} AS late, count(*)::integer AS number FROM ({rows}) AS t GROUP BY {places}", params


def _by(names: list[str], full: int) -> str:
    if not names:
        return "'{}'::json"
    array = json_array("n.json")
    columns = [
        _GROUP.format(name=name, array=array, mask=full - 2 ** (len(names) - 1 - n)) for n, name in enumerate(names)
    ]
    return f"(SELECT row_to_json(b) FROM (SELECT {', '.join(columns)}) AS b)"
