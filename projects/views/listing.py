"""The lists of commitments, projects and reports, narrowed by the same parameters as the API's."""

from dataclasses import replace
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.filters import COMMITMENTS, PROJECTS, REPORTS, Asked, Listing
from projects.models import Commitment, Project, Report
from projects.views.chosen import COMMITMENT_FIELDS, PROJECT_FIELDS, Fields, chips, form
from projects.views.covered import coverage_asked, coverage_shown
from projects.views.errors import explains_bad_queries
from projects.views.paging import Page, page
from projects.views.rows import commitment_rows
from projects.views.tallies import counted

# Counting further than anybody reads would cost more than the page itself.
COUNTED = 10_000
_REPORTS_TODAY = replace(REPORTS, dated=False)


def ask(listing: Listing, request: HttpRequest) -> Asked:
    """Return what is asked of a list. Raises BadQuery."""
    return listing.ask(request.GET, today=timezone.localdate(), blanks=True)


def _context(asked: Asked, shown: Page[Any], fields: Fields) -> dict[str, Any]:
    total, exact = _total(asked)
    return {
        "page": shown,
        "total": total,
        "exact": exact,
        "form": form(shown.kept, fields),
        "chips": chips(shown.kept),
    }


def _total(asked: Asked) -> tuple[int, bool]:
    """Return how many rows there are, and whether that is all: from the table of totals where it can tell."""
    if asked.tally is not None:
        return asked.tally.aggregate(total=Coalesce(Sum("commitments"), 0))["total"], True
    total = asked.rows.order_by()[: COUNTED + 1].count()
    return min(total, COUNTED), total <= COUNTED


@explains_bad_queries
@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    """The public commitments that the reader asks for, page by page."""
    asked = ask(COMMITMENTS, request)
    shown: Page[Commitment] = page(asked, asked.page().select_related("jurisdiction"), request.GET)
    rows = commitment_rows(shown.rows, asked.today)
    context = {
        **_context(asked, shown, COMMITMENT_FIELDS),
        "rows": rows,
        "coverage": coverage_asked(shown.kept, asked.today),
    }
    return render(request, "projects/commitment_list.html", context)


@explains_bad_queries
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """The public projects, by the pinyin of their names."""
    asked = ask(PROJECTS, request)
    shown: Page[Project] = page(asked, asked.page().select_related("jurisdiction"), request.GET)
    context = {**_context(asked, shown, PROJECT_FIELDS), "projects": counted(shown.rows, "project")}
    return render(request, "projects/project_list.html", context)


@explains_bad_queries
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The public reports, the newest year first."""
    asked = ask(_REPORTS_TODAY, request)
    rows = asked.page().select_related("jurisdiction__parent").defer("text", "outline")
    shown: Page[Report] = page(asked, rows, request.GET)
    context = {
        **_context(asked, shown, Fields()),
        "reports": counted(shown.rows, "report"),
        "coverage": coverage_shown((row.jurisdiction for row in shown.rows), asked.today),
    }
    return render(request, "projects/report_list.html", context)
