"""Records which commitments have become overdue and which no longer are.

Reads compute overdue from the date; the sweep keeps the history and finds what is new for notices.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from projects.choices import OPEN_STATUSES, DueBasis
from projects.querysets import grace

# One statement, so all of it happens or none. Rows that another transaction holds are waited for and judged again as
# they are then: a second sweep finds nothing left to do.
_SWEEP = """
WITH days (basis, count) AS (VALUES (%(stated)s, %(stated_days)s), (%(implied)s, %(implied_days)s)),
due AS (
    SELECT c.id, c.due_on + d.count + 1 AS since
      FROM projects_commitment AS c JOIN days AS d ON d.basis = c.due_basis
     WHERE c.overdue_since IS NULL AND c.is_public AND c.status = ANY(%(open)s) AND c.due_on < %(on)s - d.count
),
flagged AS (
    UPDATE projects_commitment AS c SET overdue_since = due.since
      FROM due
     WHERE c.id = due.id AND c.overdue_since IS NULL AND c.is_public AND c.status = ANY(%(open)s)
    RETURNING c.id, c.overdue_since
),
stale AS (
    SELECT c.id, c.overdue_since AS since
      FROM projects_commitment AS c JOIN days AS d ON d.basis = c.due_basis
     WHERE c.overdue_since IS NOT NULL
       AND NOT (c.is_public AND c.status = ANY(%(open)s) AND c.due_on < %(on)s - d.count)
),
cleared AS (
    UPDATE projects_commitment AS c SET overdue_since = NULL
      FROM stale
     WHERE c.id = stale.id AND c.overdue_since = stale.since
    RETURNING c.id, stale.since AS overdue_since
),
events AS (
    INSERT INTO projects_overdueevent (commitment_id, kind, "on", overdue_since)
    SELECT id, 'flagged', %(on)s, overdue_since FROM flagged
    UNION ALL
    SELECT id, 'cleared', %(on)s, overdue_since FROM cleared
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

    ``overdue_since`` is the first overdue day, which may lie before ``on``. Only what the public sees is flagged.
    """
    days = grace()
    values = {
        "on": on,
        "open": sorted(OPEN_STATUSES),
        "stated": DueBasis.STATED.value,
        "stated_days": days.stated,
        "implied": DueBasis.IMPLIED.value,
        "implied_days": days.implied,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, values)
        flagged, cleared = cursor.fetchone()
    return SweepResult(flagged, cleared)
