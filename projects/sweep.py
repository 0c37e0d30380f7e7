"""Records which commitments have become overdue and which no longer are.

Reads compute overdue from the date; the sweep keeps the history and finds what is new for notices.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from projects.expressions import is_overdue, overdue_from
from projects.models import Commitment
from projects.querysets import grace
from projects.sql import compiled_expression

# How far a day may lie ahead of what was last written: a clock that is years off writes what nobody can take back.
_FARTHEST = timedelta(days=3 * 366)
_DAYS = """
SELECT (now() AT TIME ZONE %s)::date, (SELECT max("on") FROM projects_overdueevent),
       (SELECT (changed_at AT TIME ZONE %s)::date FROM projects_datasetversion)
"""


class ClockError(Exception):
    """A day that no sweep may write down."""


# Two sweeps at a time do the same work twice; the second waits and then finds none. The number is this lock's own.
_LOCK = 500112_0010

# One statement, so all of it happens or none. ``due`` and ``stale`` each ask once for either basis, so that the index
# which holds nothing else finds the rows; what happened to a row in the meantime is looked at again under its lock.
_SWEEP = """
WITH due AS (
    SELECT id FROM projects_commitment
     WHERE overdue_since IS NULL AND is_public AND outcome = 'open'
       AND due_basis = 'stated' AND due_on < %(stated_before)s
    UNION ALL
    SELECT id FROM projects_commitment
     WHERE overdue_since IS NULL AND is_public AND outcome = 'open'
       AND due_basis = 'implied' AND due_on < %(implied_before)s
    UNION ALL
    SELECT id FROM projects_commitment
     WHERE overdue_since IS NULL AND is_public AND outcome IN ('not_kept', 'partly_kept')
       AND due_basis IN ('implied', 'stated') AND due_on < %(on)s
),
flagged AS (
    UPDATE projects_commitment
       SET overdue_since = {since}, overdue_basis = CASE outcome WHEN 'open' THEN 'none' ELSE 'evidence' END
      FROM due
     WHERE projects_commitment.id = due.id AND overdue_since IS NULL AND is_public AND {overdue}
    RETURNING projects_commitment.id, overdue_since, overdue_basis
),
stale AS (
    SELECT id, overdue_since, overdue_basis FROM projects_commitment
     WHERE overdue_since IS NOT NULL AND overdue_basis = 'none' AND due_basis = 'stated' AND due_on >= %(stated_before)s
    UNION ALL
    SELECT id, overdue_since, overdue_basis FROM projects_commitment
     WHERE overdue_since IS NOT NULL AND overdue_basis = 'none' AND due_basis = 'implied'
       AND due_on >= %(implied_before)s
    UNION ALL
    SELECT id, overdue_since, overdue_basis FROM projects_commitment
     WHERE overdue_since IS NOT NULL AND overdue_basis = 'evidence' AND due_basis IN ('implied', 'stated')
       AND due_on >= %(on)s
),
cleared AS (
    UPDATE projects_commitment AS c SET overdue_since = NULL, overdue_basis = ''
      FROM stale WHERE c.id = stale.id AND c.overdue_since = stale.overdue_since
    RETURNING c.id, stale.overdue_since, stale.overdue_basis
),
events AS (
    INSERT INTO projects_overdueevent (commitment_id, kind, "on", overdue_since, basis)
    SELECT id, 'flagged', %(on)s, overdue_since, overdue_basis FROM flagged
    UNION ALL
    SELECT id, 'cleared', %(on)s, overdue_since, overdue_basis FROM cleared
    RETURNING kind
)
SELECT count(*) FILTER (WHERE kind = 'flagged'), count(*) FILTER (WHERE kind = 'cleared') FROM events
"""


@dataclass(frozen=True, slots=True)
class SweepResult:
    """How many commitments were flagged as overdue, and how many are so no longer."""

    flagged: int
    cleared: int


def record_overdue(*, on: date) -> SweepResult:
    """Flag what is overdue on a day, clear what is not, and write an event for each; running again changes nothing.

    ``overdue_since`` is the first overdue day, which may lie before ``on``, ``overdue_basis`` whether evidence of the
    due date or later says so or nothing is on file. Only what the public sees is flagged. What is kept, closed,
    re-dated, withdrawn or overdue by another basis loses its flag at once, by a trigger; the sweep clears what a later
    day or a longer grace period leaves to clear.
    """
    days = grace()
    values: dict[str, Any] = {
        "on": on,
        "stated_before": on - timedelta(days=days.stated),
        "implied_before": on - timedelta(days=days.implied),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # Triggers keep the plans of their first run in this session, perhaps over a single row: they would be hopeless
        # for a hundred thousand.
        cursor.execute("DISCARD PLANS")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_sweep(), values)
        flagged, cleared = cursor.fetchone()
    return SweepResult(flagged, cleared)


def _sweep() -> str:
    since = compiled_expression(Commitment, overdue_from())
    overdue = compiled_expression(Commitment, is_overdue(RawSQL("%(on)s::date", [], DateField())))
    return _SWEEP.format(since=since.sql, overdue=overdue.sql)


def day_of_all_clocks() -> date:
    """Return today. Raises ClockError where this machine, the database and what was written disagree on it."""
    own, zone = timezone.localdate(), settings.TIME_ZONE
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [zone, zone])
        theirs, swept, changed = cursor.fetchone()
    if abs(own - theirs) > timedelta(days=1):
        raise ClockError(f"This machine says {own}, the database {theirs}: set the clocks right.")
    if swept and own < swept:
        raise ClockError(f"It is {own}, but the last sweep was of {swept}: set the clock right.")
    if changed and own - max(changed, swept or changed) > _FARTHEST:
        raise ClockError(f"It is {own}, and nothing was written since {changed}: set the clock right.")
    return own
