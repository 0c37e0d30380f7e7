"""Whether history accounts for what stands: every row equals its newest version, and no version is missing.

Triggers write the versions; what was done while they were off, or by a restore that lost a part, is found here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, LiteralString

import pgtrigger
from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from psycopg.sql import SQL, Composable, Identifier, Literal

from projects.choices import OverdueEventKind, Status
from projects.models import Commitment, OverdueEvent, StatusChange


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a table and its history disagree.

    ``row`` is the primary key as text. ``field`` is empty where the whole row is meant; ``stands`` and ``recorded``
    are None for NULL.
    """

    row: str
    problem: str
    field: str
    stands: str | None
    recorded: str | None


@dataclass(frozen=True, slots=True)
class TableFaults:
    """How many faults one table has, and the first of them."""

    table: str
    count: int
    first: tuple[Fault, ...]


# Each query returns row, problem, field, what stands and what is recorded. Of a tracked model, {table} has the rows by
# {key} and {versions} their history; a version's pgh_id grows with time, for its writer holds the lock of the row.
_EXISTENCE: LiteralString = """
SELECT coalesce(t.{key}, n.pgh_obj_id)::text,
       CASE WHEN n.pgh_obj_id IS NULL THEN 'has no version'
            WHEN t.{key} IS NULL THEN 'is gone, and no version says that it was deleted'
            ELSE 'is there, and its newest version says that it was deleted' END, '', NULL, NULL
  FROM {table} AS t
  FULL JOIN (SELECT v.pgh_obj_id, v.pgh_label
               FROM (SELECT max(pgh_id) AS pgh_id FROM {versions} GROUP BY pgh_obj_id) AS newest
               JOIN {versions} AS v USING (pgh_id)) AS n ON n.pgh_obj_id = t.{key}
 WHERE n.pgh_obj_id IS NULL OR (t.{key} IS NULL) = (n.pgh_label <> 'delete')
"""
_SEQUENCE: LiteralString = """
SELECT pgh_obj_id::text,
       'version ' || pgh_id || CASE WHEN pgh_label = 'insert' THEN ' makes it a second time'
                                    ELSE ' has no first version before it' END, '', NULL, NULL
  FROM (SELECT pgh_obj_id, pgh_id, pgh_label,
               lag(pgh_label, 1, 'delete') OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before
          FROM {versions}) AS v
 WHERE (pgh_label = 'insert') <> (before = 'delete')
"""
_PLAUSIBLE: LiteralString = """
SELECT pgh_obj_id::text, 'version ' || pgh_id || ' is of another row', {key_name}, pgh_obj_id::text, {key}::text
  FROM {versions} WHERE {key} <> pgh_obj_id
 UNION ALL
SELECT pgh_obj_id::text, 'version ' || pgh_id || ' has an unknown label', 'pgh_label', NULL, pgh_label
  FROM {versions} WHERE pgh_label <> ALL({labels})
 UNION ALL
SELECT pgh_obj_id::text, 'version ' || pgh_id || ' names a maker who is lost', 'pgh_context', NULL, pgh_context_id::text
  FROM {versions} AS v
 WHERE pgh_context_id IS NOT NULL AND NOT EXISTS (SELECT FROM pghistory_context AS c WHERE c.id = v.pgh_context_id)
 UNION ALL
SELECT pgh_obj_id::text, 'version ' || pgh_id || ' has a number that was never given out', '', NULL, NULL
  FROM {versions}
 WHERE pgh_id > coalesce(pg_sequence_last_value(pg_get_serial_sequence({versions_name}, 'pgh_id')::regclass), 0)
"""
_VALUES: LiteralString = """
SELECT t.{key}::text, 'differs from its newest version', d.field, d.stands, d.recorded
  FROM (SELECT max(pgh_id) AS pgh_id FROM {versions} GROUP BY pgh_obj_id) AS newest
  JOIN {versions} AS v USING (pgh_id)
  JOIN {table} AS t ON t.{key} = v.pgh_obj_id
 CROSS JOIN LATERAL (VALUES {pairs}) AS d (field, differs, stands, recorded)
 WHERE ({stand}) IS DISTINCT FROM ({record}) AND d.differs
"""
_VERSIONS: tuple[LiteralString, ...] = (_EXISTENCE, _SEQUENCE, _PLAUSIBLE, _VALUES)
_PAIR: LiteralString = "({name}, t.{column} IS DISTINCT FROM v.{column}, t.{column}::text, v.{column}::text)"

# Of the tables that are only ever added to: a row's number grows with time, as above.
_TRANSITIONS: LiteralString = """
SELECT id::text, 'does not begin where the transition before it ended', 'from_status', from_status, before
  FROM (SELECT id, from_status,
               lag(to_status, 1, {unknown}) OVER (PARTITION BY commitment_id ORDER BY id) AS before
          FROM projects_statuschange) AS s
 WHERE from_status <> before
"""
_STATUSES: LiteralString = """
SELECT c.id::text, 'differs from the newest transition', 'status', c.status, coalesce(s.to_status, {unknown})
  FROM projects_commitment AS c
  LEFT JOIN (SELECT DISTINCT ON (commitment_id) commitment_id, to_status
               FROM projects_statuschange ORDER BY commitment_id, id DESC) AS s ON s.commitment_id = c.id
 WHERE c.status <> coalesce(s.to_status, {unknown})
 UNION ALL
SELECT coalesce(s.id, v.id)::text, 'has another number of transitions than its versions tell of', 'status',
       coalesce(s.n, 0)::text, coalesce(v.n, 0)::text
  FROM (SELECT commitment_id AS id, count(*) AS n FROM projects_statuschange WHERE from_status <> to_status
         GROUP BY commitment_id) AS s
  FULL JOIN (SELECT id, count(*) AS n
               FROM (SELECT id, status, lag(status, 1, {unknown}) OVER (PARTITION BY id ORDER BY pgh_id) AS before
                       FROM projects_commitmentevent) AS versions
              WHERE status <> before GROUP BY id) AS v USING (id)
 WHERE coalesce(s.n, 0) <> coalesce(v.n, 0)
"""
_FLAGS_IN_TURN: LiteralString = """
SELECT id::text, 'does not follow from the event before it', CASE kind WHEN before THEN 'kind' ELSE 'overdue_since' END,
       CASE kind WHEN before THEN kind ELSE overdue_since::text END,
       CASE kind WHEN before THEN before ELSE since::text END
  FROM (SELECT id, kind, overdue_since, lag(kind, 1, {cleared}) OVER later AS before,
               lag(overdue_since) OVER later AS since
          FROM projects_overdueevent WINDOW later AS (PARTITION BY commitment_id ORDER BY id)) AS e
 WHERE kind = before OR kind = {cleared} AND overdue_since <> since
"""
_FLAGS: LiteralString = """
SELECT c.id::text, 'differs from the newest overdue event', 'overdue_since', c.overdue_since::text, e.since::text
  FROM projects_commitment AS c
  LEFT JOIN (SELECT DISTINCT ON (commitment_id) commitment_id, CASE kind WHEN {flagged} THEN overdue_since END AS since
               FROM projects_overdueevent ORDER BY commitment_id, id DESC) AS e ON e.commitment_id = c.id
 WHERE c.overdue_since IS DISTINCT FROM e.since
"""
_CODES: dict[str, Composable] = {
    "unknown": Literal(Status.NOT_ASSESSED.value),
    "flagged": Literal(OverdueEventKind.FLAGGED.value),
    "cleared": Literal(OverdueEventKind.CLEARED.value),
}
_CHAINS: tuple[tuple[type[Model], LiteralString], ...] = (
    (StatusChange, _TRANSITIONS),
    (Commitment, _STATUSES),
    (OverdueEvent, _FLAGS_IN_TURN),
    (Commitment, _FLAGS),
)
_FIRST: LiteralString = """
SELECT f.*, count(*) OVER () FROM ({query}) AS f ("row", problem, field, stands, recorded)
 ORDER BY length(f."row"), f."row", f.field LIMIT {limit}
"""


def histories() -> list[type[Any]]:
    """Return the models whose rows are the versions of another's."""
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]


def compared_fields(versions: type[Any]) -> list["Field[Any, Any]"]:
    """Return the fields whose change makes a version; others follow from elsewhere and may differ from the newest."""
    telling: set[str] = set()
    for tracker in versions.pgh_trackers:
        if tracker.operation is pgtrigger.Update:
            telling |= set(tracker.condition.fields) - set(tracker.condition.exclude)
    return [field for field in versions._meta.fields if field.name in telling]


def verify(*, limit: int) -> Iterator[TableFaults]:
    """Yield, table by table, where rows and their history disagree, with at most ``limit`` faults of each query."""
    queries: dict[type[Model], list[Composable]] = {}
    for versions in histories():
        names = _names(versions)
        queries[versions.pgh_tracked_model] = [SQL(query).format(**names) for query in _VERSIONS]
    for model, query in _CHAINS:
        queries.setdefault(model, []).append(SQL(query).format(**_CODES))
    for model, own in queries.items():
        found = [_faults(query, limit) for query in own]
        count = sum(number for number, _first in found)
        yield TableFaults(model._meta.db_table, count, tuple(fault for _number, first in found for fault in first))


def _names(versions: type[Any]) -> dict[str, Composable]:
    """Return what stands in the queries over the versions of one model."""
    tracked, table = versions.pgh_tracked_model._meta, versions._meta.db_table
    columns = [str(field.column) for field in compared_fields(versions)]
    pairs = [SQL(_PAIR).format(name=Literal(name), column=Identifier(name)) for name in columns]
    return {
        "table": Identifier(tracked.db_table),
        "versions": Identifier(table),
        "versions_name": Literal(table),
        "key": Identifier(tracked.pk.column),
        "key_name": Literal(tracked.pk.column),
        "labels": Literal([tracker.label for tracker in versions.pgh_trackers]),
        "pairs": SQL(", ").join(pairs),
        "stand": SQL(", ").join([Identifier("t", name) for name in columns]),
        "record": SQL(", ").join([Identifier("v", name) for name in columns]),
    }


def _faults(query: Composable, limit: int) -> tuple[int, list[Fault]]:
    """Return how many faults a query finds, and the first of them."""
    with connection.cursor() as cursor:
        cursor.execute(SQL(_FIRST).format(query=query, limit=Literal(limit)))
        rows = cursor.fetchall()
    return (rows[0][-1] if rows else 0), [Fault(*row[:-1]) for row in rows]
