"""The desk of commitments: what was promised, when it is due, who is to deliver, and what became of it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy as _

from projects.admin.base import ShownInline, TabularInline
from projects.admin.fields import NOTHING, badge, plain
from projects.admin.filters import DueStateFilter, OverdueBasisFilter, OverdueFilter
from projects.admin.forms import DeskInlineFormSet
from projects.admin.inlines import EvidenceInline
from projects.admin.statements import StatementAdmin
from projects.admin.status import record_status
from projects.models import Commitment, Responsibility, StatusChange


class ResponsibilityInline(TabularInline):
    """Who is to deliver."""

    model = Responsibility
    formset = DeskInlineFormSet
    autocomplete_fields = ("department",)
    extra = 0


class _GroundInline(EvidenceInline):
    """What is known, with the decision on each piece."""

    fields: ClassVar[Any] = (*EvidenceInline.fields, "achievement", "source")
    verbose_name_plural = _("证据（新增和审核请用“添加证据”）")


class StatusChangeInline(ShownInline):
    """The transitions so far."""

    model = StatusChange
    fields = ("effective_on", "from_status", "to_status", "reason_code", "note", "evidence", "actor", "recorded_at")
    readonly_fields = ("recorded_at",)


@admin.register(Commitment)
class CommitmentAdmin(StatementAdmin):
    """Commitments."""

    list_display = ("title", "source", "category", "figure", "due_on", "status", "state", "overdue", "review_state")
    review_display = ("title", "passage", "source", "category", "figure", "due_on", "sureness")
    list_filter = (
        "review_state", DueStateFilter, OverdueFilter, OverdueBasisFilter, "status", "due_basis",
        *StatementAdmin.list_filter[1:],
    )  # fmt: skip
    date_hierarchy = "due_on"
    readonly_fields: ClassVar[Any] = (
        *StatementAdmin.readonly_fields,
        "status", "status_evidence", "status_since", "status_as_of", "happened_on", "happened_precision", "state",
        "overdue", "overdue_since", "value", "reported_on", "delay_reason", "delay_note",
    )  # fmt: skip
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "title_en", ("category", "milestone"), "project", "names")}),
        (_("数量与期限"), {"fields": (("quantity", "comparator", "unit"), ("due_on", "due_basis"))}),
        (_("出处"), {"fields": ("report", "section", "quote", ("start", "end"))}),
        (_("状态（由“记录状态”改）"), {"fields": (
            ("state", "overdue", "overdue_since"), ("status", "status_since"), ("status_evidence", "status_as_of"),
            ("happened_on", "happened_precision"), ("value", "reported_on"), ("delay_reason", "delay_note"),
            "last_verified_on",
        )}),
        (_("审核与来历"), {"classes": ("collapse",), "fields": (
            ("review_state", "is_public"), ("origin", "extractor_version", "confidence"), "rules",
            ("jurisdiction", "year"), ("created_at", "updated_at"),
        )}),
    )  # fmt: skip
    inlines = (ResponsibilityInline, _GroundInline, StatusChangeInline)

    @admin.display(description=_("逾期"), ordering="due_on")
    def overdue(self, row: Commitment) -> str:
        """How many days past its due date it is, and by what, by the rule of the public pages."""
        today = timezone.localdate()
        basis = row.overdue_on(today)
        if basis is None:
            return NOTHING
        return gettext("%(days)d 天（%(basis)s）") % {"days": (today - row.due_on).days, "basis": basis.label}

    @admin.display(description=_("兑现状态"), ordering="outcome")
    def state(self, row: Commitment) -> SafeString:
        """What became of it by its date, as seen today."""
        return badge(row.due_state(timezone.localdate()))

    @admin.display(description=_("最新报告值"))
    def value(self, row: Commitment) -> str:
        """The newest figure that accepted evidence reports."""
        return plain(row.reported_value)

    def get_urls(self) -> list[URLPattern]:
        """Add the form that records a status."""
        view = self.admin_site.admin_view(self.status_view)
        return [path("<path:object_id>/status/", view, name="projects_commitment_status"), *super().get_urls()]

    def status_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Record a status."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            raise Http404
        return record_status(self, request, row)
