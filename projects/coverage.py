"""Which years' reports of a government are on file, and which are missing: what every count of promises rests on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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
