"""What the templates of the admin site ask for."""

from datetime import date
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext_lazy as _

from projects.admin.versions import Version, versions_of
from projects.choices import UNFINISHED, OverdueBasis, ReportState, ReviewState, RunState, Verification
from projects.models import Achievement, Commitment, Evidence, ExtractionRun, Report, Restatement, RowLink
from projects.querysets import overdue_q

register = template.Library()


class Task(NamedTuple):
    """So many rows that wait for a curator, and the list of them."""

    name: str | Promise
    total: int
    url: str


class _Queue(NamedTuple):
    name: str | Promise
    rows: QuerySet[Any]
    query: str


def _overdue(name: str | Promise, basis: str, today: date) -> _Queue:
    rows = Commitment.objects.published().filter(overdue_q(today, basis=basis))
    return _Queue(name, rows, f"is_public__exact=1&overdue_basis={basis}")


def _queues() -> list[_Queue]:
    candidate, proposed = {"review_state": ReviewState.CANDIDATE}, {"review_state": Verification.PROPOSED}
    under_way, failed = {"state__in": sorted(UNFINISHED)}, {"state": RunState.FAILED}
    today = timezone.localdate()
    return [
        _Queue(_("待审核的承诺"), Commitment.objects.filter(**candidate), "review_state__exact=candidate"),
        _Queue(_("待审核的成绩"), Achievement.objects.filter(**candidate), "review_state__exact=candidate"),
        _Queue(_("待核的证据"), Evidence.objects.filter(**proposed), "review_state__exact=proposed"),
        _Queue(_("待定的文件行"), RowLink.objects.filter(**proposed), "review_state__exact=proposed"),
        _Queue(_("待核的再次承诺"), Restatement.objects.filter(**proposed), "review_state__exact=proposed"),
        _Queue(_("未发布的报告"), Report.objects.filter(state=ReportState.DRAFT), "state__exact=draft"),
        _Queue(_("正在处理的提取"), ExtractionRun.objects.filter(**under_way), ""),
        _Queue(_("失败的提取"), ExtractionRun.objects.filter(**failed), "state__exact=failed"),
        _overdue(_("逾期未兑现的承诺"), OverdueBasis.EVIDENCE, today),
        _overdue(_("到期待核实的承诺"), OverdueBasis.NONE, today),
    ]


@register.simple_tag(takes_context=True)
def waiting_tasks(context: dict[str, Any]) -> list[Task]:
    """Return what waits, of what the user may see."""
    user = context["request"].user
    tasks = []
    for name, rows, query in _queues():
        model = rows.model._meta.model_name
        if user.has_perm(f"projects.view_{model}"):
            tasks.append(Task(name, rows.count(), f"{reverse(f'admin:projects_{model}_changelist')}?{query}"))
    return tasks


@register.simple_tag(takes_context=True)
def other_languages(context: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return code, own name and URL of this page in each other language."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    return [
        (code, get_language_info(code)["name_local"], translate_url(request.get_full_path(), code))
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


@register.simple_tag
def object_versions(row: Model) -> list[Version]:
    """Return the versions of a row, newest first; empty for a table without history."""
    return versions_of(type(row), row.pk)
