"""The OpenAPI description of the resources, from the same lists, filters and fields that answer them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import orjson
from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from projects import serializers as resources
from projects.api.answers import PROBLEM, AnySerializer
from projects.api.problems import CONTENT_TYPE, KINDS
from projects.filters.filters import (
    CodesField,
    DayField,
    FlagField,
    NumberField,
    NumberKeyField,
    StrictFilter,
    WholeField,
    WholesField,
    codes,
)
from projects.filters.problems import Text
from projects.serializers import Resource

Responses: TypeAlias = "dict[Any, Any]"

# Rows of which a client may choose the fields.
_SPARSE = frozenset(one.name for one in vars(resources).values() if isinstance(one, Resource))
# The first that fits describes a parameter; all others are text.
_TYPES: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (DayField, {"type": "string", "format": "date"}),
    (FlagField, {"type": "boolean"}),
    (NumberField, {"type": "number"}),
    (NumberKeyField, {"type": "integer", "format": "int64"}),
    (WholeField, {"type": "integer"}),
)
# The parts of addresses: what each means and an example.
_PARTS: Mapping[str, tuple[Text, str]] = {
    "id": (_("编号"), "1"),
    "commitment": (_("承诺的编号"), "1"),
    "slug": (_("项目的网址标识"), "second-hospital-extension"),
    "jurisdiction": (_("政府的行政区划代码"), "500112"),
    "year": (_("报告年度"), "2021"),
    "code": (_("行政区划代码"), "500112"),
}
# Real answers, and the site that gave them; ``make examples`` asks for them again.
EXAMPLES, EXAMPLE_SITE = Path(__file__).with_name("examples.json"), "http://127.0.0.1:8000"


class Header(NamedTuple):
    """A header of answers: what it tells, its type, an example; ``always`` where those that may have it do."""

    help_text: Text
    type: str
    example: object
    always: bool = False


HEADERS: Mapping[str, Header] = {
    "X-Request-ID": Header(
        _("请求的编号，服务器的日志中也有；报告问题时请告知"), "string", "3f0c1d9a2b7e4c55a1d2e3f405162738", always=True
    ),
    "X-Dataset-Version": Header(
        _("回答所依据的公开数据的版本号，即首页的 dataset.version"), "integer", 187, always=True
    ),
    "ETag": Header(
        _("回答的标记；以 If-None-Match 送回，没有变化时得到 304"), "string", '"187-20250108-…"', always=True
    ),
    "Last-Modified": Header(_("公开数据最近一次变更的时刻"), "string", "Wed, 08 Jan 2025 01:00:00 GMT"),
    "Cache-Control": Header(_("回答可以保存多久"), "string", settings.PUBLIC_CACHE_CONTROL, always=True),
    "Link": Header(
        _("下一页（next）和上一页（prev）的地址（RFC 8288）"),
        "string",
        f'<{EXAMPLE_SITE}/api/v1/commitments/?cursor=WyItaWQiLCIxMzgiLCIxMzgiLDBd>; rel="next"',
    ),
    "Content-Disposition": Header(_("文件的名称"), "string", 'attachment; filename="commitment-2025-01-08.csv"'),
    "Content-Language": Header(_("文字所用的语言"), "string", "zh-hans", always=True),
    "Location": Header(_("提议的地址"), "string", f"{EXAMPLE_SITE}/api/v1/evidence/proposals/25/", always=True),
    "Idempotency-Replayed": Header(_("true：同键的请求先前已得到这一回答，没有再提出一次"), "boolean", example=True),
    "RateLimit-Policy": Header(_("限额：w 秒内 q 次请求"), "string", '"anonymous";q=600;w=60'),
    "RateLimit": Header(_("还可请求 r 次，t 秒后重新计数"), "string", '"anonymous";r=599;t=42'),
    "Retry-After": Header(_("多少秒后可以再试"), "integer", 42),
    "WWW-Authenticate": Header(
        _("需要怎样的令牌（RFC 6750）"), "string", 'Bearer realm="duixian", error="invalid_token"', always=True
    ),
}
_OF_DATA = ("X-Dataset-Version", "ETag", "Last-Modified", "Cache-Control")
_OF_COUNTING = ("RateLimit-Policy", "RateLimit")
_BY_STATUS: Mapping[str, tuple[str, ...]] = {
    "201": ("Location", "Idempotency-Replayed"),
    "401": ("WWW-Authenticate",),
    "403": ("WWW-Authenticate",),
    "409": ("Retry-After",),
    "429": ("Retry-After",),
    "503": ("Retry-After",),
}


def described(name: str, parameter: StrictFilter) -> OpenApiParameter:
    """Return a parameter of a query string."""
    field = parameter.field
    many = isinstance(field, CodesField | WholesField)
    kind = next((kind for known, kind in _TYPES if isinstance(field, known)), {"type": "string"})
    told = {"minimum": getattr(field, "min_value", None), "maximum": getattr(field, "max_value", None)}
    if kind["type"] == "string":
        told |= {"maxLength": getattr(field, "max_length", None), "enum": list(codes(field)) or None}
    schema: dict[str, Any] = {**kind, **{key: value for key, value in told.items() if value is not None}}
    example: Any = parameter.example
    if example and kind["type"] != "string":
        example = json.loads(example)
    return OpenApiParameter(
        name,
        {"type": "array", "items": schema} if many else schema,
        description=str(parameter.label),
        examples=[OpenApiExample(parameter.example, value=[example] if many else example)] if example != "" else [],
    )


def problems(*kinds: str, shape: "AnySerializer | None" = None) -> Responses:
    """Return the errors of these kinds, each with an example; kinds of one status stand together."""
    found: dict[Any, OpenApiResponse] = {}
    for kind in kinds:
        status, title, detail = KINDS[kind]
        value = {"type": f"/api/problems/{kind}/", "title": title, "status": status, "detail": detail}
        others = found.get((status, CONTENT_TYPE))
        example = OpenApiExample(kind, value=value, response_only=True, status_codes=[str(status)])
        examples = [*(others.examples if others else []), example]
        described_by = others.description if others else detail
        found[status, CONTENT_TYPE] = OpenApiResponse(shape or PROBLEM, description=described_by, examples=examples)
    return found


class ResourceSchema(AutoSchema):
    """Reads what a view says of itself: ``parameters()``, ``answer_serializer()``, ``resource`` and ``help_text``."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters of the query string of a read; ``completed`` describes those of the address."""
        parameters = self.view.parameters().items() if self.method == "GET" else ()
        return [described(name, parameter) for name, parameter in parameters]

    def get_response_serializers(self) -> Responses:  # type: ignore[override]  # a dict is documented, too
        """Return the answer, its other forms, and the errors that may come instead."""
        shape, told = self.view.answer_serializer(), str(self.view.help_text)
        answers: Responses = {(200, "application/json"): OpenApiResponse(shape, description=told)} if shape else {}
        answers |= {key: OpenApiResponse(kind, description=told) for key, kind in self.view.files().items()}
        private, lost = bool(self.view.get_authenticators()), "{" in self.path
        if not private:
            answers[304] = OpenApiResponse(description=_("与 If-None-Match 或 If-Modified-Since 所说的相同，没有内容"))
        kinds = (
            "bad-query",
            *(["unauthorized"] if private else []),
            *(["not-found"] if lost else []),
            *(["not-acceptable"] if shape and not private else []),
        )
        return {**answers, **problems(*kinds, "too-many-requests", "server-error", "unavailable", "too-slow")}

    def get_operation_id(self) -> str:
        """Return the resource's name and what is done with it."""
        action = "retrieve" if "{" in self.path and not self.path.endswith("history/") else "list"
        return getattr(self.view, "operation", f"{self.view.resource.replace('-', '_')}_{action}")

    def get_tags(self) -> list[str]:
        """Return the first part of the address, without its ending."""
        return [tag.partition(".")[0] for tag in super().get_tags()] or [self.view.resource]

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own signature, unlike its base's
        """Return what the resource is."""
        return str(self.view.help_text)

    def get_summary(self) -> str:
        """Return what the resource is, in a line."""
        return str(self.view.help_text)

    def _is_list_view(self, _serializer: object = None) -> bool:
        """Say no: a list is answered as a page, which is one object."""
        return False

    def get_filter_backends(self) -> list[Any]:
        """Return none: the view's own parameters are all there are."""
        return []


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its own
    """How a token is shown."""

    target_class = "projects.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme of RFC 6750."""
        told = _("由编辑台签发的令牌，以 dxp_ 开头。读取不需要；带上时按令牌而不按地址计数。")
        return {"type": "http", "scheme": "bearer", "description": str(told)}


def completed(result: dict[str, Any], **_context: object) -> dict[str, Any]:
    """Complete the document by what concerns all of it. A hook of drf-spectacular.

    A row's fields may be missing, because ``fields=`` leaves them out.
    """
    examples = orjson.loads(EXAMPLES.read_text(encoding="utf-8").replace(EXAMPLE_SITE, settings.SITE_URL))
    for name, component in result["components"]["schemas"].items():
        if name in _SPARSE:
            component.pop("required", None)
        if component.get("enum"):
            component["examples"] = component["enum"][:1]
    result["components"]["headers"] = {
        name: {
            "description": header.help_text,
            "required": header.always,
            "schema": {"type": header.type},
            "example": header.example,
        }
        for name, header in HEADERS.items()
    }
    tags: dict[str, str] = {}
    for operation in (one for path in result["paths"].values() for one in path.values()):
        _complete(operation, examples.get(operation["operationId"], {}))
        tags.setdefault(operation["tags"][0], operation["description"])
    result["tags"] = [{"name": name, "description": told} for name, told in tags.items()]
    return result


def _complete(operation: dict[str, Any], examples: Mapping[str, Any]) -> None:
    """Say what the parts of the address mean, who may call, which headers an answer has; give real examples."""
    operation["security"] = [one for one in operation.get("security", []) if one]
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            meaning, example = _PARTS[parameter["name"]]
            parameter |= {"description": meaning, "examples": {example: {"value": example}}}
    for status, response in operation["responses"].items():
        names = _headers(status, response.get("content", {}), private=bool(operation["security"]))
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    contents = {"request": operation.get("requestBody", {}), **operation["responses"]}
    for place, by_type in examples.items():
        for media_type, told in by_type.items():
            value = told.get(get_language() or "", told["value"])
            contents[place]["content"][media_type]["examples"] = {"example": {"summary": told["call"], "value": value}}


def _headers(status: str, content: Mapping[str, Any], *, private: bool) -> list[str]:
    """Return the headers that an answer may have."""
    shape = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    names = ["X-Request-ID", *(_OF_COUNTING if status != "304" else ()), *_BY_STATUS.get(status, ())]
    if status in ("200", "201", "304"):
        names += ["Cache-Control"] if private else _OF_DATA
    if status == "200":
        names += ["Link"] if shape.endswith("Page") else []
        names += ["Content-Disposition"] if "text/csv" in content else []
    return names if "application/json" in content or not content else [*names, "Content-Language"]
