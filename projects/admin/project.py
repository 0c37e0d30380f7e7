"""Real-world projects, and promises that are made again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin.actions import Step, action_of
from projects.admin.base import DeskAdmin, DeskForm
from projects.admin.decisions import DecisionsMixin
from projects.admin.fields import LinesField
from projects.admin.filters import ProvinceFilter
from projects.admin.steps import PROJECT_STEPS, RESTATEMENT_STEPS
from projects.choices import ReviewState, Verification
from projects.models import Project, Restatement
from projects.publication import REVIEW_STEPS


class ProjectForm(DeskForm):
    """Aliases stand one a line."""

    aliases = LinesField(forms.CharField(max_length=120), label=_("别名"), required=False, help_text=_("每行一个。"))


@admin.register(Project)
class ProjectAdmin(DecisionsMixin, DeskAdmin):
    """Schools, hospitals, roads, estates."""

    form = ProjectForm
    steps = PROJECT_STEPS
    change_form_template = "admin/projects/decided.html"
    actions = tuple(action_of(step) for step in PROJECT_STEPS)
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

    def open_steps(self, row: Project) -> list[Step]:
        """Publish, withdraw or reject, as the state allows."""
        states = (ReviewState.PUBLISHED, ReviewState.WITHDRAWN, ReviewState.REJECTED)
        pairs = zip(PROJECT_STEPS, states, strict=True)
        return [step for step, state in pairs if row.review_state in REVIEW_STEPS[state]]


@admin.register(Restatement)
class RestatementAdmin(DecisionsMixin, DeskAdmin):
    """Links between an earlier promise and a later one."""

    steps = RESTATEMENT_STEPS
    change_form_template = "admin/projects/decided.html"
    actions = tuple(action_of(step) for step in RESTATEMENT_STEPS)
    list_display = ("earlier", "earlier_year", "later", "later_year", "phase", "confidence", "review_state")
    list_filter = ("review_state", "confidence", "phase")
    search_fields = ("earlier__title", "later__title", "note")
    autocomplete_fields = ("earlier", "later")
    readonly_fields = ("review_state", "created_at", "updated_at")
    fields = (
        "earlier",
        "later",
        "phase",
        "confidence",
        "note",
        "note_en",
        "review_state",
        ("created_at", "updated_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read both promises with the link."""
        return super().get_queryset(request).select_related("earlier", "later")

    @admin.display(description=_("年度"), ordering="earlier__year")
    def earlier_year(self, row: Restatement) -> int:
        """The earlier report's year."""
        return row.earlier.year

    @admin.display(description=_("年度"), ordering="later__year")
    def later_year(self, row: Restatement) -> int:
        """The later report's year."""
        return row.later.year

    def open_steps(self, row: Restatement) -> list[Step]:
        """Accept what is not accepted, reject what is not rejected."""
        states = (Verification.ACCEPTED, Verification.REJECTED)
        return [step for step, state in zip(RESTATEMENT_STEPS, states, strict=True) if row.review_state != state]
