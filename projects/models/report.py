"""One year's work report of one government."""

import hashlib
from typing import Any

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import querysets
from projects.choices import ReportState
from projects.models.base import Stamped, never_deleted, one_of, touched, trackers
from projects.models.change_sql import Note, note_changes
from projects.models.place import Jurisdiction

# The first government work report was given to the first National People's Congress in 1954.
FIRST_YEAR, LAST_YEAR = 1954, 2100


@pghistory.track(*trackers(), exclude=["text"])
class Report(Stamped):
    """A government work report: its words, where they come from, and whether the public sees them.

    ``text`` is the file decoded as UTF-8 and otherwise untouched; every offset counts its code points.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="reports", db_index=False, verbose_name=_("行政区")
    )
    year = models.PositiveSmallIntegerField(
        _("报告年度"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    title = models.CharField(_("标题"), max_length=200)
    title_en = models.CharField(_("英文标题"), max_length=300, blank=True)
    delivered_on = models.DateField(_("作报告日期"), null=True, blank=True)
    session = models.CharField(_("会议"), max_length=200, blank=True)
    session_en = models.CharField(_("会议英文名"), max_length=300, blank=True)
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True)
    publisher = models.CharField(_("发布机关"), max_length=120, blank=True)
    publisher_en = models.CharField(_("发布机关英文名"), max_length=200, blank=True)
    source_url = models.URLField(_("来源网址"), max_length=500, blank=True)
    text = models.TextField(_("全文"))
    sha256 = models.CharField(
        _("全文 SHA-256"), max_length=64, unique=True, editable=False, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    outline = models.JSONField(_("提纲"), default=list, blank=True, editable=False)
    state = models.CharField(_("发布状态"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.ReportQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "政府工作报告")
        verbose_name_plural = pgettext_lazy("plural", "政府工作报告")
        ordering = ["-year", "jurisdiction"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year"],
                condition=~models.Q(state=ReportState.WITHDRAWN),
                name="report_is_the_only_one_of_its_government_and_year",
            ),
            # What the statements' composite foreign key points at.
            models.UniqueConstraint(fields=["id", "jurisdiction", "year", "state"], name="report_copied_columns"),
            models.CheckConstraint(
                condition=models.Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="report_year_is_plausible"
            ),
            one_of("state", ReportState, "report_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-year"], name="report_list_by_government"),
            models.Index(
                fields=["year", "id"], name="report_list_by_year", condition=models.Q(state=ReportState.PUBLISHED)
            ),
        ]
        triggers = [
            never_deleted(),
            *touched(unless_only=("seeded",)),
            *note_changes(
                Note(
                    "reports",
                    "{row}.jurisdiction_id || '-' || {row}.year",
                    spreads=("jurisdiction_id", "year", "state"),
                ),
                # Their years on file.
                Note("jurisdictions", "{row}.jurisdiction_id", f"{{row}}.state = '{ReportState.PUBLISHED}'"),
                private=["seeded"],
            ),
            pgtrigger.Trigger(
                name="sha256_belongs_to_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("text", "sha256"),
                func="""
                    IF NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
                        RAISE EXCEPTION 'sha256 does not belong to the text of report %', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'report_sha256_belongs_to_text';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="text_stays_under_statements",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("text"),
                condition=pgtrigger.Q(old__text__df=pgtrigger.F("new__text")),
                func="""
                    IF EXISTS (SELECT FROM projects_commitment WHERE report_id = NEW.id)
                        OR EXISTS (SELECT FROM projects_achievement WHERE report_id = NEW.id) THEN
                        RAISE EXCEPTION 'the text of report % has statements and stays as it is', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'report_text_stays_under_statements';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        """The title, with the year where it does not tell it: many governments call theirs the same every year."""
        return self.title if str(self.year) in self.title else f"{self.year} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the checksum that belongs to the text."""
        self.sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)
