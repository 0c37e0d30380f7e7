"""Evidence as a program proposes it: what is read, what is wrong with it, and what becomes of it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from projects.choices import Confidence, Verification
from projects.filters.problems import Text, nearest
from projects.models import Achievement, Commitment, Evidence
from projects.models.evidence import VERDICTS
from projects.models.files import FILE_TYPES, WRONG_CONTENT
from projects.serializers.fields import API, MomentField, NumberField, PathField

REQUIRED: Text = _("不能留空：证据若不是报告中的成绩，须有网址或文件，并有发布者和发布日期。")
LARGEST_KEY = 10**18
# What the model says of a file that is of no kind that it takes.
WRONG_FILES = frozenset({"invalid_extension", WRONG_CONTENT})


class FieldError(NamedTuple):
    """What is wrong with one field of the body, and how to mend it; ``field`` is empty for the whole."""

    field: str
    code: str
    detail: Text
    allowed: tuple[str, ...] = ()

    def member(self) -> dict[str, Any]:
        """Return it as a member of a problem document (RFC 9457)."""
        pointer = f"#/{self.field}" if self.field else "#"
        member = {"field": self.field, "pointer": pointer, "code": self.code, "detail": str(self.detail)}
        return {**member, "allowed": list(self.allowed)} if self.allowed else member


class ProposalInput(serializers.Serializer[dict[str, Any]]):
    """Evidence on a commitment, and the figure that it reports."""

    commitment = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY, help_text=_("承诺的编号"))
    achievement = serializers.IntegerField(
        min_value=1,
        max_value=LARGEST_KEY,
        required=False,
        allow_null=True,
        help_text=_("所依据的报告中的成绩的编号；依据网页时不填"),
    )
    url = serializers.CharField(max_length=500, required=False, allow_blank=True, help_text=_("所依据的网页"))
    publisher = serializers.CharField(max_length=120, required=False, allow_blank=True, help_text=_("网页的发布者"))
    published_on = serializers.DateField(required=False, allow_null=True, help_text=_("网页的发布日期"))
    verdict = serializers.ChoiceField(choices=VERDICTS, help_text=_("所示状态"))
    as_of = serializers.DateField(help_text=_("所示状态和报告值截至的日期"))
    reported_value = serializers.DecimalField(
        max_digits=20,
        decimal_places=4,
        coerce_to_string=False,
        required=False,
        allow_null=True,
        help_text=_("报告值，单位同承诺"),
    )
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, help_text=_("说明"))
    note_en = serializers.CharField(max_length=5000, required=False, allow_blank=True, help_text=_("英文说明"))
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False, help_text=_("把握；默认为中"))


@extend_schema_field(OpenApiTypes.BINARY)
class UploadField(serializers.FileField):
    """A file in a form."""


class ProposalForm(ProposalInput):
    """The same as a form, which may bring a file along."""

    file = UploadField(
        max_length=100,
        required=False,
        help_text=_("所依据的文件：PDF、Word、Excel、文本、网页或图片；种类以内容为准"),
    )


class ProposalSerializer(serializers.ModelSerializer[Evidence]):
    """A proposal, and what was decided about it."""

    proposal_url = PathField("evidence/proposals/{}/", source="pk", help_text=_("这条提议的地址"))
    state = serializers.ChoiceField(
        choices=Verification.choices, source="review_state", read_only=True, help_text=_("待核、已采纳或已否决")
    )
    evidence_url = serializers.SerializerMethodField(help_text=_("采纳并公开后，证据的地址"))
    commitment = serializers.IntegerField(source="commitment_id", read_only=True, help_text=_("承诺的编号"))
    commitment_url = PathField("commitments/{}/", source="commitment_id", help_text=_("承诺的地址"))
    achievement = serializers.IntegerField(
        source="achievement_id", read_only=True, allow_null=True, help_text=_("所依据的成绩的编号")
    )
    reported_value = NumberField(read_only=True, allow_null=True, help_text=_("报告值，单位同承诺"))
    created_at = MomentField(read_only=True, help_text=_("提出时刻（UTC）"))
    reviewed_at = MomentField(read_only=True, allow_null=True, help_text=_("决定时刻（UTC）"))

    class Meta:
        model = Evidence
        fields = [
            "id",
            "proposal_url",
            "state",
            "evidence_url",
            "commitment",
            "commitment_url",
            "achievement",
            "verdict",
            "as_of",
            "reported_value",
            "note",
            "note_en",
            "confidence",
            "created_at",
            "reviewed_at",
        ]
        read_only_fields = fields

    def get_evidence_url(self, evidence: Evidence) -> str | None:
        """Return the public address once there is one."""
        public = Evidence.objects.published().filter(pk=evidence.pk).exists()
        return f"{API}evidence/{evidence.pk}/" if public else None

    def get_file_name(self, evidence: Evidence) -> str | None:
        """Return what the file is called, without its folder."""
        return PurePath(evidence.file.name).name if evidence.file.name else None


def read(body: Mapping[str, Any]) -> tuple[dict[str, Any], list[FieldError]]:
    """Return the fields of a body with their values, and what is wrong with them."""
    form = ProposalForm(data=body) if isinstance(body, QueryDict) else ProposalInput(data=body)
    wrong = list(_unknown(body, form))
    if not form.is_valid():
        wrong += [_unread(form, name, error) for name, errors in form.errors.items() for error in errors]
    return dict(form.validated_data) if not wrong else {}, wrong


def _unread(form: ProposalInput, name: str, error: ErrorDetail) -> FieldError:
    """Return why a value cannot be read; of a code that there is not, with those that there are."""
    field = form.fields.get(name)
    codes = tuple(map(str, field.choices)) if isinstance(field, serializers.ChoiceField) else ()
    return FieldError(name, str(error.code), str(error), codes)


def _unknown(body: Mapping[str, Any], form: ProposalInput) -> Iterator[FieldError]:
    for name in body:
        if name == "file" and name not in form.fields:
            yield FieldError(name, "unknown", _("JSON 不能带文件。请以 multipart/form-data 发送。"))
        elif name not in form.fields:
            near = nearest(name, form.fields)
            hint = _("没有这个字段。是不是“%(near)s”？") % {"near": near} if near else _("没有这个字段。")
            yield FieldError(name, "unknown", hint)


def checked(fields: dict[str, Any], commitment: Commitment | None) -> list[FieldError]:
    """Say what is wrong with fields that each can be read; replaces ``achievement`` by its row."""
    wrong = [] if commitment else [FieldError("commitment", "not_found", _("没有这条公开的承诺。"))]
    number = fields.pop("achievement", None)
    if number is None:
        return wrong + [
            FieldError(name, "required", REQUIRED)
            for name in ("url", "publisher", "published_on")
            if not fields.get(name) and not (name == "url" and fields.get("file"))
        ]
    fields["achievement"] = Achievement.objects.published().filter(pk=number).first()
    if fields["achievement"] is None:
        wrong.append(FieldError("achievement", "not_found", _("没有这条公开的成绩。")))
    elif Evidence.objects.filter(commitment=commitment, achievement=number).exists():
        wrong.append(FieldError("achievement", "unique", _("这条成绩已是这条承诺的证据，或已经提出过。")))
    return wrong


def too_early(fields: dict[str, Any], today: date) -> list[FieldError]:
    """Say which days have not come yet: nobody can have seen them."""
    detail = _("不能晚于今天。")
    return [
        FieldError(name, "future", detail)
        for name in ("as_of", "published_on")
        if fields.get(name) is not None and fields[name] > today
    ]


def told(error: ValidationError) -> list[FieldError]:
    """Return what the model says of its fields."""
    return [
        FieldError("" if name == NON_FIELD_ERRORS else name, code, " ".join(one.messages), _allowed(code))
        for name, errors in error.error_dict.items()
        for one in errors
        for code in [str(one.code or "invalid")]
    ]


def _allowed(code: str) -> tuple[str, ...]:
    return tuple(FILE_TYPES) if code in WRONG_FILES else ()
