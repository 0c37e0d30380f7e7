"""The desk of evidence: what is known of a commitment's fulfilment, proposed, accepted or rejected."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from projects import evidence
from projects.admin.actions import Line, Rows, Step, action_of
from projects.admin.base import DeskAdmin
from projects.admin.decisions import DecisionsMixin
from projects.admin.fields import plain
from projects.choices import Status, Verification
from projects.models import Commitment, Evidence, Proposal


def _accept(rows: Rows, request: HttpRequest) -> int:
    return _each(rows.exclude(review_state=Verification.ACCEPTED), request, evidence.accept)


def _follow(rows: Rows, request: HttpRequest) -> int:
    return _each(rows, request, partial(evidence.accept, follow_verdict=True))


def _reject(rows: Rows, request: HttpRequest) -> int:
    return _each(rows.exclude(review_state=Verification.REJECTED), request, evidence.reject)


def _each(rows: Rows, request: HttpRequest, decide: Any) -> int:
    found = list(rows)
    for row in found:
        decide(row, request.user)
    return len(found)


def _accepted(rows: Rows) -> list[Line]:
    public = rows.filter(commitment__is_public=True).count()
    return [
        _("%d 条证据立即显示在公开的承诺页面上。") % public,
        _("采纳不改变承诺的状态；请再到承诺页面“记录状态”。"),
    ]


def _followed(rows: Rows) -> list[Line]:
    verdicts = rows.order_by().values_list("verdict").annotate(number=Count("pk"))
    return [
        _("%(number)d 条承诺的状态改为“%(status)s”，以这里的证据为依据，自证据的截至日期起生效。")
        % {"number": number, "status": Status(verdict).label}
        for verdict, number in verdicts
    ]


def _rejected(rows: Rows) -> list[Line]:
    resting = Commitment.objects.filter(status_evidence__in=rows.order_by().values("pk")).count()
    lines = [_("%d 条证据不再公开，记录保留。") % rows.count()]
    return lines + ([_("%d 条承诺的状态以其中的证据为依据，要先换依据才能否决。") % resting] if resting else [])


EVIDENCE_STEPS = (
    Step("accept", gettext_lazy("采纳"), gettext_lazy("已采纳 %(count)d 条证据。"), _accept, _accepted),
    Step(
        "follow",
        gettext_lazy("采纳并照此记录状态"),
        gettext_lazy("已采纳 %(count)d 条证据并记录状态。"),
        _follow,
        _followed,
    ),
    Step("reject", gettext_lazy("否决"), gettext_lazy("已否决 %(count)d 条证据。"), _reject, _rejected),
)


@admin.register(Evidence)
class EvidenceAdmin(DecisionsMixin, DeskAdmin):
    """Evidence."""

    steps = EVIDENCE_STEPS
    change_form_template = "admin/projects/decided.html"
    actions = tuple(action_of(step) for step in EVIDENCE_STEPS)
    list_display = (
        "commitment", "year", "verdict", "as_of", "value", "speaker", "achievement", "source",
        "confidence", "review_state", "reviewed_by",
    )  # fmt: skip
    list_filter = ("review_state", "confidence", "speaker", "verdict")
    date_hierarchy = "as_of"
    search_fields = ("commitment__title", "achievement__title", "source__title", "note")
    autocomplete_fields = ("commitment", "achievement")
    raw_id_fields = ("source",)
    readonly_fields = (
        "review_state", "speaker", "reviewed_by", "reviewed_at", "promise", "claim", "proposed_by",
        "created_at", "updated_at",
    )  # fmt: skip
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("commitment", "promise")}),
        (gettext_lazy("来源：报告中的成绩，或网址或文件"), {"fields": (
            "achievement", "claim", "source", "speaker",
        )}),
        (gettext_lazy("所示"), {"fields": (("verdict", "as_of"), "reported_value", "confidence", "note", "note_en")}),
        (gettext_lazy("审核"), {"fields": (
            ("review_state", "reviewed_by", "reviewed_at"), "proposed_by", ("created_at", "updated_at"),
        )}),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the promise and the claim with the evidence."""
        return super().get_queryset(request).select_related("commitment", "achievement", "reviewed_by")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Evidence stays with its commitment."""
        return (*self.readonly_fields, "commitment") if obj else self.readonly_fields

    @admin.display(description=gettext_lazy("年度"), ordering="commitment__year")
    def year(self, row: Evidence) -> int:
        """The year of the report that promises."""
        return row.commitment.year

    @admin.display(description=gettext_lazy("报告值"), ordering="reported_value")
    def value(self, row: Evidence) -> str:
        """The figure that it reports."""
        return plain(row.reported_value)

    @admin.display(description=gettext_lazy("承诺原文"))
    def promise(self, row: Evidence) -> str:
        """The words of the promise."""
        return row.commitment.quote if row.commitment_id else "—"

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
