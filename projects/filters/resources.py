"""The lists that API, pages, feeds and exports share, and what the smaller ones can be narrowed by."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.as_of import within_known_years
from projects.choices import Category, DelayReason, Level, RestatementPhase, SourceKind, Speaker, Status, Verification
from projects.filters.filters import (
    CodeFilter,
    CodesFilter,
    DayFilter,
    JurisdictionFilter,
    NumberKeyFilter,
    ReportFilter,
    TextFilter,
    UpdatedSinceFilter,
    YearFilter,
    YearsFilter,
    achievement_rows,
    commitment_rows,
    source_rows,
)
from projects.filters.filterset import StrictFilterSet
from projects.filters.list_query import ListDefinition, NoFilterSet
from projects.filters.statement_filters import AchievementFilterSet, CommitmentFilterSet, PlaceFilterSet, Rows
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
from projects.querysets import code_prefix


def _with_words(rows: Rows, text: str, *columns: str) -> Rows:
    """Keep rows of which every word of the text stands in one of the columns."""
    for word in text.split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    return rows


class ProjectFilterSet(PlaceFilterSet):
    """The parameters of the list of projects."""

    category = CodesFilter(choices=Category.choices, label=_("类别；可给多个，重复或用逗号分隔"), example="education")
    q = TextFilter(max_length=100, label=_("名称或别名中的字词"), example="医院", method="filter_search")
    updated_since = UpdatedSinceFilter()

    class Meta:
        model = Project
        fields: list[str] = []

    def filter_search(self, rows: Rows, _name: str, text: str) -> Rows:
        """Keep projects whose names or aliases hold every word."""
        return _with_words(rows, text, "name", "name_en", "aliases")


class ReportFilterSet(PlaceFilterSet):
    """The parameters of the list of reports."""

    year = YearsFilter(label=_("报告年度；可给多个，重复或用逗号分隔"), example="2021")
    year_min = YearFilter("year", "gte", label=_("报告年度，不早于"), example="2021")
    year_max = YearFilter("year", "lte", label=_("报告年度，不晚于"), example="2025")
    updated_since = UpdatedSinceFilter()

    ranges = (("year_min", "year_max"),)

    class Meta:
        model = Report
        fields: list[str] = []


class JurisdictionFilterSet(StrictFilterSet):
    """The parameters of the list of governments."""

    level = CodesFilter(choices=Level.choices, label=_("层级；可给多个"), example="county")
    parent = JurisdictionFilter(label=_("直接上级的行政区划代码"), example="500000")
    below = JurisdictionFilter(label=_("该政府及其所有下级"), example="500000", method="filter_below")
    q = TextFilter(max_length=60, label=_("名称中的字词，或代码的开头"), example="渝北", method="filter_search")

    class Meta:
        model = Jurisdiction
        fields: list[str] = []

    def filter_below(self, rows: Rows, _name: str, code: str) -> Rows:
        """Keep the government and all below it."""
        return rows.filter(code__startswith=code_prefix(code))

    def filter_search(self, rows: Rows, _name: str, text: str) -> Rows:
        """Keep governments whose name holds the words or whose code begins with them."""
        return rows.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__startswith=text))


class DepartmentFilterSet(PlaceFilterSet):
    """The parameters of the list of departments."""

    q = TextFilter(max_length=80, label=_("名称中的字词"), example="教育", method="filter_search")

    class Meta:
        model = Department
        fields: list[str] = []

    def filter_search(self, rows: Rows, _name: str, text: str) -> Rows:
        """Keep departments whose name holds the words, or one of whose other names is just these."""
        return rows.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(aliases__contains=[text]))


class EvidenceFilterSet(StrictFilterSet):
    """The parameters of the list of evidence."""

    commitment = NumberKeyFilter(rows=commitment_rows, label=_("承诺的编号"), example="1")
    achievement = NumberKeyFilter(rows=achievement_rows, label=_("所依据的成绩的编号"), example="219")
    source = NumberKeyFilter(rows=source_rows, label=_("来源的编号"), example="1")
    speaker = CodesFilter(choices=Speaker.choices, label=_("谁说的；可给多个"), example="independent")
    delay_reason = CodesFilter(choices=DelayReason.choices, label=_("来源所说的延误原因；可给多个"), example="approval")
    verdict = CodesFilter(
        choices=[choice for choice in Status.choices if choice[0] != Status.NOT_ASSESSED],
        label=_("所示状态；可给多个"),
        example="completed",
    )
    updated_since = UpdatedSinceFilter()

    class Meta:
        model = Evidence
        fields: list[str] = []


class ProposalFilterSet(StrictFilterSet):
    """The parameters of the list of a token's own proposals."""

    state = CodesFilter("review_state", choices=Verification.choices, label=_("状态；可给多个"), example="proposed")
    commitment = NumberKeyFilter(rows=commitment_rows, label=_("承诺的编号"), example="1")

    class Meta:
        model = Evidence
        fields: list[str] = []


class SourceFilterSet(PlaceFilterSet):
    """The parameters of the list of sources."""

    kind = CodesFilter(choices=SourceKind.choices, label=_("种类；可给多个"), example="outcome_notice")
    report = ReportFilter(label=_("所说的报告：行政区划代码-年度"), example="500112-2021", method="filter_report")
    q = TextFilter(
        max_length=100, label=_("标题、发布者或发文字号中的字词"), example="完成情况", method="filter_search"
    )
    updated_since = UpdatedSinceFilter()

    class Meta:
        model = Source
        fields: list[str] = []

    def filter_report(self, rows: Rows, _name: str, key: str) -> Rows:
        """Keep those about a public report."""
        code, _dash, year = key.partition("-")
        return rows.filter(report__in=Report.objects.published().filter(jurisdiction=code, year=int(year)).values("pk"))

    def filter_search(self, rows: Rows, _name: str, text: str) -> Rows:
        """Keep those whose title, publisher or number holds every word."""
        return _with_words(rows, text, "title", "title_en", "publisher", "publisher_en", "document_number")


class StatusChangeFilterSet(StrictFilterSet):
    """The parameters of the list of status changes."""

    commitment = NumberKeyFilter(rows=commitment_rows, label=_("承诺的编号"), example="1")
    from_status = CodesFilter(choices=Status.choices, label=_("原状态；可给多个"), example="in_progress")
    to_status = CodesFilter(choices=Status.choices, label=_("新状态；可给多个"), example="completed")
    effective_after = DayFilter("effective_on", "gte", label=_("在此日或以后生效"), example="2024-01-01")
    effective_before = DayFilter("effective_on", "lte", label=_("在此日或以前生效"), example="2024-12-31")

    ranges = (("effective_after", "effective_before"),)

    class Meta:
        model = StatusChange
        fields: list[str] = []


class RestatementFilterSet(StrictFilterSet):
    """The parameters of the list of promises made again."""

    earlier = NumberKeyFilter(rows=commitment_rows, label=_("较早承诺的编号"), example="1")
    later = NumberKeyFilter(rows=commitment_rows, label=_("较晚承诺的编号"), example="2")
    phase = CodeFilter(choices=RestatementPhase.choices, label=_("关系"), example="next")

    class Meta:
        model = Restatement
        fields: list[str] = []


_STATEMENT_ORDERINGS = {
    "id": "id",
    "year": "year",
    "jurisdiction": "jurisdiction",
    "updated_at": "updated_at",
    "quantity": "quantity",
}
# Quantities compare within a unit; an overdue row alone has days.
_STATEMENT_ORDERING_NEEDS = {"quantity": ("unit",)}
_BY_UPDATE = ("updated_since", "updated_at")

COMMITMENTS = ListDefinition(
    queryset=Commitment.objects.published,
    filterset_class=CommitmentFilterSet,
    orderings={**_STATEMENT_ORDERINGS, "due_on": "due_on", "days_overdue": "-due_on"},
    ordering_needs={**_STATEMENT_ORDERING_NEEDS, "days_overdue": ("overdue", "overdue_basis", "days_overdue_min")},
    default_ordering="-id",
    ordering_by_filter=(
        _BY_UPDATE,
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
    supports_as_of=True,
    has_tally=True,
    as_of_hint=within_known_years,
)
ACHIEVEMENTS = ListDefinition(
    queryset=Achievement.objects.published,
    filterset_class=AchievementFilterSet,
    orderings={**_STATEMENT_ORDERINGS, "period_end": "period_end"},
    ordering_needs=_STATEMENT_ORDERING_NEEDS,
    default_ordering="-id",
    ordering_by_filter=(
        _BY_UPDATE,
        ("descendants", "jurisdiction"),
        ("year_min", "-year"),
        ("year_max", "-year"),
        ("as_of", "-year"),
    ),
    supports_as_of=True,
    as_of_hint=within_known_years,
)
PROJECTS = ListDefinition(
    queryset=Project.objects.published,
    filterset_class=ProjectFilterSet,
    orderings={"name": "pinyin", "updated_at": "updated_at"},
    default_ordering="name",
    ordering_by_filter=(_BY_UPDATE,),
)
REPORTS = ListDefinition(
    queryset=Report.objects.published,
    filterset_class=ReportFilterSet,
    orderings={"year": "year", "updated_at": "updated_at"},
    default_ordering="-year",
    ordering_by_filter=(_BY_UPDATE,),
    supports_as_of=True,
)
JURISDICTIONS = ListDefinition(
    queryset=Jurisdiction.objects.published,
    filterset_class=JurisdictionFilterSet,
    orderings={"code": "code", "name": "pinyin"},
    default_ordering="code",
    key="code",
)
DEPARTMENTS = ListDefinition(
    queryset=Department.objects.published,
    filterset_class=DepartmentFilterSet,
    orderings={"name": "pinyin"},
    default_ordering="name",
)
EVIDENCE = ListDefinition(
    queryset=Evidence.objects.published,
    filterset_class=EvidenceFilterSet,
    orderings={"id": "id", "as_of": "as_of", "updated_at": "updated_at"},
    default_ordering="-id",
    ordering_by_filter=(_BY_UPDATE,),
    supports_as_of=True,
)
# Of all tokens: who asks sees those of one.
PROPOSALS = ListDefinition(
    queryset=Evidence.objects.all, filterset_class=ProposalFilterSet, orderings={"id": "id"}, default_ordering="-id"
)
SOURCES = ListDefinition(
    queryset=Source.objects.published,
    filterset_class=SourceFilterSet,
    orderings={"id": "id", "updated_at": "updated_at"},
    default_ordering="-id",
    ordering_by_filter=(_BY_UPDATE,),
)
STATUS_CHANGES = ListDefinition(
    queryset=StatusChange.objects.published,
    filterset_class=StatusChangeFilterSet,
    orderings={"id": "id", "effective_on": "effective_on"},
    default_ordering="-id",
    supports_as_of=True,
)
# The transitions of one commitment's status, the latest first.
HISTORY = replace(STATUS_CHANGES, filterset_class=NoFilterSet, default_ordering="-effective_on")
RESTATEMENTS = ListDefinition(
    queryset=Restatement.objects.published,
    filterset_class=RestatementFilterSet,
    orderings={"id": "id"},
    default_ordering="-id",
    supports_as_of=True,
)
