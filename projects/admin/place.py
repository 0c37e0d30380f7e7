"""Governments and their departments."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin.base import DeskAdmin, DeskForm, ShownInline
from projects.admin.filters import OwnProvinceFilter, ProvinceFilter
from projects.admin.forms import DeskInlineFormSet
from projects.models import Department, Jurisdiction, Succession

if TYPE_CHECKING:
    _StackedInline = admin.StackedInline[Any, Any]
else:
    _StackedInline = admin.StackedInline


class SuccessionInline(_StackedInline):
    """Who took over from this government, and what."""

    model = Succession
    form = DeskForm
    formset = DeskInlineFormSet
    fk_name = "predecessor"
    fields = ("successor", ("successor_name", "successor_name_en"), "on", ("scope", "scope_en"), "source")
    autocomplete_fields = ("successor", "source")
    can_delete = False
    extra = 0
    verbose_name_plural = _("由谁承接")


class PredecessorInline(ShownInline):
    """From whom this government took over."""

    model = Succession
    fk_name = "successor"
    fields = ("predecessor", "on", "scope", "source")
    verbose_name_plural = _("承接自")


@admin.register(Jurisdiction)
class JurisdictionAdmin(DeskAdmin):
    """Governments, by their code."""

    list_display = ("code", "name", "name_en", "level", "parent", "valid_from", "valid_until")
    list_filter = ("level", OwnProvinceFilter)
    list_select_related = ("parent",)
    search_fields = ("^code", "name", "name_en", "^pinyin")
    autocomplete_fields = ("parent",)
    fields = ("code", "name", "name_en", "level", "parent", ("valid_from", "valid_until"))
    inlines = (SuccessionInline, PredecessorInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A code stays: addresses and statements refer to it."""
        return ("code",) if obj else ()


@admin.register(Department)
class DepartmentAdmin(DeskAdmin):
    """Departments of a government."""

    list_display = ("name", "name_en", "jurisdiction")
    list_filter = (ProvinceFilter,)
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "name_en", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction",)
    fields = ("jurisdiction", "name", "name_en")


class _PredecessorFilter(ProvinceFilter):
    path = "predecessor__code"


@admin.register(Succession)
class SuccessionAdmin(DeskAdmin):
    """Governments that took over from others."""

    list_display = ("predecessor", "successor", "successor_name", "on", "scope", "source")
    list_filter = (_PredecessorFilter,)
    list_select_related = ("predecessor", "successor", "source")
    search_fields = ("predecessor__name", "successor__name", "successor_name", "scope")
    autocomplete_fields = ("predecessor", "successor", "source")
    fields = (
        "predecessor", "successor", ("successor_name", "successor_name_en"), "on", ("scope", "scope_en"), "source",
    )  # fmt: skip
