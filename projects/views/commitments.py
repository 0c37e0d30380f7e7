"""The page of one commitment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects import rules
from projects.choices import Speaker
from projects.models import Commitment, Evidence, OverdueEvent, Project, Restatement, StatusChange
from projects.views.passages import Span, passage_around
from projects.views.reports import headings_of
from projects.views.standing import standing


@dataclass(frozen=True, slots=True)
class Progress:
    """The traffic light and what it is made of, in whole percent."""

    light: str
    reached: int
    elapsed: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a commitment's history: a change of status or of the overdue flag."""

    on: date
    change: StatusChange | None = None
    flag: OverdueEvent | None = None


@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment: its words in the report, its date, its status and what that rests on."""
    today = timezone.localdate()
    item = get_object_or_404(Commitment.objects.published().select_related("report", "jurisdiction__parent"), pk=pk)
    evidence = _evidence(item)
    span = Span(item.start, item.end, f"c{item.pk}", "commitment")
    context = {
        "today": today,
        "commitment": item,
        "standing": standing(item, today),
        "passage": passage_around(item.report.text, headings_of(item.report), span),
        "progress": _progress(item),
        "project": Project.objects.published().filter(commitments=item).first(),
        "official": [row for row in evidence if row.speaker == Speaker.OFFICIAL_CLAIM],
        "independent": [row for row in evidence if row.speaker != Speaker.OFFICIAL_CLAIM],
        "basis": next((row for row in evidence if row.pk == item.status_evidence_id), None),
        "restatements": _restatements(item),
        "history": _history(item),
        "responsibilities": item.responsibilities.select_related("department").order_by("-role", "department"),
    }
    return render(request, "projects/commitment.html", context)


def _evidence(item: Commitment) -> list[Evidence]:
    found = Evidence.objects.published().filter(commitment=item).select_related("achievement__report")
    return list(found.defer("achievement__report__text", "achievement__report__outline"))


def _restatements(item: Commitment) -> list[Restatement]:
    links = Restatement.objects.published().filter(Q(earlier=item) | Q(later=item))
    return list(links.select_related("earlier", "later").order_by("earlier__year", "later__year", "pk"))


def _history(item: Commitment) -> list[Happening]:
    changes = StatusChange.objects.published().filter(commitment=item)
    flags = OverdueEvent.objects.published().filter(commitment=item)
    happenings = [Happening(change.effective_on, change=change) for change in changes]
    happenings += [Happening(flag.on, flag=flag) for flag in flags]
    return sorted(happenings, key=lambda happening: happening.on, reverse=True)


def _progress(item: Commitment) -> Progress | None:
    """Return how far the newest reported value is, or None where figure or value is missing."""
    if item.quantity is None or item.comparator is None or item.reported_value is None or item.reported_on is None:
        return None
    return Progress(
        light=item.light,
        reached=_percent(rules.share_reached(item.quantity, item.reported_value)),
        elapsed=_percent(rules.share_elapsed(date(item.year, 1, 1), item.due_on, item.reported_on)),
    )


def _percent(share: Decimal) -> int:
    return int((share * 100).to_integral_value())
