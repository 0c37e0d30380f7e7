"""The page of one commitment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.choices import DueBasis, ReviewState, Speaker, Status, Verification
from projects.corrections import corrections
from projects.models import Commitment, Source
from projects.views.due_state import older, standing
from projects.views.ground import evidence_on, history, reason_of, voices
from projects.views.lineage import answer_sentence, chain_of
from projects.views.passages import Span, passage_around
from projects.views.places import has_ended, successors
from projects.views.progress import progress
from projects.views.reports import headings_of


@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment: its words in the report, its date, what became of it and what that rests on."""
    today = timezone.localdate()
    rows = Commitment.objects.published().select_related("report", "jurisdiction__parent", "project")
    item = get_object_or_404(rows, pk=pk)
    evidence = evidence_on(item)
    happened = history(item, evidence)
    stands = standing(item, today)
    newest = evidence[0].as_of if evidence else None
    chain = chain_of(item, today)
    context = {
        "today": today,
        "commitment": item,
        "standing": stands,
        "older": older(newest, item.due_on) if newest and stands.past > 0 and newest < item.due_on else "",
        "passage": passage_around(
            item.report.text, headings_of(item.report), Span(item.start, item.end, f"c{item.pk}", "commitment")
        ),
        "dated_by": _dated_by(item),
        "progress": progress(item),
        "project": item.project if item.project and item.project.review_state == ReviewState.PUBLISHED else None,
        "evidence": evidence,
        "voices": voices(evidence),
        "checked": any(row.speaker == Speaker.INDEPENDENT for row in evidence),
        "basis": next((row for row in evidence if row.pk == item.status_evidence_id), None),
        "has_status": item.status != Status.NOT_ASSESSED,
        "announced": next((row for row in evidence if row.announced_on), None),
        "restatements": chain.links_of(item),
        "chain": chain,
        "answer": answer_sentence(item, chain),
        "history": happened,
        "corrections": corrections(item),
        "reason": reason_of(item, happened),
        "responsibilities": item.responsibilities.select_related("department").order_by("-role", "department"),
        "has_ended": has_ended(item.jurisdiction, today),
        "successions": successors(item.jurisdiction, today),
    }
    return render(request, "projects/commitment.html", context)


def _dated_by(item: Commitment) -> Source | None:
    """Return the official document that gave the commitment its date; None where the report states or implies it."""
    if item.due_basis != DueBasis.STATED:
        return None
    links = item.row_links.filter(
        review_state=Verification.ACCEPTED, due_on_before__isnull=False, source_row__due_on=item.due_on
    )
    return Source.objects.filter(rows__links__in=links).first()
