"""Single resources with all that hangs on them. Every nested list is a published() queryset."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.models import (
    Achievement,
    Commitment,
    Evidence,
    Jurisdiction,
    Project,
    Report,
    Responsibility,
    Restatement,
    StatusChange,
)
from projects.serializers.evidence import (
    EvidenceSerializer,
    ResponsibilitySerializer,
    RestatementSerializer,
    StatusChangeSerializer,
)
from projects.serializers.fields import MomentField, PathField, RowField, RowsField
from projects.serializers.places import JurisdictionName, ReportLine
from projects.serializers.statements import (
    AchievementLine,
    AchievementSerializer,
    CommitmentLine,
    CommitmentSerializer,
)


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A school, hospital, road, line or estate."""

    url = PathField("projects/{}/", source="slug", help_text=_("项目的地址"))
    jurisdiction = serializers.CharField(source="jurisdiction_id", help_text=_("政府的行政区划代码"))
    jurisdiction_url = PathField("jurisdictions/{}/", source="jurisdiction_id", help_text=_("政府的地址"))
    aliases = serializers.ListField(child=serializers.CharField(), help_text=_("别名"))
    updated_at = MomentField(read_only=True, help_text=_("最近更新时刻（UTC）"))

    class Meta:
        model = Project
        fields = [
            "slug",
            "url",
            "jurisdiction",
            "jurisdiction_url",
            "name",
            "name_en",
            "aliases",
            "category",
            "updated_at",
        ]


class ProjectLine(ProjectSerializer):
    """A project in one line."""

    class Meta(ProjectSerializer.Meta):
        fields = ["slug", "url", "name", "name_en", "category"]


class ProjectDetailSerializer(ProjectSerializer):
    """A project with what was promised and reported of it over the years."""

    commitments = RowsField(
        CommitmentLine(),
        Commitment.objects.published,
        by="project",
        order=("year", "start"),
        help_text=_("各年的承诺"),
    )
    achievements = RowsField(
        AchievementLine(),
        Achievement.objects.published,
        by="project",
        order=("year", "start"),
        help_text=_("各年报告的成绩"),
    )

    class Meta(ProjectSerializer.Meta):
        fields = [*ProjectSerializer.Meta.fields, "commitments", "achievements"]


class _Sourced(serializers.Serializer[Any]):
    """Where a statement comes from, and the project that it belongs to."""

    government = RowField(
        JurisdictionName(),
        Jurisdiction.objects.published,
        by="pk",
        key="jurisdiction_id",
        order=(),
        help_text=_("政府"),
    )
    cited_report = RowField(
        ReportLine(), Report.objects.published, by="pk", key="report_id", order=(), help_text=_("报告")
    )
    part_of = RowField(
        ProjectLine(), Project.objects.published, by="pk", key="project_id", order=(), help_text=_("所属项目")
    )


class CommitmentDetailSerializer(_Sourced, CommitmentSerializer):
    """A commitment with its source, its evidence and its history."""

    responsibilities = RowsField(
        ResponsibilitySerializer(),
        Responsibility.objects.all,
        by="commitment",
        order=("-role", "department__jurisdiction_id", "department__pinyin", "department_id"),
        help_text=_("责任部门"),
    )
    evidence = RowsField(
        EvidenceSerializer(),
        Evidence.objects.published,
        by="commitment",
        order=("-as_of", "-id"),
        help_text=_("已采纳的证据，新的在前"),
    )
    history = RowsField(
        StatusChangeSerializer(),
        StatusChange.objects.published,
        by="commitment",
        order=("-effective_on", "-id"),
        help_text=_("状态变更，新的在前"),
    )
    restates = RowsField(
        RestatementSerializer(),
        Restatement.objects.published,
        by="later",
        order=("-earlier__year", "earlier__jurisdiction_id", "earlier__start"),
        help_text=_("本承诺再次提出的较早承诺"),
    )
    restated_by = RowsField(
        RestatementSerializer(),
        Restatement.objects.published,
        by="earlier",
        order=("-later__year", "later__jurisdiction_id", "later__start"),
        help_text=_("再次提出本承诺的较晚承诺"),
    )

    class Meta(CommitmentSerializer.Meta):
        fields = [
            *CommitmentSerializer.Meta.fields,
            "government",
            "cited_report",
            "part_of",
            "responsibilities",
            "evidence",
            "history",
            "restates",
            "restated_by",
        ]


class AchievementDetailSerializer(_Sourced, AchievementSerializer):
    """An achievement with its source and the commitments that it is evidence for."""

    evidence = RowsField(
        EvidenceSerializer(),
        Evidence.objects.published,
        by="achievement",
        order=("-as_of", "-id"),
        help_text=_("以此为依据的证据"),
    )

    class Meta(AchievementSerializer.Meta):
        fields = [*AchievementSerializer.Meta.fields, "government", "cited_report", "part_of", "evidence"]
