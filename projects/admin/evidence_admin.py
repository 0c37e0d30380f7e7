"""What is known of a commitment's fulfilment: proposed, accepted or rejected."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from projects.admin.base_admin import BaseAdmin, ReadOnlyInline
from projects.admin.display import due_state_badge, happened_on_display, quantity_display, reported_value_display
from projects.admin.evidence_actions import EVIDENCE_ACTIONS
from projects.admin.list_filters import ProvinceFilter, parse_pk
from projects.admin.review_actions import ReviewActionsMixin, as_admin_actions
from projects.corrections import EMPTY_VALUE
from projects.models import Achievement, Commitment, Evidence, Proposal
from projects.models.agreement import relatives

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

# The button that goes on with the next commitment of which the same source speaks.
_NEXT_OF_SOURCE = "_same_source"
# Under this name a request keeps the commitment that its page is about.
_COMMITMENT = "duixian.commitment"


def eligible_achievements(commitment: Commitment) -> QuerySet[Achievement]:
    """Return the public achievements of later reports of the same place, its predecessors' or successors'."""
    own = commitment.jurisdiction_id
    places = {own, *relatives(own)}
    return Achievement.objects.published().filter(jurisdiction__in=places, year__gt=commitment.year)


class AchievementField(_ModelChoiceField):
    """An achievement, named with its place and year."""

    def label_from_instance(self, obj: Any) -> str:
        return _achievement_label(obj)


class AchievementSelect(AutocompleteSelect):
    """Finds achievements that can speak of one commitment."""

    def __init__(self, field: Any, admin_site: Any, commitment: Commitment, **options: Any) -> None:
        super().__init__(field, admin_site, **options)
        self.commitment = commitment.pk

    def get_url(self) -> str:
        return f"{reverse('admin:projects_evidence_achievements')}?commitment={self.commitment}"


class AchievementAutocompleteView(AutocompleteJsonView):
    """What is typed into ``AchievementSelect``."""

    def get_queryset(self) -> QuerySet[Any]:
        """Keep those that can speak of the commitment and do not yet."""
        pk = parse_pk(self.request.GET.get("commitment"))
        commitment = None if pk is None else Commitment.objects.filter(pk=pk).first()
        found: QuerySet[Any] = super().get_queryset()
        if commitment is None:
            return found.none()
        used = commitment.evidence.filter(achievement__isnull=False).values("achievement")
        return found.filter(pk__in=eligible_achievements(commitment).values("pk")).exclude(pk__in=used)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": _achievement_label(obj)}


def _achievement_label(achievement: Achievement) -> str:
    return f"{achievement.year} {achievement.jurisdiction}：{achievement.title}"


class EvidenceInline(ReadOnlyInline):
    model = Evidence
    fields: ClassVar[Any] = (
        "verdict",
        "as_of",
        "happened_on_display",
        "reported_value_display",
        "speaker",
        "confidence",
        "review_state",
    )
    # The database alone writes who speaks.
    readonly_fields = ("happened_on_display", "reported_value_display", "speaker")

    @admin.display(description=gettext_lazy("发生"))
    def happened_on_display(self, row: Evidence) -> str:
        return happened_on_display(row)

    @admin.display(description=gettext_lazy("报告值"))
    def reported_value_display(self, row: Evidence) -> str:
        return reported_value_display(row)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("commitment", "achievement", "source")


class _GovernmentFilter(ProvinceFilter):
    lookup = "commitment__jurisdiction__code"


@admin.register(Evidence)
class EvidenceAdmin(ReviewActionsMixin, BaseAdmin):
    """The form of a new piece knows its commitment from the URL and offers the achievements that can speak of it."""

    review_actions = EVIDENCE_ACTIONS
    change_form_template = "admin/projects/evidence.html"
    actions = as_admin_actions(EVIDENCE_ACTIONS)
    list_display = (
        "commitment", "year", "verdict", "as_of", "happened_on_display", "reported_value_display", "speaker", "origin",
        "confidence", "review_state",
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
        return super().get_queryset(request).select_related("commitment", "achievement", "source", "reviewed_by")

    def get_urls(self) -> list[URLPattern]:
        view = AchievementAutocompleteView.as_view(admin_site=self.admin_site)
        own = path("achievements/", self.admin_site.admin_view(view), name="projects_evidence_achievements")
        return [own, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Evidence stays with its commitment.
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
        # A commitment that the URL names is not looked up.
        return ("source",) if _commitment_of(request) else self.autocomplete_fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the commitment of the URL, and the achievements that can speak of it."""
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
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        rows = {name: parse_pk(request.GET.get(name)) for name in ("commitment", "achievement", "source")}
        return {**initial, **rows}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was promised."""
        commitment = _commitment_of(request)
        if commitment is not None:
            state = due_state_badge(commitment.due_state(timezone.localdate()))
            context |= {"commitment": commitment, "quantity": quantity_display(commitment), "due_state": state}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._next_of_source(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._next_of_source(request, obj) or super().response_change(request, obj)

    def _next_of_source(self, request: HttpRequest, row: Evidence) -> HttpResponse | None:
        """Go on with the next commitment of the same source where that button was pressed."""
        if _NEXT_OF_SOURCE not in request.POST or row.source_id is None:
            return None
        self.message_user(request, gettext("已保存：%s。请选下一条承诺。") % row.commitment)
        query = QueryDict(mutable=True)
        query.update({"source": str(row.source_id), "as_of": row.as_of.isoformat(), "confidence": row.confidence})
        return HttpResponseRedirect(f"{reverse('admin:projects_evidence_add')}?{query.urlencode()}")

    @admin.display(description=gettext_lazy("年度"), ordering="commitment__year")
    def year(self, row: Evidence) -> int:
        return row.commitment.year

    @admin.display(description=gettext_lazy("发生"), ordering="happened_on")
    def happened_on_display(self, row: Evidence) -> str:
        return happened_on_display(row)

    @admin.display(description=gettext_lazy("报告值"), ordering="reported_value")
    def reported_value_display(self, row: Evidence) -> str:
        return reported_value_display(row)

    @admin.display(description=gettext_lazy("出自"))
    def origin(self, row: Evidence) -> str:
        """The source, or the achievement and the year of its report."""
        return f"{row.achievement.year}：{row.achievement}" if row.achievement else str(row.source)

    @admin.display(description=gettext_lazy("成绩原文"))
    def claim(self, row: Evidence) -> str:
        return f"{row.achievement.year}：{row.achievement.quote}" if row.achievement else EMPTY_VALUE

    @admin.display(description=gettext_lazy("提出者"))
    def proposed_by(self, row: Evidence) -> str:
        """The token by which a program proposed it."""
        proposal = Proposal.objects.select_related("token").filter(evidence=row.pk).first()
        return str(proposal.token) if proposal else EMPTY_VALUE


def _commitment_of(request: HttpRequest) -> Commitment | None:
    """Return the commitment that the page is about: that of its row, else that of the URL."""
    if _COMMITMENT not in request.META:
        row = parse_pk(request.resolver_match.kwargs.get("object_id")) if request.resolver_match else None
        wanted = {"pk": parse_pk(request.GET.get("commitment"))} if row is None else {"evidence": row}
        request.META[_COMMITMENT] = Commitment.objects.select_related("jurisdiction").filter(**wanted).first()
    found: Commitment | None = request.META[_COMMITMENT]
    return found
