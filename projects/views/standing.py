"""Where a commitment stands on a day, in the terms that pages use: never a verdict, only what is on file."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from projects import querysets
from projects.choices import Status
from projects.models import Commitment


class Kind(StrEnum):
    """What a page says about a commitment and its due date."""

    OPEN = "open"
    GRACE = "grace"
    OVERDUE = "overdue"
    COMPLETED = "completed"
    COMPLETED_LATE = "completed_late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """The kind, and the days that belong to it: to go, past the due date, or late. ``until`` ends the grace period."""

    kind: Kind
    days: int = 0
    until: date | None = None

    @property
    def shown(self) -> bool:
        """Whether the status alone does not say it all."""
        return self.kind not in (Kind.COMPLETED, Kind.CLOSED)


def standing(commitment: Commitment, on: date) -> Standing:
    """Return where the commitment stands on a day."""
    if commitment.status == Status.COMPLETED:
        late = commitment.days_late
        return Standing(Kind.COMPLETED_LATE, late) if late else Standing(Kind.COMPLETED)
    if commitment.outcome in ("closed", "not_kept"):
        return Standing(Kind.CLOSED)
    past = (on - commitment.due_on).days
    if past <= 0:
        return Standing(Kind.OPEN, -past)
    grace = querysets.grace()
    if commitment.is_overdue(on):
        return Standing(Kind.OVERDUE, past)
    return Standing(Kind.GRACE, past, commitment.due_on + timedelta(days=grace.days(commitment.due_basis)))
