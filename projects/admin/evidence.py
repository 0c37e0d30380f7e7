"""The desk of evidence: what is known of a commitment's fulfilment, proposed, accepted or rejected."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from projects.admin.actions import Step, action_of
from projects.admin.base import DeskAdmin
from projects.admin.decisions import DecisionsMixin
from projects.admin.evidence_steps import EVIDENCE_STEPS
from projects.admin.fields import badge, figure_of, happened, value_of
from projects.admin.filters import ProvinceFilter
from projects.admin.pickers import AchievementField, AchievementSelect, AchievementsView, number_in
from projects.choices import Verification
from projects.models import Achievement, Commitment, Evidence, Proposal

# The button that goes on with the next commitment of which the same source speaks.
_SAME_SOURCE = "_same_source"
# Under this name a request keeps the commitment that its page is about.
_PROMISED = "duixian.promised"


class _GovernmentFilter(ProvinceFilter):
    path = "commitment__jurisdiction__code"


@admin.register(Evidence)
class EvidenceAdmin(DecisionsMixin, DeskAdmin):
    """Evidence.

    The form of a new piece knows its commitment from the address and offers the achievements that can speak of it.
    """

    steps = EVIDENCE_STEPS
    change_form_template = "admin/projects/evidence.html"
    actions = tuple(action_of(step) for step in EVIDENCE_STEPS)
    list_display = (
        "commitment", "year", "verdict", "as_of", "when", "value", "speaker", "origin", "confidence", "review_state",
    )  # fmt: skip
    list_filter = (
        "review_state", "confidence", "speaker", "source__kind", "verdict", "is_forecast", _GovernmentFilter,
    )  # fmt: skip
    date_hierarchy = "as_of"
    search_fields = (
        "commitment__title", "achievement__title", "source__title", "source__publisher", "source__url", "quote", "note",
    )  # fmt: skip
    autocomplete_fields = ("commitment", "source")
    readonly_fields = (
        "review_state", "speaker", "reviewed_by", "reviewed_at", "claim", "proposed_by", "created_at", "updated_at",
    )  # fmt: skip
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("commitment",)}),
        (gettext_lazy("出自：报告中的成绩，或一个来源"), {"fields": (
            "achievement", "claim", "source", "speaker", "quote", ("place", "item_number", "official_word"),
        ), "description": gettext_lazy("二者选一。谁说的，由来源或成绩决定，不另填写。")}),
        (gettext_lazy("所示"), {"fields": (
            ("verdict", "as_of"), ("happened_on", "happened_precision"),
            ("reported_value", "bound"), ("coverage", "value_from"), "is_forecast",
            ("delay_reason", "announced_on"), "confidence", "note", "note_en",
        ), "description": gettext_lazy(
            "所示状态说的是整条承诺和它自己的节点。数字与所示状态不符而确有理由时，在说明里写明。"
        )}),
        (gettext_lazy("审核"), {"fields": (
            ("review_state", "reviewed_by", "reviewed_at"), "proposed_by", ("created_at", "updated_at"),
        )}),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the promise and what the evidence rests on with it."""
        return super().get_queryset(request).select_related("commitment", "achievement", "source", "reviewed_by")

    def get_urls(self) -> list[URLPattern]:
        """Add the look-up of achievements."""
        view = AchievementsView.as_view(admin_site=self.admin_site)
        own = path("achievements/", self.admin_site.admin_view(view), name="projects_evidence_achievements")
        return [own, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Evidence stays with its commitment."""
        return (*self.readonly_fields, "commitment") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Offer achievements where the commitment is known: which can speak of it depends on it."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        hidden = {"claim"} if _commitment_of(request) else {"claim", "achievement"}
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in fieldsets
        ]

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """A commitment that the address names is not looked up."""
        return ("source",) if _commitment_of(request) else self.autocomplete_fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the commitment of the address, and the achievements that can speak of it."""
        commitment = _commitment_of(request)
        if commitment is not None and db_field.name == "commitment":
            kwargs |= {"queryset": Commitment.objects.filter(pk=commitment.pk), "empty_label": None}
        if commitment is not None and db_field.name == "achievement":
            kwargs |= {
                "queryset": Achievement.objects.select_related("jurisdiction"),
                "form_class": AchievementField,
                "widget": AchievementSelect(db_field, self.admin_site, commitment),
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer a new source only: a new statement would not be public, and could not be chosen."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("commitment", "achievement"):
            field.widget.can_add_related = False
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Take over from the address what names a row."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        rows = {name: number_in(request.GET, name) for name in ("commitment", "achievement", "source")}
        return {**initial, **rows}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was promised."""
        promised = _commitment_of(request)
        if promised is not None:
            state = badge(promised.due_state(timezone.localdate()))
            context |= {"promised": promised, "promised_figure": figure_of(promised), "promised_state": state}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go on with the next commitment of the same source where that button was pressed."""
        return self._next_of_source(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Go on with the next commitment of the same source where that button was pressed."""
        return self._next_of_source(request, obj) or super().response_change(request, obj)

    def _next_of_source(self, request: HttpRequest, row: Evidence) -> HttpResponse | None:
        if _SAME_SOURCE not in request.POST or row.source_id is None:
            return None
        self.message_user(request, gettext("已保存：%s。请选下一条承诺。") % row.commitment)
        query = QueryDict(mutable=True)
        query.update({"source": str(row.source_id), "as_of": row.as_of.isoformat(), "confidence": row.confidence})
        return HttpResponseRedirect(f"{reverse('admin:projects_evidence_add')}?{query.urlencode()}")

    @admin.display(description=gettext_lazy("年度"), ordering="commitment__year")
    def year(self, row: Evidence) -> int:
        """The year of the report that promises."""
        return row.commitment.year

    @admin.display(description=gettext_lazy("发生"), ordering="happened_on")
    def when(self, row: Evidence) -> str:
        """When it happened, as exactly as it is known."""
        return happened(row)

    @admin.display(description=gettext_lazy("报告值"), ordering="reported_value")
    def value(self, row: Evidence) -> str:
        """The figure that it reports."""
        return value_of(row)

    @admin.display(description=gettext_lazy("出自"))
    def origin(self, row: Evidence) -> str:
        """The source, or the achievement and the year of its report."""
        return f"{row.achievement.year}：{row.achievement}" if row.achievement else str(row.source)

    @admin.display(description=gettext_lazy("成绩原文"))
    def claim(self, row: Evidence) -> str:
        """The words of the claim."""
        return f"{row.achievement.year}：{row.achievement.quote}" if row.achievement else "—"

    @admin.display(description=gettext_lazy("提出者"))
    def proposed_by(self, row: Evidence) -> str:
        """The token by which a program proposed it."""
        proposal = Proposal.objects.select_related("token").filter(evidence=row.pk).first()
        return str(proposal.token) if proposal else "—"

    def open_steps(self, row: Evidence) -> list[Step]:
        """Accept what is not accepted, reject what is not rejected, follow what the status does not rest on."""
        rests = row.commitment.status_evidence_id == row.pk
        done = (row.review_state == Verification.ACCEPTED, rests, row.review_state == Verification.REJECTED)
        return [step for step, is_done in zip(EVIDENCE_STEPS, done, strict=True) if not is_done]


def _commitment_of(request: HttpRequest) -> Commitment | None:
    """Return the commitment that the page is about: that of its row, else that of its address."""
    if _PROMISED not in request.META:
        row = number_in(request.resolver_match.kwargs, "object_id") if request.resolver_match else None
        wanted = {"pk": number_in(request.GET, "commitment")} if row is None else {"evidence": row}
        request.META[_PROMISED] = Commitment.objects.select_related("jurisdiction").filter(**wanted).first()
    found: Commitment | None = request.META[_PROMISED]
    return found
