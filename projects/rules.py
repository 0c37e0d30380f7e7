"""The rules of the domain as pure functions: no database, no clock. Dates are plain days in Asia/Shanghai."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from projects.choices import (
    NOT_A_DELAY,
    OFFICIAL_KINDS,
    OPEN_OUTCOMES,
    Answer,
    Comparator,
    Coverage,
    DueBasis,
    DueState,
    Light,
    Milestone,
    Outcome,
    OverdueBasis,
    Precision,
    SourceKind,
    Speaker,
    Status,
)

# Points (hundredths of the whole) by which progress may lead or trail elapsed time: design of 序时进度. Under the
# official rule any shortfall trails.
BLUE_FROM = Decimal("0.10")
GREEN_FROM = Decimal("-0.10")
OFFICIAL_GREEN_FROM = Decimal(0)
YELLOW_FROM = Decimal("-0.30")
# How far from "about so many" a figure may lie.
APPROXIMATE = Decimal("0.10")

_ANY = frozenset(Status) - {Status.NOT_ASSESSED}
# From each status, those that new evidence may lead to. A completed commitment may be found wanting later,
# and everything can be taken back to "not assessed" when its evidence falls.
TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    **{status: frozenset(Status) - {status} for status in Status},
    Status.NOT_ASSESSED: _ANY,
    Status.COMPLETED: frozenset({Status.NOT_ASSESSED, Status.PARTIAL, Status.NOT_MET, Status.UNVERIFIABLE}),
    Status.CANCELLED: frozenset({Status.NOT_ASSESSED, Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETED}),
}

# The statuses that a verdict carries. A verdict speaks of the whole commitment and of its own milestone.
CARRIED: Mapping[Status, frozenset[Status]] = {
    **{status: frozenset({status}) for status in sorted(_ANY)},
    Status.PARTIAL: frozenset({Status.PARTIAL, Status.IN_PROGRESS}),
}

# The statuses that reach each milestone. What is under way has started; a promise to go on names no end, but one
# whose thing is finished has been kept. Part of several things that were to start is only a part.
REACHED_BY: Mapping[Milestone, frozenset[Status]] = {
    Milestone.PLAN: frozenset({Status.COMPLETED}),
    Milestone.START: frozenset({Status.IN_PROGRESS, Status.COMPLETED}),
    Milestone.PROGRESS: frozenset({Status.COMPLETED}),
    Milestone.COMPLETE: frozenset({Status.COMPLETED}),
    Milestone.LEVEL: frozenset({Status.COMPLETED}),
}
CLOSED_STATUSES = frozenset({Status.SUSPENDED, Status.CANCELLED, Status.UNVERIFIABLE})
# Milestones that a promise can miss by its date alone: a level is set anew, and to go on names no end.
CAN_BE_LATE = frozenset({Milestone.PLAN, Milestone.START, Milestone.COMPLETE})
# Statuses that need a coded reason, if only that none was given.
NEED_A_REASON = frozenset({Status.NOT_MET})


@dataclass(frozen=True, slots=True)
class Grace:
    """Days after the due date before a commitment of which nothing is known counts as overdue, by basis of the date."""

    stated: int
    implied: int

    def days(self, basis: str) -> int:
        """Return the grace period in days for a due date of this basis."""
        return self.stated if basis == DueBasis.STATED else self.implied


def may_become(current: str, following: str) -> bool:
    """Say whether a commitment may go from one status to another."""
    return Status(following) in TRANSITIONS[Status(current)]


def carries(verdict: str, status: str) -> bool:
    """Say whether evidence with this verdict carries the status."""
    return Status(status) in CARRIED[Status(verdict)]


def earliest(day: date | None, precision: str) -> date | None:
    """Return the first day on which something known to this precision may have happened; None when nobody knows."""
    if day is None or precision == Precision.BY:
        return None
    if precision == Precision.YEAR:
        return date(day.year, 1, 1)
    if precision == Precision.QUARTER:
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def outcome(
    milestone: str,
    status: str,
    *,
    as_of: date | None,
    happened_on: date | None,
    precision: str,
    due_on: date,
) -> Outcome:
    """Return what the ground of a status says of the commitment: the state of ``as_of``, and when it happened.

    The database has the same rule as the function ``commitment_outcome``.
    """
    if status in CLOSED_STATUSES:
        return Outcome.CLOSED
    if status in REACHED_BY[Milestone(milestone)]:
        first = earliest(happened_on, precision)
        late = milestone != Milestone.PROGRESS and first is not None and first > due_on
        return Outcome.KEPT_LATE if late else Outcome.KEPT
    if milestone == Milestone.PROGRESS:
        return Outcome.ONGOING
    if status == Status.NOT_MET:
        return Outcome.NOT_KEPT
    if status == Status.NOT_ASSESSED or as_of is None or as_of < due_on:
        return Outcome.OPEN
    return Outcome.PARTLY_KEPT if status == Status.PARTIAL else Outcome.NOT_KEPT


def overdue_since(outcome: str, due_on: date, basis: str, grace: Grace) -> date | None:
    """Return the first day on which the commitment is overdue, or None when it never is.

    Evidence of the due date or later needs no grace: the grace period waits for evidence.
    """
    if outcome not in OPEN_OUTCOMES:
        return None
    return due_on + timedelta(days=(grace.days(basis) if outcome == Outcome.OPEN else 0) + 1)


def overdue_basis(outcome: str, due_on: date, basis: str, *, on: date, grace: Grace) -> OverdueBasis | None:
    """Return what the commitment is overdue by on a day, or None when it is not overdue."""
    since = overdue_since(outcome, due_on, basis, grace)
    if since is None or since > on:
        return None
    return OverdueBasis.NONE if outcome == Outcome.OPEN else OverdueBasis.EVIDENCE


def due_state(outcome: str, due_on: date, basis: str, *, on: date, grace: Grace) -> DueState:
    """Return what became of a commitment by its date, as seen on a day."""
    if outcome not in OPEN_OUTCOMES:
        return DueState(outcome)
    since = overdue_since(outcome, due_on, basis, grace)
    if since is not None and since <= on:
        return DueState.UNVERIFIED if outcome == Outcome.OPEN else DueState(outcome)
    return DueState.RUNNING


def days_late(outcome: str, due_on: date, happened_on: date | None, precision: str) -> int | None:
    """Return by how many days a commitment was kept late; None when it was not, or when the day is not known."""
    if outcome != Outcome.KEPT_LATE or happened_on is None or precision != Precision.DAY:
        return None
    return (happened_on - due_on).days


def meets(quantity: Decimal, comparator: str, value: Decimal, bound: str = Comparator.EQ) -> bool | None:
    """Say whether a value meets a promised figure; None where the value's own bound leaves it open.

    "Over 50 million" is a lower bound: of 63 million it says nothing, of 40 million that they are reached. Of "equal
    to" a promise is kept by more: 10 schools promised, 12 built.
    """
    ceiling = comparator == Comparator.LTE
    limit = quantity * (1 - APPROXIMATE) if comparator == Comparator.APPROX else quantity
    fits = value <= limit if ceiling else value >= limit
    if bound == Comparator.EQ:
        return fits
    if bound == Comparator.APPROX:
        return None if abs(value - limit) <= abs(value) * APPROXIMATE else fits
    certain_if_met = (bound == Comparator.LTE) == ceiling
    return fits if fits == certain_if_met else None


def contradicts(verdict: str, met: bool | None) -> bool:
    """Say whether a figure that meets the promise, or does not, contradicts a verdict."""
    return met is not None and ((verdict == Status.COMPLETED and not met) or (verdict == Status.NOT_MET and met))


def comparable(milestone: str, year: int, due_on: date, coverage: str, as_of: date, *, forecast: bool) -> bool:
    """Say whether a reported value measures what the commitment's figure counts.

    A level answers a level, a total a total. The figure of one period is the whole only of a promise for that very
    year. What is expected has not been reached.
    """
    if forecast:
        return False
    if coverage == Coverage.PERIOD:
        return milestone != Milestone.LEVEL and due_on.year == year == as_of.year
    return (coverage == Coverage.LEVEL) == (milestone == Milestone.LEVEL)


def speaker(
    promiser: str, relatives: frozenset[str], *, kind: str | None, place: str | None, claimant: str | None
) -> Speaker:
    """Return who speaks: ``claimant`` made an achievement of its report, else ``kind`` and ``place`` are a source's.

    ``relatives`` are the governments that the promiser took over from or that took over from it.
    """
    if claimant is not None or kind in OFFICIAL_KINDS:
        spoke = claimant if claimant is not None else place
        own = spoke == promiser or spoke in relatives
        return Speaker.OFFICIAL_CLAIM if own else Speaker.OFFICIAL_OTHER
    return Speaker.INDEPENDENT if kind == SourceKind.AUDIT else Speaker.MEDIA


def share_reached(quantity: Decimal, reported: Decimal) -> Decimal:
    """Return which share of a promised total is reached, 0 to 1."""
    if quantity <= 0:
        return Decimal(1)
    return max(Decimal(0), min(Decimal(1), reported / quantity))


def share_elapsed(starts_on: date, due_on: date, on: date) -> Decimal:
    """Return which share of the time from the start to the due date has passed on a day, 0 to 1."""
    span = (due_on - starts_on).days
    if span <= 0:
        return Decimal(1)
    return max(Decimal(0), min(Decimal(1), Decimal((on - starts_on).days) / span))


def answer(
    due_on: date, *, gone_through: Collection[int], reported: bool, promised_again: bool, undecided: bool
) -> Answer | None:
    """Return what the later reports of these years, which a person has gone through, make of a promise.

    None while there are none, and for a promise without an answer while a link of it is undecided, or while it ends
    later than what they review: a report speaks of the years before its own. That a report is silent does not say that
    the promise was broken.
    """
    if not gone_through:
        return None
    if reported:
        return Answer.REPORTED
    if promised_again:
        return Answer.PROMISED_AGAIN
    return Answer.SILENT if due_on.year < max(gone_through) and not undecided else None


def puts_off(milestone: str, change: str, quantity: Decimal | None) -> bool:
    """Say whether a promise that is made again with this change is put off to the later date.

    What is counted may be promised anew every year, in the same number as well: that is no delay.
    """
    return milestone in CAN_BE_LATE and change not in NOT_A_DELAY and quantity is None


def is_growing(milestone: str, comparator: str | None) -> bool:
    """Say whether a promised figure is a total that grows with time; a level, a bound from above or a start is not."""
    return milestone == Milestone.COMPLETE and comparator not in (None, Comparator.LTE)


def light(
    milestone: str,
    outcome: str,
    quantity: Decimal | None,
    comparator: str | None,
    reported: Decimal | None,
    bound: str,
    *,
    starts_on: date,
    due_on: date,
    reported_on: date | None,
    official: bool = False,
) -> Light:
    """Return the traffic light 序时进度.

    What is reached is blue, what is known to have failed red, in part yellow. A total that grows is compared with the
    time elapsed when it was reported, not today: a value of last December says nothing of this June. A level is met
    (green) or not (red), never a share of time. ``official`` counts any shortfall as trailing.
    """
    known = {
        Outcome.KEPT: Light.BLUE,
        Outcome.KEPT_LATE: Light.BLUE,
        Outcome.NOT_KEPT: Light.RED,
        Outcome.PARTLY_KEPT: Light.YELLOW,
    }.get(Outcome(outcome))
    if known is not None:
        return known
    if quantity is None or comparator is None or reported is None or reported_on is None:
        return Light.GREY
    if is_growing(milestone, comparator):
        lead = share_reached(quantity, reported) - share_elapsed(starts_on, due_on, reported_on)
        return _pace(lead, OFFICIAL_GREEN_FROM if official else GREEN_FROM)
    if milestone in (Milestone.LEVEL, Milestone.COMPLETE):
        return {True: Light.GREEN, False: Light.RED, None: Light.GREY}[meets(quantity, comparator, reported, bound)]
    return Light.GREY


def _pace(lead: Decimal, green_from: Decimal) -> Light:
    for light, least in ((Light.BLUE, BLUE_FROM), (Light.GREEN, green_from), (Light.YELLOW, YELLOW_FROM)):
        if lead >= least:
            return light
    return Light.RED
