"""Commitments and achievements: their lists, the queue of candidates, and the form."""

from copy import copy
from typing import Any, ClassVar

import pghistory
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects import publication
from projects.admin.base_admin import (
    BaseAdmin,
    BaseAdminForm,
    BaseAdminInlineFormSet,
    LinesField,
    ReadOnlyInline,
    TabularInline,
)
from projects.admin.display import (
    FORM_CONTEXT,
    LIST_CONTEXT,
    annotate_context,
    due_state_badge,
    quantity_display,
    quote_in_context,
    second_view,
)
from projects.admin.evidence_admin import EvidenceInline
from projects.admin.list_filters import (
    ConfidenceFilter,
    DueStateFilter,
    OverdueBasisFilter,
    OverdueFilter,
    ProvinceFilter,
    ReadersFilter,
    ReportFilter,
)
from projects.admin.review_actions import (
    PUBLISH_STATEMENTS,
    REJECT_STATEMENTS,
    STATEMENT_ACTIONS,
    ReviewActionsMixin,
    as_admin_actions,
)
from projects.admin.status_form import record_status
from projects.choices import ReviewState, SecondReader
from projects.corrections import EMPTY_VALUE, REASON, SAID, number_display
from projects.models import Achievement, Commitment, Responsibility, StatusChange

# Places of a quote that an error lists.
_MOST_PLACES = 5
# Buttons of the review form, the decisions that they take, and the states to which these lead.
_REVIEW_BUTTONS = {"_publish_next": (PUBLISH_STATEMENTS, ReviewState.PUBLISHED)} | {
    "_reject_next": (REJECT_STATEMENTS, ReviewState.REJECTED)
}


# Whether two readers see a statement differently.
_DISPUTED = Q(rules__contains=[SecondReader.DIFFERS])


class StatementForm(BaseAdminForm):
    """Finds a quote in its report where the offsets are left out, and tells no unit from no figure."""

    start = forms.IntegerField(
        label=gettext_lazy("起点"), required=False, min_value=0, help_text=gettext_lazy("留空时按原文查找。")
    )
    end = forms.IntegerField(label=gettext_lazy("终点"), required=False, min_value=1)
    names = LinesField(
        forms.CharField(max_length=120),
        label=gettext_lazy("专名"),
        required=False,
        help_text=gettext_lazy("每行一个。"),
    )
    correction = forms.CharField(
        label=gettext_lazy("更正的原因"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("这一条已经公开：改了公众看得到的内容，须说明原因，原因随改动一起公开。"),
    )

    def clean(self) -> dict[str, Any]:
        """Complete the span and the unit; ask why a published statement is changed."""
        cleaned = super().clean()
        corrected = self.instance.pk and self.instance.is_public and not set(SAID).isdisjoint(self.changed_data)
        if corrected and not any(letter.isprintable() for letter in cleaned.get("correction") or ""):
            self.add_error("correction", _("请说明为什么更正这一条已经公开的内容。"))
        report = cleaned.get("report") or (self.instance.report if self.instance.report_id else None)
        if report is not None and cleaned.get("quote") and not self.errors.keys() & {"start", "end"}:
            self._complete_span(cleaned, report.text)
        if cleaned.get("quantity") is not None and cleaned.get("comparator") and cleaned.get("unit") is None:
            cleaned["unit"] = ""
        return cleaned

    def _complete_span(self, cleaned: dict[str, Any], text: str) -> None:
        # Browsers send every line end as two characters.
        if cleaned["quote"] not in text:
            cleaned["quote"] = cleaned["quote"].replace("\r\n", "\n")
        if cleaned.get("start") is None:
            places = _places_of(cleaned["quote"], text)
            if len(places) > 1:
                listed = "、".join(str(place) for place in places)
                self.add_error("start", _("这段文字在报告里不止一处，请填写起点：%s。") % listed)
            cleaned["start"] = places[0] if places else None
        if cleaned.get("start") is not None and cleaned.get("end") is None:
            cleaned["end"] = cleaned["start"] + len(cleaned["quote"])


def _places_of(quote: str, text: str) -> list[int]:
    places: list[int] = []
    found = text.find(quote)
    while found >= 0 and len(places) < _MOST_PLACES:
        places.append(found)
        found = text.find(quote, found + 1)
    return places


class StatementAdmin(ReviewActionsMixin, BaseAdmin):
    """Commitments or achievements: the list, the queue of candidates and the form."""

    form = StatementForm
    review_actions = STATEMENT_ACTIONS
    change_form_template = "admin/projects/statement.html"
    change_list_template = "admin/projects/statements.html"
    actions = as_admin_actions(STATEMENT_ACTIONS)
    list_filter: ClassVar[Any] = (
        "review_state", ReportFilter, ConfidenceFilter, ReadersFilter, "category", "milestone", "year", ProvinceFilter,
        "origin",
    )  # fmt: skip
    search_fields = ("title", "title_en", "quote", "names", "=report__id")
    search_help_text = gettext_lazy("可搜标题、英文标题、原文和专名")
    autocomplete_fields = ("report", "project")
    list_select_related = ("report", "jurisdiction", "project")
    ordering = ("report_id", "start", "id")
    readonly_fields: ClassVar[Any] = (
        "jurisdiction", "year", "review_state", "is_public", "origin", "confidence", "rules", "extractor_version",
        "created_at", "updated_at",
    )  # fmt: skip

    # Columns of the list while it shows what waits for review.
    review_display: tuple[str, ...] = ()

    def get_list_display(self, request: HttpRequest) -> Any:
        """Show words and confidence of what waits for review, dates and states otherwise."""
        return self.review_display if _is_queue(request) else self.list_display

    def get_ordering(self, request: HttpRequest) -> Any:
        return _queue_order() if _is_queue(request) else self.ordering

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the reports' texts in the database, but for the words around each quote."""
        rows = super().get_queryset(request).defer("report__text", "report__outline", "report__seeded", "seeded")
        return annotate_context(rows, FORM_CONTEXT if _is_form(request) else LIST_CONTEXT)

    @admin.display(description=gettext_lazy("原文"), ordering="start")
    def quote_in_context(self, row: Commitment | Achievement) -> SafeString:
        return quote_in_context(row).as_html()

    @admin.display(description=gettext_lazy("数量"), ordering="quantity")
    def quantity_display(self, row: Commitment | Achievement) -> str:
        return quantity_display(row)

    @admin.display(description=gettext_lazy("报告"), ordering="report")
    def report_display(self, row: Commitment | Achievement) -> str:
        return f"{row.year} {row.jurisdiction}"

    @admin.display(description=gettext_lazy("程序把握"), ordering="confidence")
    def confidence_display(self, row: Commitment | Achievement) -> str:
        return EMPTY_VALUE if row.confidence is None else f"{row.confidence:.2f}"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the reason where the public sees the statement."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.is_public or not self.has_change_permission(request, obj):
            return fieldsets
        (name, options), *rest = fieldsets
        return [(name, {**options, "fields": (*options["fields"], "correction")}), *rest]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let the version carry the reason for which it is made."""
        reason = form.cleaned_data.get("correction")
        with pghistory.context(**({REASON: reason} if reason else {})):
            super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A statement stays in its report.
        return (*self.readonly_fields, "report") if obj else self.readonly_fields

    def get_urls(self) -> list[URLPattern]:
        name = f"projects_{self.opts.model_name}"
        own = [path("<path:object_id>/next/", self.admin_site.admin_view(self.next_view), name=f"{name}_next")]
        return [*own, *super().get_urls()]

    def next_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to the next candidate of the list that the person came from."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        return HttpResponseRedirect(self._next_url(request, row))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Publish or reject where that button was pressed, and go on to the next candidate."""
        pressed = next((name for name in _REVIEW_BUTTONS if name in request.POST), None)
        if pressed is None:
            return super().response_change(request, obj)
        review_action, state = _REVIEW_BUTTONS[pressed]
        count = publication.review(self.model._default_manager.filter(pk=obj.pk), state)
        self.message_user(request, f"{str(review_action.success_message) % {'count': count}}{obj.title}")
        return HttpResponseRedirect(self._next_url(request, obj))

    def _next_url(self, request: HttpRequest, row: Commitment | Achievement) -> str:
        """Return where the review goes on: after this row, else from the top, else back at the list."""
        filters = request.GET.get("_changelist_filters", "")
        listing = copy(request)
        listing.GET = QueryDict(filters)
        try:
            listed = self.get_changelist_instance(listing).queryset
        except IncorrectLookupParameters:
            listed = self.get_queryset(request)
        waiting = listed.filter(review_state=ReviewState.CANDIDATE).exclude(pk=row.pk).order_by(*_queue_order())
        pk = (
            waiting.filter(_behind(row)).values_list("pk", flat=True).first()
            or waiting.values_list("pk", flat=True).first()
        )
        name = f"admin:projects_{self.opts.model_name}"
        if pk is None:
            self.message_user(request, _("这个列表里没有待审核的条目了。"))
            return f"{reverse(f'{name}_changelist')}?{filters}"
        query = QueryDict(mutable=True)
        query["_changelist_filters"] = filters
        return f"{reverse(f'{name}_change', args=[pk])}?{query.urlencode()}"

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the quote in its paragraph, and the buttons of the review while the row waits for it."""
        row = context.get("original")
        if row is not None:
            waits = row.review_state == ReviewState.CANDIDATE and self.has_change_permission(request, row)
            context |= {
                "quote_in_context": quote_in_context(row),
                "second_view": second_view(row),
                "in_review": waits and IS_POPUP_VAR not in request.GET,
            }
            next_url = reverse(f"admin:projects_{self.opts.model_name}_next", args=[row.pk])
            context["next_url"] = f"{next_url}?{request.GET.urlencode()}"
        return super().render_change_form(request, context, *args, **kwargs)


def _is_queue(request: HttpRequest) -> bool:
    return request.GET.get("review_state__exact") == ReviewState.CANDIDATE


def _queue_order() -> tuple[Any, ...]:
    """The order of the text, behind what two readers see differently."""
    first = [ExpressionWrapper(_DISPUTED, BooleanField()).desc()] if settings.SECOND_READER_URL else []
    return (*first, *StatementAdmin.ordering)


def _behind(row: Commitment | Achievement) -> Q:
    """What comes behind a row in the queue."""
    later = Q(report_id=row.report_id, start__gte=row.start) | Q(report_id__gt=row.report_id)
    if not settings.SECOND_READER_URL:
        return later
    return later & _DISPUTED | ~_DISPUTED if SecondReader.DIFFERS in row.rules else later & ~_DISPUTED


def _is_form(request: HttpRequest) -> bool:
    return bool(request.resolver_match and "object_id" in request.resolver_match.kwargs)


@admin.register(Achievement)
class AchievementAdmin(StatementAdmin):
    list_display = (
        "title", "report_display", "category", "quantity_display", "period_end", "review_state", "confidence_display",
    )  # fmt: skip
    review_display = (
        "title", "quote_in_context", "report_display", "category", "quantity_display", "period_end",
        "confidence_display",
    )  # fmt: skip
    date_hierarchy = "period_end"
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "title_en", ("category", "milestone"), "project", "names")}),
        (gettext_lazy("数量与所报时期"), {"fields": (("quantity", "comparator", "unit"), "period_end")}),
        (gettext_lazy("出处"), {"fields": ("report", "section", "quote", ("start", "end"))}),
        (gettext_lazy("审核与来历"), {"classes": ("collapse",), "fields": (
            ("review_state", "is_public"), ("origin", "extractor_version", "confidence"), "rules",
            ("jurisdiction", "year"), ("created_at", "updated_at"),
        )}),
    )  # fmt: skip


class ResponsibilityInline(TabularInline):
    model = Responsibility
    formset = BaseAdminInlineFormSet
    autocomplete_fields = ("department",)
    extra = 0


class _CommitmentEvidenceInline(EvidenceInline):
    fields: ClassVar[Any] = (*EvidenceInline.fields, "achievement", "source")
    verbose_name_plural = gettext_lazy("证据（新增和审核请用“添加证据”）")


class StatusChangeInline(ReadOnlyInline):
    model = StatusChange
    fields = ("effective_on", "from_status", "to_status", "reason_code", "note", "evidence", "actor", "recorded_at")
    readonly_fields = ("recorded_at",)


@admin.register(Commitment)
class CommitmentAdmin(StatementAdmin):
    list_display = (
        "title", "report_display", "category", "quantity_display", "due_on", "status", "due_state", "overdue",
        "review_state",
    )  # fmt: skip
    review_display = (
        "title", "quote_in_context", "report_display", "category", "quantity_display", "due_on", "confidence_display",
    )  # fmt: skip
    list_filter = (
        "review_state", DueStateFilter, OverdueFilter, OverdueBasisFilter, "status", "due_basis",
        *StatementAdmin.list_filter[1:],
    )  # fmt: skip
    date_hierarchy = "due_on"
    readonly_fields: ClassVar[Any] = (
        *StatementAdmin.readonly_fields,
        "status", "status_evidence", "status_since", "status_as_of", "happened_on", "happened_precision", "due_state",
        "overdue", "overdue_since", "reported_value_display", "reported_on", "delay_reason", "delay_note",
    )  # fmt: skip
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "title_en", ("category", "milestone"), "project", "names")}),
        (gettext_lazy("数量与期限"), {"fields": (("quantity", "comparator", "unit"), ("due_on", "due_basis"))}),
        (gettext_lazy("出处"), {"fields": ("report", "section", "quote", ("start", "end"))}),
        (gettext_lazy("状态（由“记录状态”改）"), {"fields": (
            ("due_state", "overdue", "overdue_since"), ("status", "status_since"), ("status_evidence", "status_as_of"),
            ("happened_on", "happened_precision"), ("reported_value_display", "reported_on"),
            ("delay_reason", "delay_note"), "last_verified_on",
        )}),
        (gettext_lazy("审核与来历"), {"classes": ("collapse",), "fields": (
            ("review_state", "is_public"), ("origin", "extractor_version", "confidence"), "rules",
            ("jurisdiction", "year"), ("created_at", "updated_at"),
        )}),
    )  # fmt: skip
    inlines = (ResponsibilityInline, _CommitmentEvidenceInline, StatusChangeInline)

    @admin.display(description=gettext_lazy("逾期"), ordering="due_on")
    def overdue(self, row: Commitment) -> str:
        """The days past its due date, and by what it is overdue, by the rule of the public pages."""
        today = timezone.localdate()
        basis = row.overdue_on(today)
        if basis is None:
            return EMPTY_VALUE
        return _("%(days)d 天（%(basis)s）") % {"days": (today - row.due_on).days, "basis": basis.label}

    @admin.display(description=gettext_lazy("兑现状态"), ordering="outcome")
    def due_state(self, row: Commitment) -> SafeString:
        return due_state_badge(row.due_state(timezone.localdate()))

    @admin.display(description=gettext_lazy("最新报告值"))
    def reported_value_display(self, row: Commitment) -> str:
        return number_display(row.reported_value)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.status_view)
        return [path("<path:object_id>/status/", view, name="projects_commitment_status"), *super().get_urls()]

    def status_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            raise Http404
        return record_status(self, request, row)
