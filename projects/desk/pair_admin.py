"""Pairs of reports: every promise of the earlier one with what was found, and the mark that somebody went through."""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects import links
from projects.admin.base_admin import BaseAdmin
from projects.admin.evidence_actions import refusal
from projects.admin.list_filters import ProvinceFilter
from projects.admin.review_actions import Outcome, RefusedRow, ReviewAction, ReviewActionsMixin, Rows, as_admin_actions
from projects.choices import ReviewState, Verification
from projects.models import Commitment, Evidence, LinkProposal, ReportPair, Restatement


def _mark(rows: Rows, request: HttpRequest, *, gone_through: bool) -> Outcome:
    def decision(row: ReportPair, user: Any) -> None:
        links.set_gone_through(row, user, gone_through=gone_through)

    chosen = list(rows.filter(gone_through_at__isnull=gone_through).select_related("earlier__jurisdiction", "later"))
    reasons = [(row, refusal(row, request.user, decision)) for row in chosen]
    refused = tuple(RefusedRow(row.pk, str(row), reason) for row, reason in reasons if reason)
    return Outcome(len(reasons) - len(refused), refused)


def _gone_through(rows: Rows, request: HttpRequest) -> Outcome:
    return _mark(rows, request, gone_through=True)


def _not_gone_through(rows: Rows, request: HttpRequest) -> Outcome:
    return _mark(rows, request, gone_through=False)


def _effects(rows: Rows) -> list[str]:
    told = [
        _("较早报告的每条承诺将显示：较晚的报告报告了结果、再次承诺，还是未再提及。"),
        _("未再提及只说报告里没有，不是没有做到；期限还没到的不算。"),
    ]
    for row in rows.select_related("earlier__jurisdiction", "later")[:20]:
        counts = {"pair": row, "all": row.earlier.commitments.filter(review_state=ReviewState.PUBLISHED).count()}
        counts |= {"unlinked": sum(1 for line in lines_of(row) if not line.links), "waiting": _waiting(row)}
        text = _("%(pair)s：%(all)d 条承诺，%(unlinked)d 条没有采纳的对应，还有 %(waiting)d 条对应待核。")
        told.append(text % counts)
    return told


def _waiting(row: ReportPair) -> int:
    return row.proposals.waiting().count()


PAIR_ACTIONS = (
    ReviewAction(
        "gone-through",
        gettext_lazy("这两份报告已看完"),
        gettext_lazy("已记为看完 %(count)d 对。"),
        _gone_through,
        _effects,
        lambda row: row.gone_through_at is None,
    ),
    ReviewAction(
        "not-gone-through",
        gettext_lazy("改回没有看完"),
        gettext_lazy("已改回 %(count)d 对。"),
        _not_gone_through,
        lambda _rows: [_("这些承诺不再显示后来的报告怎么说，证据和再次承诺不变。")],
        lambda row: row.gone_through_at is not None,
    ),
)


class PromiseLine(NamedTuple):
    """A promise of the earlier report: accepted links to the later one, and the likeliest that waits."""

    promise: Commitment
    links: list[str]
    waiting: LinkProposal | None


def lines_of(pair: ReportPair) -> Iterator[PromiseLine]:
    """Yield the promises of a pair in their order. Four queries for any number of them."""
    linked: dict[int, list[str]] = {}
    accepted = {"review_state": Verification.ACCEPTED}
    found = Evidence.objects.filter(commitment__report=pair.earlier, achievement__report=pair.later, **accepted)
    for row in found.select_related("achievement"):
        linked.setdefault(row.commitment_id, []).append(f"{row.get_verdict_display()}：{row.achievement}")
    again = Restatement.objects.filter(earlier__report=pair.earlier, later__report=pair.later, **accepted)
    for link in again.select_related("later"):
        word = link.get_change_display() or link.get_phase_display()
        linked.setdefault(link.earlier_id, []).append(f"{word}：{link.later}")
    waiting: dict[int, LinkProposal] = {}
    for proposal in pair.proposals.waiting().order_by("score"):
        waiting[proposal.earlier_id] = proposal
    standing = (ReviewState.CANDIDATE, ReviewState.PUBLISHED)
    for promise in Commitment.objects.filter(report=pair.earlier, review_state__in=standing).order_by("start"):
        yield PromiseLine(promise, linked.get(promise.pk, []), waiting.get(promise.pk))


class _GovernmentFilter(ProvinceFilter):
    lookup = "earlier__jurisdiction__code"


@admin.register(ReportPair)
class ReportPairAdmin(ReviewActionsMixin, BaseAdmin):
    """The program makes the pairs; a person goes through them."""

    review_actions = PAIR_ACTIONS
    actions = as_admin_actions(PAIR_ACTIONS)
    change_form_template = "admin/projects/pair.html"
    list_display = ("pair", "sure", "waiting", "linked_at", "gone_through_at", "gone_through_by")
    list_filter = (("gone_through_at", admin.EmptyFieldListFilter), _GovernmentFilter)
    search_fields = ("earlier__jurisdiction__name", "=earlier__jurisdiction__code", "=earlier__year", "=later__year")
    fields: ClassVar[Any] = (("linked_at", "gone_through_at", "gone_through_by"),)
    readonly_fields = ("linked_at", "gone_through_at", "gone_through_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("earlier__jurisdiction", "later", "gone_through_by")
        rows = rows.defer("earlier__text", "earlier__outline", "later__text", "later__outline")
        waits = Q(proposals__review_state=Verification.PROPOSED)
        counted: QuerySet[Any] = rows.annotate(
            sure_total=Count("proposals", filter=waits & Q(proposals__is_sure=True)),
            waiting_total=Count("proposals", filter=waits),
        )
        return counted

    @admin.display(description=gettext_lazy("前后两份报告"), ordering="earlier__jurisdiction")
    def pair(self, row: ReportPair) -> str:
        return str(row)

    @admin.display(description=gettext_lazy("把握大的待核"), ordering="sure_total")
    def sure(self, row: Any) -> SafeString:
        return _grid_link(row, row.sure_total, sure=True)

    @admin.display(description=gettext_lazy("待核"), ordering="waiting_total")
    def waiting(self, row: Any) -> SafeString:
        return _grid_link(row, row.waiting_total, sure=False)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """List every promise with its links, and what waits."""
        row = context.get("original")
        if row is not None:
            context |= {"lines": list(lines_of(row)), "grid": _grid_link(row, row.sure_total, sure=True)}
        return super().render_change_form(request, context, *args, **kwargs)


def _grid_link(row: ReportPair, count: int, *, sure: bool) -> SafeString:
    query = f"pair__id__exact={row.pk}&review_state__exact={Verification.PROPOSED}"
    address = f"{reverse('admin:projects_linkproposal_changelist')}?{query}{'&is_sure__exact=1' if sure else ''}"
    return format_html('<a href="{}">{}</a>', address, count)
