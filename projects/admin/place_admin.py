"""Governments, what became of them, their departments, and what these are to deliver."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin.base_admin import BaseAdmin, BaseAdminForm, BaseAdminInlineFormSet, ModelAdmin, ReadOnlyInline
from projects.admin.list_filters import OwnProvinceFilter, ProvinceFilter
from projects.models import Department, Jurisdiction, Responsibility, Succession

if TYPE_CHECKING:
    _StackedInline = admin.StackedInline[Any, Any]
else:
    _StackedInline = admin.StackedInline


class SuccessionInline(_StackedInline):
    """Who took over from this government, and what."""

    model = Succession
    form = BaseAdminForm
    formset = BaseAdminInlineFormSet
    fk_name = "predecessor"
    fields = ("successor", ("successor_name", "successor_name_en"), "on", ("scope", "scope_en"), "source")
    autocomplete_fields = ("successor", "source")
    can_delete = False
    extra = 0
    verbose_name_plural = _("由谁承接")


class PredecessorInline(ReadOnlyInline):
    """From whom this government took over."""

    model = Succession
    fk_name = "successor"
    fields = ("predecessor", "on", "scope", "source")
    verbose_name_plural = _("承接自")


@admin.register(Jurisdiction)
class JurisdictionAdmin(BaseAdmin):
    list_display = ("code", "name", "name_en", "level", "parent", "valid_from", "valid_until")
    list_filter = ("level", OwnProvinceFilter)
    list_select_related = ("parent",)
    search_fields = ("^code", "name", "name_en", "^pinyin")
    autocomplete_fields = ("parent",)
    fields = ("code", "name", "name_en", "level", "parent", ("valid_from", "valid_until"))
    inlines = (SuccessionInline, PredecessorInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A code stays: addresses and statements refer to it.
        return ("code",) if obj else ()


@admin.register(Department)
class DepartmentAdmin(BaseAdmin):
    list_display = ("name", "name_en", "jurisdiction")
    list_filter = (ProvinceFilter,)
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "name_en", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction",)
    fields = ("jurisdiction", "name", "name_en")


class _PredecessorFilter(ProvinceFilter):
    lookup = "predecessor__code"


@admin.register(Succession)
class SuccessionAdmin(BaseAdmin):
    list_display = ("predecessor", "successor", "successor_name", "on", "scope", "source")
    list_filter = (_PredecessorFilter,)
    list_select_related = ("predecessor", "successor", "source")
    search_fields = ("predecessor__name", "successor__name", "successor_name", "scope")
    autocomplete_fields = ("predecessor", "successor", "source")
    fields = (
        "predecessor", "successor", ("successor_name", "successor_name_en"), "on", ("scope", "scope_en"), "source",
    )  # fmt: skip


class _DepartmentProvinceFilter(ProvinceFilter):
    lookup = "department__jurisdiction__code"


@admin.register(Responsibility)
class ResponsibilityAdmin(BaseAdmin):
    list_display = ("commitment", "department", "role")
    list_filter = ("role", _DepartmentProvinceFilter)
    list_select_related = ("commitment", "department")
    search_fields = ("commitment__title", "department__name")
    autocomplete_fields = ("commitment", "department")
    fields = ("commitment", "department", "role")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        # A link that is wrong goes; its versions tell that it was there, and who took it back.
        return ModelAdmin.has_delete_permission(self, request, obj)
