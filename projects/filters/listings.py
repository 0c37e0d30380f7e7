"""The lists that API, pages, feeds and exports share."""

from projects.asof import within_known_years
from projects.filters.asked import Listing
from projects.filters.commitments import AchievementFilters, CommitmentFilters
from projects.filters.others import (
    DepartmentFilters,
    EvidenceFilters,
    JurisdictionFilters,
    ProjectFilters,
    ReportFilters,
    RestatementFilters,
    SourceFilters,
    StatusChangeFilters,
)
from projects.models import (
    Achievement,
    Commitment,
    Department,
    Evidence,
    Jurisdiction,
    Project,
    Report,
    Restatement,
    Source,
    StatusChange,
)

_STATEMENT_ORDERS = {"id": "id", "year": "year", "jurisdiction": "jurisdiction", "updated_at": "updated_at"}

COMMITMENTS = Listing(
    rows=Commitment.objects.published,
    filterset=CommitmentFilters,
    orders={**_STATEMENT_ORDERS, "due_on": "due_on"},
    usual="-id",
    preferred=(
        ("updated_since", "updated_at"),
        ("year_min", "-year"),
        ("overdue", "due_on"),
        ("overdue_basis", "due_on"),
        ("due_state", "due_on"),
        ("days_overdue_min", "due_on"),
        ("due_year", "due_on"),
        ("due_after", "due_on"),
        ("due_before", "due_on"),
        ("descendants", "jurisdiction"),
        ("year_max", "-year"),
        ("as_of", "-year"),
    ),
    dated=True,
    tally=True,
    bound=within_known_years,
)
ACHIEVEMENTS = Listing(
    rows=Achievement.objects.published,
    filterset=AchievementFilters,
    orders={**_STATEMENT_ORDERS, "period_end": "period_end"},
    usual="-id",
    preferred=(
        ("updated_since", "updated_at"),
        ("descendants", "jurisdiction"),
        ("year_min", "-year"),
        ("year_max", "-year"),
        ("as_of", "-year"),
    ),
    dated=True,
    bound=within_known_years,
)
PROJECTS = Listing(
    rows=Project.objects.published,
    filterset=ProjectFilters,
    orders={"name": "pinyin", "updated_at": "updated_at"},
    usual="name",
    preferred=(("updated_since", "updated_at"),),
)
REPORTS = Listing(
    rows=Report.objects.published,
    filterset=ReportFilters,
    orders={"year": "year", "updated_at": "updated_at"},
    usual="-year",
    preferred=(("updated_since", "updated_at"),),
    dated=True,
)
JURISDICTIONS = Listing(
    rows=Jurisdiction.objects.published,
    filterset=JurisdictionFilters,
    orders={"code": "code", "name": "pinyin"},
    usual="code",
    key="code",
)
DEPARTMENTS = Listing(
    rows=Department.objects.published,
    filterset=DepartmentFilters,
    orders={"name": "pinyin"},
    usual="name",
)
EVIDENCE = Listing(
    rows=Evidence.objects.published,
    filterset=EvidenceFilters,
    orders={"id": "id", "as_of": "as_of", "updated_at": "updated_at"},
    usual="-id",
    preferred=(("updated_since", "updated_at"),),
    dated=True,
)
SOURCES = Listing(
    rows=Source.objects.published,
    filterset=SourceFilters,
    orders={"id": "id", "updated_at": "updated_at"},
    usual="-id",
    preferred=(("updated_since", "updated_at"),),
)
STATUS_CHANGES = Listing(
    rows=StatusChange.objects.published,
    filterset=StatusChangeFilters,
    orders={"id": "id", "effective_on": "effective_on"},
    usual="-id",
    dated=True,
)
RESTATEMENTS = Listing(
    rows=Restatement.objects.published,
    filterset=RestatementFilters,
    orders={"id": "id"},
    usual="-id",
    dated=True,
)
