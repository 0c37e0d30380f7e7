"""What happened, to read: transitions of status, overdue events, and every version of every row."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
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

    list_display = ("commitment", "kind", "on", "overdue_since", "recorded_at")
    list_filter = ("kind",)
    list_select_related = ("commitment",)
    date_hierarchy = "on"
    search_fields = ("commitment__title",)


class VersionAdmin(ReadOnlyAdmin):
    """Versions of the rows of one table, newest first."""

    ordering = ("-pgh_id",)
    list_filter = ("pgh_label",)
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

    @admin.display(description=_("记录"), ordering="pgh_obj")
    def row(self, version: Any) -> str:
        """The number of the row."""
        return str(version.pgh_obj_id)

    @admin.display(description=_("操作"))
    def action(self, version: Any) -> str:
        """Made or changed."""
        return str({"insert": _("新建"), "update": _("修改")}.get(version.pgh_label, version.pgh_label))

    @admin.display(description=_("操作人编号"))
    def actor(self, version: Any) -> str:
        """The number of the user who did it; empty for the program."""
        return str((version.pgh_context and version.pgh_context.metadata.get("user")) or "—")

    @admin.display(description=_("时间"), ordering="pgh_created_at")
    def at(self, version: Any) -> Any:
        """When."""
        return version.pgh_created_at

    list_display = ("at", "row", "action", "actor")


def register_versions() -> None:
    """Register every table of versions."""
    for model in apps.get_app_config("projects").get_models():
        if hasattr(model, "pgh_tracked_model"):
            admin.site.register(model, VersionAdmin)
