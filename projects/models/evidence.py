"""Reasons to believe something about one commitment."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from projects import querysets
from projects.choices import Comparator, Confidence, Coverage, DelayReason, Precision, Speaker, Status, Verification
from projects.models.agreement import Disagreement, disagreements, refuse, speaker_of
from projects.models.base import FIRST_DAY, LAST_DAY, Stamped, never_deleted, one_of, touched, trackers
from projects.models.change_sql import Note, answer_note, note_changes
from projects.models.outcome_sql import COPY_REPORTED_VALUE, GROUND_DAYS, GROUND_STAYS, SET_SPEAKER

# Shown to nobody but curators.
CURATORS_ONLY = ("reviewed_by", "reviewed_at", "seeded")
VERDICTS = [(code, label) for code, label in Status.choices if code != Status.NOT_ASSESSED]


@pghistory.track(*trackers())
class Evidence(Stamped):
    """An achievement of a later report, or words of a source, that bear on a commitment, and what they show.

    ``as_of`` is the day of the state that it tells, ``happened_on`` the day of the event itself, as exactly as
    ``happened_precision`` says: the last day that it may have been. ``bound`` bounds the reported value ("over 50
    million" is gte), ``coverage`` says what it covers.
    """

    commitment = models.ForeignKey(
        "projects.Commitment", models.PROTECT, related_name="evidence", db_index=False, verbose_name=_("承诺")
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
    source = models.ForeignKey(
        "projects.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        db_index=False,
        verbose_name=_("来源"),
    )
    quote = models.TextField(_("来源中的原话"), blank=True, db_default="")
    place = models.CharField(
        _("在来源中的位置"), max_length=120, blank=True, db_default="", help_text=_("例如：第3页，表2。")
    )
    item_number = models.CharField(_("项次"), max_length=40, blank=True, db_default="", help_text=_("例如：第10项。"))
    official_word = models.CharField(
        _("官方用语"), max_length=40, blank=True, db_default="", help_text=_("例如：达序时、部分完成。")
    )
    # Set by a trigger. The column is older than the name.
    speaker = models.CharField(_("谁说的"), max_length=20, choices=Speaker, editable=False, db_column="source_kind")
    verdict = models.CharField(_("所示状态"), max_length=20, choices=VERDICTS)
    as_of = models.DateField(_("截至日期"), help_text=_("所示状态和报告值是哪一天的。"))
    happened_on = models.DateField(
        _("发生日期"),
        null=True,
        blank=True,
        help_text=_("开工、建成、达到的那一天；只知道月、季、年时填它的最后一天。"),
    )
    happened_precision = models.CharField(
        _("发生日期的精度"), max_length=10, choices=Precision, blank=True, db_default=""
    )
    reported_value = models.DecimalField(_("报告值"), max_digits=20, decimal_places=4, null=True, blank=True)
    coverage = models.CharField(_("报告值的口径"), max_length=12, choices=Coverage, blank=True, db_default="")
    value_from = models.DateField(_("报告值起算日"), null=True, blank=True)
    bound = models.CharField(_("报告值的界限"), max_length=10, choices=Comparator, blank=True, db_default="")
    is_forecast = models.BooleanField(_("预计"), default=False, db_default=False)
    delay_reason = models.CharField(_("来源说明的原因"), max_length=20, choices=DelayReason, blank=True, db_default="")
    announced_on = models.DateField(_("来源宣布的新期限"), null=True, blank=True)
    note = models.TextField(_("说明"), blank=True)
    note_en = models.TextField(_("英文说明"), blank=True)
    confidence = models.CharField(_("把握"), max_length=10, choices=Confidence, default=Confidence.MEDIUM)
    review_state = models.CharField(_("审核状态"), max_length=10, choices=Verification, default=Verification.PROPOSED)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
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
                violation_error_message=_("这条成绩已是这条承诺的证据，或已经提出过。"),
            ),
            models.UniqueConstraint(
                fields=["commitment", "source"],
                condition=models.Q(source__isnull=False),
                name="evidence_of_a_source_is_told_once",
                violation_error_message=_("这个来源已是这条承诺的证据，或已经提出过。"),
            ),
            # What the commitment's status points at: its own evidence, and only while that is accepted.
            models.UniqueConstraint(fields=["id", "commitment", "review_state"], name="evidence_status_target"),
            models.CheckConstraint(
                condition=models.Q(achievement__isnull=False) | models.Q(source__isnull=False),
                name="evidence_has_a_source",
                violation_error_message=_("请选择报告中的成绩或一个来源。"),
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=[code for code, _label in VERDICTS]), name="evidence_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(happened_on__isnull=True, happened_precision="")
                | models.Q(
                    happened_on__isnull=False,
                    happened_on__range=(FIRST_DAY, LAST_DAY),
                    happened_precision__in=Precision.values,
                ),
                name="evidence_happened_to_a_precision",
                violation_error_message=_("发生日期和它的精度须一起填写。"),
            ),
            models.CheckConstraint(
                condition=models.Q(reported_value__isnull=True, coverage="", bound="")
                | models.Q(reported_value__isnull=False, coverage__in=Coverage.values, bound__in=Comparator.values),
                name="evidence_value_is_whole",
                violation_error_message=_("报告值、口径和界限须一起填写。"),
            ),
            one_of("speaker", Speaker, "evidence_speaker_is_known"),
            one_of("confidence", Confidence, "evidence_confidence_is_known"),
            one_of("review_state", Verification, "evidence_review_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["commitment", "-as_of", "-id"], name="evidence_of_commitment"),
            models.Index(fields=["achievement"], name="evidence_resting_on"),
            models.Index(fields=["source"], name="evidence_from_source", condition=models.Q(source__isnull=False)),
            models.Index(
                fields=["id"], name="evidence_to_review", condition=models.Q(review_state=Verification.PROPOSED)
            ),
        ]
        triggers = [
            never_deleted(),
            *touched(unless_only=CURATORS_ONLY),
            *note_changes(
                Note("evidence", "{row}.id::text", spreads=("commitment_id", "achievement_id", "review_state")),
                Note("sources", "{row}.source_id::text", shown=False),
                answer_note("commitment_id", "{row}.achievement_id IS NOT NULL", "achievement_id"),
                private=CURATORS_ONLY,
            ),
            SET_SPEAKER,
            COPY_REPORTED_VALUE,
            GROUND_DAYS,
            GROUND_STAYS,
        ]

    def clean(self) -> None:
        """Say who speaks; refuse what disagrees with the commitment, the source or its own figure.

        Raises ValidationError.
        """
        super().clean()
        if self.commitment_id and (self.achievement_id or self.source_id):
            self.speaker = speaker_of(self)
        problems = disagreements(self) if self.commitment_id and self.verdict else []
        if self.achievement_id and self.source_id:
            problems.append(Disagreement("source", "two", _("证据出自一处：请只留报告中的成绩或来源。")))
        refuse(problems)

    def __str__(self) -> str:
        return gettext("%(source)s：%(verdict)s（%(as_of)s）") % {
            "source": self.get_speaker_display(),
            "verdict": self.get_verdict_display(),
            "as_of": self.as_of,
        }
