"""Commitments and achievements: the rows of lists, and their short forms inside other resources."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.choices import Comparator, DelayReason, Light, Precision
from projects.models import Achievement, Commitment, Project
from projects.serializers.computed import (
    DaysLateField,
    DaysOverdueField,
    DueStateField,
    LightField,
    OverdueBasisField,
    OverdueField,
    OverdueSinceField,
)
from projects.serializers.fields import (
    ForeignField,
    MomentField,
    NumberField,
    OptionalCodeField,
    PathField,
    ReportKeyField,
)

STATEMENT = [
    "id",
    "url",
    "report",
    "report_url",
    "jurisdiction",
    "jurisdiction_url",
    "year",
    "section",
    "start",
    "end",
    "quote",
    "title",
    "title_en",
    "category",
    "milestone",
    "quantity",
    "unit",
    "comparator",
    "names",
    "project",
    "project_url",
]


class _StatementSerializer(serializers.ModelSerializer[Any]):
    """What both kinds of statements show."""

    report = ReportKeyField(help_text=_("报告的标识：行政区划代码-年度"))
    report_url = ReportKeyField(path=True, help_text=_("报告的地址"))
    jurisdiction = serializers.CharField(source="jurisdiction_id", help_text=_("政府的行政区划代码"))
    jurisdiction_url = PathField("jurisdictions/{}/", source="jurisdiction_id", help_text=_("政府的地址"))
    quantity = NumberField(allow_null=True, help_text=_("数量；没有数量时为空"))
    names = serializers.ListField(child=serializers.CharField(), help_text=_("所提到的专名"))
    project = ForeignField(
        Project.objects.published, "slug", by="project_id", allow_null=True, help_text=_("所属项目的网址标识")
    )
    project_url = ForeignField(
        Project.objects.published,
        "slug",
        by="project_id",
        path="/api/v1/projects/{}/",
        allow_null=True,
        help_text=_("所属项目的地址"),
    )
    updated_at = MomentField(read_only=True, help_text=_("最近更新时刻（UTC）"))


class CommitmentSerializer(_StatementSerializer):
    """One promise, when it is due and what is known of it on the day."""

    url = PathField("commitments/{}/", source="id", help_text=_("承诺的地址"))
    due_state = DueStateField(help_text=_("兑现状态：在 as_of 之日（默认今天），按期限、节点、状态和证据得出"))
    overdue = OverdueField(help_text=_("在 as_of 之日（默认今天）是否逾期：到期未兑现、部分兑现或待核实"))
    overdue_basis = OverdueBasisField(help_text=_("逾期的依据：有到期日或以后的证据，或没有；未逾期时为空"))
    overdue_since = OverdueSinceField(allow_null=True, help_text=_("逾期的第一天；未逾期时为空"))
    days_overdue = DaysOverdueField(allow_null=True, help_text=_("到期日已过的天数；未逾期时为空"))
    days_late = DaysLateField(
        read_only=True, allow_null=True, help_text=_("逾期兑现时晚于到期日的天数；不知道是哪一天时为空")
    )
    happened_precision = OptionalCodeField(
        choices=Precision.choices, allow_null=True, help_text=_("发生日期的精度；happened_on 是可能的最后一天")
    )
    reported_bound = OptionalCodeField(
        choices=Comparator.choices, allow_null=True, help_text=_("最新报告值的界限，如“超过”为 gte")
    )
    light = LightField(choices=Light.choices, read_only=True, help_text=_("序时进度的灯色"))
    delay_reason = OptionalCodeField(choices=DelayReason.choices, allow_null=True, help_text=_("延误原因"))
    reported_value = NumberField(read_only=True, allow_null=True, help_text=_("最新报告值，单位同承诺"))

    class Meta:
        model = Commitment
        fields = [
            *STATEMENT,
            "due_on",
            "due_basis",
            "status",
            "status_since",
            "status_as_of",
            "happened_on",
            "happened_precision",
            "due_state",
            "overdue",
            "overdue_basis",
            "overdue_since",
            "days_overdue",
            "days_late",
            "light",
            "delay_reason",
            "delay_note",
            "reported_value",
            "reported_on",
            "reported_bound",
            "last_verified_on",
            "updated_at",
        ]
        extra_kwargs = {
            "status_as_of": {"help_text": _("状态的依据所说的是哪一天的情况")},
            "happened_on": {"help_text": _("开工、建成或达到的那一天，见 happened_precision")},
        }


class AchievementSerializer(_StatementSerializer):
    """One outcome that a report claims."""

    url = PathField("achievements/{}/", source="id", help_text=_("成绩的地址"))

    class Meta:
        model = Achievement
        fields = [*STATEMENT, "period_end", "updated_at"]


class CommitmentLine(serializers.ModelSerializer[Commitment]):
    """A promise in one line."""

    url = PathField("commitments/{}/", source="id", help_text=_("承诺的地址"))
    report = ReportKeyField(help_text=_("报告的标识：行政区划代码-年度"))
    due_state = DueStateField(help_text=_("兑现状态：在 as_of 之日（默认今天），按期限、节点、状态和证据得出"))
    overdue = OverdueField(help_text=_("在 as_of 之日（默认今天）是否逾期：到期未兑现、部分兑现或待核实"))

    class Meta:
        model = Commitment
        fields = [
            *("id", "url", "report", "year", "title", "title_en", "due_on", "due_basis", "status", "due_state"),
            "overdue",
        ]


class AchievementLine(serializers.ModelSerializer[Achievement]):
    """A reported outcome in one line."""

    url = PathField("achievements/{}/", source="id", help_text=_("成绩的地址"))
    report = ReportKeyField(help_text=_("报告的标识：行政区划代码-年度"))

    class Meta:
        model = Achievement
        fields = ["id", "url", "report", "year", "title", "title_en", "quote", "period_end"]
