"""The answers of the API that are no rows of tables, as serializers that describe them for the OpenAPI document."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.api.queries import COSTLY, LATER_PAGE, NOT_WANTED
from projects.api.vocabularies import VOCABULARIES
from projects.filters.problems import Fault, Text
from projects.serializers import Resource

AnyField: TypeAlias = "serializers.Field[Any, Any, Any, Any]"
AnySerializer: TypeAlias = "type[serializers.Serializer[Any]]"


def shape(name: str, meaning: Text, /, **fields: AnyField) -> AnySerializer:
    """Return the serializer that describes an answer; its fields in this order, not in that of their making."""
    made: Any = type(name, (serializers.Serializer,), {**fields, "__doc__": meaning})
    made._declared_fields = fields
    described: AnySerializer = made
    return described


def _text(meaning: Text, **more: Any) -> serializers.CharField:
    return serializers.CharField(help_text=meaning, **more)


def _number(meaning: Text, **more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(help_text=meaning, **more)


def _flag(meaning: Text) -> serializers.BooleanField:
    return serializers.BooleanField(help_text=meaning)


def _address(meaning: Text, **more: Any) -> serializers.URLField:
    return serializers.URLField(help_text=meaning, **more)


def _list(child: AnyField, meaning: Text, **more: Any) -> serializers.ListField:
    return serializers.ListField(child=child, help_text=meaning, **more)


_TOLD: Mapping[str, AnyField] = {
    "type": _text(_("问题类型的地址，打开可读到说明")),
    "title": _text(_("问题类型的名称")),
    "status": _number(_("HTTP 状态码")),
    "detail": _text(_("这一次哪里有误")),
}
_ALLOWED = _list(serializers.CharField(), _("允许的值"), required=False)
_NEAREST = _text(_("最接近的允许的值"), required=False)
_PARAMETER_ERROR = shape(
    "ParameterError",
    _("一个参数哪里有误"),
    parameter=_text(_("有误的参数")),
    code=serializers.ChoiceField(choices=[fault.value for fault in Fault], help_text=_("错误的种类")),
    detail=_text(_("哪里有误，如何改正")),
    allowed=_ALLOWED,
    did_you_mean=_NEAREST,
)
PROBLEM = shape(
    "Problem",
    _("问题文档（RFC 9457）"),
    **_TOLD,
    parameter=_text(_("第一个有误的参数"), required=False),
    allowed=_ALLOWED,
    did_you_mean=_NEAREST,
    errors=_PARAMETER_ERROR(many=True, required=False, help_text=_("全部有误的参数")),
)
_FIELD_ERROR = shape(
    "FieldError",
    _("内容的一个字段哪里有误"),
    field=_text(_("有误的字段；为空时指整个内容")),
    pointer=_text(_("字段在内容中的位置（JSON Pointer）")),
    code=_text(_("错误的种类")),
    detail=_text(_("哪里有误，如何改正")),
    allowed=_ALLOWED,
)
INVALID = shape(
    "Invalid",
    _("逐一列出有误的字段的问题文档"),
    **_TOLD,
    errors=_FIELD_ERROR(many=True, help_text=_("逐一列出有误的字段")),
)
UNFIT = shape(
    "Unfit",
    _("内容过大或类型不对的问题文档"),
    **_TOLD,
    errors=_FIELD_ERROR(many=True, required=False, help_text=_("有误的文件")),
    limit=_number(_("最多多少字节；过大时才有"), required=False),
)

_SUM = shape(
    "Sum",
    _("一种单位的数量之和"),
    unit=_text(_("单位")),
    count=_number(_("有此单位的数量的承诺数")),
    quantity=serializers.FloatField(help_text=_("数量之和")),
)
_SUMMED = {
    "overdue": _number(_("其中逾期的")),
    "sums": _SUM(many=True, required=False, help_text=_("各单位的数量之和；sum=quantity 时才有")),
    "sums_omitted": _number(_("没有列出的单位有多少种；sum=quantity 时才有"), required=False),
}


@extend_schema_field({"type": ["string", "integer", "null"]})
class _GroupValueField(serializers.CharField):
    """The code of a group; years and numbers of departments are integers."""


_COUNT = shape(
    "Count",
    _("一组，及其承诺数"),
    value=_GroupValueField(help_text=_("组的代码；年份为整数")),
    count=_number(_("承诺数")),
    **_SUMMED,
)
_REPORTS_COUNTED = shape(
    "ReportsCounted",
    _("据以计数的报告"),
    on_file=_number(_("有多少份报告")),
    missing=_number(_("缺多少份：各政府从最早的一份到最近可能有的一份")),
    report_years=_list(serializers.IntegerField(), _("只问一个政府时：有哪些年度的报告"), allow_null=True),
    missing_years=_list(serializers.IntegerField(), _("只问一个政府时：缺哪些年度的报告"), allow_null=True),
    url=_address(_("逐个政府列出的地址")),
)
COUNTS = shape(
    "Stats",
    _("按组计数"),
    as_of=serializers.DateField(help_text=_("以哪一天为准")),
    total=_number(_("承诺总数")),
    **_SUMMED,
    reports=_REPORTS_COUNTED(help_text=_("据以计数的报告")),
    by=serializers.DictField(child=_COUNT(many=True), help_text=_("各种分组的计数")),
    cross=_list(
        serializers.DictField(),
        _("各组的每种组合及其计数，承诺多的在前的至多两千种；cross=true 时才有"),
        required=False,
    ),
    omitted=serializers.DictField(
        child=serializers.IntegerField(), help_text=_("各种分组和交叉表中没有列出的有多少；都列出时为空")
    ),
)

_CODED = {"code": _text(_("代码")), "name": _text(_("中文名")), "name_en": _text(_("英文名"))}
_CODE = shape("Code", _("一个代码及其名称"), **_CODED)
_ENTRIES: Mapping[str, AnySerializer] = {
    "categories": shape(
        "CategoryEntry",
        _("一个类别，及其在 COFOG 和 OC4IDS 中的代码"),
        **_CODED,
        cofog=_list(serializers.CharField(), _("联合国政府职能分类（COFOG）代码")),
        oc4ids=_list(serializers.CharField(), _("OC4IDS 的 projectSector，可能没有")),
        livelihood=_flag(_("是否属于民生")),
        core_livelihood=_flag(_("是否属于教育、医疗卫生、交通、住房四类")),
    ),
    "statuses": shape(
        "StatusEntry",
        _("一个状态，及其在 OGP 和 OC4IDS 中的对应"),
        **_CODED,
        ogp=_text(_("开放政府伙伴关系（OGP）的完成程度"), allow_null=True),
        oc4ids=_text(_("OC4IDS 的 milestoneStatus"), allow_null=True),
    ),
}
_VOCABULARIES = shape(
    "Vocabularies", _("其余各字段的代码及其名称"), **{name: _CODE(many=True, help_text=name) for name in VOCABULARIES}
)

INDEX = shape(
    "Index",
    _("接口的首页"),
    documentation=_address(_("可试用的接口文档")),
    reference=_address(_("便于阅读的接口手册")),
    schema=_address(_("OpenAPI 3.1 描述")),
    policy=_address(_("程序可以依赖什么，变更怎样预告")),
    updates=_address(_("承诺的更新（Atom）")),
    calendar=_address(_("到期日历（iCalendar）")),
    snapshots=_address(_("全部数据的整份下载：现存各份的清单")),
    licence=shape(
        "Licence",
        _("数据许可"),
        name=_text(_("许可证（SPDX 代码）")),
        terms=_text(_("可以怎样使用")),
        url=_address(_("说明的地址")),
    )(help_text=_("数据许可")),
    dataset=shape(
        "Dataset",
        _("公开数据的版本"),
        version=_number(_("公开数据的版本号；每次公开的变更都使它增加")),
        changed_at=serializers.DateTimeField(help_text=_("这一版本形成的时刻（UTC）")),
    )(help_text=_("公开数据的版本")),
    resources=shape(
        "Resource",
        _("一种资源"),
        name=_text(_("资源的名称")),
        url=_address(_("列表的地址")),
        meaning=_text(_("是什么")),
        formats=_list(serializers.CharField(), _("列表可用的格式")),
    )(many=True, help_text=_("全部资源")),
)

_NEXT = _address(_("下一页的地址"), allow_null=True)
_NEXT_CURSOR = _text(_("下一页的游标，用作参数 cursor"), allow_null=True)
CHANGES_PAGE = shape(
    "ChangesPage",
    _("一页变更，按提交的先后"),
    version=_number(_("现在的版本；读完各页后，下次用作 since")),
    next=_NEXT,
    next_cursor=_NEXT_CURSOR,
    results=shape(
        "Change",
        _("一条最近一次的公开变更"),
        resource=_text(_("资源的名称")),
        id=_text(_("该条的标识，如接口地址中所示")),
        url=_address(_("该条的地址；已移除的不再有")),
        version=_number(_("变更所成的版本")),
        removed=_flag(_("是否已不再公开")),
    )(many=True, help_text=_("本页各条")),
)


@cache
def page_of(resource: Resource) -> AnySerializer:
    """Return the serializer of a page of such rows."""
    return shape(
        f"{resource.name}Page",
        _("一页。"),
        count=_number(_("全部条数；未计数时为空"), allow_null=True),
        count_omitted=serializers.ChoiceField(
            choices=[NOT_WANTED, LATER_PAGE, COSTLY],
            allow_null=True,
            help_text=_(
                "为什么没有总数：not_wanted 不要，later_page 只有首页才计，costly 计数费事；count=true 总会计数"
            ),
        ),
        next=_NEXT,
        previous=_address(_("上一页的地址"), allow_null=True),
        next_cursor=_NEXT_CURSOR,
        results=resource.serializer(many=True, help_text=_("本页各条")),
    )


@cache
def codes_of(vocabulary: str) -> AnySerializer:
    """Return the serializer of an answer that has all codes of a vocabulary."""
    entry = _ENTRIES.get(vocabulary)
    if entry is None:
        return _VOCABULARIES
    name = f"{entry.__name__.removesuffix('Entry')}List"
    return shape(name, _("全部代码"), results=entry(many=True, help_text=_("全部代码")))
