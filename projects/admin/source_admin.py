"""Documents and pages outside the reports, each registered once."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin.base_admin import BaseAdmin, BaseAdminForm
from projects.admin.evidence_admin import EvidenceInline
from projects.admin.list_filters import ProvinceFilter
from projects.corrections import EMPTY_VALUE
from projects.models import Source
from projects.models.source import GOVERNMENT_NEEDED


class _SourceEvidenceInline(EvidenceInline):
    fields: ClassVar[Any] = ("commitment", *EvidenceInline.fields)
    verbose_name_plural = _("它所说的承诺")


class SourceForm(BaseAdminForm):
    """Says of a missing government why it is asked for; a form would say in general words that it is required."""

    class Meta:
        error_messages: ClassVar[Any] = {"jurisdiction": {"required": GOVERNMENT_NEEDED}}


@admin.register(Source)
class SourceAdmin(BaseAdmin):
    form = SourceForm
    change_form_template = "admin/projects/source.html"
    list_display = (
        "title",
        "kind",
        "jurisdiction",
        "publisher",
        "published_on",
        "evidence_count",
        "self_assessment",
        "is_public",
    )
    list_filter = ("kind", "is_public", ProvinceFilter)
    list_select_related = ("jurisdiction",)
    date_hierarchy = "published_on"
    search_fields = ("title", "title_en", "publisher", "url", "original_url", "document_number", "=id")
    search_help_text = _("可搜标题、发布者、网址、发文字号和编号")
    autocomplete_fields = ("jurisdiction", "report")
    readonly_fields = ("file_sha256", "created_at", "updated_at")
    inlines = (_SourceEvidenceInline,)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("kind", "jurisdiction", ("title", "title_en"), ("publisher", "publisher_en"))}),
        (_("在哪里能找到它"), {"fields": (
            "url", ("published_on", "retrieved_on"), "document_number", ("file", "file_sha256"), "original_url",
            ("address_doubt", "address_doubt_en"),
        )}),
        (_("政府对整份报告的自评"), {"fields": (
            "report", ("indicators_total", "indicators_met"), ("tasks_total", "tasks_done", "tasks_partly"),
            "is_public",
        )}),
        (_("备注"), {"fields": ("note", "note_en", ("created_at", "updated_at"))}),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = rows.annotate(evidence_count=Count("evidence"))
        return counted

    @admin.display(description=_("证据数"), ordering="evidence_count")
    def evidence_count(self, row: Any) -> int:
        count: int = row.evidence_count
        return count

    @admin.display(description=_("自评"))
    def self_assessment(self, row: Source) -> str:
        """The government's own score of a whole report."""
        parts = [
            (row.indicators_total, _("指标 %(part)s/%(total)s"), row.indicators_met),
            (row.tasks_total, _("任务 %(part)s/%(total)s"), row.tasks_done),
            (row.tasks_partly, _("部分完成 %(total)s"), None),
        ]
        told = [str(text) % {"part": _count(part), "total": total} for total, text, part in parts if total is not None]
        return " · ".join(told) or EMPTY_VALUE


def _count(value: int | None) -> str:
    return EMPTY_VALUE if value is None else str(value)
