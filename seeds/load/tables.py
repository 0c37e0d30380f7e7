"""The tables of the domain as a load sees them."""

from projects.choices import Origin, ReportState, ReviewState, Status, Verification
from seeds.load.upsert_sql import Table

JURISDICTIONS = Table(
    name="projects_jurisdiction",
    pk="code",
    key=("code",),
    columns=("name", "name_en", "pinyin", "level", "parent_id", "valid_from", "valid_until"),
)
DEPARTMENTS = Table(
    name="projects_department",
    key=("jurisdiction_id", "name"),
    columns=("name_en", "pinyin"),
)
REPORTS = Table(
    name="projects_report",
    key=("sha256",),
    fixed=("text",),
    columns=(
        *("jurisdiction_id", "year", "title", "title_en", "delivered_on", "session", "session_en"),
        *("document_number", "publisher", "publisher_en", "source_url", "outline", "state"),
    ),
    state="state",
    gone=ReportState.WITHDRAWN.value,
)
PROJECTS = Table(
    name="projects_project",
    key=("slug",),
    columns=("jurisdiction_id", "name", "name_en", "pinyin", "aliases", "category", "review_state"),
    state="review_state",
    gone=ReviewState.WITHDRAWN.value,
)
SOURCES = Table(
    name="projects_source",
    key=("slug",),
    columns=(
        *("kind", "jurisdiction_id", "title", "title_en", "publisher", "publisher_en", "url", "original_url"),
        *("address_doubt", "address_doubt_en", "document_number", "published_on", "retrieved_on", "report_id"),
        *("indicators_total", "indicators_met", "tasks_total", "tasks_done", "tasks_partly", "is_public"),
        *("note", "note_en"),
    ),
    constants=(("file", ""), ("file_sha256", "")),
)
SUCCESSIONS = Table(
    name="projects_succession",
    key=("predecessor_id", "on", "successor_id", "successor_name"),
    columns=("successor_name_en", "scope", "scope_en", "source_id"),
    nullable=("successor_id",),
)
_EVIDENCE_COLUMNS = (
    *("quote", "place", "item_number", "official_word", "verdict", "as_of", "happened_on", "happened_precision"),
    *("reported_value", "coverage", "value_from", "bound", "is_forecast", "delay_reason", "announced_on"),
    *("confidence", "review_state", "note", "note_en"),
)


def evidence_table(origin: str) -> Table:
    """Return the table of evidence that rests on achievements or on sources, as ``origin`` names its column."""
    return Table(
        name="projects_evidence",
        key=("commitment_id", origin),
        columns=_EVIDENCE_COLUMNS,
        # A trigger says who speaks.
        constants=(("source_kind", ""),),
        state="review_state",
        gone=Verification.REJECTED.value,
        staging=f"evidence_by_{origin}",
    )


RESTATEMENTS = Table(
    name="projects_restatement",
    key=("earlier_id", "later_id"),
    columns=("phase", "confidence", "review_state", "note", "note_en"),
    state="review_state",
    gone=Verification.REJECTED.value,
)

# A statement's own columns; a commitment and an achievement each add the day.
_FIXED = ("jurisdiction_id", "year", "report_state", "quote")
_COLUMNS = (
    *("section", "title", "title_en", "category", "milestone", "quantity", "unit", "comparator", "names"),
    *("project_id", "review_state", "origin", "confidence", "rules", "extractor_version"),
)
_NEW_COMMITMENT = (("status", Status.NOT_ASSESSED.value), ("delay_reason", ""), ("delay_note", ""))

# What a new reading of a report may change: rows that a reading found and that nobody has decided on since.
_UNREVIEWED = "t.origin = 'extracted' AND t.review_state = t.seeded ->> 'review_state'"


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
