"""One project: what was promised and claimed of it over the years."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.models import Achievement, Commitment, Project, Report
from projects.views.rows import CommitmentRow, commitment_rows

_HEAVY = ("report__text", "report__outline")


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one report says of a project: promises first, then claims."""

    report: Report
    promises: list[CommitmentRow]
    claims: list[Achievement]


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: each report's promises and claims, in the order of time."""
    item = get_object_or_404(Project.objects.published().select_related("jurisdiction__parent"), slug=slug)
    context = {"project": item, "chapters": list(_chapters(item)), "today": timezone.localdate()}
    return render(request, "projects/project.html", context)


def _chapters(item: Project) -> Iterator[Chapter]:
    promises = Commitment.objects.published().filter(project=item).select_related("report", "jurisdiction")
    claims = Achievement.objects.published().filter(project=item).select_related("report").defer(*_HEAVY)
    statements: list[Commitment | Achievement] = sorted(
        [*promises.defer(*_HEAVY), *claims], key=lambda row: (row.year, row.report_id, row.start)
    )
    for _, group in groupby(statements, key=lambda row: (row.year, row.report_id)):
        said = list(group)
        yield Chapter(
            report=said[0].report,
            promises=commitment_rows([row for row in said if isinstance(row, Commitment)], timezone.localdate()),
            claims=[row for row in said if isinstance(row, Achievement)],
        )
