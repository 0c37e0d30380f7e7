"""Real-world things that statements are about, and promises that are made again."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import pinyin, querysets
from projects.choices import Category, Change, Confidence, RestatementPhase, ReviewState, Verification
from projects.models.base import Stamped, never_deleted, one_of, touched, trackers
from projects.models.change_sql import Note, answer_note, note_changes
from projects.models.place import Jurisdiction


@pghistory.track(*trackers())
class Project(Stamped):
    """A school, hospital, road, line or estate; the commitments of all years hang on it."""

    slug = models.SlugField(_("网址标识"), max_length=120, unique=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="projects", db_index=False, verbose_name=_("行政区")
    )
    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    pinyin = models.CharField(_("拼音排序键"), max_length=800, editable=False)
    aliases = ArrayField(models.CharField(max_length=120), verbose_name=_("别名"), default=list, blank=True)
    category = models.CharField(_("类别"), max_length=20, choices=Category)
    review_state = models.CharField(_("审核状态"), max_length=10, choices=ReviewState, default=ReviewState.CANDIDATE)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = pgettext_lazy("plural", "项目")
        ordering = ["pinyin", "id"]
        constraints = [
            one_of("category", Category, "project_category_is_known"),
            one_of("review_state", ReviewState, "project_review_state_is_known"),
        ]
        indexes = [models.Index(fields=["jurisdiction", "pinyin"], name="project_list_by_government")]
        triggers = [
            never_deleted(),
            *touched(unless_only=("seeded",)),
            *note_changes(Note("projects", "{row}.slug", spreads=("slug", "review_state")), private=["seeded"]),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the sort key that belongs to the name."""
        self.pinyin = pinyin.sort_key(self.name)
        super().save(*args, **kwargs)


@pghistory.track(*trackers())
class Restatement(Stamped):
    """A later commitment that takes up an earlier one again, the same or its next phase."""

    earlier = models.ForeignKey(
        "projects.Commitment", models.PROTECT, related_name="restated_by", db_index=False, verbose_name=_("较早的承诺")
    )
    later = models.ForeignKey(
        "projects.Commitment", models.PROTECT, related_name="restates", db_index=False, verbose_name=_("较晚的承诺")
    )
    phase = models.CharField(_("关系"), max_length=10, choices=RestatementPhase)
    change = models.CharField(_("变化"), max_length=12, choices=Change, blank=True, db_default="")
    confidence = models.CharField(_("把握"), max_length=10, choices=Confidence, default=Confidence.MEDIUM)
    review_state = models.CharField(_("审核状态"), max_length=10, choices=Verification, default=Verification.PROPOSED)
    note = models.TextField(_("说明"), blank=True)
    note_en = models.TextField(_("英文说明"), blank=True)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.RestatementQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "再次承诺")
        verbose_name_plural = pgettext_lazy("plural", "再次承诺")
        ordering = ["earlier", "later"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="restatement_is_told_once"),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")), name="restatement_is_of_another_commitment"
            ),
            one_of("phase", RestatementPhase, "restatement_phase_is_known"),
            models.CheckConstraint(
                condition=models.Q(change__in=["", *Change.values]), name="restatement_change_is_known"
            ),
            one_of("confidence", Confidence, "restatement_confidence_is_known"),
            one_of("review_state", Verification, "restatement_review_state_is_known"),
        ]
        indexes = [models.Index(fields=["later"], name="restatements_of_an_earlier")]
        triggers = [
            never_deleted(),
            *touched(unless_only=("confidence", "seeded")),
            *note_changes(
                Note("restatements", "{row}.id::text"),
                answer_note("earlier_id", "TRUE", "later_id"),
                private=["confidence", "seeded"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"

    def clean(self) -> None:
        """Refuse a later commitment of an earlier report."""
        if self.earlier_id and self.later_id and self.later.year < self.earlier.year:
            raise ValidationError({"later": _("这条承诺所在的报告更早。请把两条对调，或另选一条。")})
