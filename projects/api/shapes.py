"""The shapes of answers that are not a row of a table: pages, counts, codes and errors.

They describe; nothing is read or written through them.
"""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.api.codes import VOCABULARIES
from projects.filters.problems import Fault
from projects.serializers.sql import AnySerializer


class Shape(serializers.Serializer[dict[str, Any]]):
    """A description of an answer."""


class ParameterErrorShape(Shape):
    """What is wrong with one parameter."""

    parameter = serializers.CharField(help_text=_("有误的参数"))
    code = serializers.ChoiceField(choices=[fault.value for fault in Fault], help_text=_("错误的种类"))
    detail = serializers.CharField(help_text=_("哪里有误，如何改正"))
    allowed = serializers.ListField(child=serializers.CharField(), required=False, help_text=_("允许的值"))
    did_you_mean = serializers.CharField(required=False, help_text=_("最接近的允许的值"))


class ProblemShape(Shape):
    """A problem document (RFC 9457)."""

    type = serializers.CharField(help_text=_("问题类型的地址，打开可读到说明"))
    title = serializers.CharField(help_text=_("问题类型的名称"))
    status = serializers.IntegerField(help_text=_("HTTP 状态码"))
    detail = serializers.CharField(help_text=_("这一次哪里有误"))
    parameter = serializers.CharField(required=False, help_text=_("第一个有误的参数"))
    allowed = serializers.ListField(child=serializers.CharField(), required=False, help_text=_("该参数允许的值"))
    did_you_mean = serializers.CharField(required=False, help_text=_("最接近的允许的值"))
    errors = serializers.ListField(child=ParameterErrorShape(), required=False, help_text=_("全部有误的参数"))  # type: ignore[assignment]  # a serializer's own attribute has this name


class CountShape(Shape):
    """One group and how many commitments it has."""

    value = serializers.CharField(allow_null=True, help_text=_("组的代码；年份为整数"))
    count = serializers.IntegerField(help_text=_("承诺数"))
    overdue = serializers.IntegerField(help_text=_("其中逾期的"))


class ReportsCountedShape(Shape):
    """The reports that counts rest on."""

    on_file = serializers.IntegerField(help_text=_("有多少份报告"))
    missing = serializers.IntegerField(help_text=_("缺多少份：各政府从最早的一份到最近可能有的一份"))
    report_years = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text=_("只问一个政府时：有哪些年度的报告")
    )
    missing_years = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text=_("只问一个政府时：缺哪些年度的报告")
    )
    url = serializers.CharField(help_text=_("逐个政府列出的地址"))


class StatsShape(Shape):
    """Counts by group."""

    as_of = serializers.DateField(help_text=_("以哪一天为准"))
    total = serializers.IntegerField(help_text=_("承诺总数"))
    overdue = serializers.IntegerField(help_text=_("其中逾期的"))
    reports = ReportsCountedShape(help_text=_("据以计数的报告"))
    by = serializers.DictField(child=CountShape(many=True), help_text=_("各种分组的计数"))


class CodeShape(Shape):
    """A code and its names."""

    code = serializers.CharField(help_text=_("代码"))
    name = serializers.CharField(help_text=_("中文名"))
    name_en = serializers.CharField(help_text=_("英文名"))


class CategoryShape(CodeShape):
    """A category and its codes in the UN's classification and in OC4IDS."""

    cofog = serializers.ListField(child=serializers.CharField(), help_text=_("联合国政府职能分类（COFOG）代码"))
    oc4ids = serializers.ListField(child=serializers.CharField(), help_text=_("OC4IDS 的 projectSector，可能没有"))
    livelihood = serializers.BooleanField(help_text=_("是否属于民生"))
    core_livelihood = serializers.BooleanField(help_text=_("是否属于教育、医疗卫生、交通、住房四类"))


class StatusShape(CodeShape):
    """A status and its equivalents."""

    ogp = serializers.CharField(allow_null=True, help_text=_("开放政府伙伴关系（OGP）的完成程度"))
    oc4ids = serializers.CharField(allow_null=True, help_text=_("OC4IDS 的 milestoneStatus"))


@cache
def page_of(row: AnySerializer) -> AnySerializer:
    """Return the shape of a page of such rows."""
    fields = {
        "count": serializers.IntegerField(allow_null=True, help_text=_("全部条数；未计数时为空")),
        "next": serializers.CharField(allow_null=True, help_text=_("下一页的地址")),
        "previous": serializers.CharField(allow_null=True, help_text=_("上一页的地址")),
        "results": row(many=True, help_text=_("本页各条")),
    }
    return type(f"{row.__name__.removesuffix('Serializer')}Page", (Shape,), {**fields, "__doc__": _("一页。")})


@cache
def results_of(row: AnySerializer) -> AnySerializer:
    """Return the shape of an answer that has all such rows."""
    name = f"{row.__name__.removesuffix('Shape')}List"
    return type(name, (Shape,), {"results": row(many=True, help_text=_("全部代码"))})


VocabulariesShape: AnySerializer = type(
    "Vocabularies", (Shape,), {name: CodeShape(many=True, help_text=name) for name in VOCABULARIES}
)
