"""Links between the years: the grid of what a machine proposes, and each with both quotes side by side."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects.admin.base_admin import BaseAdmin
from projects.admin.list_filters import ProvinceFilter
from projects.admin.review_actions import ReviewActionsMixin, as_admin_actions
from projects.choices import LinkRelation, Verification
from projects.corrections import EMPTY_VALUE
from projects.desk.link_actions import LINK_ACTIONS
from projects.language import is_english
from projects.models import LinkProposal


class _GovernmentFilter(ProvinceFilter):
    lookup = "pair__earlier__jurisdiction__code"


@admin.register(LinkProposal)
class LinkProposalAdmin(ReviewActionsMixin, BaseAdmin):
    """Proposals are made by the program; a person corrects verdict or change, and decides."""

    review_actions = LINK_ACTIONS
    actions = as_admin_actions(LINK_ACTIONS)
    change_form_template = "admin/projects/link.html"
    list_per_page = 100
    list_display = (
        "earlier", "quote", "follows", "basis", "score_display", "is_sure", "relation", "years", "review_state",
    )  # fmt: skip
    list_filter = (
        "review_state", "is_sure", "relation", "basis", _GovernmentFilter,
    )  # fmt: skip
    search_fields = ("earlier__title", "earlier__quote", "quote", "note")
    fieldsets: ClassVar[Any] = (
        (gettext_lazy("由此得出（可以改）"), {"fields": (("verdict", "change"), "basis", "note")}),
        (gettext_lazy("理由"), {"fields": ("score_display", "reasons_display")}),
        (gettext_lazy("审核"), {"fields": (
            ("review_state", "reviewed_by", "reviewed_at"), ("evidence", "restatement"), ("created_at", "updated_at"),
        )}),
    )  # fmt: skip
    readonly_fields = (
        "basis", "score_display", "reasons_display", "review_state", "reviewed_by", "reviewed_at", "evidence",
        "restatement", "created_at", "updated_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        rows = rows.select_related("earlier", "later", "achievement", "pair__earlier__jurisdiction", "pair__later")
        return rows.defer(*(f"pair__{side}__{name}" for side in ("earlier", "later") for name in ("text", "outline")))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was decided stays; a result has a verdict, a promise made again a change."""
        if obj is None or obj.review_state != Verification.PROPOSED:
            return (*self.readonly_fields, "verdict", "change", "note")
        return (*self.readonly_fields, "change" if obj.relation == LinkRelation.ANSWER else "verdict")

    @admin.display(description=gettext_lazy("年度"), ordering="pair__later__year")
    def years(self, row: LinkProposal) -> str:
        return f"{row.pair.earlier.jurisdiction} {row.pair.earlier.year} → {row.pair.later.year}"

    @admin.display(description=gettext_lazy("由此得出"))
    def follows(self, row: LinkProposal) -> str:
        return row.get_verdict_display() or row.get_change_display() or EMPTY_VALUE

    @admin.display(description=gettext_lazy("相似度"), ordering="score")
    def score_display(self, row: LinkProposal) -> str:
        return f"{row.score:.2f}"

    @admin.display(description=gettext_lazy("理由（各项相加得相似度的对数几率）"))
    def reasons_display(self, row: LinkProposal) -> SafeString:
        words = "words_en" if is_english() else "words"
        told = ((one[words], f"{one['points']:+.2f}") for one in row.reasons)
        return format_html("<table>{}</table>", format_html_join("", "<tr><td>{}</td><td>{}</td></tr>", told))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show both quotes side by side, with where each stands."""
        row = context.get("original")
        if row is not None:
            earlier, later = row.pair.earlier, row.pair.later
            statement, place = row.statement, f"{earlier.jurisdiction}"
            context["sides"] = [
                (f"{earlier.year} {place}", row.earlier.quote, _url(row.earlier), _described(row.earlier)),
                (f"{later.year} {place}", row.quote, _url(statement), _described(statement)),
            ]
        return super().render_change_form(request, context, *args, **kwargs)


def _url(row: Any) -> str:
    return reverse(f"admin:projects_{row._meta.model_name}_change", args=[row.pk]) if row is not None else ""


def _described(row: Any) -> str:
    if row is None:
        return _("原文一句，还不是条目；采纳时成为已发布的条目。")
    return f"{row.title} · {row.get_milestone_display()} · {row.get_review_state_display()}"
