"""Reasons to believe something about one commitment."""

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from projects import querysets
from projects.choices import Confidence, SourceKind, Status, Verification
from projects.models.base import Stamped, never_deleted, one_of, touched, trackers
from projects.models.files import FILE_TYPES, check, is_new
from projects.models.version import moves_version

VERDICTS = [(code, label) for code, label in Status.choices if code != Status.NOT_ASSESSED]

# The newest accepted figure of a commitment is copied to it, so that lists can be narrowed by it.
_COPY_REPORTED_VALUE = """
    UPDATE projects_commitment AS c
       SET reported_value = newest.reported_value, reported_on = newest.as_of
      FROM (SELECT 1) AS one
      LEFT JOIN LATERAL (
           SELECT e.reported_value, e.as_of
             FROM projects_evidence AS e
            WHERE e.commitment_id = NEW.commitment_id
              AND e.review_state = 'accepted' AND e.reported_value IS NOT NULL
            ORDER BY e.as_of DESC, e.id DESC
            LIMIT 1) AS newest ON TRUE
     WHERE c.id = NEW.commitment_id
       AND (c.reported_value, c.reported_on) IS DISTINCT FROM (newest.reported_value, newest.as_of);
    RETURN NULL;
"""


@pghistory.track(*trackers())
class Evidence(Stamped):
    """An achievement of a later report, a web page or a file that bears on a commitment, and what it shows."""

    commitment = models.ForeignKey(
        "projects.Commitment",
        models.PROTECT,
        related_name="evidence",
        db_index=False,
        verbose_name=_("承诺"),
    )
    achievement = models.ForeignKey(
        "projects.Achievement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        db_index=False,
        verbose_name=_("报告中的成绩"),
    )
    url = models.URLField(_("网址"), max_length=500, blank=True)
    file = models.FileField(
        _("文件"),
        upload_to="evidence/%Y/",
        blank=True,
        validators=[FileExtensionValidator(FILE_TYPES)],
    )
    publisher = models.CharField(_("发布者"), max_length=120, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    source_kind = models.CharField(_("来源性质"), max_length=20, choices=SourceKind)
    verdict = models.CharField(_("所示状态"), max_length=20, choices=VERDICTS)
    as_of = models.DateField(_("截至日期"))
    reported_value = models.DecimalField(_("报告值"), max_digits=20, decimal_places=4, null=True, blank=True)
    note = models.TextField(_("说明"), blank=True)
    note_en = models.TextField(_("英文说明"), blank=True)
    confidence = models.CharField(_("把握"), max_length=10, choices=Confidence, default=Confidence.MEDIUM)
    review_state = models.CharField(
        _("审核状态"),
        max_length=10,
        choices=Verification,
        default=Verification.PROPOSED,
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审核人"),
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "证据")
        verbose_name_plural = pgettext_lazy("plural", "证据")
        ordering = ["-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "achievement"],
                condition=models.Q(achievement__isnull=False),
                name="evidence_of_an_achievement_is_told_once",
            ),
            # What the commitment's status points at: its own evidence, and only while that is accepted.
            models.UniqueConstraint(
                fields=["id", "commitment", "review_state"],
                name="evidence_status_target",
            ),
            models.CheckConstraint(
                condition=models.Q(achievement__isnull=False)
                | (~models.Q(url="") | ~models.Q(file=""))
                & ~models.Q(publisher="")
                & models.Q(published_on__isnull=False),
                name="evidence_has_a_source",
                violation_error_message=_("请选择报告中的成绩，或填写网址或文件，并写明发布者和发布日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=[code for code, _label in VERDICTS]),
                name="evidence_verdict_is_known",
            ),
            one_of("source_kind", SourceKind, "evidence_source_kind_is_known"),
            one_of("confidence", Confidence, "evidence_confidence_is_known"),
            one_of("review_state", Verification, "evidence_review_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["commitment", "-as_of", "-id"], name="evidence_of_commitment"),
            models.Index(fields=["achievement"], name="evidence_resting_on"),
            models.Index(
                fields=["id"],
                name="evidence_to_review",
                condition=models.Q(review_state=Verification.PROPOSED),
            ),
        ]
        triggers = [
            never_deleted(),
            touched(),
            moves_version(),
            pgtrigger.Trigger(
                name="copy_reported_value",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("reported_value", "as_of", "review_state"),
                func=_COPY_REPORTED_VALUE,
            ),
        ]

    def clean(self) -> None:
        """Look into a file that is new: it must be what its name says. Raises ValidationError."""
        super().clean()
        if is_new(self.file):
            try:
                check(self.file)
            except ValidationError as error:
                raise ValidationError({"file": error}) from None

    def __str__(self) -> str:
        return gettext("%(source)s：%(verdict)s（%(as_of)s）") % {
            "source": self.get_source_kind_display(),
            "verdict": self.get_verdict_display(),
            "as_of": self.as_of,
        }
