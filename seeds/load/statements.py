"""Loads the commitments and achievements of reports, curated or extracted, by the same rules, and statuses on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, LiteralString, NamedTuple

from django.db import connection, transaction

from projects.choices import DueBasis, Origin, ReviewState, Status
from projects.models import Commitment, Report
from projects.rules import TRANSITIONS
from seeds.extract.statement import Statement
from seeds.load.checks import span_problems
from seeds.load.fields import NAME_LENGTH, longest_texts
from seeds.load.result import LoadResult, Pk, Problem, TableResult, refuse_if_any
from seeds.load.rows import StatementRow
from seeds.load.upsert import Table, copy_rows, stage

# The order in which evidence needs them.
KINDS = {"achievement": "achievements", "commitment": "commitments"}
_FINEST = Decimal("0.0001")
_LONGEST = {"names": NAME_LENGTH, **longest_texts(Commitment)}
_NO_READING: tuple[float | None, list[str], str] = (None, [], "")
# A statement's own columns; a commitment and an achievement each add the day.
_FIXED = ("jurisdiction_id", "year", "report_state", "quote")
_COLUMNS = (
    *("section", "title", "title_en", "category", "milestone", "quantity", "unit", "comparator", "names"),
    *("project_id", "review_state", "origin", "confidence", "rules", "extractor_version"),
)
_NEW_COMMITMENT = (("status", Status.NOT_ASSESSED.value), ("delay_reason", ""), ("delay_note", ""))

# What a new reading of a report may change: rows that a reading found and that nobody has decided on since.
_UNREVIEWED = "t.origin = 'extracted' AND t.review_state = t.seeded ->> 'review_state'"
_CURATED_GONE: LiteralString = "t.report_id = ANY(%s) AND t.origin = 'curated'"
_EXTRACTED_GONE: LiteralString = "t.report_id = ANY(%s) AND t.origin = 'extracted' AND t.review_state = 'candidate'"


class ReportKey(NamedTuple):
    """A report's row: what its statements copy from it."""

    pk: int
    jurisdiction: str
    year: int
    state: str


@dataclass(frozen=True, slots=True)
class ExtractedRow(StatementRow):
    """A statement that a reading found, with how sure it is and by which rules."""

    confidence: float | None
    rules: tuple[str, ...]
    extractor_version: str


def load_statements(
    report: Report, statements: Iterable[Statement], *, origin: Origin = Origin.EXTRACTED, extractor_version: str = ""
) -> LoadResult:
    """Bring a report's statements in line with what a reading of its text found, in one transaction.

    New statements become candidates that await review; of the present ones, a row that nobody has reviewed follows
    the new reading, except for the fields that a person changed; reviewed rows, curated rows and rows made by hand
    stay as they are. Unreviewed candidates that the reading no longer finds are withdrawn, unless a person has
    worked on them. With ``Origin.CURATED`` the statements are published, and all that is not among them is withdrawn.

    The result has the tables "achievements" and "commitments". Raises LoadError, and writes nothing, when a
    statement does not fit the report; its problems name the statement by its offsets.
    """
    problems: list[Problem] = []
    rows = [_row(statement, extractor_version, problems) for statement in statements]
    refuse_if_any([*problems, *span_problems(rows, report.text, f"report {report.pk}")])
    with transaction.atomic():
        locked = Report.objects.select_for_update(no_key=True).only("jurisdiction", "year", "state").get(pk=report.pk)
        key = ReportKey(locked.pk, locked.jurisdiction_id, locked.year, locked.state)
        return LoadResult(sync([(key, rows)], origin, [key.pk], {}))


def sync(
    found: Sequence[tuple[ReportKey, Sequence[StatementRow]]],
    origin: Origin,
    scope: Sequence[int],
    projects: Mapping[tuple[int, int, int], int],
) -> dict[str, TableResult]:
    """Load the statements of several reports; ``scope`` are the reports in which missing ones are withdrawn.

    ``projects`` gives the project of a statement by the report's id and the span. Runs inside the caller's
    transaction, which holds the reports.
    """
    results = {}
    for kind, name in KINDS.items():
        rows = (
            _values(key, row, origin, projects.get((key.pk, row.start, row.end)))
            for key, statements in found
            for row in statements
            if row.kind == kind
        )
        staged = stage(statements_table(kind, origin), rows)
        # First what has left: before the new rows are in, there is less to look through.
        if origin == Origin.EXTRACTED:
            gone = staged.withdraw(_EXTRACTED_GONE, [list(scope)], only_untouched=True)
        else:
            gone = staged.withdraw(_CURATED_GONE, [list(scope)])
        results[name] = staged.upsert().without(gone)
    return results


def statements_table(kind: str, origin: str) -> Table:
    """Return the table of commitments or achievements, as a load of this origin may change it."""
    promised = kind == "commitment"
    return Table(
        name="projects_commitment" if promised else "projects_achievement",
        key=("report_id", "start", "end"),
        fixed=_FIXED,
        columns=(*_COLUMNS, "due_on", "due_basis") if promised else (*_COLUMNS, "period_end"),
        constants=_NEW_COMMITMENT if promised else (),
        state="review_state",
        gone=ReviewState.WITHDRAWN.value,
        guard=_UNREVIEWED if origin == Origin.EXTRACTED else "TRUE",
    )


def _values(key: ReportKey, row: StatementRow, origin: Origin, project: int | None) -> tuple[Any, ...]:
    """Return a row in the order of its table's staging columns."""
    state = ReviewState.CANDIDATE if origin == Origin.EXTRACTED else ReviewState.PUBLISHED
    reading = (row.confidence, list(row.rules), row.extractor_version) if isinstance(row, ExtractedRow) else _NO_READING
    shared = (
        *(key.pk, row.start, row.end, key.jurisdiction, key.year, key.state, row.quote),
        *(row.section, row.title, row.title_en, row.category, row.milestone, row.quantity, row.unit, row.comparator),
        *(row.names, project, state.value, origin.value, *reading),
    )
    return (*shared, row.day, row.due_basis) if row.kind == "commitment" else (*shared, row.day)


def _cut(column: str, text: str) -> str:
    """Return a text cut to its column: what a machine found is a proposal, and its quote stands beside it whole."""
    return text[: _LONGEST[column]]


def _row(statement: Statement, version: str, problems: list[Problem]) -> ExtractedRow:
    """Return an extracted statement as a row; one without a day cannot be kept."""
    where = f"statement {statement.start}-{statement.end}"
    quantity = statement.quantity
    if statement.due_on is None:
        problems.append(Problem(where, "due_on", "is not known: give the report its year"))
    return ExtractedRow(
        where=where,
        kind=statement.kind,
        start=statement.start,
        end=statement.end,
        quote=statement.quote,
        section=_cut("section", statement.section),
        title=_cut("title", statement.title) or _cut("title", statement.quote),
        title_en="",
        category=statement.category,
        milestone=statement.milestone,
        quantity=None if quantity is None else Decimal(str(quantity)).quantize(_FINEST, ROUND_HALF_EVEN),
        unit=None if quantity is None else _cut("unit", statement.unit or ""),
        comparator=statement.comparator,
        names=[_cut("names", name) for name in statement.names],
        day=statement.due_on or date.min,
        due_basis=statement.due_basis or DueBasis.IMPLIED,
        confidence=statement.confidence,
        rules=statement.rules,
        extractor_version=version,
    )


# -- Statuses ----------------------------------------------------------------------------------------------------------

_STAGE_STATUSES: tuple[LiteralString, ...] = (
    "DROP TABLE IF EXISTS pg_temp.load_status, pg_temp.load_status_plan",
    """
    CREATE TEMPORARY TABLE load_status (
        place integer, commitment_id bigint PRIMARY KEY, status text, evidence_id bigint, effective_on date,
        reason_code text, note text, note_en text
    ) ON COMMIT DROP
    """,
)
_COPY_STATUSES: LiteralString = "COPY pg_temp.load_status FROM STDIN"
_LOCK_STATUSES: LiteralString = """
SELECT count(*) FROM (
    SELECT FROM projects_commitment AS c
     WHERE c.id IN (SELECT commitment_id FROM pg_temp.load_status)
        OR c.jurisdiction_id = ANY(%(scope)s) AND c.seeded ? 'status'
     ORDER BY c.id FOR NO KEY UPDATE) AS locked
"""
# What each commitment has, what was last loaded, and what the data want (null: nothing).
_PLAN_STATUSES: LiteralString = """
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
_MOVE_STATUSES: LiteralString = """
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
    """Give commitments statuses, and take back loaded ones that have left the data of the governments in ``scope``.

    By the rules of ``Commitment.record_status``, all at once. A commitment's ``seeded`` keeps the last loaded status
    under the key "status". A status that a person has changed since stays; one whose evidence a person has rejected
    is not given.

    A row is (commitment, status, evidence, effective on, reason code, note, note in English); ``places`` tells where
    each was read. Raises LoadError for a transition that the rules forbid. Runs inside the caller's transaction.
    """
    values = {"scope": list(scope)}
    with connection.cursor() as cursor:
        for text in _STAGE_STATUSES:
            cursor.execute(text)
        copy_rows(cursor, _COPY_STATUSES, [(place, *row) for place, row in enumerate(rows)])
        cursor.execute(_LOCK_STATUSES, values)
        cursor.execute(_PLAN_STATUSES, values)
        cursor.execute(_FORBIDDEN, {"allowed": _allowed()})
        refuse_if_any([_forbidden(places[place], before, after) for place, before, after in cursor.fetchall()])
        cursor.execute(_MOVE_STATUSES)
        cursor.execute(_TAKE_BACK)
        cursor.execute(_RECORD)
        cursor.execute(_OUTCOME)
        return _status_result(cursor.fetchall())


def _allowed() -> list[str]:
    return [f"{before}>{after}" for before, following in TRANSITIONS.items() for after in following]


def _forbidden(where: str, before: str, after: str) -> Problem:
    message = f"cannot go from {before} to {after}: load once without the line, which takes {before} back, then with it"
    return Problem(where, "status", message)


def _status_result(outcomes: Iterable[tuple[Pk, str]]) -> TableResult:
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
