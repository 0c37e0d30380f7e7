"""How the database keeps the ledger of public changes: what a statement notes, and what a commit makes of the notes.

A statement on a table of public data notes the keys of the rows that it may have changed for the public. When the
transaction commits, under the lock of the version, each is looked at: the public sees it or not, and did or did not
before. Of those that are told of, the rows that hang on them are looked at next. Only then, under the lock, is it known
what everybody else has committed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import models

from projects.choices import ReportState, ReviewState, Verification


@dataclass(frozen=True, slots=True)
class Note:
    """Which row of a resource a changed row concerns: ``key`` and ``where`` are SQL over the changed row ``{row}``.

    ``shown`` says that the resource shows columns of the changed row; otherwise it is noted only because the public may
    now see it, or no longer. A change of a column in ``spreads`` may concern the rows that hang on it as well. Where
    ``only`` names columns, a change of others does not concern the row.
    """

    resource: str
    key: str
    where: str = "TRUE"
    shown: bool = True
    spreads: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def values(self, row: str, spreads: str, changed: str = "TRUE") -> str:
        """Return resource, key (NULL where the row concerns none), shown and spreads."""
        key = f"CASE WHEN {self.where} AND {changed} THEN {self.key} END".format(row=row)
        return f"('{self.resource}', {key}, {str(self.shown).upper()}, {spreads})"


_NOTE = """
    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)
    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)
      FROM {rows}
     CROSS JOIN LATERAL (VALUES {values}) AS t (resource, key, shown, spreads)
     WHERE t.key IS NOT NULL{changed}
     GROUP BY t.resource, t.shown, t.spreads;
    IF FOUND THEN
        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
"""


class NoteChanges(pgtrigger.Trigger):
    """Notes what a statement changes for the public; a change of ``private`` fields alone is none."""

    when = pgtrigger.After
    level = pgtrigger.Statement

    def __init__(self, name: str, notes: Iterable[Note], private: Iterable[str], **options: Any) -> None:
        self.notes, self.private = tuple(notes), frozenset(private)
        super().__init__(name=name, **options)

    def get_func(self, model: models.Model) -> str:
        """Return the function for the one event that the trigger is for."""
        if self.operation == pgtrigger.Insert:
            return self._function("new_rows AS n", [note.values("n", "FALSE") for note in self.notes])
        if self.operation == pgtrigger.Delete:
            return self._function("old_rows AS o", [note.values("o", "FALSE") for note in self.notes])
        key = model._meta.pk.column
        shown = [str(field.column) for field in model._meta.concrete_fields if field.name not in self.private]
        values = [
            note.values(row, _differs(note.spreads), _differs(note.only) if note.only else "TRUE")
            for note in self.notes
            for row in ("n", "o")
            # A number never changes: noted once is enough.
            if row == "n" or "{row}.id::text" not in note.key
        ]
        return self._function(
            f'old_rows AS o JOIN new_rows AS n ON n."{key}" = o."{key}"', values, f" AND {_differs(shown)}"
        )

    def _function(self, rows: str, values: Iterable[str], changed: str = "") -> str:
        return _NOTE.format(rows=rows, values=", ".join(values), changed=changed)


def _differs(columns: Iterable[str]) -> str:
    names = [f'"{column}"' for column in columns]
    if not names:
        return "FALSE"
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("o", "n"))
    return f"(({old}) IS DISTINCT FROM ({new}))"


def note_changes(*notes: Note, private: Iterable[str] = (), deleted: bool = False) -> list[pgtrigger.Trigger]:
    """Return the triggers of a table of public data; ``private`` fields are shown to nobody but curators."""
    triggers: list[pgtrigger.Trigger] = [
        NoteChanges(
            "note_inserted",
            notes,
            private,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_rows"),
        ),
        NoteChanges(
            "note_updated",
            notes,
            private,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
        ),
    ]
    if deleted:
        triggers.append(
            NoteChanges(
                "note_deleted",
                notes,
                private,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="old_rows"),
            )
        )
    return triggers


def answer_note(earlier: str, condition: str, *only: str) -> Note:
    """Return the note that the answer of a promise may be another, once somebody has gone through a later report."""
    gone_through = f"""EXISTS (SELECT FROM projects_commitment AS c
         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL
        WHERE c.id = {{row}}.{earlier})"""
    where = f"{condition} AND {gone_through}"
    return Note("commitments", f"{{row}}.{earlier}::text", where, only=("review_state", earlier, *only))


def note_answers(name: str, operation: pgtrigger.Operation, rows: str, **options: Any) -> pgtrigger.Trigger:
    """Return the trigger of a row that decides on the answers of other promises; ``rows`` selects their ids."""
    func = f"""
        INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)
        SELECT pg_current_xact_id()::text::bigint, 'commitments', TRUE, FALSE, array_agg(id::text)
          FROM ({rows}) AS promises (id) HAVING count(*) > 0;
        IF FOUND THEN
            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)
            ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    """
    return pgtrigger.Trigger(name=name, when=pgtrigger.After, operation=operation, func=func, **options)


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of the API: its rows are those of ``table`` (called t) that are ``public``.

    ``key`` is a row's key as the API shows it, ``match`` the condition that a row has the key ``k.key``; ``public`` is
    the table's published(), see ``querysets``: tests hold each pair together.
    """

    name: str
    table: str
    key: str
    match: str
    public: str = "TRUE"


_NUMBER = {"key": "t.id::text", "match": "t.id = k.key::bigint"}
_ACCEPTED = f"review_state = '{Verification.ACCEPTED}'"
_PUBLIC = "EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = {key} AND c.is_public)"

# In the order in which they are looked at: what hangs on others comes after them, see SPREADS.
RESOURCES = (
    Resource("jurisdictions", "projects_jurisdiction", "t.code", "t.code = k.key"),
    Resource("departments", "projects_department", public="t.merged_into_id IS NULL", **_NUMBER),
    Resource(
        "projects",
        "projects_project",
        "t.slug",
        "t.slug = k.key",
        f"t.review_state = '{ReviewState.PUBLISHED}'",
    ),
    Resource(
        "reports",
        "projects_report",
        "t.jurisdiction_id || '-' || t.year",
        "t.jurisdiction_id = split_part(k.key, '-', 1) AND t.year = split_part(k.key, '-', 2)::integer",
        f"t.state = '{ReportState.PUBLISHED}'",
    ),
    Resource("achievements", "projects_achievement", public="t.is_public", **_NUMBER),
    Resource("commitments", "projects_commitment", public="t.is_public", **_NUMBER),
    Resource(
        "sources",
        "projects_source",
        public=f"""(EXISTS (SELECT FROM projects_evidence AS e JOIN projects_commitment AS c ON c.id = e.commitment_id
                             WHERE e.source_id = t.id AND e.{_ACCEPTED} AND c.is_public)
            OR EXISTS (SELECT FROM projects_succession AS s WHERE s.source_id = t.id)
            OR t.is_public AND EXISTS (SELECT FROM projects_report AS r
                                        WHERE r.id = t.report_id AND r.state = '{ReportState.PUBLISHED}'))""",
        **_NUMBER,
    ),
    Resource(
        "evidence",
        "projects_evidence",
        public=f"""t.{_ACCEPTED} AND {_PUBLIC.format(key="t.commitment_id")}
            AND (t.achievement_id IS NULL
                 OR EXISTS (SELECT FROM projects_achievement AS a WHERE a.id = t.achievement_id AND a.is_public))""",
        **_NUMBER,
    ),
    Resource(
        "status-changes",
        "projects_statuschange",
        public=_PUBLIC.format(key="t.commitment_id"),
        **_NUMBER,
    ),
    Resource(
        "restatements",
        "projects_restatement",
        public=f"t.{_ACCEPTED} AND {_PUBLIC.format(key='t.earlier_id')} AND {_PUBLIC.format(key='t.later_id')}",
        **_NUMBER,
    ),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """Which rows of ``resource`` hang on the rows k of ``origin`` that are told of; the flags are those of a note."""

    origin: str
    resource: str
    rows: str
    shown: bool = True
    spreads: bool = False


def _of(table: str, column: str) -> str:
    return f"SELECT t.id::text FROM k JOIN projects_{table} AS t ON t.{column} = k.key::bigint"


_REPORT = """JOIN projects_report AS r ON r.jurisdiction_id = split_part(k.key, '-', 1)
     AND r.year = split_part(k.key, '-', 2)::integer"""

SPREADS = (
    *(
        Spread(
            "projects",
            f"{table}s",
            f"SELECT t.id::text FROM k JOIN projects_project AS p ON p.slug = k.key"
            f" JOIN projects_{table} AS t ON t.project_id = p.id",
        )
        for table in ("commitment", "achievement")
    ),
    Spread("reports", "sources", f"SELECT t.id::text FROM k {_REPORT} JOIN projects_source AS t ON t.report_id = r.id"),
    # What the later report makes of each promise.
    Spread(
        "reports",
        "commitments",
        f"SELECT t.id::text FROM k {_REPORT} JOIN projects_reportpair AS p ON p.later_id = r.id"
        " AND p.gone_through_at IS NOT NULL JOIN projects_commitment AS t ON t.report_id = p.earlier_id",
    ),
    Spread(
        "achievements",
        "commitments",
        "SELECT e.commitment_id::text FROM k JOIN projects_evidence AS e ON e.achievement_id = k.key::bigint"
        f" JOIN projects_commitment AS t ON t.id = e.commitment_id AND e.{_ACCEPTED}"
        " WHERE EXISTS (SELECT FROM projects_reportpair AS p WHERE p.earlier_id = t.report_id"
        " AND p.gone_through_at IS NOT NULL)",
    ),
    Spread("sources", "evidence", _of("evidence", "source_id")),
    Spread("achievements", "evidence", _of("evidence", "achievement_id"), spreads=True),
    Spread("commitments", "evidence", _of("evidence", "commitment_id"), shown=False),
    Spread(
        "commitments",
        "sources",
        "SELECT e.source_id::text FROM k JOIN projects_evidence AS e ON e.commitment_id = k.key::bigint"
        " WHERE e.source_id IS NOT NULL",
        shown=False,
    ),
    Spread("commitments", "status-changes", _of("statuschange", "commitment_id"), shown=False),
    Spread("commitments", "restatements", _of("restatement", "earlier_id")),
    Spread("commitments", "restatements", _of("restatement", "later_id")),
    Spread(
        "evidence",
        "status-changes",
        "SELECT t.id::text FROM k JOIN projects_evidence AS e ON e.id = k.key::bigint"
        " JOIN projects_statuschange AS t ON t.commitment_id = e.commitment_id AND t.evidence_id = e.id",
    ),
)

# Every query is planned anew: a plan that was made for one row would be hopeless for a large load.
_LOOK = """
    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = '{r.name}') THEN
        EXECUTE $q$
            WITH k AS (
                SELECT key, bool_or(shown) AS shown
                  FROM (SELECT unnest(keys) COLLATE "C" AS key, shown FROM projects_notedchange
                         WHERE transaction = $1 AND resource = '{r.name}') AS n
                 GROUP BY key ORDER BY key),
            looked AS MATERIALIZED (
                SELECT k.key, k.shown, EXISTS (SELECT FROM {r.table} AS t WHERE {r.match} AND {r.public}) AS is_public
                  FROM k)
            INSERT INTO projects_publicchange AS p (resource, key, version, removed)
            SELECT '{r.name}', key, $2, NOT is_public FROM looked
             WHERE is_public AND shown OR is_public <> EXISTS (
                SELECT FROM projects_publicchange AS l
                 WHERE l.resource = '{r.name}' AND l.key = looked.key AND NOT l.removed)
            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed
        $q$ USING NEW.transaction, following;
        GET DIAGNOSTICS one = ROW_COUNT;
        told := told + one;{spread}
    END IF;"""
_SPREADING = """
        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange
                                WHERE transaction = NEW.transaction AND resource = '{name}' AND spreads) THEN{each}
        END IF;"""
_SPREAD = """
            EXECUTE $q$
                WITH k AS (
                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE "C" AS key FROM projects_notedchange
                                        WHERE transaction = $1 AND resource = '{s.origin}' AND spreads) AS n
                      JOIN projects_publicchange AS l ON l.resource = '{s.origin}' AND l.key = n.key AND l.version = $2)
                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)
                SELECT $1, '{s.resource}', {s.shown}, {s.spreads}, array_agg(key) FROM ({s.rows}) AS hanging (key)
                HAVING count(*) > 0
            $q$ USING NEW.transaction, following;"""
_ADVANCE = """
    SELECT number + 1 INTO following FROM projects_datasetversion WHERE id = 1 FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO projects_datasetversion (id, number, changed_at) VALUES (1, 0, clock_timestamp())
        ON CONFLICT (id) DO NOTHING;
        SELECT number + 1 INTO following FROM projects_datasetversion WHERE id = 1 FOR UPDATE;
    END IF;{each}
    DELETE FROM projects_notedchange WHERE transaction = NEW.transaction;
    DELETE FROM projects_datasetchange WHERE transaction = NEW.transaction;
    IF told > 0 THEN
        UPDATE projects_datasetversion SET number = following, changed_at = clock_timestamp() WHERE id = 1;
        NOTIFY duixian_version;
    END IF;
    RETURN NULL;
"""


def _look(resource: Resource) -> str:
    """Return what looks at the noted rows of a resource and notes what hangs on those that it tells of."""
    each = "".join(_SPREAD.format(s=spread) for spread in SPREADS if spread.origin == resource.name)
    return _LOOK.format(r=resource, spread=_SPREADING.format(name=resource.name, each=each) if each else "")


ADVANCE = _ADVANCE.format(each="".join(map(_look, RESOURCES)))
ADVANCE_DECLARES = [("following", "bigint"), ("told", "bigint := 0"), ("one", "bigint")]

# Tells of what became public or ceased to be while no trigger looked, as one new version: after a load or a repair that
# went past the triggers, and at first. The caller holds the version's lock and moves it on when this changed rows.
_RECONCILE = """
    INSERT INTO projects_publicchange AS p (resource, key, version, removed)
    SELECT '{r.name}', key, %(version)s, now.key IS NULL
      FROM (SELECT DISTINCT {r.key} AS key FROM {r.table} AS t WHERE {r.public}) AS now
      FULL JOIN (SELECT key, removed FROM projects_publicchange WHERE resource = '{r.name}') AS told USING (key)
     WHERE (now.key IS NULL) IS DISTINCT FROM coalesce(told.removed, TRUE)
    ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed
"""
RECONCILE = tuple(_RECONCILE.format(r=resource) for resource in RESOURCES)
