"""Real-world projects, and promises that are made again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin.base_admin import BaseAdmin, BaseAdminForm, LinesField
from projects.admin.list_filters import ProvinceFilter
from projects.admin.review_actions import PROJECT_ACTIONS, RESTATEMENT_ACTIONS, ReviewActionsMixin, as_admin_actions
from projects.models import Project, Restatement


class ProjectForm(BaseAdminForm):
    aliases = LinesField(forms.CharField(max_length=120), label=_("别名"), required=False, help_text=_("每行一个。"))


@admin.register(Project)
class ProjectAdmin(ReviewActionsMixin, BaseAdmin):
    form = ProjectForm
    review_actions = PROJECT_ACTIONS
    change_form_template = "admin/projects/review_actions.html"
    actions = as_admin_actions(PROJECT_ACTIONS)
    list_display = ("name", "name_en", "jurisdiction", "category", "review_state")
    list_filter = ("review_state", "category", ProvinceFilter)
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "name_en", "aliases", "slug")
    autocomplete_fields = ("jurisdiction",)
    prepopulated_fields = {"slug": ("name_en",)}
    readonly_fields = ("review_state", "created_at", "updated_at")
    fields = (
        "name", "name_en", "slug", "jurisdiction", "category", "aliases", "review_state", ("created_at", "updated_at"),
    )  # fmt: skip


@admin.register(Restatement)
class RestatementAdmin(ReviewActionsMixin, BaseAdmin):
    review_actions = RESTATEMENT_ACTIONS
    change_form_template = "admin/projects/review_actions.html"
    actions = as_admin_actions(RESTATEMENT_ACTIONS)
    list_display = ("earlier", "earlier_year", "later", "later_year", "phase", "change", "confidence", "review_state")
    list_filter = ("review_state", "confidence", "phase", "change")
    search_fields = ("earlier__title", "later__title", "note")
    autocomplete_fields = ("earlier", "later")
    readonly_fields = ("review_state", "created_at", "updated_at")
    fields = (
        "earlier",
        "later",
        ("phase", "change"),
        "confidence",
        "note",
        "note_en",
        "review_state",
        ("created_at", "updated_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("earlier", "later")

    @admin.display(description=_("年度"), ordering="earlier__year")
    def earlier_year(self, row: Restatement) -> int:
        return row.earlier.year

    @admin.display(description=_("年度"), ordering="later__year")
    def later_year(self, row: Restatement) -> int:
        return row.later.year
