"""Who is to deliver what."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from projects.admin.base import DeskAdmin, ModelAdmin
from projects.admin.filters import ProvinceFilter
from projects.models import Responsibility


class _GovernmentFilter(ProvinceFilter):
    path = "department__jurisdiction__code"


@admin.register(Responsibility)
class ResponsibilityAdmin(DeskAdmin):
    """Departments and the commitments that they lead or share."""

    list_display = ("commitment", "department", "role")
    list_filter = ("role", _GovernmentFilter)
    list_select_related = ("commitment", "department")
    search_fields = ("commitment__title", "department__name")
    autocomplete_fields = ("commitment", "department")
    fields = ("commitment", "department", "role")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A link that is wrong goes; its versions tell that it was there, and who took it back."""
        return ModelAdmin.has_delete_permission(self, request, obj)
