"""Evidence, the history of a status, promises made again, and who is to deliver."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.choices import Comparator, Coverage, DelayReason, Precision
from projects.models import (
    Achievement,
    Commitment,
    Department,
    Evidence,
    Responsibility,
    Restatement,
    Source,
    StatusChange,
)
from projects.serializers.fields import (
    ForeignField,
    ForeignNumberField,
    MomentField,
    NumberField,
    OptionalCodeField,
    PathField,
    RowField,
    RowsField,
)
from projects.serializers.sources import SourceLine, SourceSerializer
from projects.serializers.statements import AchievementLine, CommitmentLine


class EvidenceOfSource(serializers.ModelSerializer[Evidence]):
    """What a source, or a report's achievement, shows of one commitment."""

    self_url = PathField("evidence/{}/", source="id", help_text=_("证据的地址"))
    commitment = serializers.IntegerField(source="commitment_id", help_text=_("承诺的编号"))
    commitment_url = PathField("commitments/{}/", source="commitment_id", help_text=_("承诺的地址"))
    happened_precision = OptionalCodeField(
        choices=Precision.choices, allow_null=True, help_text=_("发生日期的精度；happened_on 是可能的最后一天")
    )
    reported_value = NumberField(allow_null=True, help_text=_("报告值，单位同承诺"))
    coverage = OptionalCodeField(choices=Coverage.choices, allow_null=True, help_text=_("报告值的口径"))
    bound = OptionalCodeField(choices=Comparator.choices, allow_null=True, help_text=_("报告值的界限，如“超过”为 gte"))
    delay_reason = OptionalCodeField(choices=DelayReason.choices, allow_null=True, help_text=_("来源所说的延误原因"))
    updated_at = MomentField(read_only=True, help_text=_("最近更新时刻（UTC）"))

    class Meta:
        model = Evidence
        fields = [
            *("id", "self_url", "commitment", "commitment_url"),
            *("quote", "place", "item_number", "official_word", "speaker", "verdict", "as_of"),
            *("happened_on", "happened_precision", "reported_value", "coverage", "value_from", "bound", "is_forecast"),
            *("delay_reason", "announced_on", "note", "note_en", "confidence", "updated_at"),
        ]
        extra_kwargs = {
            "quote": {"help_text": _("来源中的原话")},
            "place": {"help_text": _("原话在来源中的位置")},
            "speaker": {"help_text": _("谁说的：由来源和承诺得出")},
            "value_from": {"help_text": _("报告值从哪一天算起")},
            "is_forecast": {"help_text": _("是否只是预计")},
            "announced_on": {"help_text": _("来源宣布的新期限")},
        }


class EvidenceSerializer(EvidenceOfSource):
    """A reason to believe something about one commitment: where it stands, and what it shows."""

    achievement = RowField(
        AchievementLine(),
        Achievement.objects.published,
        by="pk",
        key="achievement_id",
        order=(),
        help_text=_("所依据的报告中的成绩；依据其他来源时为空"),
    )
    source = RowField(  # type: ignore[assignment]  # a serializer's own attribute has this name
        SourceLine(),
        Source.objects.published,
        by="pk",
        key="source_id",
        order=(),
        help_text=_("报告以外的来源；依据报告中的成绩时为空"),
    )

    class Meta(EvidenceOfSource.Meta):
        fields = [*EvidenceOfSource.Meta.fields[:4], "achievement", "source", *EvidenceOfSource.Meta.fields[4:]]


class SourceDetailSerializer(SourceSerializer):
    """A source with what it shows of commitments."""

    evidence = RowsField(
        EvidenceOfSource(),
        Evidence.objects.published,
        by="source",
        order=("commitment_id", "-id"),
        help_text=_("出自这个来源、已采纳的证据"),
    )

    class Meta(SourceSerializer.Meta):
        fields = [*SourceSerializer.Meta.fields, "evidence"]


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
