"""What the smaller lists can be narrowed by."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Category, DelayReason, Level, RestatementPhase, SourceKind, Speaker, Status
from projects.filters.fields import CodeField, CodesField, DayField, MomentField, TextField
from projects.filters.keys import achievement_field, commitment_field, jurisdiction_field, report_field, source_field
from projects.filters.statements import PlaceFilters, Rows, year_field
from projects.filters.strict import Parameter, StrictFilterSet
from projects.models import Department, Evidence, Jurisdiction, Project, Report, Restatement, Source, StatusChange
from projects.querysets import code_prefix


class ProjectFilters(PlaceFilters):
    """The parameters of the list of projects."""

    category = Parameter(
        CodesField(choices=Category.choices),
        _("类别；可给多个，重复或用逗号分隔"),
        example="education",
        column="category",
        lookup_expr="in",
    )
    q = Parameter(TextField(max_length=100), _("名称或别名中的字词"), example="医院", keep="called")
    updated_since = Parameter(
        MomentField(),
        _("此刻以来有更新：日期，或带时区的时刻"),
        example="2025-01-31",
        column="updated_at",
        lookup_expr="gte",
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def called(self, rows: Rows, text: str) -> Rows:
        """Keep projects whose names or aliases hold every word."""
        for word in text.split():
            rows = rows.filter(Q(name__icontains=word) | Q(name_en__icontains=word) | Q(aliases__icontains=word))
        return rows


class ReportFilters(PlaceFilters):
    """The parameters of the list of reports."""

    year = Parameter(year_field(), _("报告年度"), example="2021", column="year")
    year_min = Parameter(year_field(), _("报告年度，不早于"), example="2021", column="year", lookup_expr="gte")
    year_max = Parameter(year_field(), _("报告年度，不晚于"), example="2025", column="year", lookup_expr="lte")
    updated_since = Parameter(
        MomentField(),
        _("此刻以来有更新：日期，或带时区的时刻"),
        example="2025-01-31",
        column="updated_at",
        lookup_expr="gte",
    )

    ranges = (("year_min", "year_max"),)

    class Meta:
        model = Report
        fields: list[str] = []


class JurisdictionFilters(StrictFilterSet):
    """The parameters of the list of governments."""

    level = Parameter(
        CodesField(choices=Level.choices), _("层级；可给多个"), example="county", column="level", lookup_expr="in"
    )
    parent = Parameter(jurisdiction_field(), _("直接上级的行政区划代码"), example="500000", column="parent")
    below = Parameter(jurisdiction_field(), _("该政府及其所有下级"), example="500000", keep="under")
    q = Parameter(TextField(max_length=60), _("名称中的字词，或代码的开头"), example="渝北", keep="called")

    class Meta:
        model = Jurisdiction
        fields: list[str] = []

    def under(self, rows: Rows, code: str) -> Rows:
        """Keep the government and all below it."""
        return rows.filter(code__startswith=code_prefix(code))

    def called(self, rows: Rows, text: str) -> Rows:
        """Keep governments whose name holds the words or whose code begins with them."""
        return rows.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__startswith=text))


class DepartmentFilters(PlaceFilters):
    """The parameters of the list of departments."""

    q = Parameter(TextField(max_length=80), _("名称中的字词"), example="教育", keep="called")

    class Meta:
        model = Department
        fields: list[str] = []

    def called(self, rows: Rows, text: str) -> Rows:
        """Keep departments whose name holds the words."""
        return rows.filter(Q(name__icontains=text) | Q(name_en__icontains=text))


class EvidenceFilters(StrictFilterSet):
    """The parameters of the list of evidence."""

    commitment = Parameter(commitment_field(), _("承诺的编号"), example="1", column="commitment")
    achievement = Parameter(achievement_field(), _("所依据的成绩的编号"), example="219", column="achievement")
    source = Parameter(source_field(), _("来源的编号"), example="1", column="source")
    speaker = Parameter(
        CodesField(choices=Speaker.choices),
        _("谁说的；可给多个"),
        example="independent",
        column="speaker",
        lookup_expr="in",
    )
    delay_reason = Parameter(
        CodesField(choices=DelayReason.choices),
        _("来源所说的延误原因；可给多个"),
        example="approval",
        column="delay_reason",
        lookup_expr="in",
    )
    verdict = Parameter(
        CodesField(choices=[choice for choice in Status.choices if choice[0] != Status.NOT_ASSESSED]),
        _("所示状态；可给多个"),
        example="completed",
        column="verdict",
        lookup_expr="in",
    )
    updated_since = Parameter(
        MomentField(),
        _("此刻以来有更新：日期，或带时区的时刻"),
        example="2025-01-31",
        column="updated_at",
        lookup_expr="gte",
    )

    class Meta:
        model = Evidence
        fields: list[str] = []


class SourceFilters(PlaceFilters):
    """The parameters of the list of sources."""

    kind = Parameter(
        CodesField(choices=SourceKind.choices),
        _("种类；可给多个"),
        example="outcome_notice",
        column="kind",
        lookup_expr="in",
    )
    report = Parameter(report_field(), _("所说的报告：行政区划代码-年度"), example="500112-2021", keep="about_report")
    q = Parameter(TextField(max_length=100), _("标题、发布者或发文字号中的字词"), example="完成情况", keep="saying")
    updated_since = Parameter(
        MomentField(),
        _("此刻以来有更新：日期，或带时区的时刻"),
        example="2025-01-31",
        column="updated_at",
        lookup_expr="gte",
    )

    class Meta:
        model = Source
        fields: list[str] = []

    def about_report(self, rows: Rows, key: str) -> Rows:
        """Keep those about a public report."""
        code, _dash, year = key.partition("-")
        return rows.filter(report__in=Report.objects.published().filter(jurisdiction=code, year=int(year)).values("pk"))

    def saying(self, rows: Rows, text: str) -> Rows:
        """Keep those whose title, publisher or number holds every word."""
        names = ("title", "title_en", "publisher", "publisher_en", "document_number")
        for word in text.split():
            told = Q()
            for name in names:
                told |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(told)
        return rows


class StatusChangeFilters(StrictFilterSet):
    """The parameters of the list of status changes."""

    commitment = Parameter(commitment_field(), _("承诺的编号"), example="1", column="commitment")
    from_status = Parameter(
        CodesField(choices=Status.choices),
        _("原状态；可给多个"),
        example="in_progress",
        column="from_status",
        lookup_expr="in",
    )
    to_status = Parameter(
        CodesField(choices=Status.choices),
        _("新状态；可给多个"),
        example="completed",
        column="to_status",
        lookup_expr="in",
    )
    effective_after = Parameter(
        DayField(), _("在此日或以后生效"), example="2024-01-01", column="effective_on", lookup_expr="gte"
    )
    effective_before = Parameter(
        DayField(), _("在此日或以前生效"), example="2024-12-31", column="effective_on", lookup_expr="lte"
    )

    ranges = (("effective_after", "effective_before"),)

    class Meta:
        model = StatusChange
        fields: list[str] = []


class RestatementFilters(StrictFilterSet):
    """The parameters of the list of promises made again."""

    earlier = Parameter(commitment_field(), _("较早承诺的编号"), example="1", column="earlier")
    later = Parameter(commitment_field(), _("较晚承诺的编号"), example="2", column="later")
    phase = Parameter(CodeField(choices=RestatementPhase.choices), _("关系"), example="next", column="phase")

    class Meta:
        model = Restatement
        fields: list[str] = []
