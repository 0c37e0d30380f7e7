"""Who is to deliver what."""

from django.contrib import admin

from projects.admin.base import DeskAdmin
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
