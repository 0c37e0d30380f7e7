"""What a reader has chosen in a list: the form's fields, and what can be taken back again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from projects.choices import (
    Answer,
    Category,
    Change,
    Comparator,
    DelayReason,
    DueBasis,
    DueState,
    Light,
    Milestone,
    OverdueBasis,
    ResponsibilityRole,
    Status,
)
from projects.models import Jurisdiction, Project, Report
from projects.views.localized import plain

YES_NO = (("true", _("是")), ("false", _("否")))
OVERDUE = (("true", _("已逾期")), ("false", _("未逾期")))
ORDERINGS = (("-id", _("最近收录在前")), ("due_on", _("期限最早在前")), ("-due_on", _("期限最晚在前")))

NAMES: dict[str, Promise] = {
    "q": _("搜索"),
    "category": _("类别"),
    "status": _("状态"),
    "year": _("报告年度"),
    "due_state": _("兑现状态"),
    "overdue": _("逾期"),
    "overdue_basis": _("逾期依据"),
    "ordering": _("排列"),
    "milestone": _("承诺做到哪一步"),
    "due_year": _("到期年份"),
    "due_basis": _("期限依据"),
    "light": _("序时进度"),
    "answer": _("后来的报告怎么说"),
    "change": _("再次提出时的变化"),
    "slipped_min": _("推迟年数不少于"),
    "quantified": _("有具体数字"),
    "jurisdiction": _("政府"),
    "descendants": _("连同下级"),
    "project": _("项目"),
    "delay_reason": _("延误原因"),
    "core_livelihood": _("教育、医疗、交通、住房"),
    "year_min": _("报告年度不早于"),
    "year_max": _("报告年度不晚于"),
    "due_after": _("期限不早于"),
    "due_before": _("期限不晚于"),
    "report": _("报告"),
    "name": _("专名"),
    "unit": _("单位"),
    "quantity_min": _("数量不小于"),
    "quantity_max": _("数量不大于"),
    "days_overdue_min": _("逾期天数不少于"),
    "comparator": _("比较"),
    "department": _("责任部门编号"),
    "role": _("角色"),
    "updated_since": _("此后有更新"),
    "as_of": _("截至日期"),
    "page_size": _("每页条数"),
    "count": _("计数"),
}
WORDS: dict[str, Sequence[tuple[str, Any]]] = {
    "category": Category.choices,
    "status": Status.choices,
    "due_state": DueState.choices,
    "overdue_basis": OverdueBasis.choices,
    "milestone": Milestone.choices,
    "light": Light.choices,
    "answer": Answer.choices,
    "change": Change.choices,
    "due_basis": DueBasis.choices,
    "delay_reason": DelayReason.choices,
    "overdue": OVERDUE,
    "ordering": ORDERINGS,
    "quantified": YES_NO,
    "core_livelihood": YES_NO,
    "descendants": YES_NO,
    "count": YES_NO,
    "comparator": Comparator.choices,
    "role": ResponsibilityRole.choices,
}
_NEWEST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of a form's select fields: those always in sight, and those behind "more"."""

    main: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


COMMITMENT_FIELDS = Fields(
    main=("category", "due_state", "year", "status"),
    more=(
        "answer",
        "change",
        "overdue_basis",
        "overdue",
        "milestone",
        "due_year",
        "due_basis",
        "light",
        "quantified",
        "ordering",
    ),
)
PROJECT_FIELDS = Fields(main=("category",))


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a select field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A select field of the form; its first option stands for any."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value, and the query string without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it is sent to the browser. ``hidden`` are choices that no visible field can show."""

    q: str
    main: tuple[Select, ...]
    more: tuple[Select, ...]
    more_open: bool
    hidden: tuple[tuple[str, str], ...]


def chips(given: QueryDict) -> list[Chip]:
    """Return what is chosen, value by value."""
    return [
        Chip(label_of(name), _value(name, value), _without(given, name, value))
        for name, values in given.lists()
        for value in values
    ]


def label_of(name: str) -> str:
    """Return what the page calls a parameter."""
    return str(NAMES.get(name, name))


def _value(name: str, value: str) -> str:
    named: Any = None
    if name == "jurisdiction":
        named = Jurisdiction.objects.published().filter(code=value).first()
    elif name == "project":
        named = Project.objects.published().filter(slug=value).first()
    return plain(named, "name") if named else str(dict(WORDS.get(name, ())).get(value, value))


def _without(given: QueryDict, name: str, value: str) -> str:
    rest = given.copy()
    rest.setlist(name, [other for other in given.getlist(name) if other != value])
    return rest.urlencode()


def form(given: QueryDict, fields: Fields) -> Form:
    """Return the form with what is chosen filled in."""
    years = _years() if "year" in fields.main else []
    return Form(
        q=given.get("q", ""),
        main=tuple(_select(name, given, years) for name in fields.main),
        more=tuple(_select(name, given, years) for name in fields.more),
        more_open=any(name in given for name in fields.more),
        hidden=tuple(_hidden(given, {"q", *fields.main, *fields.more})),
    )


def _years() -> list[int]:
    """Return the years of the public reports, the newest first."""
    years = Report.objects.published().order_by("-year").values_list("year", flat=True).distinct()
    return list(years[:_NEWEST_YEARS])


def _select(name: str, given: QueryDict, years: list[int]) -> Select:
    first = next(iter(given.getlist(name)), "")
    words = [(str(code), str(label)) for code, label in WORDS.get(name, [(year, year) for year in years])]
    if first and first not in dict(words):
        words.append((first, first))
    anything = gettext("自动") if name == "ordering" else gettext("不限")
    options = [Option(code, label, code == first) for code, label in words]
    return Select(name, label_of(name), (Option("", anything, not first), *options))


def _hidden(given: QueryDict, visible: set[str]) -> Iterator[tuple[str, str]]:
    for name, values in given.lists():
        for value in values[1:] if name in visible else values:
            yield name, value
