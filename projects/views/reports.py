"""Reports: the list, and one with its full text and every statement marked in it."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from projects.filters.ordering import Ordering
from projects.models import Achievement, Commitment, Evidence, Project, Report
from projects.views.errors import explains_bad_queries
from projects.views.passages import Span, passages
from projects.views.paging import cursor_of, page
from projects.views.tallies import counted

NEWEST = Ordering("-year", "year")
PAGE_SIZE = 50


@explains_bad_queries
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """All reports, the newest year first."""
    public = Report.objects.published()
    rows = public.select_related("jurisdiction__parent").defer("text", "outline")
    found = page(rows, NEWEST, cursor_of(request), PAGE_SIZE)
    context = {"page": found, "reports": counted(found.rows, "report"), "total": public.count()}
    return render(request, "projects/report_list.html", context)


@require_safe
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """One report: where it comes from, its outline, its full text with commitments and achievements marked."""
    public = Report.objects.published().select_related("jurisdiction__parent")
    item = get_object_or_404(public, jurisdiction_id=code, year=year)
    promised, claimed = list(_promised(item)), list(_claimed(item))
    text = passages(item.text, [*promised, *claimed])
    context = {
        "report": item,
        "text": text,
        "outline": [passage for passage in text if passage.heading and passage.heading != item.title],
        "promised": len(promised),
        "claimed": len(claimed),
    }
    return render(request, "projects/report.html", context)


def _promised(item: Report) -> Iterator[Span]:
    rows = Commitment.objects.published().filter(report=item).values_list("pk", "start", "end")
    for pk, start, end in rows:
        yield Span(start, end, f"c{pk}", "commitment", reverse("pages:commitment", args=[pk]))


def _claimed(item: Report) -> Iterator[Span]:
    """Yield the achievements; each leads to the commitment it bears on, else to its project."""
    pages = dict(_projects(item)) | dict(_supported(item))
    for pk, start, end in Achievement.objects.published().filter(report=item).values_list("pk", "start", "end"):
        yield Span(start, end, f"a{pk}", "achievement", pages.get(pk, ""))


def _supported(item: Report) -> Iterator[tuple[int, str]]:
    links = Evidence.objects.published().filter(achievement__report=item).order_by("-pk")
    for achievement, supported in links.values_list("achievement", "commitment"):
        yield achievement, reverse("pages:commitment", args=[supported])


def _projects(item: Report) -> Iterator[tuple[int, str]]:
    links = Project.objects.published().filter(achievements__report=item, achievements__is_public=True)
    for achievement, slug in links.order_by().values_list("achievements", "slug"):
        yield achievement, reverse("pages:project", args=[slug])
