"""Which years' reports of a government are on file, and which are missing: what every count of promises rests on."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Expression, F, IntegerField, OuterRef, QuerySet, Subquery

from projects.expressions import Formula
from projects.models import Jurisdiction, Report


@dataclass(frozen=True, slots=True)
class Coverage:
    """The years whose reports are on file, and those between the first of them and the last that can be."""

    on_file: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()


def last_year(on: date, valid_until: date | None) -> int:
    """Return the last year for which a government can have given a report by a day: that year, or that of its end."""
    return on.year if valid_until is None else min(on.year, valid_until.year)


def years_missing(years_on_file: Collection[int], *, last: int) -> tuple[int, ...]:
    """Return the years without a report, from the first on file to the last one; none while nothing is on file."""
    if not years_on_file:
        return ()
    return tuple(year for year in range(min(years_on_file), last + 1) if year not in years_on_file)


def coverage_of(places: Iterable[str], *, on: date) -> Mapping[str, Coverage]:
    """Return what is on file of governments, by their code, as of a day. Two queries for any number of them."""
    ends = dict(Jurisdiction.objects.published().filter(code__in=list(places)).values_list("code", "valid_until"))
    years: dict[str, list[int]] = {code: [] for code in ends}
    reports = Report.objects.published().filter(jurisdiction__in=list(ends)).order_by("jurisdiction", "year")
    for code, year in reports.values_list("jurisdiction", "year"):
        years[code].append(year)
    return {
        code: Coverage(tuple(years[code]), years_missing(years[code], last=last_year(on, end)))
        for code, end in ends.items()
    }


def report_years(reports: "Callable[[], QuerySet[Any]]" = Report.objects.published) -> ArraySubquery:
    """Return the years of a government's reports that are on file, in order, as an expression over governments."""
    return ArraySubquery(_years(reports()))


def missing_years(on: Expression, reports: "Callable[[], QuerySet[Any]]" = Report.objects.published) -> Formula:
    """Return the years of which a government's report is missing as of a day, see ``years_missing``."""
    sql = (
        "ARRAY(SELECT y FROM generate_series((SELECT min(f.year)::integer FROM {0} AS f), {1}) AS y"
        " WHERE y NOT IN {0} ORDER BY y)"
    )
    return Formula(sql, Subquery(_years(reports())), last_report_year(on), output_field=ArrayField(IntegerField()))


def last_report_year(on: Expression) -> Formula:
    """Return the last year for which a government can have given a report, see ``last_year``."""
    sql = "least(extract(year FROM {0}), extract(year FROM {1}))::integer"
    return Formula(sql, on, F("valid_until"), output_field=IntegerField())


def _years(reports: "QuerySet[Any]") -> "QuerySet[Any]":
    return reports.filter(jurisdiction=OuterRef("code")).order_by("year").values("year")
