"""What a later report says of an earlier promise, as a machine proposes it and a person decides."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import querysets
from projects.choices import Change, LinkBasis, LinkRelation, ReportState, Status, Verification
from projects.models.achievement import Achievement
from projects.models.base import Stamped, never_deleted, one_of, trackers
from projects.models.change_sql import note_answers
from projects.models.commitment import Commitment
from projects.models.evidence import VERDICTS
from projects.models.report import Report

_PROMISES = "SELECT id FROM projects_commitment WHERE report_id = NEW.earlier_id"


# The promise of a link, where somebody has gone through a later report.
_PROMISE = """SELECT c.id FROM projects_commitment AS c WHERE c.id = {row}.earlier_id AND EXISTS (
    SELECT FROM projects_reportpair AS p WHERE p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL)"""


@pghistory.track(*trackers(unless_only=("linked_at",)))
class ReportPair(Stamped):
    """Two reports of one government, of an earlier and a later year.

    ``linked_at`` is when the proposals between them were last made, empty while they wait to be made (again).
    ``gone_through_at`` says that a person has looked at every promise of the earlier one: from then on silence counts.
    """

    earlier = models.ForeignKey(
        Report, models.PROTECT, related_name="later_pairs", db_index=False, verbose_name=_("较早的报告")
    )
    later = models.ForeignKey(
        Report, models.PROTECT, related_name="earlier_pairs", db_index=False, verbose_name=_("较晚的报告")
    )
    linked_at = models.DateTimeField(_("比对时间"), null=True, blank=True, editable=False)
    gone_through_at = models.DateTimeField(_("看完时间"), null=True, blank=True, editable=False)
    gone_through_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("看完的人"),
    )

    objects = querysets.ReportPairQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "前后两份报告")
        verbose_name_plural = pgettext_lazy("plural", "前后两份报告")
        ordering = ["earlier", "later"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="report_pair_is_kept_once"),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")), name="report_pair_is_of_two_reports"
            ),
        ]
        indexes = [
            models.Index(fields=["later"], name="report_pairs_of_a_later"),
            models.Index(
                fields=["updated_at"], name="report_pairs_to_link", condition=models.Q(linked_at__isnull=True)
            ),
        ]
        triggers = [
            never_deleted(),
            note_answers(
                "answers_of_new_pair",
                pgtrigger.Insert,
                _PROMISES,
                condition=pgtrigger.Q(new__gone_through_at__isnull=False),
            ),
            note_answers(
                "answers_of_changed_pair",
                pgtrigger.Update,
                _PROMISES,
                condition=pgtrigger.Q(old__gone_through_at__df=pgtrigger.F("new__gone_through_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier.jurisdiction} {self.earlier.year} → {self.later.year}"

    @classmethod
    def wait_for(cls, report: Report) -> int:
        """Have the pairs of a report with all others of its government compared (again); return how many there are."""
        others = Report.objects.filter(jurisdiction=report.jurisdiction_id).exclude(year=report.year)
        others = others.exclude(state=ReportState.WITHDRAWN).order_by("pk")
        in_order = [
            (report.pk, pk) if report.year < year else (pk, report.pk) for pk, year in others.values_list("pk", "year")
        ]
        cls.objects.bulk_create(
            [cls(earlier_id=earlier, later_id=later) for earlier, later in in_order],
            update_conflicts=True,
            unique_fields=["earlier", "later"],
            update_fields=["linked_at", "updated_at"],
        )
        return len(in_order)


@pghistory.track(*trackers(unless_only=("score", "reasons")), pghistory.DeleteEvent())
class LinkProposal(Stamped):
    """A stretch of a later report that may answer an earlier promise, or promise the same again.

    The stretch and the promise's own are what it is known by: statements may be found anew, the words stay. It is an
    achievement, a later commitment, or a mention, a clause that is no statement yet; ``mention`` holds what a statement
    would say of it, by the keys of ``extract --mentions``. ``reasons`` are dicts with code, points, words and words_en.
    Once accepted it points at what it became, or at nothing where a mention only speaks of the promise again; while it
    waits, the next comparison may change it or take it back.
    """

    pair = models.ForeignKey(
        ReportPair, models.PROTECT, related_name="proposals", db_index=False, verbose_name=_("前后两份报告")
    )
    earlier = models.ForeignKey(Commitment, models.PROTECT, related_name="link_proposals", verbose_name=_("较早的承诺"))
    start = models.PositiveIntegerField(_("起点"))
    end = models.PositiveIntegerField(_("终点"))
    quote = models.TextField(_("较晚报告的原文"))
    relation = models.CharField(_("关系"), max_length=12, choices=LinkRelation)
    achievement = models.ForeignKey(
        Achievement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="link_proposals",
        verbose_name=_("报告中的成绩"),
    )
    later = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="earlier_proposals",
        verbose_name=_("较晚的承诺"),
    )
    mention = models.JSONField(_("原文一句"), null=True, blank=True, editable=False)
    score = models.FloatField(_("相似度"))
    reasons = models.JSONField(_("理由"), default=list)
    verdict = models.CharField(_("所示状态"), max_length=20, choices=VERDICTS, blank=True)
    change = models.CharField(_("变化"), max_length=12, choices=Change, blank=True)
    basis = models.CharField(_("依据"), max_length=6, choices=LinkBasis, blank=True)
    is_sure = models.BooleanField(_("把握大"), default=False)
    review_state = models.CharField(_("审核状态"), max_length=10, choices=Verification, default=Verification.PROPOSED)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    note = models.TextField(_("说明"), blank=True)
    evidence = models.ForeignKey(
        "projects.Evidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("singular", "证据"),
    )
    restatement = models.ForeignKey(
        "projects.Restatement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("singular", "再次承诺"),
    )

    objects = querysets.LinkProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("跨年对应")
        verbose_name_plural = pgettext_lazy("plural", "跨年对应")
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "earlier", "start", "end"], name="link_is_proposed_once"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="link_span_is_not_empty"),
            models.CheckConstraint(condition=models.Q(score__range=(0, 1)), name="link_score_is_a_share"),
            one_of("relation", LinkRelation, "link_relation_is_known"),
            one_of("review_state", Verification, "link_review_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["", *(code for code in Status if code != Status.NOT_ASSESSED)]),
                name="link_verdict_is_known",
            ),
            models.CheckConstraint(condition=models.Q(change__in=["", *Change.values]), name="link_change_is_known"),
            models.CheckConstraint(condition=models.Q(basis__in=["", *LinkBasis.values]), name="link_basis_is_known"),
        ]
        triggers = [
            note_answers("answer_of_new_link", pgtrigger.Insert, _PROMISE.format(row="NEW")),
            note_answers("answer_of_link_taken_back", pgtrigger.Delete, _PROMISE.format(row="OLD")),
            note_answers(
                "answer_of_decided_link",
                pgtrigger.Update,
                _PROMISE.format(row="NEW"),
                condition=pgtrigger.Q(old__review_state__df=pgtrigger.F("new__review_state")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["pair", "-score", "id"],
                name="links_to_review",
                condition=models.Q(review_state=Verification.PROPOSED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.statement or self.quote}"

    @property
    def statement(self) -> Achievement | Commitment | None:
        return self.achievement or self.later
