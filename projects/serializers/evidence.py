"""Evidence, the history of a status, promises made again, and who is to deliver."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.choices import DelayReason
from projects.models import Achievement, Commitment, Department, Evidence, Responsibility, Restatement, StatusChange
from projects.serializers.fields import (
    ForeignField,
    ForeignNumberField,
    MomentField,
    NumberField,
    OptionalCodeField,
    PathField,
    RowField,
)
from projects.serializers.statements import AchievementLine, CommitmentLine


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """A reason to believe something about one commitment: its source, and what it shows."""

    self_url = PathField("evidence/{}/", source="id", help_text=_("证据的地址"))
    commitment = serializers.IntegerField(source="commitment_id", help_text=_("承诺的编号"))
    commitment_url = PathField("commitments/{}/", source="commitment_id", help_text=_("承诺的地址"))
    achievement = RowField(
        AchievementLine(),
        Achievement.objects.published,
        by="pk",
        key="achievement_id",
        order=(),
        help_text=_("所依据的报告中的成绩；依据网页或文件时为空"),
    )
    reported_value = NumberField(allow_null=True, help_text=_("报告值，单位同承诺"))
    updated_at = MomentField(read_only=True, help_text=_("最近更新时刻（UTC）"))

    class Meta:
        model = Evidence
        fields = [
            "id",
            "self_url",
            "commitment",
            "commitment_url",
            "achievement",
            "speaker",
            "verdict",
            "as_of",
            "reported_value",
            "note",
            "note_en",
            "confidence",
            "updated_at",
        ]


class StatusChangeSerializer(serializers.ModelSerializer[StatusChange]):
    """One transition of a commitment's status."""

    commitment = serializers.IntegerField(source="commitment_id", help_text=_("承诺的编号"))
    commitment_url = PathField("commitments/{}/", source="commitment_id", help_text=_("承诺的地址"))
    reason_code = OptionalCodeField(choices=DelayReason.choices, allow_null=True, help_text=_("原因"))
    evidence = ForeignNumberField(
        Evidence.objects.published, "id", by="evidence_id", allow_null=True, help_text=_("所依据的证据的编号")
    )
    recorded_at = MomentField(read_only=True, help_text=_("记录时刻（UTC）"))

    class Meta:
        model = StatusChange
        fields = [
            "id",
            "commitment",
            "commitment_url",
            "from_status",
            "to_status",
            "effective_on",
            "reason_code",
            "note",
            "note_en",
            "evidence",
            "recorded_at",
        ]


class ResponsibilitySerializer(serializers.ModelSerializer[Responsibility]):
    """A department's part in a commitment."""

    department = serializers.IntegerField(source="department_id", help_text=_("部门的编号"))
    department_url = PathField("departments/{}/", source="department_id", help_text=_("部门的地址"))
    name = ForeignField(Department.objects.published, "name", by="department_id", help_text=_("部门的名称"))
    name_en = ForeignField(Department.objects.published, "name_en", by="department_id", help_text=_("部门的英文名称"))

    class Meta:
        model = Responsibility
        fields = ["department", "department_url", "name", "name_en", "role"]


class RestatementSerializer(serializers.ModelSerializer[Restatement]):
    """A promise that a later report takes up again."""

    earlier = RowField(
        CommitmentLine(), Commitment.objects.published, by="pk", key="earlier_id", order=(), help_text=_("较早的承诺")
    )
    later = RowField(
        CommitmentLine(), Commitment.objects.published, by="pk", key="later_id", order=(), help_text=_("较晚的承诺")
    )

    class Meta:
        model = Restatement
        fields = ["id", "earlier", "later", "phase", "note", "note_en"]
