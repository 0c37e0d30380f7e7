"""The chain of a promise over all reports: every time it was made, how it changed, what became of it."""

from typing import Any

from django.db.models import DateField, Field as ModelField, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from projects import answers
from projects.models import Achievement, Commitment, Evidence, Restatement
from projects.serializers.evidence import EVIDENCE_SHOWN
from projects.serializers.fields import Field, Resource, Text, code_or_null, columns, computed, nested, nested_list, url
from projects.serializers.rendering import Json, JsonRows
from projects.serializers.statements import ACHIEVEMENT_LINE, COMMITMENT, COMMITMENT_LINE

_RESTATED = Resource(
    "LineageChange",
    _("一次再次提出：承自哪一条，有什么变化"),
    {
        **columns(Restatement, id=_("编号"), earlier=_("较早承诺的编号"), phase=_("关系")),
        "change": code_or_null(Restatement, "change", _("有什么变化；没有人说过时为空")),
        **columns(Restatement, "note", "note_en"),
    },
)
_RESULT = Resource(
    "LineageResult",
    _("后来的报告所报的一项结果"),
    {
        **columns(Evidence, id=_("证据的编号")),
        "self_url": url("evidence", "id", _("证据的地址")),
        "achievement": nested(
            Achievement.objects.published, ACHIEVEMENT_LINE, key="achievement_id", help_text=_("报告中的成绩")
        ),
        **{name: EVIDENCE_SHOWN[name] for name in ("verdict", "as_of", "reported_value")},
    },
)
_STEP = Resource(
    "LineageStep",
    _("链上的一项承诺"),
    {
        **COMMITMENT_LINE.fields,
        **{name: COMMITMENT.fields[name] for name in ("quote", "quantity", "unit", "milestone", "answer")},
        "restates": nested_list(
            Restatement.objects.published,
            _RESTATED,
            by="later",
            order=("earlier__year", "earlier__start", "id"),
            help_text=_("它再次提出的较早承诺，及其变化"),
        ),
        "results": nested_list(
            lambda: Evidence.objects.published().filter(achievement__isnull=False),
            _RESULT,
            by="commitment",
            order=("as_of", "id"),
            help_text=_("后来的报告对它报告的结果"),
        ),
    },
)


def _chain() -> "QuerySet[Commitment]":
    return answers.chained(OuterRef("pk"))


def _of_step(name: str, kind: "ModelField[Any, Any]", *order: str, help_text: Text) -> Field:
    """Return a value of the chain's step that comes first in an order."""

    def expression() -> Subquery:
        rows = _chain().annotate(_slipped=answers.years_slipped()).order_by(*order, "pk")
        return Subquery(rows.values(name)[:1], output_field=kind)

    return computed(expression, kind, help_text)


LINEAGE = Resource(
    "Lineage",
    _("一项承诺在历年报告中的来龙去脉"),
    {
        **columns(Commitment, id=_("所问承诺的编号")),
        "url": COMMITMENT.fields["url"],
        "first_due_on": _of_step("due_on", DateField(), "year", "start", help_text=_("最早提出时的期限")),
        "present_due_on": _of_step("due_on", DateField(), "-year", "-start", help_text=_("最近提出时的期限")),
        "years_slipped": _of_step(
            "_slipped",
            IntegerField(),
            "-_slipped",
            help_text=_("因再次提出而推迟的年数；下一年度份额和下一阶段不算推迟"),
        ),
        "steps": Field(
            lambda as_of: JsonRows(_chain().order_by("year", "start", "pk"), _STEP.row(as_of=as_of)),
            Json(),
            _("历年报告中的各条承诺，早的在前；只有它自己时就是一条"),
            _STEP,
            many=True,
        ),
    },
)
