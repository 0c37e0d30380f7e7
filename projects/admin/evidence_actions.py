"""The decisions on evidence. Each row is decided by itself: what is refused is named, and stays as it was."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from projects import evidence
from projects.admin.review_actions import MOST_NAMED, Outcome, RefusedRow, ReviewAction, Rows
from projects.choices import Status, Verification
from projects.constraint_messages import CONSTRAINT_ERRORS, message_for
from projects.models import Commitment, Evidence

Row = TypeVar("Row")
Decision = Callable[[Evidence, Any], Any]


def accept_and_follow(row: Evidence, user: Any) -> None:
    """Accept evidence and record the status that it shows. Raises ValidationError."""
    if evidence.effective_day(row) > timezone.localdate():
        raise ValidationError({"as_of": _("它说的日子还没有到，还不能照此记录状态。")})
    evidence.accept(row, user, follow_verdict=True)


def _accept(rows: Rows, request: HttpRequest) -> Outcome:
    return _decide_each(rows.exclude(review_state=Verification.ACCEPTED), request, evidence.accept)


def _follow(rows: Rows, request: HttpRequest) -> Outcome:
    return _decide_each(rows, request, accept_and_follow)


def _reject(rows: Rows, request: HttpRequest) -> Outcome:
    return _decide_each(rows.exclude(review_state=Verification.REJECTED), request, evidence.reject)


def _decide_each(rows: Rows, request: HttpRequest, decision: Decision) -> Outcome:
    reasons = [(row, refusal(row, request.user, decision)) for row in _in_order(rows)]
    refused = tuple(RefusedRow(row.pk, _name(row), reason) for row, reason in reasons if reason)
    return Outcome(len(reasons) - len(refused), refused)


def _in_order(rows: Rows) -> Rows:
    """Return the evidence as it came about, so that a status follows the one before it."""
    return rows.select_related("commitment__report").order_by("as_of", "pk")


def refusal(row: Row, user: Any, decision: Callable[[Row, Any], Any]) -> str:
    """Decide on one row; return why it is refused, empty when it is not."""
    try:
        with transaction.atomic():
            decision(row, user)
    except ValidationError as error:
        return " ".join(error.messages)
    except CONSTRAINT_ERRORS as error:
        return str(message_for(error).message)
    return ""


def _name(row: Evidence) -> str:
    return f"“{row.commitment}”（{row}）"


def status_labels(commitment: Commitment) -> tuple[str, str]:
    """Return the labels of status and due state as the database has them."""
    commitment.refresh_from_db()
    return str(Status(commitment.status).label), str(commitment.due_state(timezone.localdate()).label)


def _rehearse(rows: Rows, decision: Decision, success: str | None = None) -> list[str]:
    """Decide on the first rows and undo it; return which are refused and why, and ``success`` for each other."""
    lines = []
    with transaction.atomic():
        for row in _in_order(rows)[:MOST_NAMED]:
            status, state = status_labels(row.commitment)
            reason = refusal(row, None, decision)
            new_status, new_state = status_labels(row.commitment)
            names = {"row": _name(row), "day": evidence.effective_day(row), "reason": reason}
            names |= {"status": status, "state": state, "new_status": new_status, "new_state": new_state}
            text = _("%(row)s不能这样做，不会改动：%(reason)s") if reason else success
            lines += [text % names] if text else []
        transaction.set_rollback(True)
    return lines


def _accept_effects(rows: Rows) -> list[str]:
    public = rows.filter(commitment__is_public=True).count()
    return [
        _("%d 条证据立即显示在公开的承诺页面上。") % public,
        _("采纳不改变承诺的状态；请再到承诺页面“记录状态”。"),
        *_rehearse(rows, evidence.accept),
    ]


def _follow_effects(rows: Rows) -> list[str]:
    success = _("%(row)s：状态“%(status)s”→“%(new_status)s”，自 %(day)s 起；兑现状态“%(state)s”→“%(new_state)s”。")
    return [
        _("承诺的状态以这里的证据为依据；知道发生的那一天的，自那天起，否则自证据的截至日期起生效。"),
        *_rehearse(rows, accept_and_follow, success),
    ]


def _reject_effects(rows: Rows) -> list[str]:
    return [_("%d 条证据不再公开，记录保留。") % rows.count(), *_rehearse(rows, evidence.reject)]


EVIDENCE_ACTIONS = (
    ReviewAction(
        "accept",
        gettext_lazy("采纳"),
        gettext_lazy("已采纳 %(count)d 条证据。"),
        perform=_accept,
        effects=_accept_effects,
        is_offered=lambda row: row.review_state != Verification.ACCEPTED,
    ),
    ReviewAction(
        "follow",
        gettext_lazy("采纳并照此记录状态"),
        gettext_lazy("已采纳 %(count)d 条证据并记录状态。"),
        perform=_follow,
        effects=_follow_effects,
        is_offered=lambda row: row.commitment.status_evidence_id != row.pk,
    ),
    ReviewAction(
        "reject",
        gettext_lazy("否决"),
        gettext_lazy("已否决 %(count)d 条证据。"),
        perform=_reject,
        effects=_reject_effects,
        is_offered=lambda row: row.review_state != Verification.REJECTED,
    ),
)
