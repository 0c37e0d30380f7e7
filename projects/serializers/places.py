"""Governments, departments and reports."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.models import Department, Jurisdiction, Report, Source, Succession
from projects.models.source import SCORES
from projects.serializers.computed import MissingYearsField, ReportYearsField
from projects.serializers.fields import MomentField, PathField, ReportKeyField, RowField, RowsField
from projects.serializers.sources import ScoreSerializer, SourceLine, SourceSerializer
from projects.serializers.sql import Kind, json_array, json_object

# Sources by day, the newest first; those of an unknown day last.
NEWEST_FIRST = (F("published_on").desc(nulls_last=True), F("id").desc())


def about_reports() -> "QuerySet[Source]":
    """Return the sources about a whole report that a person made public."""
    return Source.objects.published().filter(is_public=True)


def with_scores() -> "QuerySet[Source]":
    """Return those of them that tell a score."""
    told = Q()
    for name in SCORES:
        told |= Q(**{f"{name}__isnull": False})
    return about_reports().filter(told)


class JurisdictionName(serializers.ModelSerializer[Jurisdiction]):
    """A government in one line."""

    url = PathField("jurisdictions/{}/", source="code", help_text=_("该政府的地址"))

    class Meta:
        model = Jurisdiction
        fields = ["code", "url", "name", "name_en", "level"]


class JurisdictionSerializer(JurisdictionName):
    """A government and its place in the tree."""

    parent_url = PathField("jurisdictions/{}/", source="parent_id", allow_null=True, help_text=_("直接上级的地址"))
    report_years = ReportYearsField(help_text=_("有哪些年度的报告"))
    missing_years = MissingYearsField(
        help_text=_("缺哪些年度的报告：从最早的一份到最近可能有的一份，撤销的政府到撤销那年")
    )

    class Meta(JurisdictionName.Meta):
        fields = [
            *JurisdictionName.Meta.fields,
            *("parent", "parent_url", "valid_from", "valid_until", "report_years", "missing_years"),
        ]
        extra_kwargs = {
            "parent": {"read_only": True, "help_text": _("直接上级的行政区划代码；最高一级为空")},
            "valid_from": {"help_text": _("设立日期；不详时为空")},
            "valid_until": {"help_text": _("存续的最后一天；仍在时为空")},
        }


class SuccessorLine(serializers.ModelSerializer[Succession]):
    """A government that took over, named only where no source tells its code."""

    government = RowField(
        JurisdictionName(),
        Jurisdiction.objects.published,
        by="pk",
        key="successor_id",
        order=(),
        help_text=_("承接的政府；代码不详时为空"),
    )
    source = RowField(  # type: ignore[assignment]  # a serializer's own attribute has this name
        SourceLine(), Source.objects.published, by="pk", key="source_id", order=(), help_text=_("来源")
    )

    class Meta:
        model = Succession
        fields = ["on", "government", "successor_name", "successor_name_en", "scope", "scope_en", "source"]


class PredecessorLine(serializers.ModelSerializer[Succession]):
    """A government that this one took over from."""

    government = RowField(
        JurisdictionName(),
        Jurisdiction.objects.published,
        by="pk",
        key="predecessor_id",
        order=(),
        help_text=_("原政府"),
    )
    source = RowField(  # type: ignore[assignment]  # a serializer's own attribute has this name
        SourceLine(), Source.objects.published, by="pk", key="source_id", order=(), help_text=_("来源")
    )

    class Meta:
        model = Succession
        fields = ["on", "government", "scope", "scope_en", "source"]


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
    score = RowField(
        ScoreSerializer(),
        with_scores,
        by="report",
        order=NEWEST_FIRST,
        help_text=_("政府自己对整份报告落实情况的评分，最近的一次；没有时为空"),
    )
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
            "score",
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
    sources = RowsField(
        SourceSerializer(), about_reports, by="report", order=NEWEST_FIRST, help_text=_("说整份报告落实情况的来源")
    )

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "sources", "outline", "text"]


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
    predecessors = RowsField(
        PredecessorLine(),
        Succession.objects.published,
        by="successor",
        key="code",
        order=("on", "id"),
        help_text=_("承接自哪些政府"),
    )
    successors = RowsField(
        SuccessorLine(),
        Succession.objects.published,
        by="predecessor",
        key="code",
        order=("on", "id"),
        help_text=_("由哪些政府承接"),
    )

    class Meta(JurisdictionSerializer.Meta):
        fields = [
            *JurisdictionSerializer.Meta.fields,
            *("children", "departments", "reports", "predecessors", "successors"),
        ]
