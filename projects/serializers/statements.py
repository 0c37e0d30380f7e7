"""What commitments and achievements show, in lists and inside other resources."""

from collections.abc import Callable

from django.db.models import CharField, Expression
from django.utils.translation import gettext_lazy as _

from projects import answers, expressions
from projects.models import Achievement, Commitment, Project
from projects.serializers.fields import (
    Field,
    Fields,
    Resource,
    Text,
    code_or_null,
    columns,
    computed,
    related,
    related_url,
    report_key,
    report_url,
    url,
)

_REPORT = report_key(_("报告的标识：行政区划代码-年度"))
_ADDRESS = url("commitments", "id", _("承诺的地址"))
_ACHIEVEMENT_ADDRESS = url("achievements", "id", _("成绩的地址"))


def _derived(expression: Callable[[], Expression], help_text: Text) -> Field:
    return computed(expression, expression().output_field, help_text)


def _statement(model: type[Commitment] | type[Achievement], address: Field) -> Fields:
    return {
        **columns(model, id=_("编号")),
        "url": address,
        "report": _REPORT,
        "report_url": report_url(_("报告的地址")),
        **columns(model, jurisdiction=_("政府的行政区划代码")),
        "jurisdiction_url": url("jurisdictions", "jurisdiction_id", _("政府的地址")),
        **columns(model, "year", "section", "start", "end", "quote", "title", "title_en", "category", "milestone"),
        **columns(model, quantity=_("数量；没有数量时为空")),
        **columns(model, "unit", "comparator"),
        **columns(model, names=_("所提到的专名")),
        "project": related(
            Project.objects.published,
            "slug",
            key="project_id",
            kind=CharField(null=True),
            help_text=_("所属项目的网址标识"),
        ),
        "project_url": related_url(
            Project.objects.published, "slug", key="project_id", resource="projects", help_text=_("所属项目的地址")
        ),
    }


_DUE_STATE = _derived(expressions.due_state, _("兑现状态：在 as_of 之日（默认今天），按期限、节点、状态和证据得出"))
_OVERDUE = _derived(expressions.is_overdue, _("在 as_of 之日（默认今天）是否逾期：到期未兑现、部分兑现或待核实"))
_UPDATED = _("最近更新时刻（UTC）")

COMMITMENT = Resource(
    "Commitment",
    _("一项承诺：期限，以及当日所知的情况"),
    {
        **_statement(Commitment, _ADDRESS),
        **columns(Commitment, "due_on", "due_basis", "status", "status_since"),
        **columns(
            Commitment,
            status_as_of=_("状态的依据所说的是哪一天的情况"),
            happened_on=_("开工、建成或达到的那一天，见 happened_precision"),
        ),
        "happened_precision": code_or_null(
            Commitment, "happened_precision", _("发生日期的精度；happened_on 是可能的最后一天")
        ),
        "due_state": _DUE_STATE,
        "overdue": _OVERDUE,
        "overdue_basis": _derived(
            expressions.overdue_basis, _("逾期的依据：有到期日或以后的证据，或没有；未逾期时为空")
        ),
        "overdue_since": _derived(expressions.overdue_since, _("逾期的第一天；未逾期时为空")),
        "days_overdue": _derived(expressions.days_overdue, _("到期日已过的天数；未逾期时为空")),
        "days_late": _derived(expressions.days_late, _("逾期兑现时晚于到期日的天数；不知道是哪一天时为空")),
        "light": _derived(expressions.light, _("序时进度的灯色")),
        "delay_reason": code_or_null(Commitment, "delay_reason", _("延误原因")),
        **columns(Commitment, "delay_note", reported_value=_("最新报告值，单位同承诺")),
        **columns(Commitment, "reported_on"),
        "reported_bound": code_or_null(Commitment, "reported_bound", _("最新报告值的界限，如“超过”为 gte")),
        **columns(Commitment, "last_verified_on", updated_at=_UPDATED),
        "answer": _derived(
            answers.answer,
            _(
                "后来的报告怎么说；没有人看完后来的报告、或期限还没到而没有提及时为空。未再提及只说报告里没有，不是没有做到"
            ),
        ),
    },
)
ACHIEVEMENT = Resource(
    "Achievement",
    _("报告所报的一项成绩"),
    {**_statement(Achievement, _ACHIEVEMENT_ADDRESS), **columns(Achievement, "period_end", updated_at=_UPDATED)},
)
COMMITMENT_LINE = Resource(
    "CommitmentLine",
    _("一项承诺，一行"),
    {
        name: COMMITMENT.fields[name]
        for name in (
            *("id", "url", "report", "year", "title", "title_en", "due_on", "due_basis", "status", "due_state"),
            "overdue",
        )
    },
)
ACHIEVEMENT_LINE = Resource(
    "AchievementLine",
    _("一项成绩，一行"),
    {
        name: ACHIEVEMENT.fields[name]
        for name in ("id", "url", "report", "year", "title", "title_en", "quote", "period_end")
    },
)
