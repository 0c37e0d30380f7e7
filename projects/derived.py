"""What follows from a commitment's columns on a day, as SQL: due state, overdue, days late, the traffic light.

The same rules stand in ``rules.py`` for single commitments; a test proves that both agree. ``row`` is the alias of the
commitments in the statement, ``day`` an SQL expression for the day. The outcome itself is a column, by the database
function ``commitment_outcome``.
"""

from collections.abc import Iterable

from django.conf import settings

from projects.choices import (
    OPEN_OUTCOMES,
    Comparator,
    DueBasis,
    DueState,
    Light,
    Milestone,
    Outcome,
    OverdueBasis,
    Precision,
)
from projects.querysets import grace
from projects.rules import APPROXIMATE, BLUE_FROM, GREEN_FROM, OFFICIAL_GREEN_FROM, YELLOW_FROM


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


def overdue_since(row: str) -> str:
    """Return the first day on which an open commitment is overdue, as if it stayed open until then."""
    days = grace()
    wait = f"CASE {row}.due_basis WHEN '{DueBasis.STATED}' THEN {days.stated + 1} ELSE {days.implied + 1} END"
    return f"({row}.due_on + CASE WHEN {row}.outcome = '{Outcome.OPEN}' THEN {wait} ELSE 1 END)"


def is_overdue(row: str, day: str) -> str:
    """Return whether the commitment is overdue on the day."""
    return f"({row}.outcome IN ({_codes(OPEN_OUTCOMES)}) AND {overdue_since(row)} <= {day})"


def overdue_basis(row: str, day: str) -> str:
    """Return what the commitment is overdue by on the day, else null."""
    basis = f"CASE {row}.outcome WHEN '{Outcome.OPEN}' THEN '{OverdueBasis.NONE}' ELSE '{OverdueBasis.EVIDENCE}' END"
    return f"CASE WHEN {is_overdue(row, day)} THEN {basis} END"


def days_overdue(row: str, day: str) -> str:
    """Return how many days past its due date an overdue commitment is, else null."""
    return f"CASE WHEN {is_overdue(row, day)} THEN {day} - {row}.due_on END"


def due_state(row: str, day: str) -> str:
    """Return what became of the commitment by its date, as seen on the day."""
    overdue = f"CASE {row}.outcome WHEN '{Outcome.OPEN}' THEN '{DueState.UNVERIFIED}' ELSE {row}.outcome END"
    return (
        f"CASE WHEN {row}.outcome NOT IN ({_codes(OPEN_OUTCOMES)}) THEN {row}.outcome"
        f" WHEN {overdue_since(row)} <= {day} THEN {overdue} ELSE '{DueState.RUNNING}' END"
    )


def days_late(row: str) -> str:
    """Return by how many days a commitment was kept late, else null; also null where the day is not known."""
    known = f"{row}.outcome = '{Outcome.KEPT_LATE}' AND {row}.happened_precision = '{Precision.DAY}'"
    return f"CASE WHEN {known} THEN {row}.happened_on - {row}.due_on END"


def _share(part: str, whole: str) -> str:
    """Return a share from 0 to 1, with the precision of Python's decimals."""
    return f"CASE WHEN {whole} <= 0 THEN 1 ELSE greatest(0, least(1, {part}::numeric(50, 28) / {whole})) END"


def _meets(row: str) -> str:
    """Return whether the reported value meets the promised figure; null where its bound leaves it open."""
    value, bound = f"{row}.reported_value", f"{row}.reported_bound"
    ceiling = f"({row}.comparator = '{Comparator.LTE}')"
    share = f"CASE {row}.comparator WHEN '{Comparator.APPROX}' THEN {1 - APPROXIMATE} ELSE 1 END"
    limit = f"({row}.quantity * {share})"
    fits = f"(CASE WHEN {ceiling} THEN {value} <= {limit} ELSE {value} >= {limit} END)"
    return (
        f"CASE WHEN {bound} IN ('', '{Comparator.EQ}') THEN {fits}"
        f" WHEN {bound} = '{Comparator.APPROX}' THEN"
        f" CASE WHEN abs({value} - {limit}) > abs({value}) * {APPROXIMATE} THEN {fits} END"
        f" WHEN {fits} = (({bound} = '{Comparator.LTE}') = {ceiling}) THEN {fits} END"
    )


def light(row: str) -> str:
    """Return the traffic light 序时进度."""
    first = f"make_date({row}.year, 1, 1)"
    reached = _share(f"{row}.reported_value", f"{row}.quantity")
    elapsed = _share(f"({row}.reported_on - {first})", f"({row}.due_on - {first})")
    lead = f"(({reached}) - ({elapsed}))"
    green_from = OFFICIAL_GREEN_FROM if settings.LIGHT_OFFICIAL_RULE else GREEN_FROM
    figures = f"{row}.milestone IN ('{Milestone.LEVEL}', '{Milestone.COMPLETE}')"
    return (
        f"CASE WHEN {row}.outcome IN ('{Outcome.KEPT}', '{Outcome.KEPT_LATE}') THEN '{Light.BLUE}'"
        f" WHEN {row}.outcome = '{Outcome.NOT_KEPT}' THEN '{Light.RED}'"
        f" WHEN {row}.outcome = '{Outcome.PARTLY_KEPT}' THEN '{Light.YELLOW}'"
        f" WHEN {row}.quantity IS NULL OR {row}.reported_value IS NULL OR NOT {figures} THEN '{Light.GREY}'"
        f" WHEN {row}.milestone = '{Milestone.COMPLETE}' AND {row}.comparator <> '{Comparator.LTE}' THEN"
        f" CASE WHEN {lead} >= {BLUE_FROM} THEN '{Light.BLUE}' WHEN {lead} >= {green_from} THEN '{Light.GREEN}'"
        f" WHEN {lead} >= {YELLOW_FROM} THEN '{Light.YELLOW}' ELSE '{Light.RED}' END"
        f" ELSE CASE {_meets(row)} WHEN TRUE THEN '{Light.GREEN}' WHEN FALSE THEN '{Light.RED}'"
        f" ELSE '{Light.GREY}' END END"
    )
