"""What people decide about evidence: proposed, accepted, rejected, and the status that may follow.

Every function is one transaction and takes the row's lock, so that two people who decide at once follow each other.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import Status, Verification
from projects.models import Commitment, Evidence, StatusChange
from projects.models.files import is_new

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# How far along each verdict is; the others say that something stopped, not how far it came.
_PROGRESS = {
    verdict: far
    for far, verdict in enumerate((Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTIAL, Status.COMPLETED))
}


@transaction.atomic
def propose(evidence: Evidence) -> None:
    """Put new evidence into the review queue.

    Raises ValidationError, which names the fields, for anything that the admin would refuse as well.
    """
    evidence.review_state = Verification.PROPOSED
    evidence.full_clean()
    evidence.save()


def discard_file(evidence: Evidence) -> None:
    """Remove the file that was stored for evidence whose row was not: storage takes no part in transactions."""
    if evidence.file and not is_new(evidence.file):
        evidence.file.delete(save=False)


@transaction.atomic
def accept(
    evidence: Evidence,
    actor: "User | None",
    *,
    status: str | None = None,
    follow_verdict: bool = False,
    effective_on: date | None = None,
    **reasons: str,
) -> StatusChange | None:
    """Accept evidence; with ``status``, or with its own verdict, give its commitment that status as well.

    The status takes effect on ``effective_on``, by default the day that the evidence speaks of; ``reasons`` are
    reason_code, note and note_en of the transition. Returns the transition if there was one. Raises ValidationError,
    and changes nothing, when the commitment may not take the status.
    """
    _decide(evidence, Verification.ACCEPTED, actor)
    wanted = evidence.verdict if follow_verdict and status is None else status
    if wanted is None:
        return None
    return evidence.commitment.record_status(
        wanted, evidence=evidence, effective_on=effective_on or evidence.as_of, actor=actor, **reasons
    )


@transaction.atomic
def reject(evidence: Evidence, actor: "User | None") -> None:
    """Reject evidence. Raises ValidationError while a commitment's status rests on it."""
    carried = Commitment.objects.filter(status_evidence=evidence).values_list("title", flat=True).first()
    if carried is not None:
        message = _("承诺“%s”的状态以这条证据为依据。请先把状态改为以其他证据为依据，或改回“未核实”，再否决。")
        raise ValidationError({"review_state": message % carried})
    _decide(evidence, Verification.REJECTED, actor)


def furthest(evidence: Iterable[Evidence]) -> Evidence | None:
    """Return the accepted evidence that shows most progress, the newest where several do; None without any.

    Verdicts that something stopped (not met, suspended, cancelled, unverifiable) show no progress and do not count.
    """
    found = [row for row in evidence if row.review_state == Verification.ACCEPTED and row.verdict in _PROGRESS]
    return max(found, key=lambda row: (_PROGRESS[Status(row.verdict)], row.as_of, row.pk), default=None)


def _decide(evidence: Evidence, decision: Verification, actor: "User | None") -> None:
    """Write down who decided what and when, unless that is the decision already."""
    current = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if current.review_state != decision:
        current.review_state, current.reviewed_by, current.reviewed_at = decision, actor, timezone.now()
        current.save(update_fields=["review_state", "reviewed_by", "reviewed_at"])
    evidence.refresh_from_db(fields=["review_state", "reviewed_by", "reviewed_at"])
