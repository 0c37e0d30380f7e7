"""What commitments and achievements can be narrowed by."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, TypeAlias

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from projects import answers, expressions
from projects.choices import (
    CORE_LIVELIHOOD,
    Answer,
    Category,
    Change,
    Comparator,
    DelayReason,
    DueBasis,
    DueState,
    Light,
    Milestone,
    OverdueBasis,
    ResponsibilityRole,
    Status,
)
from projects.filters.filters import (
    CodeFilter,
    CodesFilter,
    DayFilter,
    FlagFilter,
    JurisdictionFilter,
    NumberFilter,
    NumberKeyFilter,
    ProjectFilter,
    ReportFilter,
    TextFilter,
    UpdatedSinceFilter,
    WholeFilter,
    YearFilter,
    YearsFilter,
    department_rows,
)
from projects.filters.filterset import Ranges, StrictFilterSet
from projects.filters.search import filter_name, filter_search
from projects.models import Achievement, Commitment, Project, Responsibility
from projects.querysets import code_prefix, due_state_q, overdue_q

Rows: TypeAlias = "QuerySet[Any]"


class PlaceFilterSet(StrictFilterSet):
    """Narrowing by government, for every list whose rows belong to one."""

    jurisdiction = JurisdictionFilter(
        label=_("政府的行政区划代码（GB/T 2260）"), example="500112", method="filter_jurisdiction"
    )
    descendants = FlagFilter(
        label=_("连同该政府的所有下级；须与 jurisdiction 同用"), example="true", method="filter_nothing"
    )

    needs: ClassVar[Mapping[str, str]] = {"descendants": "jurisdiction"}

    def filter_jurisdiction(self, rows: Rows, _name: str, code: str) -> Rows:
        """Keep the government's rows, or those of all below it: one range of codes."""
        if not self.cleaned.get("descendants"):
            return rows.filter(jurisdiction=code)
        prefix = code_prefix(code)
        return rows.filter(jurisdiction__gte=prefix.ljust(6, "0"), jurisdiction__lte=prefix.ljust(6, "9"))

    def filter_nothing(self, rows: Rows, _name: str, _value: object) -> Rows:
        """Keep all rows: the parameter speaks through another one."""
        return rows


class StatementFilterSet(PlaceFilterSet):
    """What both kinds of statements can be narrowed by."""

    category = CodesFilter(choices=Category.choices, label=_("类别；可给多个，重复或用逗号分隔"), example="education")
    core_livelihood = FlagFilter(
        label=_("是否属于教育、医疗卫生、交通、住房四类"), example="true", method="filter_core_livelihood"
    )
    milestone = CodesFilter(choices=Milestone.choices, label=_("节点；可给多个"), example="complete")
    year = YearsFilter(label=_("报告年度；可给多个，重复或用逗号分隔"), example="2021")
    year_min = YearFilter("year", "gte", label=_("报告年度，不早于"), example="2021")
    year_max = YearFilter("year", "lte", label=_("报告年度，不晚于"), example="2025")
    report = ReportFilter(label=_("报告：行政区划代码-年度"), example="500112-2021", method="filter_report")
    project = ProjectFilter(label=_("项目的网址标识"), example="second-hospital-extension", method="filter_project")
    quantified = FlagFilter(label=_("是否含有数量"), example="true", method="filter_quantified")
    unit = TextFilter(max_length=20, label=_("单位，与原文一致"), example="公里")
    comparator = CodesFilter(choices=Comparator.choices, label=_("比较；可给多个"), example="gte")
    quantity_min = NumberFilter("quantity", "gte", label=_("数量，不小于"), example="10")
    quantity_max = NumberFilter("quantity", "lte", label=_("数量，不大于"), example="1000")
    name = TextFilter(max_length=120, label=_("所提到的专名，须完整"), example="中央公园", method="filter_name")
    q = TextFilter(
        max_length=100,
        label=_("搜索标题、原文和专名；中文从一个字起，英文按词；空格分隔的各词都须出现"),
        example="学校",
        method="filter_search",
    )
    updated_since = UpdatedSinceFilter()

    ranges: ClassVar[Ranges] = (("year_min", "year_max"), ("quantity_min", "quantity_max"))

    def filter_core_livelihood(self, rows: Rows, _name: str, value: bool) -> Rows:
        """Keep the four groups that people ask about first, or all others."""
        core = Q(category__in=sorted(CORE_LIVELIHOOD))
        return rows.filter(core if value else ~core)

    def filter_report(self, rows: Rows, _name: str, key: str) -> Rows:
        """Keep a report's statements, by the copies of its government and year."""
        code, _dash, year = key.partition("-")
        return rows.filter(jurisdiction=code, year=int(year))

    def filter_project(self, rows: Rows, _name: str, slug: str) -> Rows:
        """Keep a public project's statements."""
        return rows.filter(project=Project.objects.published().filter(slug=slug).order_by().values("pk")[:1])

    def filter_quantified(self, rows: Rows, _name: str, value: bool) -> Rows:
        """Keep statements with a figure, or those without."""
        return rows.filter(quantity__isnull=not value)

    def filter_name(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep statements with exactly this proper name."""
        return filter_name(rows, value)

    def filter_search(self, rows: Rows, _name: str, text: str) -> Rows:
        """Keep statements that say it."""
        return filter_search(rows, text)


class CommitmentFilterSet(StatementFilterSet):
    """The parameters of every list, count, feed and export of commitments."""

    due_year = YearsFilter("due_on", label=_("到期年份；可给多个"), example="2025", method="filter_due_year")
    due_after = DayFilter("due_on", "gte", label=_("在此日或以后到期"), example="2025-01-01")
    due_before = DayFilter("due_on", "lte", label=_("在此日或以前到期"), example="2025-12-31")
    due_basis = CodeFilter(choices=DueBasis.choices, label=_("到期日依据"), example="stated")
    status = CodesFilter(choices=Status.choices, label=_("状态；可给多个"), example="completed")
    due_state = CodesFilter(
        choices=DueState.choices,
        label=_("在 as_of 之日（默认今天）的兑现状态；可给多个"),
        example="not_kept",
        method="filter_due_state",
    )
    overdue = FlagFilter(label=_("在 as_of 之日（默认今天）是否逾期"), example="true", method="filter_overdue")
    overdue_basis = CodeFilter(
        choices=OverdueBasis.choices,
        label=_("逾期的依据：evidence 为有到期日或以后的证据，none 为没有，尚待核实"),
        example="evidence",
        method="filter_overdue_basis",
    )
    days_overdue_min = WholeFilter(
        min_value=1,
        max_value=36_500,
        label=_("逾期，且到期日已过至少这么多天"),
        example="365",
        method="filter_days_overdue",
    )
    light = CodesFilter(
        choices=Light.choices, label=_("序时进度的灯色；可给多个"), example="red", method="filter_light"
    )
    delay_reason = CodesFilter(
        choices=DelayReason.choices, label=_("延误原因；可给多个"), example="land", method="filter_delay_reason"
    )
    answer = CodesFilter(
        choices=Answer.choices,
        label=_("后来的报告怎么说，须有人看完；可给多个。silent 只说报告里没有，不是没有做到"),
        example="silent",
        method="filter_answer",
    )
    change = CodesFilter(
        choices=Change.choices,
        label=_("最近一次再次提出时的变化；可给多个"),
        example="softened",
        method="filter_change",
    )
    slipped_min = WholeFilter(
        min_value=1, max_value=100, label=_("因再次提出而推迟至少这么多年"), example="1", method="filter_slipped"
    )
    department = NumberKeyFilter(
        rows=department_rows, label=_("责任部门的编号"), example="1", method="filter_department"
    )
    role = CodeFilter(
        choices=ResponsibilityRole.choices,
        label=_("部门的角色；须与 department 同用"),
        example="lead",
        method="filter_nothing",
    )

    needs = {**StatementFilterSet.needs, "role": "department"}
    ranges = (*StatementFilterSet.ranges, ("due_after", "due_before"))

    tallied = frozenset(
        {
            *("category", "core_livelihood", "year", "year_min", "year_max", "status", "due_state", "overdue"),
            *("overdue_basis", "days_overdue_min", "due_year", "due_after", "due_before", "due_basis"),
        }
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def filter_due_year(self, rows: Rows, _name: str, years: list[int]) -> Rows:
        """Keep what is due in one of the years."""
        due = Q()
        for year in years:
            due |= Q(due_on__range=(date(year, 1, 1), date(year, 12, 31)))
        return rows.filter(due)

    def filter_overdue(self, rows: Rows, _name: str, value: bool) -> Rows:
        """Keep what is overdue on the day, or what is not."""
        return rows.filter(overdue_q(self.on) if value else ~overdue_q(self.on))

    def filter_due_state(self, rows: Rows, _name: str, states: list[str]) -> Rows:
        """Keep what has one of the states on the day."""
        wanted = Q()
        for state in states:
            wanted |= due_state_q(DueState(state), self.on)
        return rows.filter(wanted)

    def filter_overdue_basis(self, rows: Rows, _name: str, basis: str) -> Rows:
        """Keep what is overdue on the day by evidence, or with nothing on file."""
        return rows.filter(overdue_q(self.on, basis=basis))

    def filter_days_overdue(self, rows: Rows, _name: str, days: int) -> Rows:
        """Keep what is overdue and so many days past its due date."""
        return rows.filter(overdue_q(self.on), due_on__lte=self.on - timedelta(days=days))

    def filter_delay_reason(self, rows: Rows, _name: str, reasons: list[str]) -> Rows:
        """Keep what is delayed for one of the reasons; an index holds those that have any."""
        has_reason = RawSQL(f"NOT \"{rows.model._meta.db_table}\".delay_reason = ''", [], BooleanField())
        return rows.filter(has_reason, delay_reason__in=reasons)

    def filter_light(self, rows: Rows, _name: str, lights: list[str]) -> Rows:
        """Keep commitments whose light is one of these."""
        kept: Rows = rows.alias(_light=expressions.light()).filter(_light__in=lights)
        return kept

    def filter_answer(self, rows: Rows, _name: str, codes: list[str]) -> Rows:
        """Keep commitments of which the later reports make one of these."""
        kept: Rows = rows.alias(_answer=answers.answer(self.on)).filter(_answer__in=codes)
        return kept

    def filter_change(self, rows: Rows, _name: str, codes: list[str]) -> Rows:
        """Keep commitments that were last made again with one of these changes."""
        kept: Rows = rows.alias(_change=answers.change(self.on)).filter(_change__in=codes)
        return kept

    def filter_slipped(self, rows: Rows, _name: str, years: int) -> Rows:
        """Keep commitments that were put off by at least so many years."""
        kept: Rows = rows.alias(_slipped=answers.years_slipped(self.on)).filter(_slipped__gte=years)
        return kept

    def filter_department(self, rows: Rows, _name: str, number: int) -> Rows:
        """Keep what a department has to deliver, in the given role or any."""
        parts = Responsibility.objects.filter(department=number)
        role = self.cleaned.get("role")
        return rows.filter(pk__in=(parts.filter(role=role) if role else parts).values("commitment"))


class AchievementFilterSet(StatementFilterSet):
    """The parameters of every list of achievements."""

    period_after = DayFilter("period_end", "gte", label=_("所报期末不早于"), example="2024-01-01")
    period_before = DayFilter("period_end", "lte", label=_("所报期末不晚于"), example="2024-12-31")

    ranges = (*StatementFilterSet.ranges, ("period_after", "period_before"))

    class Meta:
        model = Achievement
        fields: list[str] = []
