"""What happened, to read: transitions of status, overdue events, and every version of every row."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.admin.base import ReadOnlyAdmin
from projects.desk import versions_of
from projects.models import OverdueEvent, StatusChange


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnlyAdmin):
    """Transitions of status."""

    list_display = ("commitment", "from_status", "to_status", "effective_on", "reason_code", "evidence", "actor")
    list_filter = ("to_status", "from_status", "reason_code")
    list_select_related = ("commitment", "evidence", "actor")
    date_hierarchy = "effective_on"
    search_fields = ("commitment__title", "note")


@admin.register(OverdueEvent)
class OverdueEventAdmin(ReadOnlyAdmin):
    """Days on which the overdue flag was set or cleared."""

    list_display = ("commitment", "kind", "on", "basis", "overdue_since", "recorded_at")
    list_filter = ("kind", "basis")
    list_select_related = ("commitment",)
    date_hierarchy = "on"
    search_fields = ("commitment__title",)


# Columns that only the program reads.
_SILENT = frozenset({"id", "seeded", "pinyin", "outline", "digest"})
# What the triggers call each kind of version.
_ACTIONS: dict[str, str | Promise] = {"insert": _("新建"), "update": _("修改"), "delete": _("删除")}


class _ActionFilter(admin.SimpleListFilter):
    """Made, changed or taken back."""

    title = _("操作")
    parameter_name = "pgh_label__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The actions by their names."""
        return _ACTIONS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the versions of one action."""
        return queryset.filter(pgh_label=self.value()) if self.value() else queryset


class VersionAdmin(ReadOnlyAdmin):
    """Versions of the rows of one table, newest first."""

    ordering = ("-pgh_id",)
    list_filter = (_ActionFilter,)
    date_hierarchy = "pgh_created_at"
    list_select_related = ("pgh_context",)
    search_fields = ("=pgh_obj__pk",)
    search_help_text = _("可按记录编号查找")

    change_list_template = "admin/projects/versions.html"
    change_form_template = "admin/projects/version.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Name the table that the versions follow."""
        return super().changelist_view(request, {"title": self._name(), "table": self._name(), **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Name the table that the version follows."""
        context |= {"table": self._name(), "title": self._name(), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def _name(self) -> str:
        return str(versions_of(self.model))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the name of the user who did it with each version."""
        user = KeyTextTransform("user", OuterRef("pgh_context__metadata"))
        named = get_user_model()._default_manager.filter(pk=Cast(user, BigIntegerField()))
        rows: QuerySet[Any] = super().get_queryset(request)
        named_rows: QuerySet[Any] = rows.annotate(
            actor_name=Subquery(named.values(get_user_model().USERNAME_FIELD)[:1])
        )
        return named_rows

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What happened, then the row as it stood."""
        kept = (field.name for field in self.model._meta.fields if not field.name.startswith("pgh_"))
        return ("at", "row", "action", "actor", *(name for name in kept if name not in _SILENT))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of it."""
        return self.get_fields(request, obj)

    @admin.display(description=_("记录"), ordering="pgh_obj")
    def row(self, version: Any) -> str:
        """The number of the row, and its title or name where it has one."""
        words = getattr(version, "title", "") or getattr(version, "name", "")
        return f"{version.pgh_obj_id} {words}".strip()

    @admin.display(description=_("操作"))
    def action(self, version: Any) -> str:
        """Made or changed."""
        return str(_ACTIONS.get(version.pgh_label, version.pgh_label))

    @admin.display(description=_("操作人"))
    def actor(self, version: Any) -> str:
        """Who did it."""
        return version.actor_name or str(_("程序"))

    @admin.display(description=_("时间"), ordering="pgh_created_at")
    def at(self, version: Any) -> Any:
        """When."""
        return version.pgh_created_at

    list_display = ("at", "row", "action", "actor")


def register_versions() -> None:
    """Register every table of versions."""
    for model in apps.get_app_config("projects").get_models():
        if hasattr(model, "pgh_tracked_model"):
            # pghistory calls its tables by their classes, in English.
            meta: Any = model._meta
            meta.verbose_name = meta.verbose_name_plural = versions_of(model)
            admin.site.register(model, VersionAdmin)
