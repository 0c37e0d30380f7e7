"""Documents and pages outside the reports that say something of promises."""

import hashlib
from typing import Any

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import querysets
from projects.choices import OFFICIAL_KINDS, SourceKind
from projects.models.base import FIRST_DAY, LAST_DAY, Stamped, never_deleted, one_of, touched, trackers
from projects.models.change_sql import Note, note_changes
from projects.models.files import KEPT_TYPES, check, is_new
from projects.models.place import Jurisdiction

GOVERNMENT_NEEDED = _("政府文件和网页须写明是哪个政府的。")
# What evidence shows of its source.
IN_ONE_LINE = (
    *("kind", "jurisdiction_id", "title", "title_en", "publisher", "publisher_en", "url", "original_url"),
    *("address_doubt", "address_doubt_en", "file", "file_sha256", "document_number", "published_on", "retrieved_on"),
)
SCORES = ("indicators_total", "indicators_met", "tasks_total", "tasks_done", "tasks_partly")


@pghistory.track(*trackers())
class Source(Stamped):
    """One document or page, told once however many commitments it bears on.

    ``url`` is where it was read; ``original_url`` where it first stood, if that is another address, with what is not
    certain about it in ``address_doubt``. The five scores are the government's own of a whole report.
    """

    slug = models.SlugField(_("标识"), max_length=120, unique=True, null=True, blank=True, editable=False)
    kind = models.CharField(_("种类"), max_length=20, choices=SourceKind)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("所属政府"),
        help_text=_("政府文件和网页：发布它的政府。其他来源可不填。"),
    )
    title = models.CharField(_("标题"), max_length=300)
    title_en = models.CharField(_("英文标题"), max_length=400, blank=True)
    publisher = models.CharField(_("发布者"), max_length=120)
    publisher_en = models.CharField(_("发布者英文名"), max_length=200, blank=True)
    url = models.URLField(_("网址"), max_length=500, blank=True)
    original_url = models.URLField(
        _("原始网址"), max_length=500, blank=True, help_text=_("上面的网址是转载或镜像时，原页的网址。")
    )
    address_doubt = models.CharField(_("网址存疑之处"), max_length=500, blank=True)
    address_doubt_en = models.CharField(_("网址存疑之处（英文）"), max_length=1000, blank=True)
    file = models.FileField(
        _("存档文件"), upload_to="evidence/%Y/", blank=True, validators=[FileExtensionValidator(KEPT_TYPES)]
    )
    file_sha256 = models.CharField(_("存档文件 SHA-256"), max_length=64, blank=True, editable=False)
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True, help_text=_("不知道时不填。"))
    retrieved_on = models.DateField(_("查阅日期"), null=True, blank=True, help_text=_("有网址时必填。"))
    report = models.ForeignKey(
        "projects.Report",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("所说的报告"),
        help_text=_("说的是整份报告的落实情况时填写。"),
    )
    indicators_total = models.PositiveIntegerField(_("指标总数"), null=True, blank=True)
    indicators_met = models.PositiveIntegerField(_("完成的指标"), null=True, blank=True)
    tasks_total = models.PositiveIntegerField(_("任务总数"), null=True, blank=True)
    tasks_done = models.PositiveIntegerField(_("完成的任务"), null=True, blank=True)
    tasks_partly = models.PositiveIntegerField(_("部分完成的任务"), null=True, blank=True)
    is_public = models.BooleanField(
        _("公开"), default=False, help_text=_("说整份报告的来源，公开后显示在报告页面上。有已采纳证据的来源总是公开。")
    )
    note = models.TextField(_("说明"), blank=True)
    note_en = models.TextField(_("英文说明"), blank=True)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.SourceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "来源")
        verbose_name_plural = pgettext_lazy("plural", "来源")
        ordering = ["-published_on", "-id"]
        constraints = [
            one_of("kind", SourceKind, "source_kind_is_known"),
            models.CheckConstraint(
                condition=~models.Q(url="") | ~models.Q(file="") | ~models.Q(document_number=""),
                name="source_can_be_found",
                violation_error_message=_("请填写网址、存档文件或发文字号，别人才找得到它。"),
            ),
            models.CheckConstraint(
                condition=models.Q(url="") | models.Q(retrieved_on__isnull=False),
                name="source_on_the_web_has_its_day",
                violation_error_message=_("网页会变。请填写查阅日期。"),
            ),
            models.CheckConstraint(
                condition=(models.Q(published_on__isnull=True) | models.Q(published_on__range=(FIRST_DAY, LAST_DAY)))
                & (models.Q(retrieved_on__isnull=True) | models.Q(retrieved_on__range=(FIRST_DAY, LAST_DAY))),
                name="source_days_are_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(indicators_met__isnull=True)
                | models.Q(indicators_total__isnull=False, indicators_met__lte=models.F("indicators_total")),
                name="source_meets_no_more_than_all_indicators",
                violation_error_message=_("完成的指标多于指标总数。"),
            ),
            models.CheckConstraint(
                condition=models.Q(tasks_done__isnull=True)
                | models.Q(tasks_total__isnull=False, tasks_done__lte=models.F("tasks_total")),
                name="source_does_no_more_than_all_tasks",
                violation_error_message=_("完成的任务多于任务总数。"),
            ),
        ]
        indexes = [models.Index(fields=["url"], name="source_by_address", condition=~models.Q(url=""))]
        triggers = [
            never_deleted(),
            *touched(unless_only=("slug", "seeded")),
            *note_changes(
                Note("sources", "{row}.id::text", spreads=IN_ONE_LINE),
                # The government's score of the whole report.
                Note(
                    "reports",
                    "(SELECT jurisdiction_id || '-' || year FROM projects_report WHERE id = {row}.report_id)",
                    "{row}.is_public",
                ),
                private=["slug", "seeded"],
            ),
            pgtrigger.Trigger(
                name="speakers_follow",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("kind", "jurisdiction_id"),
                condition=pgtrigger.Condition(
                    "((OLD.kind, OLD.jurisdiction_id) IS DISTINCT FROM (NEW.kind, NEW.jurisdiction_id))"
                ),
                func="""
                    UPDATE projects_evidence SET source_id = source_id WHERE source_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title if not self.published_on else f"{self.title}（{self.published_on}）"

    @property
    def address(self) -> str:
        """The address to read it at: where it first stood, as far as known."""
        return self.original_url or self.url

    def clean(self) -> None:
        """Look into a new file, ask for the government that speaks, and refuse an address that is on file already."""
        super().clean()
        problems: dict[str, Any] = {}
        if self.kind in OFFICIAL_KINDS and not self.jurisdiction_id:
            problems["jurisdiction"] = ValidationError(GOVERNMENT_NEEDED, code="required")
        others = Source.objects.filter(url=self.url).exclude(pk=self.pk) if self.url else Source.objects.none()
        if known := others.first():
            message = _("这个网址已是来源“%(title)s”（编号 %(id)s）。请改用它。")
            problems["url"] = ValidationError(message, code="unique", params={"title": known.title, "id": known.pk})
        if is_new(self.file):
            try:
                check(self.file)
            except ValidationError as error:
                problems["file"] = error
        if problems:
            raise ValidationError(problems)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the checksum of a file that is new."""
        if is_new(self.file):
            self.file.seek(0)
            self.file_sha256 = hashlib.file_digest(self.file, "sha256").hexdigest()
            self.file.seek(0)
        super().save(*args, **kwargs)
