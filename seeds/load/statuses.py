"""Gives commitments the statuses of the curated data, all at once, by the rules of ``Commitment.record_status``.

A commitment's ``seeded`` keeps the last loaded status under the key "status". A status that a person has changed
since then stays; one whose evidence a person has rejected is not given.
"""

from collections.abc import Iterable, Sequence
from typing import Any, LiteralString

from django.db import connection

from projects.rules import TRANSITIONS
from seeds.load.copying import copy_rows
from seeds.load.problems import Problem, refuse_if_any
from seeds.load.result import Pk, TableResult

_STAGE: tuple[LiteralString, ...] = (
    "DROP TABLE IF EXISTS pg_temp.load_status, pg_temp.load_status_plan",
    """
    CREATE TEMPORARY TABLE load_status (
        place integer, commitment_id bigint PRIMARY KEY, status text, evidence_id bigint, effective_on date,
        reason_code text, note text, note_en text
    ) ON COMMIT DROP
    """,
)
_COPY: LiteralString = "COPY pg_temp.load_status FROM STDIN"
_LOCK: LiteralString = """
SELECT count(*) FROM (
    SELECT FROM projects_commitment AS c
     WHERE c.id IN (SELECT commitment_id FROM pg_temp.load_status)
        OR c.jurisdiction_id = ANY(%(scope)s) AND c.seeded ? 'status'
     ORDER BY c.id FOR NO KEY UPDATE) AS locked
"""
# What each commitment has, what was last loaded, and what the data want (null: nothing).
_PLAN: LiteralString = """
CREATE TEMPORARY TABLE load_status_plan ON COMMIT DROP AS
SELECT *, untouched AND founded AND present IS DISTINCT FROM coalesce(wanted, nothing) AS moves
  FROM (SELECT c.id, c.status AS before, coalesce(s.status, 'not_assessed') AS after, s.place, s.evidence_id,
               s.effective_on, s.reason_code, s.note, s.note_en, present.value AS present, nothing.value AS nothing,
               c.seeded -> 'status' AS loaded,
               CASE WHEN s.place IS NOT NULL THEN jsonb_build_object(
                   'status', s.status, 'evidence', s.evidence_id, 'since', s.effective_on) END AS wanted,
               -- What was recorded with a later day is taken back before it is told anew.
               c.status <> 'not_assessed' AND s.effective_on < c.status_since AS corrects,
               c.seeded IS NOT NULL AND present.value = coalesce(c.seeded -> 'status', nothing.value) AS untouched,
               s.place IS NULL OR EXISTS (
                   SELECT FROM projects_evidence AS e
                    WHERE e.id = s.evidence_id AND e.commitment_id = c.id AND e.review_state = 'accepted') AS founded
          FROM projects_commitment AS c
          LEFT JOIN pg_temp.load_status AS s ON s.commitment_id = c.id
         CROSS JOIN LATERAL jsonb_build_object(
                   'status', c.status, 'evidence', c.status_evidence_id, 'since', c.status_since) AS present (value)
         CROSS JOIN jsonb_build_object('status', 'not_assessed', 'evidence', NULL, 'since', NULL) AS nothing (value)
         WHERE s.place IS NOT NULL OR c.jurisdiction_id = ANY(%(scope)s) AND c.seeded ? 'status') AS rows
"""
_FORBIDDEN: LiteralString = """
SELECT place, before, after FROM pg_temp.load_status_plan
 WHERE moves AND before <> after AND before || '>' || after <> ALL(%(allowed)s) ORDER BY place
"""
_MOVE: LiteralString = """
UPDATE projects_commitment AS c
   SET status = CASE WHEN p.moves THEN p.after ELSE c.status END,
       status_evidence_id = CASE WHEN p.moves THEN p.evidence_id ELSE c.status_evidence_id END,
       status_since = CASE WHEN p.moves THEN p.effective_on ELSE c.status_since END,
       seeded = CASE WHEN p.wanted IS NULL THEN c.seeded - 'status'
                     ELSE c.seeded || jsonb_build_object('status', p.wanted) END
  FROM pg_temp.load_status_plan AS p
 WHERE c.id = p.id AND c.seeded IS NOT NULL AND (p.moves OR p.wanted IS DISTINCT FROM p.loaded)
"""
_TAKE_BACK: LiteralString = """
INSERT INTO projects_statuschange (commitment_id, from_status, to_status, effective_on, reason_code, note, note_en,
                                   recorded_at)
SELECT id, before, 'not_assessed', (now() AT TIME ZONE 'Asia/Shanghai')::date, '', '更正', 'Correction', now()
  FROM pg_temp.load_status_plan WHERE moves AND corrects ORDER BY id
"""
_RECORD: LiteralString = """
INSERT INTO projects_statuschange (commitment_id, from_status, to_status, effective_on, reason_code, note, note_en,
                                   evidence_id, recorded_at)
SELECT id, CASE WHEN corrects THEN 'not_assessed' ELSE before END, after,
       coalesce(effective_on, (now() AT TIME ZONE 'Asia/Shanghai')::date), coalesce(reason_code, ''),
       coalesce(note, ''), coalesce(note_en, ''), evidence_id, now()
  FROM pg_temp.load_status_plan WHERE moves ORDER BY id
"""
_OUTCOME: LiteralString = """
SELECT id, CASE WHEN moves AND wanted IS NULL THEN 'withdrawn' WHEN moves AND loaded IS NULL THEN 'created'
                WHEN moves THEN 'updated' WHEN present = coalesce(wanted, nothing) THEN 'unchanged' ELSE 'kept' END
  FROM pg_temp.load_status_plan ORDER BY id
"""

StatusTuple = tuple[int, str, int, Any, str, str, str]


def load_statuses(rows: Sequence[StatusTuple], places: Sequence[str], scope: Iterable[str]) -> TableResult:
    """Give statuses, and take back loaded ones that have left the data of the governments in ``scope``.

    A row is (commitment, status, evidence, effective on, reason code, note, note in English); ``places`` tells where
    each was read. Raises LoadError for a transition that the rules forbid. Runs inside the caller's transaction.
    """
    values = {"scope": list(scope)}
    with connection.cursor() as cursor:
        for text in _STAGE:
            cursor.execute(text)
        copy_rows(cursor, _COPY, [(place, *row) for place, row in enumerate(rows)])
        cursor.execute(_LOCK, values)
        cursor.execute(_PLAN, values)
        cursor.execute(_FORBIDDEN, {"allowed": _allowed()})
        refuse_if_any([_forbidden(places[place], before, after) for place, before, after in cursor.fetchall()])
        cursor.execute(_MOVE)
        cursor.execute(_TAKE_BACK)
        cursor.execute(_RECORD)
        cursor.execute(_OUTCOME)
        return _result(cursor.fetchall())


def _allowed() -> list[str]:
    return [f"{before}>{after}" for before, following in TRANSITIONS.items() for after in following]


def _forbidden(where: str, before: str, after: str) -> Problem:
    message = f"cannot go from {before} to {after}: load once without the line, which takes {before} back, then with it"
    return Problem(where, "status", message)


def _result(outcomes: Iterable[tuple[Pk, str]]) -> TableResult:
    found: dict[str, list[Pk]] = {name: [] for name in ("created", "updated", "unchanged", "withdrawn", "kept")}
    for pk, outcome in outcomes:
        found[outcome].append(pk)
    return TableResult(
        tuple(found["created"]),
        dict.fromkeys(found["updated"], ("status",)),
        len(found["unchanged"]) + len(found["kept"]),
        tuple(found["withdrawn"]),
        dict.fromkeys(found["kept"], ("status",)),
    )
