"""An official document row by row beside the promises that it is about: what would be written, accepted or rejected."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects import acceptance
from projects.acceptance import SURE, Effect
from projects.admin.base_admin import BaseAdmin, ReadOnlyAdmin
from projects.admin.display import reported_value_display
from projects.admin.extraction_admin import kind_reason
from projects.admin.list_filters import parse_pk
from projects.choices import ReviewState, Verification
from projects.constraint_messages import CONSTRAINT_ERRORS, message_for
from projects.models import Commitment, Evidence, RowLink, Source, SourceRow

Text = str | Promise
_ROWS_ON_A_PAGE = 100
_MOST_CHOICES = 50
_REASONS: dict[str, Text] = {
    "covered": gettext_lazy("承诺的字词在行里"),
    "likeness": gettext_lazy("字词相近"),
    "rare_words": gettext_lazy("少见的字词相同"),
    "same_figure": gettext_lazy("数字相同"),
    "name": gettext_lazy("名称相同"),
    "best": gettext_lazy("这条承诺最像的行"),
    "best_of_row": gettext_lazy("这一行最像的承诺"),
    "named": gettext_lazy("表里写着是这一项承诺"),
    "neighbours": gettext_lazy("前后行对应前后承诺"),
    "other_figure": gettext_lazy("同单位的数字不同"),
    "lost_figure": gettext_lazy("行里没有承诺的数字"),
    "other_number": gettext_lazy("编号不同"),
    "beaten": gettext_lazy("另有更像的行"),
    "beaten_in_row": gettext_lazy("另有更像的承诺"),
}
_PROPOSED = Q(review_state=Verification.PROPOSED)
_OF_ROW = RowLink.objects.filter(source_row=OuterRef("pk"))
# Which rows the page shows.
_SHOWN: dict[str, tuple[Text, Q]] = {
    "all": (gettext_lazy("全部"), Q()),
    "waiting": (gettext_lazy("待定"), Exists(_OF_ROW.filter(_PROPOSED)) & Q()),
    "doubtful": (gettext_lazy("把握不大"), Exists(_OF_ROW.filter(_PROPOSED, score__lt=SURE)) & Q()),
    "unmatched": (gettext_lazy("没有对应"), ~Exists(_OF_ROW.exclude(review_state=Verification.REJECTED)) & Q()),
    "accepted": (gettext_lazy("已采纳"), Exists(_OF_ROW.filter(review_state=Verification.ACCEPTED)) & Q()),
}


class ShownLink(NamedTuple):
    """A link with what accepting it would do, line by line."""

    effect: Effect
    lines: list[str]
    reasons: str


class ShownRow(NamedTuple):
    """A row of the document with its links, the likeliest first."""

    row: SourceRow
    links: list[ShownLink]


def effect_lines(effect: Effect) -> list[str]:
    """Return what accepting a link writes, one line each thing."""
    return list(_effect_lines(effect))


def _effect_lines(effect: Effect) -> Iterator[str]:
    for part in effect.parts:
        names = {"role": part.role.label, "name": part.name}
        if part.department is None:
            yield _("%(role)s：%(name)s（新登记的部门）") % names
        elif part.is_raised:
            yield _("%(name)s：由配合改为牵头") % names
        else:
            yield _("%(role)s：%(name)s") % names
    if effect.due_on is not None:
        yield _("到期日：%(before)s（推定）→ %(after)s") % {
            "before": effect.link.commitment.due_on,
            "after": effect.due_on,
        }
    if effect.evidence is not None:
        yield from _evidence_lines(effect.evidence)


def _evidence_lines(proposed: Evidence) -> Iterator[str]:
    told = {"verdict": proposed.get_verdict_display(), "day": proposed.as_of}
    yield _("待核的证据：%(verdict)s，截至 %(day)s") % told
    if proposed.reported_value is not None:
        yield _("报告值：%(value)s") % {"value": reported_value_display(proposed)}
    if proposed.delay_reason:
        yield _("原因：%(reason)s") % {"reason": proposed.get_delay_reason_display()}
    if proposed.announced_on:
        yield _("新期限：%(day)s") % {"day": proposed.announced_on}


def _reasons(link: RowLink) -> str:
    return "、".join(f"{_REASONS.get(code, code)} {points:+.1f}" for code, points in link.reasons)


@admin.register(SourceRow)
class SourceRowAdmin(ReadOnlyAdmin):
    list_display = ("item_number", "text", "lead", "due_on", "official_word", "verdict", "source")
    list_filter = ("verdict", "is_inferred", "source__kind")
    list_select_related = ("source",)
    search_fields = ("text", "item_number", "source__title")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("of/<int:pk>/", view(self.document_view), name="projects_source_rows"),
            path("<int:pk>/choose/", view(self.choose_view), name="projects_sourcerow_choose"),
        ]
        return [*own, *super().get_urls()]

    def document_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a document's rows; accept or reject links, once it was confirmed what that writes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        source = get_object_or_404(Source.objects.select_related("jurisdiction", "report"), pk=pk)
        if request.method == "POST":
            return self._decide(request, source)
        shown = request.GET.get("show", "all")
        run = source.runs.defer("difference").order_by("-pk").first()
        rows = source.rows.filter(_SHOWN.get(shown, _SHOWN["all"])[1]).order_by("position")
        page = Paginator(rows, _ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
        context = self._context(
            request,
            source,
            page=page,
            rows=_shown_rows(source, page),
            shown=shown,
            choices=[(code, label, source.rows.filter(rows).count()) for code, (label, rows) in _SHOWN.items()],
            sure=SURE,
            kind_reason=kind_reason(run) if run else "",
            can_decide=_may_decide(request),
        )
        return TemplateResponse(request, "admin/projects/source_rows.html", context)

    def _context(self, request: HttpRequest, source: Source, **more: Any) -> dict[str, Any]:
        opts = Source._meta
        return {**self.admin_site.each_context(request), "title": str(source), "source": source, "opts": opts, **more}

    def _decide(self, request: HttpRequest, source: Source) -> HttpResponse:
        if not _may_decide(request):
            raise PermissionDenied
        back = HttpResponseRedirect(request.get_full_path())
        user: Any = request.user
        chosen = _chosen(request, source)
        if not chosen:
            messages.warning(request, _("没有选中待定的对应。"))
            return back
        if "reject" in request.POST:
            messages.success(request, _("已否决 %d 条对应。") % acceptance.reject(chosen, user))
        elif "confirmed" in request.POST:
            _accept(request, chosen)
        else:
            return self._confirmation(request, source, chosen)
        return back

    def _confirmation(self, request: HttpRequest, source: Source, chosen: list[int]) -> HttpResponse:
        """Show all that would be written; what cannot be is left out and named."""
        effects = acceptance.plan(acceptance.links_of(source).filter(pk__in=chosen))
        refused = [effect for effect in effects if effect.errors]
        if refused:
            kept = [effect.link.pk for effect in effects if not effect.errors]
            effects = acceptance.plan(acceptance.links_of(source).filter(pk__in=kept))
        context = self._context(
            request,
            source,
            effects=[ShownLink(effect, effect_lines(effect), "") for effect in effects],
            refused=refused,
            version=acceptance.fingerprint(effects),
        )
        return TemplateResponse(request, "admin/projects/source_rows_confirm.html", context)

    def choose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose by hand the commitment that a row is about, among those of the report."""
        if not _may_decide(request):
            raise PermissionDenied
        row = get_object_or_404(SourceRow.objects.select_related("source__report"), pk=pk)
        standing = Commitment.objects.filter(report=row.source.report_id)
        standing = standing.exclude(review_state__in=(ReviewState.REJECTED, ReviewState.WITHDRAWN))
        if request.method == "POST":
            commitment = standing.filter(pk=parse_pk(request.POST.get("commitment")) or 0).first()
            if commitment is None:
                raise Http404
            acceptance.choose(row, commitment)
            messages.success(request, _("已列为待定的对应，采纳后写入。"))
            return HttpResponseRedirect(reverse("admin:projects_source_rows", args=[row.source_id]))
        words = request.GET.get("q", "").strip()
        found = standing.filter(Q(title__icontains=words) | Q(quote__icontains=words)).order_by("start")
        context = self._context(
            request, row.source, row=row, words=words, found=found[:_MOST_CHOICES], total=found.count()
        )
        return TemplateResponse(request, "admin/projects/source_rows_choose.html", context)


def _may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("projects.change_rowlink")


def _chosen(request: HttpRequest, source: Source) -> list[int]:
    """Return the links that were ticked, or all sure enough, of those that wait."""
    waiting = RowLink.objects.filter(_PROPOSED, source_row__source=source)
    if "accept_above" in request.POST:
        try:
            waiting = waiting.filter(score__gte=float(request.POST.get("least", SURE)))
        except ValueError:
            return []
    else:
        numbers = map(parse_pk, request.POST.getlist("link"))
        waiting = waiting.filter(pk__in=[number for number in numbers if number is not None])
    return list(waiting.values_list("pk", flat=True))


def _shown_rows(source: Source, page: Page[SourceRow]) -> list[ShownRow]:
    links = acceptance.links_of(source).filter(source_row__in=[row.pk for row in page])
    by_row: dict[int, list[ShownLink]] = {}
    for effect in acceptance.plan(links):
        shown = ShownLink(effect, effect_lines(effect), _reasons(effect.link))
        by_row.setdefault(effect.link.source_row_id, []).append(shown)
    return [ShownRow(row, by_row.get(row.pk, [])) for row in page]


def _accept(request: HttpRequest, chosen: list[int]) -> None:
    user: Any = request.user
    try:
        effects = acceptance.accept(chosen, user, expected=request.POST.get("version", ""))
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    except CONSTRAINT_ERRORS as error:
        messages.error(request, str(message_for(error).message))
    else:
        messages.success(request, _outcome(effects))


def _outcome(effects: Iterable[Effect]) -> str:
    done = list(effects)
    counts = {
        "links": len(done),
        "parts": sum(len(effect.parts) for effect in done),
        "dates": sum(effect.due_on is not None for effect in done),
        "evidence": sum(effect.evidence is not None for effect in done),
    }
    text = _("已采纳 %(links)d 条对应：责任部门 %(parts)d 个，到期日 %(dates)d 个，待核的证据 %(evidence)d 条。")
    return text % counts


@admin.register(RowLink)
class RowLinkAdmin(BaseAdmin):
    """All links of all documents, to search; they are decided on the page of their document."""

    list_display = ("source_row", "commitment", "score", "review_state", "document", "reviewed_by", "reviewed_at")
    list_filter = ("review_state",)
    list_select_related = ("source_row__source", "commitment", "reviewed_by")
    search_fields = ("source_row__text", "commitment__title")
    fields: ClassVar[Any] = (
        "source_row", "commitment", "score", "review_state", "reviewed_by", "reviewed_at", "evidence", "due_on_before",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=gettext_lazy("逐行对照"))
    def document(self, link: RowLink) -> SafeString:
        row = link.source_row
        address = reverse("admin:projects_source_rows", args=[row.source_id])
        return format_html('<a href="{}#r{}">{}</a>', address, row.pk, row.source)

    def has_add_permission(self, request: HttpRequest) -> bool:
        # A link is proposed by the reading, or chosen on the page of its document.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
