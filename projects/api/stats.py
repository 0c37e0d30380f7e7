"""Counts by group: how many commitments there are of each category, status or year, and how many are overdue."""

from datetime import date
from functools import lru_cache

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

_CELLS = """
WITH day AS (SELECT %s::date AS today),
     cells AS MATERIALIZED (
       SELECT {groups} {overdue} AS overdue, sum({number})::integer AS commitments
         FROM ({rows}) AS t CROSS JOIN day GROUP BY {places})
SELECT row_to_json(o) FROM (
       SELECT day.today AS as_of,
              (SELECT coalesce(sum(commitments), 0) FROM cells) AS total,
              (SELECT coalesce(sum(commitments), 0) FROM cells WHERE overdue) AS overdue,
              {by} AS by
         FROM day) AS o
"""
_GROUP = """(SELECT ({array})::json FROM (
       SELECT row_to_json(g)::text AS json FROM (
              SELECT {name} AS value, sum(commitments) AS count,
                     coalesce(sum(commitments) FILTER (WHERE overdue), 0) AS overdue
                FROM cells GROUP BY {name} ORDER BY {name}) AS g) AS n) AS {name}"""


@lru_cache(maxsize=1024)
def stats_plan(query: str, today: date) -> Plan:
    """Return the plan of the counts. Raises BadQuery."""
    asked = LISTING.ask(read_query(query), today=today)
    tallied = asked.tally if _TALLIED.issuperset(asked.groups) else None
    rows, params = compiled(asked.rows.order_by() if tallied is None else tallied)
    sql = _CELLS.format(
        groups="".join(f'{GROUPS[name]} AS "{name}", ' for name in asked.groups),
        overdue=derived.is_overdue("t", "day.today"),
        number="1" if tallied is None else "t.commitments::integer",
        rows=rows,
        places=", ".join(str(n + 1) for n in range(len(asked.groups) + 1)),
        by=_by(asked),
    )
    return Plan(numbered(sql), (asked.today, *params), asked, "")


def _by(asked: Asked) -> str:
    if not asked.groups:
        return "'{}'::json"
    columns = ", ".join(_GROUP.format(name=f'"{name}"', array=json_array("n.json")) for name in asked.groups)
    return f"(SELECT row_to_json(b) FROM (SELECT {columns}) AS b)"
