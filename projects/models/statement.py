"""What a report promises and what it claims, each tied to its exact words."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.choices import Category, Comparator, Milestone, Origin, ReportState, ReviewState
from projects.models.base import Stamped, never_deleted, one_of
from projects.models.change_sql import Note, note_changes
from projects.models.place import Jurisdiction
from projects.models.project import Project
from projects.models.report import Report
from projects.models.statement_sql import QUOTES_OF_NEW_ROWS, quote_of_changed_row

# Shown to nobody but curators: where a statement came from.
CURATORS_ONLY = ("origin", "confidence", "rules", "extractor_version", "seeded")


def is_public_column() -> models.GeneratedField:
    """Return the column that says whether the public sees the row: it and its report are published."""
    published = models.Q(review_state=ReviewState.PUBLISHED, report_state=ReportState.PUBLISHED)
    return models.GeneratedField(
        expression=models.ExpressionWrapper(published, output_field=models.BooleanField()),
        output_field=models.BooleanField(_("公开")),
        db_persist=True,
        verbose_name=_("公开"),
    )


class Statement(Stamped):
    """A stretch of a report's text in which a government undertakes or reports one thing.

    ``start`` and ``end`` count code points into the report's text, end exclusive. ``jurisdiction``, ``year`` and
    ``report_state`` are the report's own, copied so that lists need no join; a foreign key keeps them equal.
    ``unit`` is empty, not null, where the source gives a figure without a measure word.
    """

    # The key over several columns of migration 0002 ties both to the report; a key of their own would be checked twice.
    report = models.ForeignKey(
        Report, models.PROTECT, related_name="%(class)ss", db_index=False, db_constraint=False, verbose_name=_("报告")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        related_name="%(class)ss",
        db_index=False,
        db_constraint=False,
        editable=False,
        verbose_name=_("行政区"),
    )
    year = models.PositiveSmallIntegerField(_("报告年度"), editable=False)
    report_state = models.CharField(_("报告状态"), max_length=10, choices=ReportState, editable=False)
    start = models.PositiveIntegerField(_("起点"))
    end = models.PositiveIntegerField(_("终点"))
    quote = models.TextField(_("原文"))
    section = models.CharField(_("所在章节"), max_length=400, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    title_en = models.CharField(_("英文标题"), max_length=300, blank=True)
    category = models.CharField(_("类别"), max_length=20, choices=Category)
    milestone = models.CharField(_("节点"), max_length=10, choices=Milestone)
    quantity = models.DecimalField(_("数量"), max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=20, null=True, blank=True)
    comparator = models.CharField(_("比较"), max_length=10, choices=Comparator, null=True, blank=True)
    names = ArrayField(models.CharField(max_length=120), verbose_name=_("专名"), default=list, blank=True)
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        db_index=False,
        verbose_name=_("项目"),
    )
    review_state = models.CharField(_("审核状态"), max_length=10, choices=ReviewState, default=ReviewState.CANDIDATE)
    origin = models.CharField(_("来历"), max_length=10, choices=Origin, default=Origin.HAND, editable=False)
    confidence = models.FloatField(_("程序把握"), null=True, blank=True, editable=False)
    rules = ArrayField(models.CharField(max_length=60), verbose_name=_("提取规则"), default=list, editable=False)
    extractor_version = models.CharField(_("提取程序版本"), max_length=20, blank=True, editable=False)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["report", "start"]
        constraints = [
            models.UniqueConstraint(fields=["report", "start", "end"], name="%(class)s_span_is_unique"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="%(class)s_span_is_not_empty"),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True, unit__isnull=True, comparator__isnull=True)
                | models.Q(quantity__isnull=False, unit__isnull=False, comparator__isnull=False),
                name="%(class)s_figure_is_whole",
                violation_error_message=_("数量、单位、比较三项要么都填，要么都不填。"),
            ),
            # A fall is written as people say it: 下降2% has the quantity 2.
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0),
                name="%(class)s_quantity_is_not_negative",
                violation_error_message=_("数量不能是负数。下降、减少的幅度写正数，方向由标题说明。"),
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="%(class)s_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__range=(0, 1)),
                name="%(class)s_confidence_is_a_share",
            ),
            one_of("category", Category, "%(class)s_category_is_known"),
            one_of("milestone", Milestone, "%(class)s_milestone_is_known"),
            one_of("comparator", Comparator, "%(class)s_comparator_is_known"),
            one_of("review_state", ReviewState, "%(class)s_review_state_is_known"),
            one_of("origin", Origin, "%(class)s_origin_is_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the report's own place, year and state."""
        self.jurisdiction_id, self.year = self.report.jurisdiction_id, self.report.year
        self.report_state = self.report.state
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a span that does not hold the quote."""
        if self.report_id and self.report.text[self.start : self.end] != self.quote:
            raise ValidationError({"quote": _("原文与报告全文在起点和终点之间的文字不一致。请核对起点、终点和原文。")})


def statement_triggers(resource: str, *, spreads: tuple[str, ...]) -> list[pgtrigger.Trigger]:
    """Return the triggers of both statement tables; for ``spreads`` see ``Note``."""
    own = Note(resource, "{row}.id::text", spreads=spreads)
    return [never_deleted(), *note_changes(own, private=CURATORS_ONLY), QUOTES_OF_NEW_ROWS, quote_of_changed_row()]
