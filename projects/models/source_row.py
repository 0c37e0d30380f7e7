"""The rows of official documents, and which commitments each is about."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects.choices import DelayReason, Status, Verification
from projects.models.base import Stamped, append_only, never_deleted, one_of, trackers
from projects.models.source import Source


class SourceRow(models.Model):
    """One row or passage of an official document, as written and as understood; it stays as it was read.

    ``verdict`` and what follows it are empty in a table that only gives out tasks. An inferred row does not stand in
    the document: it is a task that a notice of the exceptions leaves out.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="rows", db_index=False, verbose_name=_("来源"))
    position = models.PositiveIntegerField(_("次序"))
    place = models.CharField(_("在文件中的位置"), max_length=120, blank=True)
    item_number = models.CharField(_("项次"), max_length=40, blank=True)
    section = models.CharField(_("所在章节"), max_length=400, blank=True)
    text = models.TextField(_("任务"))
    lead = ArrayField(models.CharField(max_length=80), verbose_name=_("牵头单位"), default=list, blank=True)
    cooperating = ArrayField(models.CharField(max_length=80), verbose_name=_("配合单位"), default=list, blank=True)
    due_on = models.DateField(_("完成时限"), null=True, blank=True)
    progress = models.TextField(_("进展情况"), blank=True)
    official_word = models.CharField(_("官方用语"), max_length=40, blank=True)
    percent = models.CharField(_("完成比例"), max_length=40, blank=True)
    verdict = models.CharField(_("所示状态"), max_length=20, choices=Status, blank=True)
    as_of = models.DateField(_("截至日期"), null=True, blank=True)
    value = models.DecimalField(_("报告值"), max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    delay_reason = models.CharField(_("来源说明的原因"), max_length=20, choices=DelayReason, blank=True)
    forecast = models.DateField(_("来源宣布的新期限"), null=True, blank=True)
    notes = models.TextField(_("备注"), blank=True)
    is_inferred = models.BooleanField(_("推断"), default=False)

    class Meta:
        verbose_name = pgettext_lazy("singular", "文件中的一行")
        verbose_name_plural = pgettext_lazy("plural", "文件中的行")
        ordering = ["source", "position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "position"], name="source_row_has_its_position"),
            models.CheckConstraint(condition=~models.Q(text=""), name="source_row_has_a_text"),
            models.CheckConstraint(
                condition=models.Q(verdict="") | models.Q(as_of__isnull=False), name="source_row_outcome_has_its_day"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        text = " ".join(self.text.split())
        return f"{self.item_number} {text}".strip()[:80]


@pghistory.track(*trackers())
class RowLink(Stamped):
    """A row is about a commitment: proposed with a score and its reasons, or chosen by hand without one.

    ``reasons`` are pairs of a code and its points, strongest first. An accepted link names the evidence that it
    proposed and, where it set the commitment's date, the date before.
    """

    source_row = models.ForeignKey(
        SourceRow,
        models.PROTECT,
        related_name="links",
        db_index=False,
        verbose_name=pgettext_lazy("singular", "文件中的一行"),
    )
    commitment = models.ForeignKey(
        "projects.Commitment", models.PROTECT, related_name="row_links", db_index=False, verbose_name=_("承诺")
    )
    score = models.FloatField(_("把握"), null=True, blank=True)
    reasons = models.JSONField(_("理由"), default=list, blank=True)
    review_state = models.CharField(_("审核状态"), max_length=10, choices=Verification, default=Verification.PROPOSED)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    evidence = models.ForeignKey(
        "projects.Evidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("singular", "证据"),
    )
    due_on_before = models.DateField(_("改动前的到期日"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("singular", "行与承诺的对应")
        verbose_name_plural = pgettext_lazy("plural", "行与承诺的对应")
        ordering = ["source_row", "-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source_row", "commitment"], name="row_link_is_told_once"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(0, 1)), name="row_link_score_is_a_share"
            ),
            one_of("review_state", Verification, "row_link_review_state_is_known"),
        ]
        indexes = [models.Index(fields=["commitment"], name="rows_of_commitment")]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.source_row} → {self.commitment}"
