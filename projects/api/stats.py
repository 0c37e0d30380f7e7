"""Counts by group: how many commitments there are of each category, status or year, and how many are overdue.

They count what stands in the reports that are on file, and say which those are.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models.expressions import RawSQL

from projects import derived
from projects.api.plans import Plan, numbered, read_query
from projects.asof import as_known
from projects.filters import COMMITMENTS, Asked
from projects.models import Jurisdiction, Report
from projects.querysets import code_prefix
from projects.serializers.computed import last_year, years_missing, years_on_file
from projects.serializers.sql import compiled, json_array

_DAY = "(SELECT today FROM day)"
# What can be counted by, as an expression over a row.
GROUPS: Mapping[str, Callable[[], str]] = {
    "category": lambda: "t.category",
    "status": lambda: "t.status",
    "due_state": lambda: derived.due_state("t", _DAY),
    "overdue_basis": lambda: derived.overdue_basis("t", _DAY),
    "year": lambda: "t.year",
    "due_year": lambda: "extract(year FROM t.due_on)::integer",
    "due_basis": lambda: "t.due_basis",
    "milestone": lambda: "t.milestone",
    "jurisdiction": lambda: "t.jurisdiction_id",
    "light": lambda: derived.light("t"),
}
_TALLIED = frozenset({"category", "status", "due_state", "overdue_basis", "year", "due_year", "due_basis"})
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
       SELECT day.today AS as_of, every.count AS total, every.overdue, {reports} AS reports, {by} AS by
         FROM day CROSS JOIN counts AS every WHERE every.mask = {full}) AS o
"""
_GROUP = """(SELECT ({array})::json FROM (
       SELECT row_to_json(g)::text AS json FROM (
              SELECT {name} AS value, count, overdue FROM counts
               WHERE mask = {mask} ORDER BY {name}) AS g) AS n) AS {name}"""

# The years of one government, and how many there are of several: added up by government before anything is joined, and
# the last year worked out once for each (OFFSET keeps it so), which takes a quarter of the time.
_PLACE = """(SELECT row_to_json(r) FROM (
       SELECT cardinality(report_years) AS on_file, cardinality(missing_years) AS missing, report_years, missing_years,
              '/api/v1/jurisdictions/' || code || '/' AS url
         FROM (SELECT j.code, ARRAY({on_file}) AS report_years, ARRAY({missing}) AS missing_years
                 FROM ({places}) AS j) AS y) AS r)"""
_PLACES = """(SELECT row_to_json(r) FROM (
       SELECT coalesce(sum(on_file), 0) AS on_file, coalesce(sum(missing), 0) AS missing, NULL AS report_years,
              NULL AS missing_years, {url} AS url
         FROM (SELECT cardinality(p.years) AS on_file, greatest(0, j.last - p.first + 1 - CASE
                      WHEN p.newest <= j.last THEN cardinality(p.years)
                      ELSE (SELECT count(*) FROM unnest(p.years) AS y WHERE y <= j.last) END) AS missing
                 FROM (SELECT jurisdiction_id, min(year) AS first, max(year) AS newest, array_agg(year) AS years
                         FROM ({reports}) AS o GROUP BY jurisdiction_id) AS p
                 JOIN (SELECT code, {last} AS last FROM projects_jurisdiction AS j OFFSET 0) AS j
                   ON j.code = p.jurisdiction_id) AS f) AS r)"""


@lru_cache(maxsize=1024)
def stats_plan(query: str, today: date) -> Plan:
    """Return the plan of the counts. Raises BadQuery."""
    asked = LISTING.ask(read_query(query), today=today)
    cells, params = _cells(asked)
    reports, places = _reports(asked)
    names = [f'"{name}"' for name in asked.groups]
    full = 2 ** len(names) - 1
    sql = _COUNTS.format(
        names="".join(f"{name}, " for name in names),
        mask=f"grouping({', '.join(names)})" if names else "0",
        cells=cells,
        sets=", ".join([*(f"({name})" for name in names), "()"]),
        reports=reports,
        by=_by(names, full),
        full=full,
    )
    return Plan(numbered(sql), (asked.today, *params, *places), asked, "")


def _reports(asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """Return the expression of the reports that are on file, and missing, of the governments that are asked for."""
    given, known = asked.filters.cleaned, asked.as_of is not None
    code = given.get("jurisdiction") or str(given.get("report", "")).partition("-")[0]
    if code and not given.get("descendants"):
        places, params = compiled(Jurisdiction.objects.published().filter(code=code).order_by())
        years = {"on_file": years_on_file("j", known=known), "missing": years_missing("j", "day.today", known=known)}
        return _PLACE.format(places=places, **years), params
    reports = Report.objects.published()
    if code:
        prefix = code_prefix(code)
        reports = reports.filter(jurisdiction__gte=prefix.ljust(6, "0"), jurisdiction__lte=prefix.ljust(6, "9"))
    rows = as_known(reports, RawSQL("day.today", [])) if known else reports
    told, params = compiled(rows.order_by().values("jurisdiction_id", "year"))
    url = "'/api/v1/jurisdictions/?below=' || %s" if code else "'/api/v1/jurisdictions/'"
    text = _PLACES.format(reports=told, last=last_year("j", "day.today"), url=url)
    return text, ((code, *params) if code else params)


def _cells(asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """Return the statement of what is summed up: kept totals, or rows counted by all groups together."""
    tallied = asked.tally if _TALLIED.issuperset(asked.groups) else None
    rows, params = compiled(asked.rows.order_by() if tallied is None else tallied)
    groups = "".join(f'{GROUPS[name]()} AS "{name}", ' for name in asked.groups)
    late = derived.is_overdue("t", _DAY)
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
