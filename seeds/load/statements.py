"""Loads the commitments and achievements of reports, curated or extracted, by the same rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, LiteralString, NamedTuple

from django.db import transaction

from projects.choices import DueBasis, Origin, ReviewState
from projects.models import Commitment, Report
from seeds.extract.statement import Statement
from seeds.load.fields import length_of
from seeds.load.problems import Problem, refuse_if_any
from seeds.load.result import LoadResult, TableResult
from seeds.load.rows import StatementRow
from seeds.load.tables import statements_table
from seeds.load.upsert import stage

# The order in which evidence needs them.
KINDS = {"achievement": "achievements", "commitment": "commitments"}
_FINEST = Decimal("0.0001")
_LENGTHS = {"names": 120, **{name: length_of(Commitment, name) for name in ("section", "title", "unit")}}
_CURATED_GONE: LiteralString = "t.report_id = ANY(%s) AND t.origin = 'curated'"
_EXTRACTED_GONE: LiteralString = "t.report_id = ANY(%s) AND t.origin = 'extracted' AND t.review_state = 'candidate'"


class ReportKey(NamedTuple):
    """A report's row: what its statements copy from it."""

    pk: int
    jurisdiction: str
    year: int
    state: str


def load_statements(
    report: Report,
    statements: Iterable[Statement],
    *,
    origin: Origin = Origin.EXTRACTED,
    extractor_version: str = "",
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


def span_problems(rows: Iterable[StatementRow], text: str, report: str) -> list[Problem]:
    """Return what is wrong with spans and quotes, measured on the report's text."""
    problems: list[Problem] = []
    seen: dict[tuple[str, int, int], str] = {}
    for row in rows:
        stands = text[row.start : row.end]
        if not row.start < row.end <= len(text):
            message = f"{row.start}-{row.end} is not in {report} of {len(text)} characters: correct start and end"
            problems.append(Problem(row.where, "end", message))
        elif stands != row.quote:
            place = f"{report} has {stands!r} at {row.start}-{row.end}"
            problems.append(Problem(row.where, "quote", f"is {row.quote!r}, but {place}: correct offsets or quote"))
        key = (row.kind, row.start, row.end)
        if key in seen:
            message = f"{row.start}-{row.end} is already the {row.kind} of {seen[key]}: keep one of the two"
            problems.append(Problem(row.where, "start", message))
        seen.setdefault(key, row.where)
    return problems


def _values(key: ReportKey, row: StatementRow, origin: Origin, project: int | None) -> tuple[Any, ...]:
    """Return a row in the order of its table's staging columns."""
    state = ReviewState.CANDIDATE if origin == Origin.EXTRACTED else ReviewState.PUBLISHED
    shared = (
        *(key.pk, row.start, row.end, key.jurisdiction, key.year, key.state, row.quote),
        *(row.section, row.title, row.title_en, row.category, row.milestone, row.quantity, row.unit, row.comparator),
        *(row.names, project, state.value, origin.value, row.confidence, list(row.rules), row.extractor_version),
    )
    return (*shared, row.day, row.due_basis) if row.kind == "commitment" else (*shared, row.day)


def _cut(column: str, text: str) -> str:
    """Return a text cut to its column: what a machine found is a proposal, and its quote stands beside it whole."""
    return text[: _LENGTHS[column]]


def _row(statement: Statement, version: str, problems: list[Problem]) -> StatementRow:
    """Return an extracted statement as a row; one without a day cannot be kept."""
    where = f"statement {statement.start}-{statement.end}"
    quantity = statement.quantity
    if statement.due_on is None:
        problems.append(Problem(where, "due_on", "is not known: give the report its year"))
    return StatementRow(
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
