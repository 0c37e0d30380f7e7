"""The rules of the domain as pure functions: no database, no clock. Dates are plain days in Asia/Shanghai."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from projects.choices import OPEN_STATUSES, Comparator, DueBasis, Light, Milestone, Status

# Points (hundredths of the whole) by which progress may trail elapsed time: design of 序时进度.
GREEN_FROM = Decimal("-0.10")
YELLOW_FROM = Decimal("-0.30")

_ANY = frozenset(Status) - {Status.NOT_ASSESSED}
# From each status, those that new evidence may lead to. A completed commitment may be found wanting later,
# and everything can be taken back to "not assessed" when its evidence falls.
TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    **{status: frozenset(Status) - {status} for status in Status},
    Status.NOT_ASSESSED: _ANY,
    Status.COMPLETED: frozenset({Status.NOT_ASSESSED, Status.PARTIAL, Status.NOT_MET, Status.UNVERIFIABLE}),
    Status.CANCELLED: frozenset({Status.NOT_ASSESSED, Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETED}),
}


@dataclass(frozen=True, slots=True)
class Grace:
    """Days after the due date before a commitment counts as overdue, by the basis of the date."""

    stated: int
    implied: int

    def days(self, basis: str) -> int:
        """Return the grace period in days for a due date of this basis."""
        return self.stated if basis == DueBasis.STATED else self.implied


def may_become(current: str, following: str) -> bool:
    """Say whether a commitment may go from one status to another."""
    return Status(following) in TRANSITIONS[Status(current)]


def overdue_since(status: str, due_on: date, basis: str, grace: Grace) -> date | None:
    """Return the first day on which the commitment is overdue, or None when its status is closed."""
    if status not in OPEN_STATUSES:
        return None
    return due_on + timedelta(days=grace.days(basis) + 1)


def is_overdue(status: str, due_on: date, basis: str, *, on: date, grace: Grace) -> bool:
    """Say whether a commitment is overdue on a day: still open, and the due date plus grace has passed."""
    since = overdue_since(status, due_on, basis, grace)
    return since is not None and since <= on


def days_late(status: str, milestone: str, due_on: date, completed_on: date | None) -> int | None:
    """Return by how many days a completed commitment was late; None when it is not completed or was in time.

    A promise of progress alone (加快, 推进) names no end that could be late: what it moved may be done years after.
    """
    if status != Status.COMPLETED or milestone == Milestone.PROGRESS or completed_on is None or completed_on <= due_on:
        return None
    return (completed_on - due_on).days


def share_reached(quantity: Decimal, comparator: str, reported: Decimal) -> Decimal:
    """Return which share of a promised figure is reached, 0 to 1; for a ceiling, the ceiling over the value."""
    if comparator == Comparator.LTE:
        part, whole = quantity, reported
    else:
        part, whole = reported, quantity
    if whole <= 0:
        return Decimal(1)
    return max(Decimal(0), min(Decimal(1), part / whole))


def share_elapsed(starts_on: date, due_on: date, on: date) -> Decimal:
    """Return which share of the time from the start to the due date has passed on a day, 0 to 1."""
    span = (due_on - starts_on).days
    if span <= 0:
        return Decimal(1)
    return max(Decimal(0), min(Decimal(1), Decimal((on - starts_on).days) / span))


def light(
    status: str,
    quantity: Decimal | None,
    comparator: str | None,
    reported: Decimal | None,
    *,
    starts_on: date,
    due_on: date,
    reported_on: date | None,
) -> Light:
    """Return the traffic light 序时进度: the share reached less the share of time elapsed when it was reported.

    The time is that of the reported value, not today's: a value of last December says nothing of this June.
    """
    if status == Status.COMPLETED:
        return Light.BLUE
    if quantity is None or comparator is None or reported is None or reported_on is None:
        return Light.GREY
    lead = share_reached(quantity, comparator, reported) - share_elapsed(starts_on, due_on, reported_on)
    if lead >= GREEN_FROM:
        return Light.GREEN
    return Light.YELLOW if lead >= YELLOW_FROM else Light.RED
