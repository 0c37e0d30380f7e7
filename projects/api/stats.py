"""Counts by group: how many commitments there are of each category, status or year, and how many are overdue.

They count what stands in the reports that are on file, and say which those are. A group's value is what the filter of
the same name takes. Quantities are summed up unit by unit: kilometres and schools have no common sum.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _

from projects import answers, expressions
from projects.api.queries import Plan, read_query
from projects.as_of import rows_as_of
from projects.choices import ResponsibilityRole, ReviewState
from projects.coverage import last_report_year, missing_years, report_years
from projects.expressions import TODAY, Formula
from projects.filters import COMMITMENTS, Fault, ListQuery, Problem
from projects.models import Jurisdiction, Report, Responsibility
from projects.querysets import code_prefix
from projects.serializers import API, address_sql
from projects.serializers.fields import report_key
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
    "report": lambda: report_key("").expression(),
    "project": lambda: Case(When(project__review_state=ReviewState.PUBLISHED, then=F("project__slug"))),
    "department": lambda: F("responsibilities__department"),
    "lead_department": lambda: F("lead__department"),
    "unit": lambda: F("unit"),
    "light": expressions.light,
    "answer": answers.answer,
    "change": answers.change,
}
_TALLIED = frozenset({"category", "status", "due_state", "overdue_basis", "year", "due_year", "due_basis"})
# Groups of which a commitment may be in several, and the relation that each goes by.
_SHARED: Mapping[str, str] = {"department": "responsibilities", "lead_department": "lead"}
# So many groups of a kind, cells of a table and units of a sum are told, those with the most commitments.
MOST_GROUPS, MOST_UNITS = 2000, 100


def _inconsistent(given: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the parameters together."""
    groups = given.get("by", ())
    if given.get("cross") and len(groups) < 2:
        yield Problem("cross", Fault.MISSING, _("只能与至少两种分组同用，例如 by=category,status。"))
    if len(_SHARED.keys() & groups) > 1:
        yield Problem("by", Fault.INVALID, _("一次只能按其中一种分组：%(names)s。") % {"names": ", ".join(_SHARED)})


STATS = replace(COMMITMENTS.grouped(tuple(GROUPS)), validate=_inconsistent)

# All groups are counted in one go; each row of the counts says by its mask which of them it belongs to, and the one
# whose mask has every bit counts all.
_COUNTS = """
WITH {counts}
SELECT row_to_json(o) FROM (
       SELECT {day} AS as_of, every.count AS total, every.overdue{sums}, {reports} AS reports, {by} AS by{cross},
              {omitted} AS omitted
         FROM counts AS every WHERE every.mask = {full}) AS o
"""
_PLAIN = """counts AS MATERIALIZED (
       SELECT {names} {mask} AS mask, coalesce({number}, 0) AS count,
              coalesce({late}, 0) AS overdue
         FROM ({cells}) AS c({columns}) GROUP BY GROUPING SETS ({sets}))"""
# Unit by unit first, then all units of a group together; none of no unit at all, so that there is a total of nothing.
_SUMMED = """units AS (
       SELECT {names} sum_unit, {mask} AS mask, coalesce({number}, 0) AS count,
              coalesce({late}, 0) AS overdue, {quantity} AS quantity
         FROM ({cells}) AS c({columns}) GROUP BY GROUPING SETS ({sets})
        UNION ALL SELECT {nulls} '', {full}, 0, 0, NULL),
     counts AS MATERIALIZED (
       SELECT {names} mask, coalesce(sum(count), 0) AS count, coalesce(sum(overdue), 0) AS overdue,
              coalesce(to_json((array_agg(json_build_object('unit', sum_unit, 'count', count, 'quantity',
                  trim_scale(quantity)) ORDER BY count DESC, sum_unit) FILTER (WHERE sum_unit <> ''))[1:{most}]),
                  '[]'::json) AS sums,
              greatest(0, count(*) FILTER (WHERE sum_unit <> '') - {most}) AS sums_omitted
         FROM units GROUP BY {names} mask)"""
_GROUP = """(SELECT ('[' || coalesce(string_agg(row_to_json(g)::text, ',' ORDER BY g.value), '') || ']')::json FROM (
       SELECT {name} AS value, count, overdue{sums} FROM counts WHERE mask = {mask}
        ORDER BY count DESC, {name} LIMIT {most}) AS g) AS {name}"""
_CROSS = """, (SELECT ('[' || coalesce(string_agg(row_to_json(g)::text, ',' ORDER BY {names}), '') || ']')::json FROM (
       SELECT {names}, count, overdue{sums} FROM counts WHERE mask = 0
        ORDER BY count DESC, {names} LIMIT {most}) AS g) AS "cross" """
_OMITTED = """(SELECT nullif(greatest(0, count(*) - {most}), 0) FROM counts WHERE mask = {mask}) AS {name}"""

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
    full = 2 ** len(query.groups) - 1
    sums = ", sums, sums_omitted" if query.given.get("sum") else ""
    sql = _COUNTS.format(
        counts=_counts(query, cells.sql),
        day=day.sql,
        reports=reports.sql,
        **_told(query, full, sums),
        sums=sums,
        full=full,
    )
    return Plan(*numbered(Statement(sql, (*cells.params, *day.params, *reports.params))), query.today)


def compiled_day() -> Statement:
    """Return the day that is asked about."""
    return Statement(TODAY.sql, tuple(TODAY.params))


def _cells(query: ListQuery) -> Statement:
    """Return the statement of what is summed up: kept totals, or rows counted by all groups together."""
    sums = "sum" in query.given
    tally = query.tally if _TALLIED.issuperset(query.groups) and not sums else None
    groups: dict[str, Any] = {f"group_{name}": GROUPS[name]() for name in query.groups}
    late = {"late": expressions.is_overdue()}
    if tally is not None:
        totals = tally.annotate(**groups, **late, number=Cast("commitments", IntegerField()))
        return compiled(totals.values_list(*groups, "late", "number"))
    rows, once = _once(query)
    units: dict[str, Any] = {"sum_unit": Coalesce("unit", Value(""))} if sums else {}
    numbers: dict[str, Any] = {"number": Cast(Count("*"), IntegerField())}
    if sums:
        numbers["quantity_sum"] = Sum("quantity")
    counted = rows.order_by().values(**groups, **units, **once, **late).annotate(**numbers)
    return compiled(counted.values_list(*groups, *units, *once, "late", *numbers))


def _once(query: ListQuery) -> "tuple[QuerySet[Any], dict[str, Any]]":
    """Return the rows, and what tells the first of the several that a commitment has where departments are told apart.

    Only the first counts where they are not.
    """
    relation = next((_SHARED[name] for name in query.groups if name in _SHARED), None)
    if relation is None:
        return query.rows, {}
    parts, rows = Responsibility.objects.filter(commitment=OuterRef("pk")), query.rows
    if relation == "lead":
        led = Q(responsibilities__role=ResponsibilityRole.LEAD)
        parts = parts.filter(role=ResponsibilityRole.LEAD)
        rows = rows.annotate(lead=FilteredRelation("responsibilities", condition=led))
    first = Subquery(parts.order_by("department").values("department")[:1])
    sql = "({0} IS NOT DISTINCT FROM {1})"
    return rows, {"once": Formula(sql, F(f"{relation}__department"), first, output_field=BooleanField())}


def _counts(query: ListQuery, cells: str) -> str:
    """Return the queries that count the cells by each group, by all together, and altogether."""
    names, sums = [f'"{name}"' for name in query.groups], "sum" in query.given
    shared = next((f'"{name}"' for name in query.groups if name in _SHARED), None)
    units = ["sum_unit"] if sums else []
    sets = [*([name] for name in names), *([names] if query.given.get("cross") else []), []]
    columns = [*names, *units, *(["once"] if shared else []), "late", "number", *(["quantity"] if sums else [])]
    return (_SUMMED if sums else _PLAIN).format(
        names="".join(f"{name}, " for name in names),
        nulls="NULL, " * len(names),
        full=2 ** len(names) - 1,
        mask=f"grouping({', '.join(names)})" if names else "0",
        number=_sum("number", shared),
        late=_sum("number", shared, "late"),
        quantity=_sum("quantity", shared),
        cells=cells,
        columns=", ".join(columns),
        sets=", ".join(f"({', '.join([*one, *units])})" for one in sets),
        most=MOST_UNITS,
    )


def _sum(column: str, shared: str | None, *conditions: str) -> str:
    every = _filtered(column, *conditions)
    if shared is None:
        return every
    return f"CASE WHEN grouping({shared}) = 0 THEN {every} ELSE {_filtered(column, 'once', *conditions)} END"


def _filtered(column: str, *conditions: str) -> str:
    return f"sum({column})" + (f" FILTER (WHERE {' AND '.join(conditions)})" if conditions else "")


def _told(query: ListQuery, full: int, sums: str) -> dict[str, str]:
    """Return what is told of each group, of the table of all together, and of what is left out of them."""
    names = [f'"{name}"' for name in query.groups]
    masks = {name: full - 2 ** (len(names) - 1 - n) for n, name in enumerate(names)}
    shape = {"sums": sums, "most": str(MOST_GROUPS)}
    groups = [_GROUP.format(name=name, mask=mask, **shape) for name, mask in masks.items()]
    cross = _CROSS.format(names=", ".join(names), **shape) if query.given.get("cross") else ""
    counted = {**masks, '"cross"': 0} if cross else masks
    omitted = [_OMITTED.format(name=name, mask=mask, most=MOST_GROUPS) for name, mask in counted.items()]
    return {"by": _object(groups), "cross": cross, "omitted": f"json_strip_nulls({_object(omitted)})"}


def _object(columns: list[str]) -> str:
    return f"(SELECT row_to_json(b) FROM (SELECT {', '.join(columns)}) AS b)" if columns else "'{}'::json"


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
