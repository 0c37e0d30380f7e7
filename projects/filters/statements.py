"""What commitments and achievements can be narrowed by."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from projects.choices import (
    CORE_LIVELIHOOD,
    Category,
    Comparator,
    Milestone,
)
from projects.filters.fields import (
    CodesField,
    FlagField,
    MomentField,
    NumberField,
    TextField,
    WholeField,
)
from projects.filters.keys import jurisdiction_field, project_field, report_field
from projects.filters.search import naming, saying
from projects.filters.strict import Parameter, Ranges, StrictFilterSet
from projects.models import Project
from projects.models.report import FIRST_YEAR, LAST_YEAR
from projects.querysets import code_prefix

Rows: TypeAlias = "QuerySet[Any]"


def year_field() -> WholeField:
    """Return the field for a year of a report."""
    return WholeField(min_value=FIRST_YEAR, max_value=LAST_YEAR)


class PlaceFilters(StrictFilterSet):
    """Narrowing by government, for every list whose rows belong to one."""

    jurisdiction = Parameter(
        jurisdiction_field(), _("政府的行政区划代码（GB/T 2260）"), example="500112", keep="of_jurisdiction"
    )
    descendants = Parameter(
        FlagField(), _("连同该政府的所有下级；须与 jurisdiction 同用"), example="true", keep="unchanged"
    )

    needs: ClassVar[Mapping[str, str]] = {"descendants": "jurisdiction"}

    def of_jurisdiction(self, rows: Rows, code: str) -> Rows:
        """Keep the government's rows, or those of all below it: one range of codes."""
        if not self.cleaned.get("descendants"):
            return rows.filter(jurisdiction=code)
        prefix = code_prefix(code)
        return rows.filter(jurisdiction__gte=prefix.ljust(6, "0"), jurisdiction__lte=prefix.ljust(6, "9"))

    def unchanged(self, rows: Rows, _value: object) -> Rows:
        """Keep all rows: the parameter speaks through another one."""
        return rows


class StatementFilters(PlaceFilters):
    """What both kinds of statements can be narrowed by."""

    category = Parameter(
        CodesField(choices=Category.choices),
        _("类别；可给多个，重复或用逗号分隔"),
        example="education",
        lookup_expr="in",
        column="category",
    )
    core_livelihood = Parameter(
        FlagField(), _("是否属于教育、医疗卫生、交通、住房四类"), example="true", keep="of_core_livelihood"
    )
    milestone = Parameter(
        CodesField(choices=Milestone.choices),
        _("节点；可给多个"),
        example="complete",
        lookup_expr="in",
        column="milestone",
    )
    year = Parameter(year_field(), _("报告年度"), example="2021", column="year")
    year_min = Parameter(year_field(), _("报告年度，不早于"), example="2021", column="year", lookup_expr="gte")
    year_max = Parameter(year_field(), _("报告年度，不晚于"), example="2025", column="year", lookup_expr="lte")
    report = Parameter(report_field(), _("报告：行政区划代码-年度"), example="500112-2021", keep="of_report")
    project = Parameter(project_field(), _("项目的网址标识"), example="second-hospital-extension", keep="of_project")
    quantified = Parameter(FlagField(), _("是否含有数量"), example="true", column="quantity", keep="with_quantity")
    unit = Parameter(TextField(max_length=20), _("单位，与原文一致"), example="公里", column="unit")
    comparator = Parameter(
        CodesField(choices=Comparator.choices),
        _("比较；可给多个"),
        example="gte",
        column="comparator",
        lookup_expr="in",
    )
    quantity_min = Parameter(NumberField(), _("数量，不小于"), example="10", column="quantity", lookup_expr="gte")
    quantity_max = Parameter(NumberField(), _("数量，不大于"), example="1000", column="quantity", lookup_expr="lte")
    name = Parameter(TextField(max_length=120), _("所提到的专名，须完整"), example="中央公园", keep="naming")
    q = Parameter(
        TextField(max_length=100),
        _("搜索标题、原文和专名；中文从一个字起，英文按词；空格分隔的各词都须出现"),
        example="学校",
        keep="saying",
    )
    updated_since = Parameter(
        MomentField(),
        _("此刻以来有更新：日期，或带时区的时刻"),
        example="2025-01-31",
        column="updated_at",
        lookup_expr="gte",
    )

    ranges: ClassVar[Ranges] = (("year_min", "year_max"), ("quantity_min", "quantity_max"))

    def of_core_livelihood(self, rows: Rows, value: bool) -> Rows:
        """Keep the four groups that people ask about first, or all others."""
        core = Q(category__in=sorted(CORE_LIVELIHOOD))
        return rows.filter(core if value else ~core)

    def of_report(self, rows: Rows, key: str) -> Rows:
        """Keep a report's statements, by the copies of its government and year."""
        code, _dash, year = key.partition("-")
        return rows.filter(jurisdiction=code, year=int(year))

    def of_project(self, rows: Rows, slug: str) -> Rows:
        """Keep a public project's statements."""
        return rows.filter(project=Project.objects.published().filter(slug=slug).order_by().values("pk")[:1])

    def with_quantity(self, rows: Rows, value: bool) -> Rows:
        """Keep statements with a figure, or those without."""
        return rows.filter(quantity__isnull=not value)

    def naming(self, rows: Rows, value: str) -> Rows:
        """Keep statements with exactly this proper name."""
        return naming(rows, value)

    def saying(self, rows: Rows, text: str) -> Rows:
        """Keep statements that say it."""
        return saying(rows, text)
