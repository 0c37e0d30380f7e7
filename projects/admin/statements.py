"""What the desks of commitments and achievements share: the list, the queue of candidates and the form."""

from copy import copy
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects import publication
from projects.admin.actions import Step, action_of
from projects.admin.base import DeskAdmin, DeskForm
from projects.admin.decisions import DecisionsMixin
from projects.admin.fields import NOTHING, LinesField, figure_of
from projects.admin.filters import ConfidenceFilter, ProvinceFilter, ReportFilter
from projects.admin.passages import FAR, NEAR, passage_of, with_surroundings
from projects.admin.steps import PUBLISH_STATEMENTS, REJECT_STATEMENTS, STATEMENT_STEPS
from projects.choices import ReviewState
from projects.models import Achievement, Commitment

# Places of a quote that an error lists.
_PLACES = 5
# Buttons of the review form and the decisions that they take.
_DECISIONS = {"_publish_next": (PUBLISH_STATEMENTS, ReviewState.PUBLISHED)} | {
    "_reject_next": (REJECT_STATEMENTS, ReviewState.REJECTED)
}


class StatementForm(DeskForm):
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

    def clean(self) -> dict[str, Any]:
        """Complete the span and the unit."""
        cleaned = super().clean()
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
    while found >= 0 and len(places) < _PLACES:
        places.append(found)
        found = text.find(quote, found + 1)
    return places


class StatementAdmin(DecisionsMixin, DeskAdmin):
    """The desk of one kind of statement."""

    form = StatementForm
    steps = STATEMENT_STEPS
    change_form_template = "admin/projects/statement.html"
    change_list_template = "admin/projects/statements.html"
    actions = tuple(action_of(step) for step in STATEMENT_STEPS)
    list_filter: ClassVar[Any] = (
        "review_state", ReportFilter, ConfidenceFilter, "category", "milestone", "year", ProvinceFilter, "origin",
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
        waiting = request.GET.get("review_state__exact") == ReviewState.CANDIDATE
        return self.review_display if waiting else self.list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the reports' texts in the database, but for the words around each quote."""
        rows = super().get_queryset(request).defer("report__text", "report__outline", "report__seeded", "seeded")
        return with_surroundings(rows, FAR if _is_form(request) else NEAR)

    @admin.display(description=gettext_lazy("原文"), ordering="start")
    def passage(self, row: Commitment | Achievement) -> SafeString:
        """The quote, marked, with the words around it."""
        return passage_of(row).marked()

    @admin.display(description=gettext_lazy("数量"), ordering="quantity")
    def figure(self, row: Commitment | Achievement) -> str:
        """The figure with its bound and unit."""
        return figure_of(row)

    @admin.display(description=gettext_lazy("报告"), ordering="report")
    def source(self, row: Commitment | Achievement) -> str:
        """The report's year and government."""
        return f"{row.year} {row.jurisdiction}"

    @admin.display(description=gettext_lazy("程序把握"), ordering="confidence")
    def sureness(self, row: Commitment | Achievement) -> str:
        """The extractor's confidence in hundredths."""
        return NOTHING if row.confidence is None else f"{row.confidence:.2f}"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A statement stays in its report."""
        return (*self.readonly_fields, "report") if obj else self.readonly_fields

    def get_urls(self) -> list[URLPattern]:
        """Add the next candidate."""
        name = f"projects_{self.opts.model_name}"
        own = [path("<path:object_id>/next/", self.admin_site.admin_view(self.next_view), name=f"{name}_next")]
        return [*own, *super().get_urls()]

    def next_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to the next candidate of the list that the person came from."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        return HttpResponseRedirect(self._next_address(request, row))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Publish or reject where that button was pressed, and go on to the next candidate."""
        pressed = next((name for name in _DECISIONS if name in request.POST), None)
        if pressed is None:
            return super().response_change(request, obj)
        step, state = _DECISIONS[pressed]
        count = publication.review(self.model._default_manager.filter(pk=obj.pk), state)
        self.message_user(request, f"{str(step.done) % {'count': count}}{obj.title}")
        return HttpResponseRedirect(self._next_address(request, obj))

    def _next_address(self, request: HttpRequest, row: Commitment | Achievement) -> str:
        """Return where the review goes on: after this row, else from the top, else back at the list."""
        filters = request.GET.get("_changelist_filters", "")
        listing = copy(request)
        listing.GET = QueryDict(filters)
        try:
            listed = self.get_changelist_instance(listing).queryset
        except IncorrectLookupParameters:
            listed = self.get_queryset(request)
        waiting = listed.filter(review_state=ReviewState.CANDIDATE).exclude(pk=row.pk)
        waiting = waiting.order_by("report_id", "start", "pk")
        later = waiting.filter(Q(report_id=row.report_id, start__gte=row.start) | Q(report_id__gt=row.report_id))
        pk = later.values_list("pk", flat=True).first() or waiting.values_list("pk", flat=True).first()
        name = f"admin:projects_{self.opts.model_name}"
        if pk is None:
            self.message_user(request, _("这个列表里没有待审核的条目了。"))
            return f"{reverse(f'{name}_changelist')}?{filters}"
        query = QueryDict(mutable=True)
        query["_changelist_filters"] = filters
        return f"{reverse(f'{name}_change', args=[pk])}?{query.urlencode()}"

    def open_steps(self, row: Commitment | Achievement) -> list[Step]:
        """Publish, withdraw or reject, as the state allows."""
        states = (ReviewState.PUBLISHED, ReviewState.WITHDRAWN, ReviewState.REJECTED)
        pairs = zip(STATEMENT_STEPS, states, strict=True)
        return [step for step, state in pairs if row.review_state in publication.REVIEW_STEPS[state]]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the quote in its paragraph, and the buttons that the row's state allows."""
        row = context.get("original")
        if row is not None:
            waits = row.review_state == ReviewState.CANDIDATE and self.has_change_permission(request, row)
            context |= {"passage": passage_of(row), "in_review": waits and IS_POPUP_VAR not in request.GET}
            following = reverse(f"admin:projects_{self.opts.model_name}_next", args=[row.pk])
            context["next_url"] = f"{following}?{request.GET.urlencode()}"
        return super().render_change_form(request, context, *args, **kwargs)


def _is_form(request: HttpRequest) -> bool:
    return bool(request.resolver_match and "object_id" in request.resolver_match.kwargs)
