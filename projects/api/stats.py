"""Counts by group: how many commitments there are of each category, status or year, and how many are overdue.

They count what stands in the reports that are on file, and say which those are.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Expression, F, IntegerField, QuerySet
from django.db.models.functions import Cast, ExtractYear

from projects import expressions
from projects.api.queries import Plan, read_query
from projects.as_of import rows_as_of
from projects.coverage import last_report_year, missing_years, report_years
from projects.expressions import TODAY
from projects.filters import COMMITMENTS, ListQuery
from projects.models import Jurisdiction, Report
from projects.querysets import code_prefix
from projects.serializers import API, address_sql
from projects.sql import Statement, compiled, numbered

# What can be counted by, as an expression over commitments.
GROUPS: Mapping[str, Callable[[], Any]] = {
    "category": lambda: F("category"),
    "status": lambda: F("status"),
    "due_state": expressions.due_state,
    "overdue_basis": expressions.overdue_basis,
    "year": lambda: F("year"),
    "due_year": lambda: Cast(ExtractYear("due_on"), IntegerField()),
    "due_basis": lambda: F("due_basis"),
    "milestone": lambda: F("milestone"),
    "jurisdiction": lambda: F("jurisdiction_id"),
    "light": expressions.light,
}
_TALLIED = frozenset({"category", "status", "due_state", "overdue_basis", "year", "due_year", "due_basis"})
STATS = COMMITMENTS.grouped(tuple(GROUPS))

# All groups are counted in one go; each row of the counts says by its mask which of them it belongs to, and the one
# whose mask has every bit counts all.
_COUNTS = """
WITH counts AS MATERIALIZED (
       SELECT {names} {mask} AS mask, coalesce(sum(number), 0) AS count,
              coalesce(sum(number) FILTER (WHERE late), 0) AS overdue
         FROM ({cells}) AS c({columns}) GROUP BY GROUPING SETS ({sets}))
SELECT row_to_json(o) FROM (
       SELECT {day} AS as_of, every.count AS total, every.overdue, {reports} AS reports, {by} AS by
         FROM counts AS every WHERE every.mask = {full}) AS o
"""
_GROUP = """(SELECT ('[' || coalesce(string_agg(row_to_json(g)::text, ','), '') || ']')::json FROM (
       SELECT {name} AS value, count, overdue FROM counts WHERE mask = {mask} ORDER BY {name}) AS g) AS {name}"""

# The years of one government, and how many there are of several: added up by government before anything is joined, and
# the last year worked out once for each (OFFSET keeps it so), which takes a quarter of the time.
_PLACE = """(SELECT row_to_json(r) FROM (
       SELECT cardinality(report_years) AS on_file, cardinality(missing_years) AS missing, report_years, missing_years,
              {url} || code || '/' AS url
         FROM ({places}) AS y(code, report_years, missing_years)) AS r)"""
_PLACES = """(SELECT row_to_json(r) FROM (
       SELECT coalesce(sum(on_file), 0) AS on_file, coalesce(sum(missing), 0) AS missing, NULL AS report_years,
              NULL AS missing_years, {url} AS url
         FROM (SELECT cardinality(p.years) AS on_file, greatest(0, j.last - p.first + 1 - CASE
                      WHEN p.newest <= j.last THEN cardinality(p.years)
                      ELSE (SELECT count(*) FROM unnest(p.years) AS y WHERE y <= j.last) END) AS missing
                 FROM (SELECT code, min(year) AS first, max(year) AS newest, array_agg(year) AS years
                         FROM ({reports}) AS o(code, year) GROUP BY code) AS p
                 JOIN ({lasts} OFFSET 0) AS j(code, last) ON j.code = p.code) AS f) AS r)"""


@lru_cache(maxsize=1024)
def stats_plan(query_string: str, today: date) -> Plan:
    """Return the plan of the counts. Raises BadQuery."""
    query = STATS.parse(read_query(query_string), today=today)
    cells, reports, day = _cells(query), _reports(query), compiled_day()
    names = [f'"{name}"' for name in query.groups]
    full = 2 ** len(names) - 1
    sql = _COUNTS.format(
        names="".join(f"{name}, " for name in names),
        mask=f"grouping({', '.join(names)})" if names else "0",
        cells=cells.sql,
        columns=", ".join([*names, "late", "number"]),
        sets=", ".join([*(f"({name})" for name in names), "()"]),
        day=day.sql,
        reports=reports.sql,
        by=_by(names, full),
        full=full,
    )
    return Plan(*numbered(Statement(sql, (*cells.params, *day.params, *reports.params))), query.today)


def compiled_day() -> Statement:
    """Return the day that is asked about."""
    return Statement(TODAY.sql, tuple(TODAY.params))


def _cells(query: ListQuery) -> Statement:
    """Return the statement of what is summed up: kept totals, or rows counted by all groups together."""
    tally = query.tally if _TALLIED.issuperset(query.groups) else None
    groups: dict[str, Expression] = {f"group_{name}": GROUPS[name]() for name in query.groups}
    late = {"late": expressions.is_overdue()}
    if tally is not None:
        totals = tally.annotate(**groups, **late, number=Cast("commitments", IntegerField()))
        return compiled(totals.values_list(*groups, "late", "number"))
    rows = query.rows.order_by().values(**groups, **late).annotate(number=Cast(Count("*"), IntegerField()))
    return compiled(rows.values_list(*groups, "late", "number"))


def _by(names: list[str], full: int) -> str:
    if not names:
        return "'{}'::json"
    columns = [_GROUP.format(name=name, mask=full - 2 ** (len(names) - 1 - n)) for n, name in enumerate(names)]
    return f"(SELECT row_to_json(b) FROM (SELECT {', '.join(columns)}) AS b)"


def _reports(query: ListQuery) -> Statement:
    """Return the expression of the reports that are on file, and missing, of the governments that are asked for."""
    given = query.given
    code = given.get("jurisdiction") or str(given.get("report", "")).partition("-")[0]
    reports = Report.objects.published()
    known = rows_as_of(reports, TODAY) if query.as_of is not None else reports
    if code and not given.get("descendants"):
        return _of_place(code, known)
    if code:
        prefix = code_prefix(code)
        known = known.filter(jurisdiction__gte=prefix.ljust(6, "0"), jurisdiction__lte=prefix.ljust(6, "9"))
    return _of_places(code, known)


def _of_place(code: str, reports: "QuerySet[Any]") -> Statement:
    places = Jurisdiction.objects.published().filter(code=code).order_by()
    years = {"on_file": report_years(reports.all), "absent": missing_years(TODAY, reports.all)}
    annotated: QuerySet[Any] = places.annotate(**years)
    found = compiled(annotated.values_list("code", "on_file", "absent"))
    sql = _PLACE.format(places=found.sql, url=address_sql(f"{API}jurisdictions/"))
    return Statement(sql, found.params)


def _of_places(code: str, reports: "QuerySet[Any]") -> Statement:
    told = compiled(reports.order_by().values_list("jurisdiction_id", "year"))
    lasts = compiled(Jurisdiction.objects.order_by().annotate(last=last_report_year(TODAY)).values_list("code", "last"))
    below = f"{address_sql(f'{API}jurisdictions/?below=')} || %s"
    url = below if code else address_sql(f"{API}jurisdictions/")
    sql = _PLACES.format(reports=told.sql, lasts=lasts.sql, url=url)
    return Statement(sql, (*([code] if code else []), *told.params, *lasts.params))
