"""The decisions on evidence. Each row is decided by itself: what is refused is named, and stays as it was."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from projects import evidence
from projects.admin.actions import NAMED, Done, Line, Refused, Rows, Step
from projects.admin.base import REFUSED
from projects.choices import Status, Verification
from projects.constraint_messages import message_for
from projects.models import Commitment, Evidence

Decision = Callable[[Evidence, Any], Any]


def follow(row: Evidence, user: Any) -> None:
    """Accept evidence and record the status that it shows. Raises ValidationError."""
    if evidence.effective_day(row) > timezone.localdate():
        raise ValidationError({"as_of": _("它说的日子还没有到，还不能照此记录状态。")})
    evidence.accept(row, user, follow_verdict=True)


def _accept(rows: Rows, request: HttpRequest) -> Done:
    return _each(rows.exclude(review_state=Verification.ACCEPTED), request, evidence.accept)


def _follow(rows: Rows, request: HttpRequest) -> Done:
    return _each(rows, request, follow)


def _reject(rows: Rows, request: HttpRequest) -> Done:
    return _each(rows.exclude(review_state=Verification.REJECTED), request, evidence.reject)


def _in_order(rows: Rows) -> Rows:
    """Return the evidence as it came about, so that a status follows the one before it."""
    return rows.select_related("commitment__report").order_by("as_of", "pk")


def _each(rows: Rows, request: HttpRequest, decide: Decision) -> Done:
    reasons = [(row, _reason_against(row, request.user, decide)) for row in _in_order(rows)]
    refused = tuple(Refused(row.pk, _name(row), reason) for row, reason in reasons if reason)
    return Done(len(reasons) - len(refused), refused)


def _reason_against(row: Evidence, user: Any, decide: Decision) -> str:
    """Decide on one row; return why it is refused, empty when it is not."""
    try:
        with transaction.atomic():
            decide(row, user)
    except ValidationError as error:
        return " ".join(error.messages)
    except REFUSED as error:
        return str(message_for(error).message)
    return ""


def _name(row: Evidence) -> str:
    return f"“{row.commitment}”（{row}）"


def _seen(commitment: Commitment) -> tuple[str, str]:
    """Return the labels of status and due state as they stand."""
    commitment.refresh_from_db()
    return str(Status(commitment.status).label), str(commitment.due_state(timezone.localdate()).label)


def _rehearsed(rows: Rows, decide: Decision, told: str | None = None) -> list[Line]:
    """Say which of the first rows would be refused and why, and of the others what is ``told``; nothing stays."""
    lines = []
    with transaction.atomic():
        for row in _in_order(rows)[:NAMED]:
            status, state = _seen(row.commitment)
            reason = _reason_against(row, None, decide)
            new_status, new_state = _seen(row.commitment)
            names = {"row": _name(row), "day": evidence.effective_day(row), "reason": reason}
            names |= {"status": status, "state": state, "new_status": new_status, "new_state": new_state}
            text = _("%(row)s不能这样做，不会改动：%(reason)s") if reason else told
            lines += [text % names] if text else []
        transaction.set_rollback(True)
    return lines


def _accepted(rows: Rows) -> list[Line]:
    public = rows.filter(commitment__is_public=True).count()
    return [
        _("%d 条证据立即显示在公开的承诺页面上。") % public,
        _("采纳不改变承诺的状态；请再到承诺页面“记录状态”。"),
        *_rehearsed(rows, evidence.accept),
    ]


def _followed(rows: Rows) -> list[Line]:
    told = _("%(row)s：状态“%(status)s”→“%(new_status)s”，自 %(day)s 起；兑现状态“%(state)s”→“%(new_state)s”。")
    return [
        _("承诺的状态以这里的证据为依据；知道发生的那一天的，自那天起，否则自证据的截至日期起生效。"),
        *_rehearsed(rows, follow, told),
    ]


def _rejected(rows: Rows) -> list[Line]:
    return [_("%d 条证据不再公开，记录保留。") % rows.count(), *_rehearsed(rows, evidence.reject)]


EVIDENCE_STEPS = (
    Step("accept", gettext_lazy("采纳"), gettext_lazy("已采纳 %(count)d 条证据。"), _accept, _accepted),
    Step(
        "follow",
        gettext_lazy("采纳并照此记录状态"),
        gettext_lazy("已采纳 %(count)d 条证据并记录状态。"),
        _follow,
        _followed,
    ),
    Step("reject", gettext_lazy("否决"), gettext_lazy("已否决 %(count)d 条证据。"), _reject, _rejected),
)
