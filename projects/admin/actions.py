"""Decisions on many rows at once, each with a page that says what the public will see before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

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
from projects.constraint_messages import message_for

Rows = QuerySet[Any]
Line = str
# Rows that are named on the page; the rest are counted.
NAMED = 20
# Rows that the list of recent actions names; the rows' own history has every one.
_LOGGED = 50


class Refused(NamedTuple):
    """A row that a decision left as it was, and why."""

    pk: int
    name: str
    reason: str


class Done(NamedTuple):
    """How many rows a decision changed, and which it did not."""

    changed: int
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: its name, its words, what it does and what the page says of its effect."""

    name: str
    label: str | Promise
    done: str | Promise
    carry_out: Callable[[Rows, HttpRequest], int | Done]
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
            carried_out = step.carry_out(modeladmin.model._default_manager.filter(pk__in=chosen), request)
            done = carried_out if isinstance(carried_out, Done) else Done(carried_out)
            kept = {row.pk for row in done.refused}
            changed = [row for row in named if row.pk not in kept]
            LogEntry.objects.log_actions(user.pk, changed, CHANGE, change_message=str(step.label))
    except ValidationError as error:
        modeladmin.message_user(request, " ".join(error.messages), messages.ERROR)
        return None
    except REFUSED as error:
        modeladmin.message_user(request, str(message_for(error).message), messages.ERROR)
        return None
    _tell(modeladmin, request, step, done, len(chosen))
    return None


def _tell(modeladmin: Any, request: HttpRequest, step: Step, done: Done, chosen: int) -> None:
    """Say what a decision changed, and name each row that it left."""
    text = str(step.done) % {"count": done.changed}
    rest = chosen - done.changed - len(done.refused)
    if rest:
        text += _("其余 %(count)d 条已是这样，或不能这样改。") % {"count": rest}
    if done.changed or rest:
        modeladmin.message_user(request, text, messages.SUCCESS if done.changed else messages.WARNING)
    for row in done.refused:
        text = _("%(row)s没有改动：%(reason)s") % {"row": row.name, "reason": row.reason}
        modeladmin.message_user(request, text, messages.ERROR)


def _ask(modeladmin: Any, request: HttpRequest, queryset: Rows, step: Step) -> HttpResponse:
    count = queryset.count()
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": step.label,
        "step": step,
        "count": count,
        "rows": queryset[:NAMED],
        "more": max(0, count - NAMED),
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
