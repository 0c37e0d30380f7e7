"""The OpenAPI description of proposals."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from projects.api.problems import CONTENT_TYPE, KINDS, named
from projects.api.proposals.bodies import FORM, JSON
from projects.api.proposals.checks import REQUIRED
from projects.api.proposals.fields import PROPOSAL, FieldError, ProposalForm, ProposalInput
from projects.api.schema import AnswerSerializer, ResourceSchema, problems
from projects.models.files import FILE_TYPES, TOO_LARGE, WRONG_CONTENT, too_large, wrong_content

_SOURCE = {
    "url": "https://news.example/2024/1",
    "title": "渝北新建改扩建学校30所",
    "publisher": "重庆日报",
    "published_on": "2024-11-03",
}
_SHOWN = {
    "quote": "已建成30所",
    "verdict": "in_progress",
    "as_of": "2024-11-01",
    "reported_value": 30,
    "coverage": "cumulative",
    "note": "42所学校已建成30所。",
}
_INPUT = {"commitment": 1, **_SOURCE, "source_kind": "media", **_SHOWN}
# A form says the same in text; Swagger UI and clients made from the schema let one choose the file.
_FORM = {**{name: value for name, value in _INPUT.items() if name != "url"}, "file": "督查通报.pdf"}
_OUTPUT = {
    "id": 25,
    "proposal_url": "/api/v1/evidence/proposals/25/",
    "state": "proposed",
    "withdrawn": False,
    "evidence_url": None,
    "commitment": 1,
    "commitment_url": "/api/v1/commitments/1/",
    "achievement": None,
    "source": {
        "id": 7,
        "kind": "media",
        "jurisdiction": None,
        **_SOURCE,
        "original_url": "",
        "address": "https://news.example/2024/1",
        "file_name": None,
        "file_sha256": "",
        "retrieved_on": "2024-11-04",
    },
    **_SHOWN,
    "place": "",
    "item_number": "",
    "official_word": "",
    "speaker": "media",
    "happened_on": None,
    "happened_precision": None,
    "value_from": None,
    "bound": "eq",
    "is_forecast": False,
    "delay_reason": None,
    "announced_on": None,
    "note_en": "",
    "confidence": "medium",
    "created_at": "2024-11-04T01:00:00Z",
    "reviewed_at": None,
}


class FieldErrorSerializer(AnswerSerializer):
    """What is wrong with one field of the body."""

    field = serializers.CharField(help_text=_("有误的字段；为空时指整个内容"))
    pointer = serializers.CharField(help_text=_("字段在内容中的位置（JSON Pointer）"))
    code = serializers.CharField(help_text=_("错误的种类"))
    detail = serializers.CharField(help_text=_("哪里有误，如何改正"))
    allowed = serializers.ListField(child=serializers.CharField(), required=False, help_text=_("允许的值"))


class InvalidSerializer(AnswerSerializer):
    """A problem document that names each wrong field."""

    type = serializers.CharField(help_text=_("问题类型的地址，打开可读到说明"))
    title = serializers.CharField(help_text=_("问题类型的名称"))
    status = serializers.IntegerField(help_text=_("HTTP 状态码"))
    detail = serializers.CharField(help_text=_("这一次哪里有误"))
    errors = serializers.ListField(child=FieldErrorSerializer(), help_text=_("逐一列出有误的字段"))  # type: ignore[assignment]  # a serializer's own attribute has this name


class UnfitSerializer(InvalidSerializer):
    """A problem document on a body that is too large or of a wrong kind; ``errors`` names a file that is at fault."""

    errors = serializers.ListField(child=FieldErrorSerializer(), required=False, help_text=_("有误的文件"))
    limit = serializers.IntegerField(required=False, help_text=_("最多多少字节；过大时才有"))


def _example(
    name: str, value: object, status: int, *, request: bool = False, media_type: str | None = None
) -> OpenApiExample:
    return OpenApiExample(
        name,
        value=value,
        request_only=request,
        response_only=not request,
        status_codes=[str(status)],
        media_type=media_type,
    )


def _refused(
    kind: str, shape: type[AnswerSerializer], error: FieldError, **members: object
) -> dict[Any, OpenApiResponse]:
    """Return a refusal that names a field, with an example."""
    status, title, detail = KINDS[kind]
    value = {
        "type": f"/api/problems/{kind}/",
        "title": str(title),
        "status": status,
        "detail": named(error.field, error.detail),
        **members,
        "errors": [error.member()],
    }
    shown = OpenApiResponse(shape, description=str(detail), examples=[_example(kind, value, status)])
    return {(status, CONTENT_TYPE): shown}


def _refusals() -> dict[Any, OpenApiResponse]:
    wrong = FieldError("file", WRONG_CONTENT, wrong_content("pdf"), tuple(FILE_TYPES))
    large = FieldError("file", TOO_LARGE, too_large())
    return {
        **_refused("too-large", UnfitSerializer, large, limit=settings.EVIDENCE_FILE_BYTES),
        **_refused("unsupported-media-type", UnfitSerializer, wrong),
        **_refused("invalid", InvalidSerializer, FieldError("publisher", "required", REQUIRED)),
    }


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its own
    """How a token is shown."""

    target_class = "projects.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme of RFC 6750."""
        return {"type": "http", "scheme": "bearer", "description": str(_("由编辑台签发的令牌，以 dxp_ 开头"))}


class ProposingSchema(ResourceSchema):
    """The list of evidence, and how to propose some."""

    @property
    def _proposes(self) -> bool:
        return self.method == "POST"

    def get_operation_id(self) -> str:
        """Return the name of the operation."""
        return "evidence_propose" if self._proposes else super().get_operation_id()

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own signature, unlike its base's
        """Return what is done."""
        if not self._proposes:
            return super().get_description()
        return str(_("为一条公开的承诺提出证据或进展数字。进入审核队列，采纳之前不公开，也不会直接改变状态。"))

    def get_summary(self) -> str:
        """Return what is done, in a line."""
        return str(_("提出证据")) if self._proposes else super().get_summary()

    def get_override_parameters(self) -> list[Any]:
        """Return the key that makes repeating safe, or the parameters of the list."""
        if not self._proposes:
            return super().get_override_parameters()
        meaning = _("由客户端选定的键：24小时内同键同内容的请求得到同一回答，不会重复提出")
        example = OpenApiExample("key", value="2024-11-04-schools-1")
        return [
            OpenApiParameter(
                "Idempotency-Key",
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                description=str(meaning),
                examples=[example],
            )
        ]

    def get_request_serializer(self) -> dict[str, type[ProposalInput]] | None:  # type: ignore[override]  # as below
        """Return the body: an object, or a form that may bring a file along."""
        return {JSON: ProposalInput, FORM: ProposalForm} if self._proposes else None

    def get_examples(self) -> list[OpenApiExample]:
        """Return a body as it may be sent."""
        if not self._proposes:
            return []
        return [
            _example("proposal", _INPUT, 201, request=True, media_type=JSON),
            _example("proposal with a file", _FORM, 201, request=True, media_type=FORM),
        ]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]  # a dict is documented, too
        """Return the proposal, and the errors that may come instead."""
        if not self._proposes:
            return super().get_response_serializers()
        made = OpenApiResponse(
            PROPOSAL.serializer, description=str(_("已进入审核队列")), examples=[_example("proposal", _OUTPUT, 201)]
        )
        kinds = ("bad-query", "bad-request", "unauthorized", "forbidden", "conflict", "length-required")
        return {
            (201, JSON): made,
            **problems(*kinds, "too-many-requests", "server-error", "unavailable"),
            **_refusals(),
        }


class ProposalsSchema(ResourceSchema):
    """The list of a token's own proposals."""

    def get_tags(self) -> list[str]:
        """Return the name of the resource."""
        return ["evidence"]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]  # a dict is documented, too
        """Return a page, and the errors that may come instead."""
        others = super().get_response_serializers()
        others.pop((406, CONTENT_TYPE))
        return {**others, **problems("unauthorized")}


class ProposalSchema(AutoSchema):
    """One proposal, and how to withdraw it."""

    @property
    def _withdraws(self) -> bool:
        return self.method == "DELETE"

    def get_override_parameters(self) -> list[Any]:
        """Return the part of the address."""
        example = OpenApiExample("25", value="25")
        meaning = str(_("提议的编号"))
        return [
            OpenApiParameter("id", OpenApiTypes.STR, "path", description=meaning, required=True, examples=[example])
        ]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]  # a dict is documented, too
        """Return the proposal, and the errors that may come instead."""
        found = OpenApiResponse(
            PROPOSAL.serializer, description=str(_("提议及其状态")), examples=[_example("proposal", _OUTPUT, 200)]
        )
        kinds = ("bad-query", "unauthorized", "not-found", "too-many-requests", "server-error", "unavailable")
        more = ("forbidden", "conflict") if self._withdraws else ()
        return {(200, "application/json"): found, **problems(*kinds, *more)}

    def get_operation_id(self) -> str:
        """Return the name of the operation."""
        return "evidence_withdraw" if self._withdraws else "evidence_proposal"

    def get_tags(self) -> list[str]:
        """Return the name of the resource."""
        return ["evidence"]

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own signature, unlike its base's
        """Return what it is."""
        if self._withdraws:
            return str(_("撤回本令牌提出、还在待核的证据。记录和历史都保留；已经决定的不能撤回。"))
        return str(_("本令牌提出的一条证据，以及它是待核、已采纳还是已否决"))

    def get_summary(self) -> str:
        """Return what it is, in a line."""
        return str(_("撤回提议")) if self._withdraws else str(_("提议的状态"))
