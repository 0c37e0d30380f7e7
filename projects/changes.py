"""The ledger of public changes, as programs read it that keep a copy, and what to do when triggers were off."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from projects.models.change_sql import RECONCILE
from projects.models.version import CHANNEL

_LOCK = "SELECT number FROM projects_datasetversion WHERE id = 1 FOR UPDATE"
_BEGIN = """
INSERT INTO projects_datasetversion (id, number, changed_at) VALUES (1, 0, clock_timestamp())
ON CONFLICT (id) DO NOTHING
"""
_MOVE_ON = """
UPDATE projects_datasetversion SET number = %s, changed_at = clock_timestamp() WHERE id = 1
"""


@transaction.atomic
def reconcile() -> int:
    """Note as one new version what became public or ceased to be while no trigger looked; return how many rows.

    For what was restored or repaired past the triggers. What changed within a public row cannot be seen afterwards.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        cursor.execute(_LOCK)
        version = cursor.fetchone()[0] + 1
        found = 0
        for statement in RECONCILE:
            cursor.execute(statement, {"version": version})
            found += cursor.rowcount
        if found:
            cursor.execute(_MOVE_ON, [version])
            cursor.execute(f"NOTIFY {CHANNEL}")
    return found


# Further ahead of what stands than any installation comes between two backups: no version ever means two states.
_LEAP = 1_000_000
_TELL_ALL = """
INSERT INTO projects_publicchange (resource, key, version, removed) SELECT r, k, 0, TRUE
  FROM unnest(%s::text[], %s::text[]) AS t (r, k) ON CONFLICT DO NOTHING
"""


@transaction.atomic
def begin_anew(told: Mapping[str, Any]) -> int:
    """Tell of every public row again, after a restore; return the version.

    ``told`` is what stood before: the ``version``, and resource and key of each row (``keys``) that copies may have.
    """
    reconcile()
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        cursor.execute(_LOCK)
        version: int = max(cursor.fetchone()[0], told["version"]) + _LEAP
        cursor.execute(_TELL_ALL, [[resource for resource, _key in told["keys"]], [key for _r, key in told["keys"]]])
        cursor.execute("UPDATE projects_publicchange SET version = %s", [version])
        cursor.execute(_MOVE_ON, [version])
        cursor.execute(f"NOTIFY {CHANNEL}")
    return version
