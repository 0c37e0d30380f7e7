"""The decisions on links between years, with what will follow. Each is decided by itself: what is refused is named."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from projects import links
from projects.admin.evidence_actions import refusal, status_labels
from projects.admin.review_actions import MOST_NAMED, Outcome, RefusedRow, ReviewAction, Rows
from projects.choices import LinkRelation, Verification
from projects.models import LinkProposal

Decision = Callable[[LinkProposal, Any], Any]
_FOLLOW = partial(links.accept, follow_verdict=True)


def _in_order(rows: Rows) -> Rows:
    """Return the proposals by the year of the later report, so that a status follows the one before it."""
    related = ("earlier__report", "pair__earlier", "pair__later", "achievement__report", "later__report")
    return rows.select_related(*related).order_by("pair__later__year", "pk")


def _waiting(rows: Rows) -> Rows:
    return rows.filter(review_state=Verification.PROPOSED)


def _decide_each(rows: Rows, request: HttpRequest, decision: Decision) -> Outcome:
    reasons = [(row, refusal(row, request.user, decision)) for row in _in_order(_waiting(rows))]
    refused = tuple(RefusedRow(row.pk, _name(row), reason) for row, reason in reasons if reason)
    return Outcome(len(reasons) - len(refused), refused)


def _name(row: LinkProposal) -> str:
    return f"“{row.earlier}”（{row.pair.earlier.year} → {row.pair.later.year}）"


def _accept(rows: Rows, request: HttpRequest) -> Outcome:
    return _decide_each(rows, request, links.accept)


def _follow(rows: Rows, request: HttpRequest) -> Outcome:
    return _decide_each(rows, request, _FOLLOW)


def _mention(rows: Rows, request: HttpRequest) -> Outcome:
    return _decide_each(rows, request, links.mention)


def _reject(rows: Rows, request: HttpRequest) -> Outcome:
    return _decide_each(rows, request, partial(links.reject, note=request.POST.get("note", "")))


def _rehearse(rows: Rows, decision: Decision) -> list[str]:
    """Decide on the first rows and undo it; return what would become of each."""
    lines = []
    with transaction.atomic():
        for row in _in_order(_waiting(rows))[:MOST_NAMED]:
            before = status_labels(row.earlier)
            reason = refusal(row, None, decision)
            after = status_labels(row.earlier)
            lines.append(_refused(row, reason) if reason else _followed(row, before, after))
        transaction.set_rollback(True)
    return lines


def _refused(row: LinkProposal, reason: str) -> str:
    return _("%(row)s不能这样做，不会改动：%(reason)s") % {"row": _name(row), "reason": reason}


def _followed(row: LinkProposal, before: tuple[str, str], after: tuple[str, str]) -> str:
    words = {"row": _name(row), "quote": row.quote, "verdict": row.get_verdict_display(), "status": after[0]}
    words |= {"change": row.get_change_display() or _("没有说明变化"), "before": before[0]}
    if row.relation == LinkRelation.RESTATEMENT:
        return _("%(row)s：记为再次承诺（%(change)s），即“%(quote)s”。") % words
    if before == after:
        return _("%(row)s：记为证据（%(verdict)s），即“%(quote)s”；状态仍是“%(status)s”。") % words
    text = _("%(row)s：记为证据（%(verdict)s），即“%(quote)s”；状态“%(before)s”→“%(status)s”。")
    return text % words


def _accept_effects(rows: Rows) -> list[str]:
    return [_("采纳不改变承诺的状态；要一并记录状态，请用“采纳并照此记录状态”。"), *_rehearse(rows, links.accept)]


def _follow_effects(rows: Rows) -> list[str]:
    return [_("报告了结果的，承诺的状态以它为依据；再次承诺的，状态不变。"), *_rehearse(rows, _FOLLOW)]


def _mention_effects(rows: Rows) -> list[str]:
    return [_("%d 条原文只算再次提到，不成为条目；那条承诺不再算作未再提及。") % _waiting(rows).count()]


def _reject_effects(rows: Rows) -> list[str]:
    return [_("%d 条对应以后不再提出，重新提取后也不会。") % _waiting(rows).count()]


def _waits(row: LinkProposal) -> bool:
    return row.review_state == Verification.PROPOSED


def _is_vague(row: LinkProposal) -> bool:
    return _waits(row) and row.relation == LinkRelation.RESTATEMENT and row.statement is None


def _is_waiting_answer(row: LinkProposal) -> bool:
    return _waits(row) and row.relation == LinkRelation.ANSWER


LINK_ACTIONS = (
    ReviewAction(
        "accept", gettext_lazy("采纳"), gettext_lazy("已采纳 %(count)d 条对应。"), _accept, _accept_effects, _waits
    ),
    ReviewAction(
        "follow",
        gettext_lazy("采纳并照此记录状态"),
        gettext_lazy("已采纳 %(count)d 条对应，状态已照此记录。"),
        _follow,
        _follow_effects,
        _is_waiting_answer,
    ),
    ReviewAction(
        "mention",
        gettext_lazy("只算提到"),
        gettext_lazy("已将 %(count)d 条记为提到。"),
        _mention,
        _mention_effects,
        _is_vague,
    ),
    ReviewAction(
        "reject",
        gettext_lazy("否决"),
        gettext_lazy("已否决 %(count)d 条对应。"),
        _reject,
        _reject_effects,
        _waits,
        asks=gettext_lazy("为什么不是同一件事"),
    ),
)
