"""The traffic light of one commitment with the figures that it is made of, for its page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects import rules
from projects.choices import Light, Milestone, Outcome
from projects.models import Commitment

# A value or a target at the very end of the scale would not be seen to end there.
_SCALE = Decimal("1.15")

_PACE: dict[Light, Promise] = {
    Light.BLUE: _("超进度"),
    Light.GREEN: _("达进度"),
    Light.YELLOW: _("欠进度"),
    Light.RED: _("严重欠进度"),
}
_LEVEL: dict[Light, Promise] = {Light.GREEN: _("达到"), Light.RED: _("没有达到")}
_BEFORE_ITS_DAY = _("还没有达到")
_UNKNOWN: dict[str, Promise] = {
    "pace": _("还没有可比的数"),
    "level": _("达到没有，还不知道"),
    "step": _("做到没有，还没有证据"),
}


class Kind(StrEnum):
    """What a commitment is measured by: its share of a total against time, a level, or whether it is done."""

    PACE = "pace"
    LEVEL = "level"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Progress:
    """The light, its word, and whole percents: of ``PACE`` the shares, of ``LEVEL`` the places on a scale from zero."""

    kind: Kind
    light: Light
    word: str
    reached: int | None = None
    mark: int | None = None


def progress(commitment: Commitment) -> Progress | None:
    """Return how far a commitment is; None for a promise to progress of which nothing else is known."""
    kind = _kind(commitment)
    if commitment.milestone == Milestone.PROGRESS and commitment.light == Light.GREY:
        return None
    reached, mark = _measured(commitment, kind)
    return Progress(kind, commitment.light, _word(commitment, kind), reached, mark)


def _kind(commitment: Commitment) -> Kind:
    if commitment.quantity is None or commitment.milestone not in (Milestone.COMPLETE, Milestone.LEVEL):
        return Kind.STEP
    return Kind.PACE if rules.is_growing(commitment.milestone, commitment.comparator) else Kind.LEVEL


def _word(commitment: Commitment, kind: Kind) -> str:
    """Return what the light says: what became of the commitment, else how its figure stands."""
    if commitment.outcome != Outcome.OPEN:
        return str(Outcome(commitment.outcome).label)
    early = commitment.reported_on is not None and commitment.reported_on < commitment.due_on
    if kind == Kind.LEVEL and commitment.light == Light.RED and early:
        return str(_BEFORE_ITS_DAY)
    words = {Kind.PACE: _PACE, Kind.LEVEL: _LEVEL, Kind.STEP: {}}[kind]
    return str(words.get(commitment.light, _UNKNOWN[kind]))


def _measured(commitment: Commitment, kind: Kind) -> tuple[int | None, int | None]:
    """Return what is reached and the mark to hold it against: time elapsed, or the target on its scale."""
    quantity, value, day = commitment.quantity, commitment.reported_value, commitment.reported_on
    if quantity is None or value is None or day is None or kind == Kind.STEP:
        return None, None
    if kind == Kind.PACE:
        elapsed = rules.share_elapsed(date(commitment.year, 1, 1), commitment.due_on, day)
        return _percent(rules.share_reached(quantity, value)), _percent(elapsed)
    scale = max(quantity, value) * _SCALE
    return (_percent(value / scale), _percent(quantity / scale)) if scale > 0 and value >= 0 else (None, None)


def _percent(share: Decimal) -> int:
    return int((share * 100).to_integral_value())
