"""One report: its full text with every statement marked in it."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from projects.models import Achievement, Commitment, Evidence, Project, Report, Source
from projects.views.passages import Headings, Span, passages


@require_safe
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """One report: where it comes from, its outline, its full text with commitments and achievements marked."""
    public = Report.objects.published().select_related("jurisdiction__parent")
    item = get_object_or_404(public, jurisdiction_id=code, year=year)
    promised, claimed = list(_promised(item)), list(_claimed(item))
    text = passages(item.text, headings_of(item), [*promised, *claimed])
    context = {
        "report": item,
        "text": text,
        "outline": [passage for passage in text if passage.heading and passage.heading != item.title],
        "promised": len(promised),
        "claimed": len(claimed),
        "scores": Source.objects.published().filter(report=item, is_public=True),
    }
    return render(request, "projects/report.html", context)


def headings_of(item: Report) -> Headings:
    """Return where the report's outline says that headings begin, and how deep they stand."""
    return {heading["start"]: heading["level"] for heading in item.outline}


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
