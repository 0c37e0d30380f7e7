"""What people decide about evidence: proposed, accepted, rejected, and the status that may follow.

Every function is one transaction and takes the row's lock, so that two people who decide at once follow each other.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import Precision, Verification
from projects.models import Commitment, Evidence, Source, StatusChange
from projects.models.agreement import disagreements, refuse
from projects.models.files import is_new

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def propose(evidence: Evidence, source: Source | None = None) -> None:
    """Put new evidence into the review queue, and before it the source that it brings along.

    Raises ValidationError, which names the fields, for anything that the admin would refuse as well.
    """
    if source is not None:
        source.full_clean()
        source.save()
        evidence.source = source
    evidence.review_state = Verification.PROPOSED
    evidence.full_clean()
    evidence.save()


def discard_file(source: Source) -> None:
    """Remove the file that was stored for a source whose row was not: storage takes no part in transactions."""
    if source.file and not is_new(source.file):
        source.file.delete(save=False)


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

    The status takes effect on ``effective_on``, by default the day of the event where it is known, else the day that
    the evidence speaks of; ``reasons`` are reason_code (by default the source's own), note and note_en of the
    transition. Returns the transition if there was one. Raises ValidationError, and changes nothing, when the evidence
    disagrees with its commitment or the commitment may not take the status.
    """
    refuse(disagreements(evidence))
    _decide(evidence, Verification.ACCEPTED, actor)
    wanted = evidence.verdict if follow_verdict and status is None else status
    if wanted is None:
        return None
    reasons["reason_code"] = reasons.get("reason_code") or evidence.delay_reason
    return evidence.commitment.record_status(
        wanted, evidence=evidence, effective_on=effective_on or effective_day(evidence), actor=actor, **reasons
    )


def effective_day(evidence: Evidence) -> date:
    """Return the day on which a status that follows from evidence takes effect."""
    known = evidence.happened_on is not None and evidence.happened_precision == Precision.DAY
    return evidence.happened_on if known and evidence.happened_on is not None else evidence.as_of


@transaction.atomic
def reject(evidence: Evidence, actor: "User | None") -> None:
    """Reject evidence. Raises ValidationError while a commitment's status rests on it."""
    carried = Commitment.objects.filter(status_evidence=evidence).values_list("title", flat=True).first()
    if carried is not None:
        message = _("承诺“%s”的状态以这条证据为依据。请先把状态改为以其他证据为依据，或改回“未核实”，再否决。")
        raise ValidationError({"review_state": message % carried})
    _decide(evidence, Verification.REJECTED, actor)


@transaction.atomic
def withdraw(evidence: Evidence) -> bool:
    """Take back evidence that still waits: it is rejected by nobody. Return whether it is withdrawn.

    What was decided stays as it is.
    """
    current = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if current.review_state == Verification.PROPOSED:
        _decide(evidence, Verification.REJECTED, None)
    else:
        evidence.refresh_from_db(fields=["review_state", "reviewed_by", "reviewed_at"])
    return evidence.review_state == Verification.REJECTED and evidence.reviewed_by_id is None


def _decide(evidence: Evidence, decision: Verification, actor: "User | None") -> None:
    """Write down who decided what and when, unless that is the decision already."""
    current = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if current.review_state != decision:
        current.review_state, current.reviewed_by, current.reviewed_at = decision, actor, timezone.now()
        current.save(update_fields=["review_state", "reviewed_by", "reviewed_at"])
    evidence.refresh_from_db(fields=["review_state", "reviewed_by", "reviewed_at"])
