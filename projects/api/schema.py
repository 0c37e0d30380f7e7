"""The OpenAPI description of the resources, from the same lists, filters and fields that answer them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from projects import serializers as resources
from projects.api.problems import CONTENT_TYPE, KINDS, named
from projects.api.queries import COSTLY, LATER_PAGE, NOT_WANTED
from projects.api.vocabularies import VOCABULARIES
from projects.filters.filters import (
    AsOfField,
    CodeField,
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
from projects.filters.problems import Fault, Text
from projects.serializers import Resource

AnySerializer: TypeAlias = "type[serializers.Serializer[Any]]"

# Rows of which a client may choose the fields.
_SPARSE = frozenset(one.name for one in vars(resources).values() if isinstance(one, Resource))
_TYPES: Mapping[type[forms.Field], OpenApiTypes] = {
    AsOfField: OpenApiTypes.DATE,
    DayField: OpenApiTypes.DATE,
    FlagField: OpenApiTypes.BOOL,
    NumberField: OpenApiTypes.NUMBER,
    NumberKeyField: OpenApiTypes.INT64,
    WholeField: OpenApiTypes.INT,
}
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


def described(name: str, parameter: StrictFilter) -> OpenApiParameter:
    """Return a parameter of a query string."""
    field = parameter.field
    examples = [OpenApiExample(parameter.example, value=_value(field, parameter.example))] if parameter.example else []
    return OpenApiParameter(
        name,
        _type(field),
        description=str(parameter.label),
        enum=list(codes(field)) if isinstance(field, CodeField | CodesField) else None,
        many=isinstance(field, CodesField),
        examples=examples,
    )


def _type(field: forms.Field) -> OpenApiTypes | dict[str, Any]:
    if isinstance(field, WholeField):
        bounds = {"minimum": field.min_value, "maximum": field.max_value}
        number = {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}
        return {"type": "array", "items": number} if isinstance(field, WholesField) else number
    return _TYPES.get(type(field), OpenApiTypes.STR)


def _value(field: forms.Field, example: str) -> object:
    if isinstance(field, WholesField):
        return [int(example)]
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
            found[status, CONTENT_TYPE] = OpenApiResponse(
                ProblemSerializer, description=str(detail), examples=[example]
            )
        else:
            others.examples = [*others.examples, example]
    return found


class ResourceSchema(AutoSchema):
    """Reads what a view says of itself: ``parameters()``, ``answer_serializer()``, ``resource`` and ``help_text``."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters of the query string; ``completed`` describes those of the address."""
        return [described(name, parameter) for name, parameter in self.view.parameters().items()]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]  # a dict is documented, too
        """Return the answer, and the errors that may come instead."""
        shape: Any = self.view.answer_serializer()
        good = {(200, "application/json"): OpenApiResponse(shape, description=str(self.view.help_text))}
        lost = ["not-found"] if "{" in self.path else []
        files: dict[Any, Any] = self.view.files()
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


def completed(result: dict[str, Any], request: Request | None, **_context: object) -> dict[str, Any]:
    """Describe every field and part of an address, give every vocabulary an example. A hook of drf-spectacular.

    A row's fields may be missing, because ``fields=`` leaves them out. The server is the one that is asked for the
    document, so that a page of its own may try calls; outside of requests it is ``SITE_URL``.
    """
    result["servers"] = [{"url": settings.SITE_URL if request is None else request.build_absolute_uri("/")[:-1]}]
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


# -- What is answered besides rows of tables --------------------------------------------------------------------------


class AnswerSerializer(serializers.Serializer[dict[str, Any]]):
    """A description of an answer."""


class ParameterErrorSerializer(AnswerSerializer):
    """What is wrong with one parameter."""

    parameter = serializers.CharField(help_text=_("有误的参数"))
    code = serializers.ChoiceField(choices=[fault.value for fault in Fault], help_text=_("错误的种类"))
    detail = serializers.CharField(help_text=_("哪里有误，如何改正"))
    allowed = serializers.ListField(child=serializers.CharField(), required=False, help_text=_("允许的值"))
    did_you_mean = serializers.CharField(required=False, help_text=_("最接近的允许的值"))


class ProblemSerializer(AnswerSerializer):
    """A problem document (RFC 9457)."""

    type = serializers.CharField(help_text=_("问题类型的地址，打开可读到说明"))
    title = serializers.CharField(help_text=_("问题类型的名称"))
    status = serializers.IntegerField(help_text=_("HTTP 状态码"))
    detail = serializers.CharField(help_text=_("这一次哪里有误"))
    parameter = serializers.CharField(required=False, help_text=_("第一个有误的参数"))
    allowed = serializers.ListField(child=serializers.CharField(), required=False, help_text=_("该参数允许的值"))
    did_you_mean = serializers.CharField(required=False, help_text=_("最接近的允许的值"))
    errors = serializers.ListField(child=ParameterErrorSerializer(), required=False, help_text=_("全部有误的参数"))  # type: ignore[assignment]  # a serializer's own attribute has this name


class SumSerializer(AnswerSerializer):
    """The quantities of one unit."""

    unit = serializers.CharField(help_text=_("单位"))
    count = serializers.IntegerField(help_text=_("有此单位的数量的承诺数"))
    quantity = serializers.FloatField(help_text=_("数量之和"))


class SummedSerializer(AnswerSerializer):
    """What is counted, and summed up where that is asked for."""

    overdue = serializers.IntegerField(help_text=_("其中逾期的"))
    sums = SumSerializer(many=True, required=False, help_text=_("各单位的数量之和；sum=quantity 时才有"))
    sums_omitted = serializers.IntegerField(required=False, help_text=_("没有列出的单位有多少种；sum=quantity 时才有"))


@extend_schema_field({"type": ["string", "integer", "null"]})
class GroupValueField(serializers.CharField):
    """The code of a group; years and numbers of departments are integers."""


class CountSerializer(SummedSerializer):
    """One group and how many commitments it has."""

    value = GroupValueField(help_text=_("组的代码；年份为整数"))
    count = serializers.IntegerField(help_text=_("承诺数"))


class ReportsCountedSerializer(AnswerSerializer):
    """The reports that counts rest on."""

    on_file = serializers.IntegerField(help_text=_("有多少份报告"))
    missing = serializers.IntegerField(help_text=_("缺多少份：各政府从最早的一份到最近可能有的一份"))
    report_years = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text=_("只问一个政府时：有哪些年度的报告")
    )
    missing_years = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text=_("只问一个政府时：缺哪些年度的报告")
    )
    url = serializers.CharField(help_text=_("逐个政府列出的地址"))


class StatsSerializer(SummedSerializer):
    """Counts by group."""

    as_of = serializers.DateField(help_text=_("以哪一天为准"))
    total = serializers.IntegerField(help_text=_("承诺总数"))
    reports = ReportsCountedSerializer(help_text=_("据以计数的报告"))
    by = serializers.DictField(child=CountSerializer(many=True), help_text=_("各种分组的计数"))
    cross = serializers.ListField(
        child=serializers.DictField(),
        required=False,
        help_text=_("各组的每种组合及其计数，承诺多的在前的至多两千种；cross=true 时才有"),
    )
    omitted = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("各种分组和交叉表中没有列出的有多少；都列出时为空")
    )


class CodeSerializer(AnswerSerializer):
    """A code and its names."""

    code = serializers.CharField(help_text=_("代码"))
    name = serializers.CharField(help_text=_("中文名"))
    name_en = serializers.CharField(help_text=_("英文名"))


class CategoryEntrySerializer(CodeSerializer):
    """A category and its codes in the UN's classification and in OC4IDS."""

    cofog = serializers.ListField(child=serializers.CharField(), help_text=_("联合国政府职能分类（COFOG）代码"))
    oc4ids = serializers.ListField(child=serializers.CharField(), help_text=_("OC4IDS 的 projectSector，可能没有"))
    livelihood = serializers.BooleanField(help_text=_("是否属于民生"))
    core_livelihood = serializers.BooleanField(help_text=_("是否属于教育、医疗卫生、交通、住房四类"))


class StatusEntrySerializer(CodeSerializer):
    """A status and its equivalents."""

    ogp = serializers.CharField(allow_null=True, help_text=_("开放政府伙伴关系（OGP）的完成程度"))
    oc4ids = serializers.CharField(allow_null=True, help_text=_("OC4IDS 的 milestoneStatus"))


class ResourceSerializer(AnswerSerializer):
    """A resource."""

    name = serializers.CharField(help_text=_("资源的名称"))
    url = serializers.CharField(help_text=_("列表的地址"))
    meaning = serializers.CharField(help_text=_("是什么"))
    formats = serializers.ListField(child=serializers.CharField(), help_text=_("列表可用的格式"))


class LicenceSerializer(AnswerSerializer):
    """On which terms the data may be used."""

    name = serializers.CharField(help_text=_("许可证（SPDX 代码）"))
    terms = serializers.CharField(help_text=_("可以怎样使用"))
    url = serializers.CharField(help_text=_("说明的地址"))


class DatasetSerializer(AnswerSerializer):
    """Which version of the public data stands now."""

    version = serializers.IntegerField(help_text=_("公开数据的版本号；每次公开的变更都使它增加"))
    changed_at = serializers.DateTimeField(help_text=_("这一版本形成的时刻（UTC）"))


class IndexSerializer(AnswerSerializer):
    """The first page of the API."""

    documentation = serializers.CharField(help_text=_("可试用的接口文档"))
    reference = serializers.CharField(help_text=_("便于阅读的接口手册"))
    schema = serializers.CharField(help_text=_("OpenAPI 3.1 描述"))
    policy = serializers.CharField(help_text=_("程序可以依赖什么，变更怎样预告"))
    updates = serializers.CharField(help_text=_("承诺的更新（Atom）"))
    calendar = serializers.CharField(help_text=_("到期日历（iCalendar）"))
    licence = LicenceSerializer(help_text=_("数据许可"))
    dataset = DatasetSerializer(help_text=_("公开数据的版本"))
    resources = ResourceSerializer(many=True, help_text=_("全部资源"))


class ChangeSerializer(AnswerSerializer):
    """The last public change of one row."""

    resource = serializers.CharField(help_text=_("资源的名称"))
    id = serializers.CharField(help_text=_("该条的标识，如接口地址中所示"))
    url = serializers.URLField(help_text=_("该条的地址；已移除的不再有"))
    version = serializers.IntegerField(help_text=_("变更所成的版本"))
    removed = serializers.BooleanField(help_text=_("是否已不再公开"))


class ChangesPageSerializer(AnswerSerializer):
    """Changes in the order of commits."""

    version = serializers.IntegerField(help_text=_("现在的版本；读完各页后，下次用作 since"))
    next = serializers.URLField(allow_null=True, help_text=_("下一页的地址"))
    next_cursor = serializers.CharField(allow_null=True, help_text=_("下一页的游标，用作参数 cursor"))
    results = ChangeSerializer(many=True, help_text=_("本页各条"))


@cache
def page_of(resource: Resource) -> AnySerializer:
    """Return the serializer of a page of such rows."""
    fields = {
        "count": serializers.IntegerField(allow_null=True, help_text=_("全部条数；未计数时为空")),
        "count_omitted": serializers.ChoiceField(
            choices=[NOT_WANTED, LATER_PAGE, COSTLY],
            allow_null=True,
            help_text=_(
                "为什么没有总数：not_wanted 不要，later_page 只有首页才计，costly 计数费事；count=true 总会计数"
            ),
        ),
        "next": serializers.URLField(allow_null=True, help_text=_("下一页的地址")),
        "previous": serializers.URLField(allow_null=True, help_text=_("上一页的地址")),
        "next_cursor": serializers.CharField(allow_null=True, help_text=_("下一页的游标，用作参数 cursor")),
        "results": resource.serializer(many=True, help_text=_("本页各条")),
    }
    return type(f"{resource.name}Page", (AnswerSerializer,), {**fields, "__doc__": _("一页。")})


VocabulariesSerializer: AnySerializer = type(
    "Vocabularies", (AnswerSerializer,), {name: CodeSerializer(many=True, help_text=name) for name in VOCABULARIES}
)


@cache
def results_of(vocabulary: str) -> AnySerializer:
    """Return the serializer of an answer that has all codes of a vocabulary."""
    entry = {"categories": CategoryEntrySerializer, "statuses": StatusEntrySerializer}.get(vocabulary)
    if entry is None:
        return VocabulariesSerializer
    name = f"{entry.__name__.removesuffix('EntrySerializer')}List"
    return type(name, (AnswerSerializer,), {"results": entry(many=True, help_text=_("全部代码"))})
