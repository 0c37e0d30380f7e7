"""What follows from a commitment's columns on a day, as SQL: overdue, days late, the traffic light.

The same rules stand in ``rules.py`` for single commitments; a test proves that both agree. ``row`` is the alias of the
commitments in the statement, ``day`` an SQL expression for the day.
"""

from projects.choices import OPEN_STATUSES, Comparator, DueBasis, Light, Milestone, Status
from projects.querysets import grace
from projects.rules import GREEN_FROM, YELLOW_FROM

_OPEN = ", ".join(f"'{status}'" for status in sorted(OPEN_STATUSES))


def overdue_since(row: str) -> str:
    """Return the first day on which an open commitment is overdue, as if it were still open then."""
    days = grace()
    wait = f"CASE {row}.due_basis WHEN '{DueBasis.STATED}' THEN {days.stated + 1} ELSE {days.implied + 1} END"
    return f"({row}.due_on + {wait})"


def is_overdue(row: str, day: str) -> str:
    """Return whether the commitment is overdue on the day."""
    return f"({row}.status IN ({_OPEN}) AND {overdue_since(row)} <= {day})"


def days_late(row: str) -> str:
    """Return by how many days a completed commitment was late, else null."""
    late = f"{row}.status = '{Status.COMPLETED}' AND {row}.status_since > {row}.due_on"
    ends = f"{row}.milestone <> '{Milestone.PROGRESS}'"
    return f"CASE WHEN {late} AND {ends} THEN {row}.status_since - {row}.due_on END"


def _share(part: str, whole: str) -> str:
    """Return a share from 0 to 1, with the precision of Python's decimals."""
    return f"CASE WHEN {whole} <= 0 THEN 1 ELSE greatest(0, least(1, {part}::numeric(50, 28) / {whole})) END"


def light(row: str) -> str:
    """Return the traffic light 序时进度: the share reached less the share of time elapsed when it was reported."""
    reached = (
        f"CASE WHEN {row}.comparator = '{Comparator.LTE}' THEN {_share(f'{row}.quantity', f'{row}.reported_value')}"
        f" ELSE {_share(f'{row}.reported_value', f'{row}.quantity')} END"
    )
    first = f"make_date({row}.year, 1, 1)"
    elapsed = _share(f"({row}.reported_on - {first})", f"({row}.due_on - {first})")
    lead = f"({reached}) - ({elapsed})"
    return (
        f"CASE WHEN {row}.status = '{Status.COMPLETED}' THEN '{Light.BLUE}'"
        f" WHEN {row}.quantity IS NULL OR {row}.reported_value IS NULL THEN '{Light.GREY}'"
        f" WHEN {lead} >= {GREEN_FROM} THEN '{Light.GREEN}'"
        f" WHEN {lead} >= {YELLOW_FROM} THEN '{Light.YELLOW}' ELSE '{Light.RED}' END"
    )
