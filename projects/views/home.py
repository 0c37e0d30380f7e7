"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.models import Commitment, Report
from projects.views.rows import commitment_rows
from projects.views.tallies import counted, tally_of_all

OVERDUE_SHOWN = 6
REPORTS_SHOWN = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What there is: totals, what is longest overdue, the newest reports."""
    today = timezone.localdate()
    public = Commitment.objects.published()
    overdue = public.overdue(today).select_related("jurisdiction").order_by("due_on", "id")
    reports = Report.objects.published().select_related("jurisdiction__parent").defer("text", "outline")
    context = {
        "today": today,
        "tally": tally_of_all(today),
        "overdue": commitment_rows(overdue[:OVERDUE_SHOWN], today),
        "reports": counted(reports.order_by("-year", "jurisdiction")[:REPORTS_SHOWN], "report"),
    }
    return render(request, "projects/home.html", context)
