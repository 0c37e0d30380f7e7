"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.choices import OverdueBasis
from projects.models import Commitment, Report, ReportPair
from projects.querysets import CommitmentQuerySet, overdue_q
from projects.views.counts import counted, tally_of_all
from projects.views.lineage import answers_by_year
from projects.views.report_coverage import coverage_shown
from projects.views.rows import commitment_rows

KNOWN_SHOWN = 6
REPORTS_SHOWN = 6
YEARS_SHOWN = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What became of all promises, year by year; what is known not to be kept; the newest reports, and which lack."""
    today = timezone.localdate()
    known = Commitment.objects.published().filter(overdue_q(today, basis=OverdueBasis.EVIDENCE))
    reports = Report.objects.published().select_related("jurisdiction__parent").defer("text", "outline")
    newest = counted(reports.order_by("-year", "jurisdiction")[:REPORTS_SHOWN], "report")
    counts = tally_of_all(today)
    context = {
        "today": today,
        "tally": counts,
        "years": counts.years[:YEARS_SHOWN],
        "known": commitment_rows(known.select_related("jurisdiction").order_by("due_on", "id")[:KNOWN_SHOWN], today),
        "answers": answers_by_year(_answered(), today)[:YEARS_SHOWN],
        "reports": newest,
        "coverage": coverage_shown((entry.row.jurisdiction for entry in newest), today),
    }
    return render(request, "projects/home.html", context)


def _answered() -> CommitmentQuerySet[Commitment]:
    """Return the promises of the reports that somebody has gone through: few, and found without a scan."""
    pairs = ReportPair.objects.published().order_by().values("earlier")
    return Commitment.objects.published().filter(report__in=pairs)
