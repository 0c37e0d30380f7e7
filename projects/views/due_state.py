"""What became of a commitment by its date, in sentences that say no more than what is on file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from projects import querysets
from projects.choices import Comparator, DueState, Milestone, Status
from projects.models import Commitment
from projects.rules import earliest
from projects.views.spans import closed_up, in_words, lateness, length, when

# What is due, by milestone; a promise to progress names no end.
_DUE: dict[str, Promise] = {
    Milestone.PLAN: gettext_lazy("应于 %(due)s 前完成前期"),
    Milestone.START: gettext_lazy("应于 %(due)s 前开工或启动"),
    Milestone.PROGRESS: gettext_lazy("承诺推进，没有说推进到哪一步"),
    Milestone.COMPLETE: gettext_lazy("应于 %(due)s 前建成或完成"),
    Milestone.LEVEL: gettext_lazy("应于 %(due)s 前达到"),
}
_DUE_WITHIN = gettext_lazy("到 %(due)s 应控制在限度以内")
_REACHED: dict[str, Promise] = {
    Milestone.PLAN: gettext_lazy("前期已完成"),
    Milestone.START: gettext_lazy("已开工或启动"),
    Milestone.PROGRESS: gettext_lazy("已完成"),
    Milestone.COMPLETE: gettext_lazy("已建成或完成"),
    Milestone.LEVEL: gettext_lazy("已达到"),
}
_REACHED_WITHIN = gettext_lazy("在限度以内")


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment, its due state on a day, and how many days that is past the due date: negative before it."""

    commitment: Commitment
    state: DueState
    past: int

    @property
    def due(self) -> str:
        """What is due, and when."""
        words = _DUE_WITHIN if _is_within(self.commitment) else _DUE[self.commitment.milestone]
        return str(words) % {"due": self.commitment.due_on.isoformat()}

    @property
    def sentence(self) -> str:
        """The due date and what became of it, for the commitment's own page."""
        return _joined([self.due, *_TOLD[self.state](self)])

    @property
    def brief(self) -> str:
        """What the due state alone does not say, for a line of a list; may be empty."""
        return _joined(_BRIEF[self.state](self))

    @property
    def ground_is_older(self) -> bool:
        """Whether the newest state on file is one of before the due date, which has passed."""
        as_of = self.commitment.status_as_of
        return self.past > 0 and as_of is not None and as_of < self.commitment.due_on


def standing(commitment: Commitment, on: date) -> Standing:
    return Standing(commitment, commitment.due_state(on), (on - commitment.due_on).days)


def older(as_of: date, due_on: date) -> str:
    """Say how much older than the due date the newest evidence is."""
    words = _("最近的证据截至 %(day)s，早于期限 %(length)s")
    return closed_up(words % {"day": as_of.isoformat(), "length": in_words((due_on - as_of).days)})


def _joined(parts: list[str]) -> str:
    return closed_up(pgettext("分隔", "；").join(part for part in parts if part))


def _is_within(commitment: Commitment) -> bool:
    return commitment.milestone == Milestone.LEVEL and commitment.comparator == Comparator.LTE


def _reached(commitment: Commitment) -> str:
    return str(_REACHED_WITHIN if _is_within(commitment) else _REACHED[commitment.milestone])


def _happened(commitment: Commitment) -> str:
    """Return when it happened, else of which day the evidence tells."""
    if commitment.happened_on is not None:
        return when(commitment.happened_on, commitment.happened_precision)
    return _as_of(commitment)


def _as_of(commitment: Commitment) -> str:
    day = commitment.status_as_of
    return pgettext("句中", "截至 %(day)s") % {"day": day.isoformat()} if day else ""


def _past(standing: Standing) -> str:
    return _("到期已 %(length)s") % {"length": length(standing.past)}


def _kept(standing: Standing) -> list[str]:
    item = standing.commitment
    told = _("%(when)s，证据显示%(reached)s") % {"when": _happened(item), "reached": _reached(item)}
    return [told, _day_unknown(item)]


def _day_unknown(commitment: Commitment) -> str:
    """Say that nobody can tell whether it was in time: the evidence is of a later day, and names none."""
    if commitment.milestone == Milestone.PROGRESS:
        return ""
    known = commitment.happened_on or commitment.status_as_of
    first = earliest(commitment.happened_on, commitment.happened_precision)
    if known is None or known <= commitment.due_on or (first is not None and first > commitment.due_on):
        return ""
    return _("证据没有说是哪一天，不能断定是否按期")


def _kept_late(standing: Standing) -> list[str]:
    item = standing.commitment
    return [_("实际 %(when)s %(reached)s") % {"when": _happened(item), "reached": _reached(item)}, _late(item)]


def _late(commitment: Commitment) -> str:
    if commitment.happened_on is None:
        return ""
    return lateness(commitment.due_on, commitment.happened_on, commitment.happened_precision)


def _partly_kept(standing: Standing) -> list[str]:
    told = _("%(when)s，证据显示只做到一部分") % {"when": _as_of(standing.commitment)}
    return [told, _past(standing)]


def _not_kept(standing: Standing) -> list[str]:
    told = _("%(when)s，证据显示没有做到") % {"when": _as_of(standing.commitment)}
    return [told, _past(standing)]


def _unverified(standing: Standing) -> list[str]:
    return [_past(standing), _("到期时的情况还没有核实")]


def _running(standing: Standing) -> list[str]:
    if standing.past <= 0:
        return [_("距期限还有 %(length)s") % {"length": length(-standing.past)}]
    days = querysets.grace().days(standing.commitment.due_basis)
    until = standing.commitment.due_on + timedelta(days=days)
    grace = _("推定的期限，宽限到 %(until)s，其间不算逾期") % {"until": until.isoformat()}
    return [_past(standing), grace]


def _progress_on_file(standing: Standing) -> list[str]:
    """Return the status and its day, where there is one."""
    item = standing.commitment
    if item.status == Status.NOT_ASSESSED:
        return []
    return [_("%(status)s（%(when)s）") % {"status": item.get_status_display(), "when": _as_of(item)}]


def _ongoing(standing: Standing) -> list[str]:
    return [_("所以没有期限可过，也不算逾期"), *_progress_on_file(standing)]


def _older(standing: Standing) -> list[str]:
    as_of = standing.commitment.status_as_of
    return [older(as_of, standing.commitment.due_on)] if as_of and standing.ground_is_older else []


def _when_kept(standing: Standing) -> list[str]:
    return [_happened(standing.commitment)]


def _when_late(standing: Standing) -> list[str]:
    return [pgettext("分隔", "，").join([_happened(standing.commitment), _late(standing.commitment)])]


def _evidence_of(standing: Standing) -> list[str]:
    return [_past(standing), _("证据%(when)s") % {"when": _as_of(standing.commitment)}]


_Say = Callable[[Standing], list[str]]
_TOLD: dict[DueState, _Say] = {
    DueState.KEPT: _kept,
    DueState.KEPT_LATE: _kept_late,
    DueState.PARTLY_KEPT: _partly_kept,
    DueState.NOT_KEPT: _not_kept,
    DueState.UNVERIFIED: _unverified,
    DueState.RUNNING: _running,
    DueState.ONGOING: _ongoing,
    DueState.CLOSED: _progress_on_file,
}
_BRIEF: dict[DueState, _Say] = {
    DueState.KEPT: _when_kept,
    DueState.KEPT_LATE: _when_late,
    DueState.PARTLY_KEPT: _evidence_of,
    DueState.NOT_KEPT: _evidence_of,
    DueState.UNVERIFIED: lambda standing: [_past(standing), *(_older(standing) or _progress_on_file(standing))],
    DueState.RUNNING: lambda standing: [*_running(standing), *_progress_on_file(standing)],
    DueState.ONGOING: _progress_on_file,
    DueState.CLOSED: _progress_on_file,
}
