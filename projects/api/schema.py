"""The OpenAPI description of the resources, from the same lists, parameters and serializers that answer them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiParameter, OpenApiResponse

from projects import serializers
from projects.api.problems import CONTENT_TYPE, KINDS, named
from projects.api.shapes import ProblemShape
from projects.filters import Parameter
from projects.filters.fields import (
    CodeField,
    CodesField,
    DayField,
    FlagField,
    NumberField,
    NumberKeyField,
    WholeField,
    codes,
)
from projects.filters.problems import Text
from projects.serializers.fields import RowField, RowsField

_TYPES: Mapping[type[forms.Field], OpenApiTypes] = {
    DayField: OpenApiTypes.DATE,
    FlagField: OpenApiTypes.BOOL,
    NumberField: OpenApiTypes.NUMBER,
    NumberKeyField: OpenApiTypes.INT64,
    WholeField: OpenApiTypes.INT,
}
# Rows of which a client may choose the fields.
_SPARSE = {name.removesuffix("Serializer") for name in serializers.__all__}
# The parts of addresses: what each means and an example.
PARTS: Mapping[str, tuple[Text, str]] = {
    "id": (_("编号"), "1"),
    "pk": (_("编号"), "1"),
    "commitment": (_("承诺的编号"), "1"),
    "slug": (_("项目的网址标识"), "second-hospital-extension"),
    "jurisdiction": (_("政府的行政区划代码"), "500112"),
    "year": (_("报告年度"), "2021"),
    "code": (_("行政区划代码"), "500112"),
}


def described(name: str, parameter: Parameter) -> OpenApiParameter:
    """Return a parameter of a query string."""
    field = parameter.field
    examples = [OpenApiExample(parameter.example, value=_value(field, parameter.example))] if parameter.example else []
    return OpenApiParameter(
        name,
        _type(field),
        description=str(field.help_text),
        enum=list(codes(field)) if isinstance(field, CodeField | CodesField) else None,
        many=isinstance(field, CodesField),
        examples=examples,
    )


def _type(field: forms.Field) -> OpenApiTypes | dict[str, Any]:
    if isinstance(field, WholeField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    return _TYPES.get(type(field), OpenApiTypes.STR)


def _value(field: forms.Field, example: str) -> object:
    if isinstance(field, WholeField | NumberKeyField):
        return int(example)
    if isinstance(field, NumberField):
        return float(example)
    if isinstance(field, FlagField):
        return example == "true"
    return [example] if isinstance(field, CodesField) else example


def problems(*kinds: str) -> dict[Any, OpenApiResponse]:
    """Return the errors of these kinds, each with an example; kinds of one status stand together."""
    found: dict[Any, OpenApiResponse] = {}
    for kind in kinds:
        status, title, detail = KINDS[kind]
        value = {"type": f"/api/problems/{kind}/", "title": str(title), "status": status, "detail": str(detail)}
        if kind == "bad-query":
            value |= {
                "detail": named("categroy", _("没有这个参数。")),
                "parameter": "categroy",
                "did_you_mean": "category",
            }
        example = OpenApiExample(kind, value=value, response_only=True, status_codes=[str(status)])
        others = found.get((status, CONTENT_TYPE))
        if others is None:
            found[status, CONTENT_TYPE] = OpenApiResponse(ProblemShape, description=str(detail), examples=[example])
        else:
            others.examples = [*others.examples, example]
    return found


class ResourceSchema(AutoSchema):
    """Reads what a view says of itself: ``parameters()``, ``shape()``, ``resource`` and ``meaning``."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters of the query string; ``completed`` describes those of the address."""
        return [described(name, parameter) for name, parameter in self.view.parameters().items()]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]  # a dict is documented, too
        """Return the answer, and the errors that may come instead."""
        shape: Any = self.view.shape()
        good = {(200, "application/json"): OpenApiResponse(shape, description=str(self.view.meaning))}
        lost = ["not-found"] if "{" in self.path else []
        files: dict[Any, Any] = getattr(self.view, "files", dict)()
        return {
            **good,
            **files,
            **problems("bad-query", *lost, "not-acceptable", "too-many-requests", "server-error", "unavailable"),
        }

    def get_operation_id(self) -> str:
        """Return the resource's name and what is done with it."""
        action = "retrieve" if "{" in self.path and not self.path.endswith("history/") else "list"
        return f"{self.view.resource.replace('-', '_')}_{action}"

    def get_tags(self) -> list[str]:
        """Return the resource's name."""
        return [self.view.resource]

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own signature, unlike its base's
        """Return what the resource is."""
        return str(self.view.meaning)

    def get_summary(self) -> str:
        """Return what the resource is, in a line."""
        return str(self.view.meaning)

    def _is_list_view(self, _serializer: object = None) -> bool:
        """Say no: a list is answered as a page, which is one object."""
        return False

    def get_filter_backends(self) -> list[Any]:
        """Return none: the view's own parameters are all there are."""
        return []


class RowsExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # its own, unannotated
    """Rows inside a row."""

    target_class = RowsField
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return an array of the inner rows, or the one; that it may be null, the field says itself."""
        inner = auto_schema.resolve_serializer(self.target.child, direction).ref
        if isinstance(self.target, RowField):
            return dict(inner)
        return {"type": "array", "items": inner}


def completed(result: dict[str, Any], **_context: object) -> dict[str, Any]:
    """Describe every field and part of an address, give every vocabulary an example. A hook of drf-spectacular.

    A row's fields may be missing, because ``fields=`` leaves them out.
    """
    for name, component in result["components"]["schemas"].items():
        if name in _SPARSE:
            component.pop("required", None)
        if component.get("enum"):
            component["examples"] = component["enum"][:1]
        for field in component.get("properties", {}).values():
            field.setdefault("description", field.get("title", str(_("编号"))))
    operations = [operation for path in result["paths"].values() for operation in path.values()]
    for parameter in (one for operation in operations for one in operation.get("parameters", [])):
        if parameter["in"] == "path":
            meaning, example = PARTS[parameter["name"]]
            parameter |= {"description": str(meaning), "examples": {example: {"value": example}}}
    return result
