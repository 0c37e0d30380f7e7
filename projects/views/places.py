"""One government: its totals, its reports, the governments below it, and who took over from whom."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.coverage import Coverage, last_year, years_missing
from projects.models import Commitment, Department, Jurisdiction, Report, Succession
from projects.views.counts import counted, tally
from projects.views.lineage import answers_by_year


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One government: what became of its promises, by year and category; its reports; who stands below it."""
    today = timezone.localdate()
    item = get_object_or_404(Jurisdiction.objects.published().select_related("parent"), code=code)
    reports = Report.objects.published().filter(jurisdiction=item).defer("text", "outline").order_by("-year")
    rows = counted(reports, "report")
    years = tuple(sorted(row.row.year for row in rows))
    takeovers = _takeovers(item)
    context = {
        "today": today,
        "place": item,
        "has_ended": has_ended(item, today),
        "successions": [row for row in takeovers if row.predecessor_id == item.pk and row.on <= today],
        "taken_over": [row for row in takeovers if row.successor_id == item.pk and row.on <= today],
        "tally": tally(Commitment.objects.published().filter(jurisdiction=item), today),
        "answers": answers_by_year(Commitment.objects.published().filter(jurisdiction=item), today),
        "reports": rows,
        "coverage": Coverage(years, years_missing(years, last=last_year(today, item.valid_until))),
        "departments": _departments(item),
        "children": Jurisdiction.objects.published().filter(parent=item).order_by("code"),
    }
    return render(request, "projects/place.html", context)


def _departments(place: Jurisdiction) -> QuerySet[Department]:
    """Return the departments that have public promises to deliver, each with their number."""
    public = Q(responsibilities__commitment__is_public=True)
    counted = (
        Department.objects.published()
        .filter(jurisdiction=place)
        .annotate(promises=Count("responsibilities", filter=public))
    )
    return counted.filter(promises__gt=0).order_by("pinyin", "id")


def has_ended(place: Jurisdiction, on: date) -> bool:
    """Say whether the government was no more on a day: its last day is over."""
    return place.valid_until is not None and place.valid_until < on


def successors(place: Jurisdiction, on: date) -> list[Succession]:
    """Return who took over from a government that has ended by a day; of one that goes on none is looked up."""
    if not has_ended(place, on):
        return []
    return [row for row in _takeovers(place) if row.predecessor_id == place.pk and row.on <= on]


def _takeovers(place: Jurisdiction) -> list[Succession]:
    links = Succession.objects.published().filter(Q(predecessor=place) | Q(successor=place))
    return list(links.select_related("predecessor", "successor", "source").order_by("on", "id"))
