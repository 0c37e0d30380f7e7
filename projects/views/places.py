"""One government: its totals, its reports, the governments below it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.models import Commitment, Jurisdiction, Report
from projects.views.tallies import counted, tally


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One government: what it promised itself, by category and status; its reports; who stands below it."""
    today = timezone.localdate()
    item = get_object_or_404(Jurisdiction.objects.published().select_related("parent"), code=code)
    reports = Report.objects.published().filter(jurisdiction=item).defer("text", "outline").order_by("-year")
    context = {
        "today": today,
        "place": item,
        "tally": tally(Commitment.objects.published().filter(jurisdiction=item), today),
        "reports": counted(reports, "report"),
        "children": Jurisdiction.objects.published().filter(parent=item).order_by("code"),
    }
    return render(request, "projects/place.html", context)
