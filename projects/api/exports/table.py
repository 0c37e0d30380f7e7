"""Rows as cells: one column for each field, and one for each field of an object inside a row, in words or in codes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias
from zlib import crc32

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, override, pgettext_lazy

from projects.choices import Comparator, DelayReason, Light, Milestone, ResponsibilityRole, Status
from projects.filters.problems import Text
from projects.models import Jurisdiction
from projects.serializers import API, Field, Resource, absolute

Cell: TypeAlias = str | int | float | bool | date | datetime | None
Reading: TypeAlias = Callable[[Any], Any]
# Between the items of a cell that holds several.
_BETWEEN = "；"
# The fields that hold the code of a government.
GOVERNMENTS = frozenset({"jurisdiction", "parent"})
# The resources of the API that have a page of their own, and where it is.
_PAGES = {"commitments": "commitments", "projects": "projects", "reports": "reports", "jurisdictions": "places"}

# What columns are called that the model has no name for, or one that says too little outside of its own table.
LABELS: Mapping[str, Text] = {
    "achievement": pgettext_lazy("表头", "成绩"),
    "address": gettext_lazy("应打开的网址"),
    "answer": gettext_lazy("后来的报告怎么说"),
    "announced_on": gettext_lazy("宣布的新期限"),
    "change": gettext_lazy("再次提出时的变化"),
    "code": gettext_lazy("代码"),
    "commitment": gettext_lazy("承诺编号"),
    "commitment_url": gettext_lazy("承诺的地址"),
    "days_late": gettext_lazy("晚于到期日天数"),
    "days_overdue": gettext_lazy("到期日已过天数"),
    "delay_reason": gettext_lazy("延误原因"),
    "delivered_on": gettext_lazy("报告日期"),
    "department": pgettext_lazy("表头", "部门"),
    "document_number": gettext_lazy("文号"),
    "due_state": gettext_lazy("兑现状态"),
    "earlier": gettext_lazy("较早的承诺"),
    "evidence": gettext_lazy("所依据的证据编号"),
    "file_url": gettext_lazy("文件的地址"),
    "id": gettext_lazy("编号"),
    "is_forecast": gettext_lazy("是否预计"),
    "jurisdiction": gettext_lazy("行政区划代码"),
    "jurisdiction_url": gettext_lazy("政府的地址"),
    "key": gettext_lazy("标识"),
    "later": gettext_lazy("较晚的承诺"),
    "light": gettext_lazy("序时进度"),
    "missing_years": gettext_lazy("缺报告的年度"),
    "overdue": gettext_lazy("是否逾期"),
    "overdue_basis": gettext_lazy("逾期依据"),
    "overdue_since": gettext_lazy("逾期起算日"),
    "parent": gettext_lazy("上级代码"),
    "parent_url": gettext_lazy("上级的地址"),
    "phase": gettext_lazy("阶段"),
    "place": gettext_lazy("在来源中的位置"),
    "project": pgettext_lazy("表头", "项目"),
    "project_url": gettext_lazy("项目的地址"),
    "publisher": gettext_lazy("发布者"),
    "publisher_en": gettext_lazy("发布者（英文）"),
    "quote": gettext_lazy("原文"),
    "recorded_at": gettext_lazy("记录时刻（UTC）"),
    "report": gettext_lazy("报告"),
    "report_url": gettext_lazy("报告的地址"),
    "report_years": gettext_lazy("有报告的年度"),
    "reported_bound": gettext_lazy("最新报告值的界限"),
    "reported_value": gettext_lazy("最新报告值"),
    "score": gettext_lazy("政府自评"),
    "self_url": gettext_lazy("本条的地址"),
    "session_en": gettext_lazy("会议（英文）"),
    "source": pgettext_lazy("表头", "来源"),
    "source_url": gettext_lazy("原文网址"),
    "status_as_of": gettext_lazy("状态依据截至"),
    "updated_at": gettext_lazy("更新时刻（UTC）"),
    "url": gettext_lazy("网址"),
    "year": gettext_lazy("年度"),
    "years_slipped": gettext_lazy("推迟年数"),
}
# What a column is called that holds a name in place of a code.
_NAMED: Mapping[str, Text] = {"jurisdiction": gettext_lazy("政府"), "parent": gettext_lazy("上级政府")}


class LabelFormatter:
    """What a person reads in a cell where a program reads a code: names, yes and no, and addresses that open.

    Governments are looked up once they are asked for.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def reading(self, name: str, field: Field) -> Reading | None:
        """Return what makes a field's value readable; None where it is so already."""
        if name in GOVERNMENTS:
            return _named(self._governments)
        if name == "url" or name.endswith("_url"):
            return self.opened
        with override(self._language):
            if field.choices:
                return _named({code: str(label) for code, label in field.choices})
            is_flag = isinstance(field.kind, models.BooleanField)
            return _named({True: _("是"), False: _("否")}) if is_flag else None

    def opened(self, address: str) -> str:
        """Return the address of the page that shows what an address of the API names; any other one as it is."""
        resource, _slash, key = address.removeprefix(absolute(API)).partition("/")
        if not address.startswith(absolute(API)) or resource not in _PAGES:
            return address
        place = key.replace("-", "/") if resource == "reports" else key
        return absolute(f"{self._home}{_PAGES[resource]}/{place}")

    @cached_property
    def _home(self) -> str:
        with override(self._language):
            return reverse("pages:home")

    @cached_property
    def _governments(self) -> dict[str, str]:
        name = "name_en" if self._language == "en" else "name"
        return dict(Jurisdiction.objects.published().exclude(**{name: ""}).values_list("code", name))


def _named(names: Mapping[Any, str]) -> Reading:
    return lambda code: names.get(code, code)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the way to its value inside a row, what it is called, and how the value is read."""

    path: tuple[str, ...]
    labels: tuple[Text, ...]
    reading: Reading | None = None
    kind: type[date] | type[datetime] | None = None

    def label(self, language: str) -> str:
        """Return what people call it: the names along the way."""
        with override(language):
            return " · ".join(map(str, self.labels))

    @property
    def code(self) -> str:
        """What programs call it, as the paths of JSON do."""
        return ".".join(self.path)

    def cell(self, row: dict[str, Any]) -> Cell:
        """Return its value in a row."""
        value: Any = row
        for name in self.path:
            value = None if value is None else value[name]
        cell: Cell = value if value is None or self.reading is None else self.reading(value)
        return cell


def label_of(name: str, field: Field) -> Text:
    """Return what people call a field."""
    return LABELS.get(name, field.kind.verbose_name)


def columns(resource: Resource, names: Collection[str] = (), labels: LabelFormatter | None = None) -> list[Column]:
    """Return the columns of a resource's fields, or of the named ones, in the resource's order.

    With ``labels``, cells hold what people read instead of codes.
    """
    return list(_columns(resource, names, labels, (), ()))


def _columns(
    resource: Resource,
    names: Collection[str],
    labels: LabelFormatter | None,
    above: tuple[str, ...],
    called: tuple[Text, ...],
) -> Iterator[Column]:
    for name, field in resource.fields.items():
        if names and name not in names:
            continue
        label = _NAMED[name] if labels and name in _NAMED else label_of(name, field)
        if field.rows is not None and not field.many:
            yield from _columns(field.rows, (), labels, (*above, name), (*called, label))
        else:
            reading, kind = _read(field)
            if reading is None and labels is not None:
                reading = labels.reading(name, field)
            yield Column((*above, name), (*called, label), reading, kind)


def _read(field: Field) -> tuple[Reading | None, type[date] | type[datetime] | None]:
    """Return how a value that JSON has no type for is read, and what it is then."""
    if isinstance(field.kind, models.DateTimeField):
        return _moment, datetime
    if isinstance(field.kind, models.DateField):
        return date.fromisoformat, date
    return (joined, None) if isinstance(field.kind, ArrayField) else (None, None)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def joined(items: list[Any]) -> str:
    """Return a list as one cell."""
    return _BETWEEN.join(map(str, items))


def cells(columns: Collection[Column], row: bytes) -> list[Cell]:
    """Return the cells of a row of JSON."""
    values = orjson.loads(row)
    return [column.cell(values) for column in columns]


OFFICE_HEADER = (
    *("序号", "目标任务", "牵头单位", "配合单位", "完成时限", "进展情况", "完成情况", "是否达序时"),
    "承诺网址",
)
_IN_TIME = {Light.BLUE: "是", Light.GREEN: "是", Light.YELLOW: "否", Light.RED: "否"}


def office_rows(batches: Iterable[Collection[bytes]]) -> Iterator[dict[str, Cell]]:
    """Yield the rows of the offices' own sheet, which is Chinese, by the words of its header.

    The address at the end tells whose row it is when the sheet comes back, and, behind ``#``, what its deadline and
    its outcome were, so that only what somebody has filled in counts as news.
    """
    with override("zh-hans"):
        for number, row in enumerate(chain.from_iterable(batches), 1):
            yield dict(zip(OFFICE_HEADER, _office_cells(number, orjson.loads(row)), strict=True))


def _office_cells(number: int, row: Mapping[str, Any]) -> list[Cell]:
    led, helped = (
        "、".join(one["name"] for one in row["responsibilities"] if one["role"] == role)
        for role in (ResponsibilityRole.LEAD, ResponsibilityRole.COOPERATING)
    )
    status = Status(row["status"])
    told = [_progress(row), "" if status == Status.NOT_ASSESSED else str(status.label), _IN_TIME.get(row["light"], "")]
    due = _deadline(row)
    address = absolute(reverse("pages:commitment", args=[row["id"]]))
    return [number, row["title"], led, helped, due, *told, f"{address}#{mark([due])}{mark(told)}"]


def mark(cells: Iterable[str]) -> str:
    """Return a mark of what cells say, blanks aside; ``seeds.sheets.rows`` makes the same of a sheet."""
    return f"{crc32(''.join(''.join(cells).split()).encode()):08x}"


def _deadline(row: Mapping[str, Any]) -> str:
    if row["milestone"] == Milestone.PROGRESS or row["due_on"] is None:
        return "持续推进" if row["milestone"] == Milestone.PROGRESS else ""
    day = date.fromisoformat(row["due_on"])
    return f"{day.year}年{day.month}月{day.day}日前"


def _progress(row: Mapping[str, Any]) -> str:
    """What is known: the newest value with its day, and why it is late."""
    said = []
    if row["reported_value"] is not None:
        bound = "" if row["reported_bound"] in (None, Comparator.EQ) else Comparator(row["reported_bound"]).label
        day = date.fromisoformat(row["reported_on"]) if row["reported_on"] else None
        until = f"截至{day.year}年{day.month}月{day.day}日，" if day else ""
        said.append(f"{until}{bound}{float(row['reported_value']):.12g}{row['unit'] or ''}")
    if row["delay_reason"]:
        said.append(f"延误原因：{DelayReason(row['delay_reason']).label}{_noted(row['delay_note'])}")
    return "；".join(said)


def _noted(note: str) -> str:
    return f"（{note}）" if note else ""
