"""The tables of the domain as a load sees them."""

from projects.choices import Origin, ReportState, ReviewState, Status, Verification
from seeds.load.upsert_sql import Table

JURISDICTIONS = Table(
    name="projects_jurisdiction",
    pk="code",
    key=("code",),
    columns=("name", "name_en", "pinyin", "level", "parent_id"),
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
EVIDENCE = Table(
    name="projects_evidence",
    key=("commitment_id", "achievement_id"),
    columns=(*("verdict", "as_of", "reported_value", "confidence", "review_state", "source_kind", "note", "note_en"),),
    constants=(("url", ""), ("file", ""), ("publisher", "")),
    state="review_state",
    gone=Verification.REJECTED.value,
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
