"""One department: what it has to deliver, by what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.choices import DueState, ResponsibilityRole
from projects.models import Commitment, Department
from projects.querysets import CommitmentQuerySet, due_state_q
from projects.views.counts import Part, Tally, tally
from projects.views.rows import CommitmentRow, commitment_rows

# So many promises of a due state stand on the page; the list has the rest.
SHOWN = 20
# What a reader wants to see first.
_ORDER = (
    *(DueState.NOT_KEPT, DueState.PARTLY_KEPT, DueState.UNVERIFIED, DueState.KEPT_LATE, DueState.KEPT),
    *(DueState.RUNNING, DueState.ONGOING, DueState.CLOSED),
)


@dataclass(frozen=True, slots=True)
class State:
    """The promises of one due state: how many, and the first of them by their dates."""

    part: Part
    rows: list[CommitmentRow]


@require_safe
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """Its promises by due state and category; one that was merged leads on to what it became."""
    item = get_object_or_404(Department.objects.select_related("jurisdiction__parent"), pk=pk)
    if item.merged_into_id is not None:
        return redirect("pages:department", pk=item.merged_into_id, permanent=True)
    today = timezone.localdate()
    promises = Commitment.objects.published().filter(responsibilities__department=item)
    counts = tally(promises, today)
    leads = item.responsibilities.filter(role=ResponsibilityRole.LEAD, commitment__is_public=True).count()
    context = {
        "today": today,
        "department": item,
        "tally": counts,
        "leads": leads,
        "cooperates": counts.total - leads,
        "states": list(_states(promises, counts, today)),
    }
    return render(request, "projects/department.html", context)


def _states(promises: "CommitmentQuerySet[Commitment]", counts: Tally, today: date) -> Iterator[State]:
    for part in sorted(counts.whole.parts, key=lambda part: _ORDER.index(part.code)):
        found = promises.filter(due_state_q(part.code, today)).select_related("jurisdiction").order_by("due_on", "id")
        yield State(part, commitment_rows(found[:SHOWN], today))
