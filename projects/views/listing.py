"""The lists of commitments, projects and reports, narrowed by the same parameters as the API's."""

from dataclasses import replace
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.filters import COMMITMENTS, PROJECTS, REPORTS, ListDefinition, ListQuery
from projects.models import Commitment, Project, Report
from projects.views.counts import counted
from projects.views.errors import explains_bad_queries
from projects.views.filter_form import COMMITMENT_FIELDS, PROJECT_FIELDS, Fields, chips, form
from projects.views.paging import Page, page
from projects.views.report_coverage import coverage_asked, coverage_shown
from projects.views.rows import commitment_rows

# Counting further than anybody reads would cost more than the page itself.
COUNTED = 10_000
_REPORTS_TODAY = replace(REPORTS, supports_as_of=False)


def parse(definition: ListDefinition, request: HttpRequest) -> ListQuery:
    """Return what is query of a list. Raises BadQuery."""
    return definition.parse(request.GET, today=timezone.localdate(), blanks=True)


def _context(query: ListQuery, shown: Page[Any], fields: Fields) -> dict[str, Any]:
    total, exact = _total(query)
    return {"page": shown, "total": total, "exact": exact, "form": form(shown.kept, fields), "chips": chips(shown.kept)}


def _total(query: ListQuery) -> tuple[int, bool]:
    """Return how many rows there are, and whether that is all: from the table of totals where it can tell."""
    if query.tally is not None:
        return query.tally.aggregate(total=Coalesce(Sum("commitments"), 0))["total"], True
    total = query.rows.order_by()[: COUNTED + 1].count()
    return min(total, COUNTED), total <= COUNTED


@explains_bad_queries
@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    """The public commitments that the reader asks for, page by page."""
    query = parse(COMMITMENTS, request)
    shown: Page[Commitment] = page(query, query.page().select_related("jurisdiction"), request.GET)
    rows = commitment_rows(shown.rows, query.today)
    context = {
        **_context(query, shown, COMMITMENT_FIELDS),
        "rows": rows,
        "coverage": coverage_asked(shown.kept, query.today),
    }
    return render(request, "projects/commitment_list.html", context)


@explains_bad_queries
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """The public projects, by the pinyin of their names."""
    query = parse(PROJECTS, request)
    shown: Page[Project] = page(query, query.page().select_related("jurisdiction"), request.GET)
    context = {**_context(query, shown, PROJECT_FIELDS), "projects": counted(shown.rows, "project")}
    return render(request, "projects/project_list.html", context)


@explains_bad_queries
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The public reports, the newest year first."""
    query = parse(_REPORTS_TODAY, request)
    rows = query.page().select_related("jurisdiction__parent").defer("text", "outline")
    shown: Page[Report] = page(query, rows, request.GET)
    context = {
        **_context(query, shown, Fields()),
        "reports": counted(shown.rows, "report"),
        "coverage": coverage_shown((row.jurisdiction for row in shown.rows), query.today),
    }
    return render(request, "projects/report_list.html", context)
