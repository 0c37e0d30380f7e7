"""Decisions on many rows at once, each with a page that says what the public will see before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from projects.admin.base import REFUSED
from projects.admin.refusals import explain

Rows = QuerySet[Any]
Line = str
# Rows that are named on the page; the rest are counted.
_NAMED = 20
# Rows that the list of recent actions names; the rows' own history has every one.
_LOGGED = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: its name, its words, what it does and what the page says of its effect."""

    name: str
    label: str | Promise
    done: str | Promise
    carry_out: Callable[[Rows, HttpRequest], int]
    effects: Callable[[Rows], list[Line]]


def action_of(step: Step) -> Any:
    """Return the step as an action of a list."""
    label: Any = step.label

    @admin.action(description=label, permissions=["change"])
    def act(modeladmin: Any, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        return decide(modeladmin, request, queryset, step)

    act.__name__ = step.name
    return act


def decide(modeladmin: Any, request: HttpRequest, queryset: Rows, step: Step) -> HttpResponse | None:
    """Carry a confirmed step out and return None; ask first otherwise."""
    if "confirmed" not in request.POST:
        return _ask(modeladmin, request, queryset, step)
    user: Any = request.user
    chosen, named = list(queryset.values_list("pk", flat=True)), list(queryset[:_LOGGED])
    try:
        with transaction.atomic():
            count = step.carry_out(modeladmin.model._default_manager.filter(pk__in=chosen), request)
            LogEntry.objects.log_actions(user.pk, named, CHANGE, change_message=str(step.label))
    except ValidationError as error:
        modeladmin.message_user(request, " ".join(error.messages), messages.ERROR)
        return None
    except REFUSED as error:
        modeladmin.message_user(request, str(explain(error).message), messages.ERROR)
        return None
    text = str(step.done) % {"count": count}
    if count < len(chosen):
        text += _("其余 %(count)d 条已是这样，或不能这样改。") % {"count": len(chosen) - count}
    modeladmin.message_user(request, text, messages.SUCCESS if count else messages.WARNING)
    return None


def _ask(modeladmin: Any, request: HttpRequest, queryset: Rows, step: Step) -> HttpResponse:
    count = queryset.count()
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": step.label,
        "step": step,
        "count": count,
        "rows": queryset[:_NAMED],
        "more": max(0, count - _NAMED),
        "effects": step.effects(queryset),
        "opts": modeladmin.model._meta,
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/projects/confirm.html", context)


PUBLISH: str | Promise = gettext_lazy("发布所选")
WITHDRAW: str | Promise = gettext_lazy("撤回所选（不再公开，记录保留）")
REJECT: str | Promise = gettext_lazy("所选不采用")
