"""Governments and their departments."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from projects.admin.base import DeskAdmin
from projects.admin.filters import OwnProvinceFilter, ProvinceFilter
from projects.models import Department, Jurisdiction


@admin.register(Jurisdiction)
class JurisdictionAdmin(DeskAdmin):
    """Governments, by their code."""

    list_display = ("code", "name", "name_en", "level", "parent")
    list_filter = ("level", OwnProvinceFilter)
    list_select_related = ("parent",)
    search_fields = ("^code", "name", "name_en", "^pinyin")
    autocomplete_fields = ("parent",)
    fields = ("code", "name", "name_en", "level", "parent")

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
