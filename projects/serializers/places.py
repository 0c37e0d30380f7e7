"""Governments, departments and reports."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.models import Department, Jurisdiction, Report
from projects.serializers.fields import MomentField, PathField, ReportKeyField, RowsField
from projects.serializers.sql import Kind, json_array, json_object


class JurisdictionName(serializers.ModelSerializer[Jurisdiction]):
    """A government in one line."""

    url = PathField("jurisdictions/{}/", source="code", help_text=_("该政府的地址"))

    class Meta:
        model = Jurisdiction
        fields = ["code", "url", "name", "name_en", "level"]


class JurisdictionSerializer(JurisdictionName):
    """A government and its place in the tree."""

    parent_url = PathField("jurisdictions/{}/", source="parent_id", allow_null=True, help_text=_("直接上级的地址"))

    class Meta(JurisdictionName.Meta):
        fields = ["code", "url", "name", "name_en", "level", "parent", "parent_url"]
        extra_kwargs = {"parent": {"read_only": True, "help_text": _("直接上级的行政区划代码；最高一级为空")}}


class ReportLine(serializers.ModelSerializer[Report]):
    """A report in one line."""

    key = ReportKeyField(help_text=_("报告的标识：行政区划代码-年度"))
    url = ReportKeyField(path=True, help_text=_("报告的地址"))

    class Meta:
        model = Report
        fields = ["key", "url", "year", "title", "title_en", "delivered_on", "source_url"]


class ReportSerializer(ReportLine):
    """A report without its text."""

    jurisdiction = serializers.CharField(source="jurisdiction_id", help_text=_("政府的行政区划代码"))
    jurisdiction_url = PathField("jurisdictions/{}/", source="jurisdiction_id", help_text=_("政府的地址"))
    updated_at = MomentField(read_only=True, help_text=_("最近更新时刻（UTC）"))

    class Meta:
        model = Report
        fields = [
            "key",
            "url",
            "jurisdiction",
            "jurisdiction_url",
            "year",
            "title",
            "title_en",
            "delivered_on",
            "session",
            "session_en",
            "document_number",
            "publisher",
            "publisher_en",
            "source_url",
            "sha256",
            "updated_at",
        ]


class HeadingSerializer(serializers.Serializer[dict[str, Any]]):
    """A heading of a report, and where it stands in the text."""

    level = serializers.IntegerField(help_text=_("层级，1 为最高"))
    title = serializers.CharField(help_text=_("标题"))
    start = serializers.IntegerField(help_text=_("起点：第几个字符，从 0 数起"))
    end = serializers.IntegerField(help_text=_("终点，不含"))


class OutlineField(serializers.ListField):
    """A report's headings in order."""

    kind = Kind.JSON
    child = HeadingSerializer()

    def sql(self, row: str) -> str:
        """Read the stored list, heading by heading."""
        types = 'level integer, title text, start integer, "end" integer'
        headings = f"jsonb_to_recordset({row}.outline) AS h({types})"
        return f"(SELECT {json_array(json_object(self.child, 'h'))} FROM {headings})"


class ReportDetailSerializer(ReportSerializer):
    """A report with its text, in which the offsets of statements count characters, and its outline."""

    outline = OutlineField(read_only=True, help_text=_("提纲：各级标题及其在全文中的位置"))

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "outline", "text"]


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    """A department of a government."""

    url = PathField("departments/{}/", source="id", help_text=_("部门的地址"))
    jurisdiction = serializers.CharField(source="jurisdiction_id", help_text=_("政府的行政区划代码"))
    jurisdiction_url = PathField("jurisdictions/{}/", source="jurisdiction_id", help_text=_("政府的地址"))

    class Meta:
        model = Department
        fields = ["id", "url", "jurisdiction", "jurisdiction_url", "name", "name_en"]


class JurisdictionDetailSerializer(JurisdictionSerializer):
    """A government with those directly below it, its departments and its reports."""

    children = RowsField(
        JurisdictionName(),
        Jurisdiction.objects.published,
        by="parent",
        key="code",
        order=("code",),
        help_text=_("直接下级"),
    )
    departments = RowsField(
        DepartmentSerializer(),
        Department.objects.published,
        by="jurisdiction",
        key="code",
        order=("pinyin", "id"),
        help_text=_("部门"),
    )
    reports = RowsField(
        ReportLine(),
        Report.objects.published,
        by="jurisdiction",
        key="code",
        order=("-year",),
        help_text=_("政府工作报告"),
    )

    class Meta(JurisdictionSerializer.Meta):
        fields = [*JurisdictionSerializer.Meta.fields, "children", "departments", "reports"]
