"""Which years' reports the counts of a page rest on, place by place."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef
from django.http import QueryDict

from projects.coverage import Coverage, coverage_of
from projects.models import Jurisdiction, Report

# Of more places nobody reads the years; each place's page tells them.
PLACES_SHOWN = 6

Covered = list[tuple[Jurisdiction, Coverage]]


def coverage_shown(places: Iterable[Jurisdiction], on: date) -> Covered:
    """Return the years of some places, each told once."""
    known = {place.pk: place for place in places}
    if not known or len(known) > PLACES_SHOWN:
        return []
    years = coverage_of(known, on=on)
    return [(place, years[code]) for code, place in known.items()]


def coverage_asked(given: QueryDict, on: date) -> Covered:
    """Return the years of the places with a public report that a list of statements is narrowed to."""
    reports = Report.objects.published().filter(jurisdiction=OuterRef("pk"))
    reporting = Jurisdiction.objects.published().filter(Exists(reports))
    code = given.get("jurisdiction", "")
    if code:
        reporting = (
            reporting.with_descendants(code) if given.get("descendants") == "true" else reporting.filter(pk=code)
        )
    return coverage_shown(reporting.order_by("code")[: PLACES_SHOWN + 1], on)
