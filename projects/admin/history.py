"""What happened: transitions of status, of the overdue flag, and every version of every row, to search."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy as _

from projects.admin.base_admin import ReadOnlyAdmin
from projects.admin.versions import INTERNAL_FIELDS
from projects.corrections import datetime_display
from projects.models import OverdueEvent, StatusChange


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnlyAdmin):
    list_display = ("commitment", "from_status", "to_status", "effective_on", "reason_code", "evidence", "actor")
    list_filter = ("to_status", "from_status", "reason_code")
    list_select_related = ("commitment", "evidence", "actor")
    date_hierarchy = "effective_on"
    search_fields = ("commitment__title", "note")


@admin.register(OverdueEvent)
class OverdueEventAdmin(ReadOnlyAdmin):
    list_display = ("commitment", "kind", "on", "basis", "overdue_since", "recorded_at")
    list_filter = ("kind", "basis")
    list_select_related = ("commitment",)
    date_hierarchy = "on"
    search_fields = ("commitment__title",)


# What the triggers call each kind of event.
_LABELS: dict[str, str | Promise] = {"insert": _("新建"), "update": _("修改"), "delete": _("删除")}


class _LabelFilter(admin.SimpleListFilter):
    title = _("操作")
    parameter_name = "pgh_label__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return _LABELS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pgh_label=self.value()) if self.value() else queryset


class EventAdmin(ReadOnlyAdmin):
    """Versions of the rows of one table, newest first (docs/adr/0023-own-pages-of-history.md)."""

    ordering = ("-pgh_id",)
    list_display = ("event_time", "row", "label", "actor")
    list_filter = (_LabelFilter,)
    date_hierarchy = "pgh_created_at"
    list_select_related = ("pgh_context",)
    search_fields = ("=pgh_obj__pk",)
    search_help_text = _("可按记录编号查找")
    change_list_template = "admin/projects/events.html"
    change_form_template = "admin/projects/event.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        # An event has no words of its own to stand as the subtitle.
        context |= {"title": self.opts.verbose_name, "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read with each event the name of the user who caused it."""
        user = KeyTextTransform("user", OuterRef("pgh_context__metadata"))
        named = get_user_model()._default_manager.filter(pk=Cast(user, BigIntegerField()))
        rows: QuerySet[Any] = super().get_queryset(request)
        annotated: QuerySet[Any] = rows.annotate(username=Subquery(named.values(get_user_model().USERNAME_FIELD)[:1]))
        return annotated

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What happened, then the row as it stood."""
        kept = (field.name for field in self.model._meta.fields if not field.name.startswith("pgh_"))
        return (*self.list_display, *(name for name in kept if name not in INTERNAL_FIELDS))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)

    @admin.display(description=_("记录"), ordering="pgh_obj")
    def row(self, event: Any) -> str:
        """The primary key of the row, and its title or name where it has one."""
        words = getattr(event, "title", "") or getattr(event, "name", "")
        return f"{event.pgh_obj_id} {words}".strip()

    @admin.display(description=_("操作"))
    def label(self, event: Any) -> str:
        return str(_LABELS.get(event.pgh_label, event.pgh_label))

    @admin.display(description=_("操作人"))
    def actor(self, event: Any) -> str:
        return event.username or gettext("程序")

    @admin.display(description=_("时间"), ordering="pgh_created_at")
    def event_time(self, event: Any) -> str:
        # The page of one event would show a datetime as it is stored.
        return datetime_display(event.pgh_created_at)


def register_event_models() -> None:
    """Register every table of versions under a name of its own: pghistory calls them by their classes, in English."""
    for model in apps.get_app_config("projects").get_models():
        tracked: Any = getattr(model, "pgh_tracked_model", None)
        if tracked is not None:
            meta: Any = model._meta
            name = format_lazy(_("{table}的历史版本"), table=tracked._meta.verbose_name)
            meta.verbose_name = meta.verbose_name_plural = name
            admin.site.register(model, EventAdmin)
