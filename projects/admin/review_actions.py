"""Decisions on one row or many, each with a page that says what the public will see before it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from projects import links, publication
from projects.admin.base_admin import BaseAdmin
from projects.admin.versions import row_version
from projects.choices import ReportState, ReviewState, Verification
from projects.constraint_messages import CONSTRAINT_ERRORS, message_for
from projects.models import Achievement, Commitment

if TYPE_CHECKING:
    _Base = BaseAdmin
else:
    _Base = object

Rows = QuerySet[Any]
Text = str | Promise
# What a confirmation says of the rows that are chosen, line by line.
Effects = Callable[[Rows], list[str]]
# Rows that the confirmation names; the rest are counted.
MOST_NAMED = 20
# Rows that the list of recent actions names; the rows' own history has every one.
_MOST_LOGGED = 50


class RefusedRow(NamedTuple):
    pk: int
    name: str
    reason: str


class Outcome(NamedTuple):
    """How many rows a decision changed, and which it left as they were."""

    changed: int
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewAction:
    """One decision: how it is confirmed, what it does, and on the pages of which rows it is offered.

    Where it ``asks`` for words, such as a reason, they come in the request as ``note``.
    """

    name: str
    label: Text
    success_message: Text
    perform: Callable[[Rows, HttpRequest], int | Outcome]
    effects: Effects
    is_offered: Callable[[Any], bool]
    asks: Text = ""


def as_admin_actions(review_actions: Sequence[ReviewAction]) -> tuple[Any, ...]:
    """Return the decisions as actions of a change list."""
    return tuple(map(_as_admin_action, review_actions))


def _as_admin_action(review_action: ReviewAction) -> Any:
    label: Any = review_action.label

    @admin.action(description=label, permissions=["change"])
    def act(modeladmin: Any, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        return confirm_or_perform(modeladmin, request, queryset, review_action)

    act.__name__ = review_action.name
    return act


def confirm_or_perform(
    modeladmin: Any, request: HttpRequest, queryset: Rows, review_action: ReviewAction
) -> HttpResponse | None:
    """Perform a confirmed decision and return None; ask first otherwise."""
    if "confirmed" not in request.POST:
        return _confirmation(modeladmin, request, queryset, review_action)
    user: Any = request.user
    try:
        with transaction.atomic():
            locked = queryset.order_by().select_for_update(of=("self",))
            chosen, logged = list(locked.values_list("pk", flat=True)), list(queryset[:_MOST_LOGGED])
            _refuse_other_rows(modeladmin.model, chosen, request.POST.get("version", ""))
            performed = review_action.perform(modeladmin.model._default_manager.filter(pk__in=chosen), request)
            outcome = performed if isinstance(performed, Outcome) else Outcome(performed)
            refused = {row.pk for row in outcome.refused}
            changed = [row for row in logged if row.pk not in refused]
            LogEntry.objects.log_actions(user.pk, changed, CHANGE, change_message=str(review_action.label))
    except ValidationError as error:
        modeladmin.message_user(request, " ".join(error.messages), messages.ERROR)
        return None
    except CONSTRAINT_ERRORS as error:
        modeladmin.message_user(request, str(message_for(error).message), messages.ERROR)
        return None
    _message_outcome(modeladmin, request, review_action, outcome, len(chosen))
    return None


def _refuse_other_rows(model: Any, chosen: Sequence[Any], version: str) -> None:
    """Raise ValidationError unless the rows are as the confirmation showed them."""
    if row_version(model, chosen) != version:
        raise ValidationError(_("没有执行：确认页打开以后，所选的记录有了改动。请重新选择，看过再确认。"))


def _message_outcome(
    modeladmin: Any, request: HttpRequest, review_action: ReviewAction, outcome: Outcome, chosen: int
) -> None:
    text = str(review_action.success_message) % {"count": outcome.changed}
    rest = chosen - outcome.changed - len(outcome.refused)
    if rest:
        text += _("其余 %(count)d 条已是这样，或不能这样改。") % {"count": rest}
    if outcome.changed or rest:
        modeladmin.message_user(request, text, messages.SUCCESS if outcome.changed else messages.WARNING)
    for row in outcome.refused:
        text = _("%(row)s没有改动：%(reason)s") % {"row": row.name, "reason": row.reason}
        modeladmin.message_user(request, text, messages.ERROR)


def _confirmation(modeladmin: Any, request: HttpRequest, queryset: Rows, review_action: ReviewAction) -> HttpResponse:
    count = queryset.count()
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": review_action.label,
        "review_action": review_action,
        "count": count,
        "rows": queryset[:MOST_NAMED],
        "more": max(0, count - MOST_NAMED),
        "effects": review_action.effects(queryset),
        "opts": modeladmin.model._meta,
        "version": row_version(modeladmin.model, queryset.values_list("pk", flat=True)),
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/projects/confirm.html", context)


class ReviewActionsMixin(_Base):
    """Adds a URL for each of ``review_actions``; the change form offers those that its row's state allows."""

    review_actions: tuple[ReviewAction, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<path:object_id>/{review_action.name}/",
                self.admin_site.admin_view(self.review_action_view),
                {"review_action": review_action},
                name=f"projects_{self.opts.model_name}_{review_action.name}",
            )
            for review_action in self.review_actions
        ]
        return [*own, *super().get_urls()]

    def review_action_view(self, request: HttpRequest, object_id: str, review_action: ReviewAction) -> HttpResponse:
        """Ask about, or perform, one decision on one row."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            raise Http404
        response = confirm_or_perform(self, request, self.model._default_manager.filter(pk=row.pk), review_action)
        return response or HttpResponseRedirect(reverse(f"admin:projects_{self.opts.model_name}_change", args=[row.pk]))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = context.get("original")
        if row is not None and self.has_change_permission(request, row):
            offered = [review_action for review_action in self.review_actions if review_action.is_offered(row)]
            name = f"admin:projects_{self.opts.model_name}"
            context["review_actions"] = [(one.label, reverse(f"{name}_{one.name}", args=[row.pk])) for one in offered]
        return super().render_change_form(request, context, *args, **kwargs)


# -- Statements and projects ------------------------------------------------------------------------------------------


def _review(to: ReviewState, name: str, label: Text, success: Text, effects: Effects) -> ReviewAction:
    def perform(rows: Rows, request: HttpRequest) -> int:
        return publication.review(rows, to)

    def is_offered(row: Any) -> bool:
        return row.review_state in publication.REVIEW_TRANSITIONS[to]

    return ReviewAction(name, label, success, perform, effects, is_offered)


def _statements_published(rows: Rows) -> list[str]:
    movable = rows.filter(review_state__in=sorted(publication.REVIEW_TRANSITIONS[ReviewState.PUBLISHED]))
    at_once = movable.filter(report_state=ReportState.PUBLISHED).count()
    later = movable.count() - at_once
    untranslated = movable.filter(title_en="").count()
    lines = [_("%d 条立即公开：所在报告已经发布。") % at_once] if at_once else []
    lines += [_("%d 条等报告发布时一并公开：所在报告还没有发布。") % later] if later else []
    return lines + ([_("其中 %d 条没有英文标题，英文页面会显示中文。") % untranslated] if untranslated else [])


def _statements_withdrawn(rows: Rows) -> list[str]:
    return [_("%d 条立即从公开页面和接口上撤下，记录和历史保留。") % rows.filter(is_public=True).count()]


def _statements_rejected(rows: Rows) -> list[str]:
    waiting = rows.filter(review_state=ReviewState.CANDIDATE).count()
    return [_("%d 条待审核的不采用，不会公开；重新提取时也不会再提出。") % waiting]


def _projects_published(rows: Rows) -> list[str]:
    return [_("%d 个项目的页面公开，页面上只列出已经公开的承诺和成绩。") % rows.count()]


def _projects_withdrawn(rows: Rows) -> list[str]:
    return [_("%d 个项目的页面不再公开；它们的承诺和成绩不受影响。") % rows.count()]


_PUBLISH, _WITHDRAW, _REJECT = gettext_lazy("发布"), gettext_lazy("撤回"), gettext_lazy("不采用")
_PUBLISHED, _WITHDRAWN, _REJECTED = ReviewState.PUBLISHED, ReviewState.WITHDRAWN, ReviewState.REJECTED
PUBLISH_STATEMENTS = _review(
    _PUBLISHED, "publish", _PUBLISH, gettext_lazy("已发布 %(count)d 条。"), _statements_published
)
REJECT_STATEMENTS = _review(
    _REJECTED, "reject", _REJECT, gettext_lazy("已将 %(count)d 条标为不采用。"), _statements_rejected
)
STATEMENT_ACTIONS = (
    PUBLISH_STATEMENTS,
    _review(_WITHDRAWN, "withdraw", _WITHDRAW, gettext_lazy("已撤回 %(count)d 条。"), _statements_withdrawn),
    REJECT_STATEMENTS,
)


def _merge(rows: Rows, request: HttpRequest) -> int:
    links.merge_projects(rows)
    return rows.count()


def _projects_merged(rows: Rows) -> list[str]:
    kept, *others = rows.order_by("pk")
    told = {"kept": kept, "others": "、".join(row.name for row in others)}
    return [_("承诺和成绩都归到“%(kept)s”，它的别名加上：%(others)s。其余项目撤回，历史保留。") % told]


PROJECT_ACTIONS = (
    ReviewAction(
        "merge",
        gettext_lazy("合并为一个项目"),
        gettext_lazy("已合并 %(count)d 个。"),
        _merge,
        _projects_merged,
        lambda _row: False,
    ),
    _review(_PUBLISHED, "publish", _PUBLISH, gettext_lazy("已发布 %(count)d 个。"), _projects_published),
    _review(_WITHDRAWN, "withdraw", _WITHDRAW, gettext_lazy("已撤回 %(count)d 个。"), _projects_withdrawn),
    _review(_REJECTED, "reject", _REJECT, gettext_lazy("不采用 %(count)d 个。"), _projects_withdrawn),
)


# -- Reports ----------------------------------------------------------------------------------------------------------


def _set_report_state(to: ReportState, name: str, label: Text, success: Text, effects: Effects) -> ReviewAction:
    def perform(rows: Rows, request: HttpRequest) -> int:
        return publication.set_state(rows, to)

    def is_offered(row: Any) -> bool:
        return row.state in publication.REPORT_TRANSITIONS[to]

    return ReviewAction(name, label, success, perform, effects, is_offered)


def _counts(rows: Rows) -> dict[str, int]:
    published = {"report__in": rows.order_by().values("pk"), "review_state": ReviewState.PUBLISHED}
    return {
        "reports": rows.count(),
        "commitments": Commitment.objects.filter(**published).count(),
        "achievements": Achievement.objects.filter(**published).count(),
    }


def _reports_published(rows: Rows) -> list[str]:
    public = _("%(reports)d 份报告的全文公开，其中已发布的承诺 %(commitments)d 条、成绩 %(achievements)d 条一并公开。")
    return [public % _counts(rows), _("待审核、不采用和已撤回的条目仍不公开。")]


def _reports_withdrawn(rows: Rows) -> list[str]:
    text = _("%(reports)d 份报告连同其中的承诺 %(commitments)d 条、成绩 %(achievements)d 条不再公开，记录保留。")
    return [text % _counts(rows)]


REPORT_ACTIONS = (
    _set_report_state(
        ReportState.PUBLISHED, "publish", _PUBLISH, gettext_lazy("已发布 %(count)d 份。"), _reports_published
    ),
    _set_report_state(
        ReportState.WITHDRAWN, "withdraw", _WITHDRAW, gettext_lazy("已撤回 %(count)d 份。"), _reports_withdrawn
    ),
)


# -- Restatements -----------------------------------------------------------------------------------------------------


def _verify(to: Verification, name: str, label: Text, success: Text, effects: Effects) -> ReviewAction:
    def perform(rows: Rows, request: HttpRequest) -> int:
        return publication.verify(rows, to)

    def is_offered(row: Any) -> bool:
        return bool(row.review_state != to)

    return ReviewAction(name, label, success, perform, effects, is_offered)


def _restatements_accepted(rows: Rows) -> list[str]:
    return [_("%d 条关系在两条承诺都公开时显示在它们的页面上。") % rows.count()]


def _restatements_rejected(rows: Rows) -> list[str]:
    return [_("%d 条关系不在页面上显示，记录保留。") % rows.count()]


RESTATEMENT_ACTIONS = (
    _verify(
        Verification.ACCEPTED,
        "accept",
        gettext_lazy("采纳"),
        gettext_lazy("已采纳 %(count)d 条关系。"),
        _restatements_accepted,
    ),
    _verify(
        Verification.REJECTED,
        "reject",
        gettext_lazy("否决"),
        gettext_lazy("已否决 %(count)d 条关系。"),
        _restatements_rejected,
    ),
)
