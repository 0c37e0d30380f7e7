"""Where a report comes from and how its statements were found: the uploaded file and the runs of the extractor."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from projects.choices import UNFINISHED, WORKING, RunState, SourceKind
from projects.models.base import Stamped, never_deleted, one_of
from projects.models.place import Jurisdiction
from projects.models.report import FIRST_YEAR, LAST_YEAR, Report
from projects.models.source import Source


class DocumentKind(models.TextChoices):
    """What a file that is handed in can be: a report, or an official document about one."""

    REPORT = "report", _("政府工作报告")
    TASK_TABLE = SourceKind.TASK_TABLE.value, SourceKind.TASK_TABLE.label
    OUTCOME_TABLE = SourceKind.OUTCOME_TABLE.value, SourceKind.OUTCOME_TABLE.label
    OUTCOME_NOTICE = SourceKind.OUTCOME_NOTICE.value, SourceKind.OUTCOME_NOTICE.label
    LIVELIHOOD_LIST = SourceKind.LIVELIHOOD_LIST.value, SourceKind.LIVELIHOOD_LIST.label


class ReportFile(models.Model):
    """The bytes that somebody handed in, kept as they were.

    They lie in the database, so that a worker on any host reads them. ``sha256`` is computed by the database.
    """

    name = models.CharField(_("文件名"), max_length=255)
    content = models.BinaryField(_("内容"))
    size = models.GeneratedField(
        expression=models.Func(models.F("content"), function="octet_length"),
        output_field=models.PositiveIntegerField(_("字节数")),
        db_persist=True,
        verbose_name=_("字节数"),
    )
    sha256 = models.GeneratedField(
        expression=models.Func(
            models.Func(models.F("content"), function="sha256"), models.Value("hex"), function="encode"
        ),
        output_field=models.CharField(_("文件 SHA-256"), max_length=64),
        db_persist=True,
        verbose_name=_("文件 SHA-256"),
    )
    report = models.OneToOneField(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="file",
        verbose_name=pgettext_lazy("singular", "政府工作报告"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上传人")
    )
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True, db_default=Now())

    class Meta:
        verbose_name = _("报告文件")
        verbose_name_plural = pgettext_lazy("plural", "报告文件")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["sha256"], name="report_file_is_kept_once")]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return self.name


class ExtractionRun(Stamped):
    """One reading of a file, or one pass of the extractor over a report that is already here.

    A file becomes a report or, if it is an official document about one, a source with its rows. The state goes queued →
    reading → extracting → writing → done or failed. Whoever works on the run holds ``claim`` and renews
    ``heartbeat_at``; when the heart stops, another worker takes the run over. ``difference`` lists what the pass
    changed: dicts with ``change``, ``kind``, ``start``, ``title`` and ``quote``; ``warnings`` what the reader could not
    read or doubts: dicts with ``code``, ``text`` and ``text_en``.
    """

    file = models.ForeignKey(
        ReportFile, models.PROTECT, null=True, blank=True, related_name="runs", verbose_name=_("报告文件")
    )
    report = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        db_index=False,
        verbose_name=pgettext_lazy("singular", "政府工作报告"),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=pgettext_lazy("singular", "来源"),
    )
    # What the uploader says of the file; what is left out is read from it.
    kind = models.CharField(
        _("文件种类"), max_length=20, choices=DocumentKind, blank=True, db_default="", help_text=_("留空时由程序判断。")
    )
    about = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所说的报告"),
        help_text=_("任务表、进展表、通报和清单：留空时按行政区和年度查找。"),
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("行政区")
    )
    year = models.PositiveSmallIntegerField(
        _("报告年度"), null=True, blank=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    state = models.CharField(_("进度状态"), max_length=10, choices=RunState, default=RunState.QUEUED)
    progress = models.PositiveSmallIntegerField(_("进度（%）"), default=0)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    claim = models.CharField(_("处理者"), max_length=120, blank=True)
    sent_at = models.DateTimeField(_("送出时间"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("最近心跳"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    extractor_version = models.CharField(_("提取程序版本"), max_length=20, blank=True)
    reason = models.TextField(_("失败原因"), blank=True)
    reason_en = models.TextField(_("失败原因（英文）"), blank=True)
    reason_field = models.CharField(_("出错的栏目"), max_length=20, blank=True)
    duplicate_of = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("已有的报告")
    )
    kind_reason = models.CharField(_("种类的判断依据"), max_length=200, blank=True, db_default="")
    kind_reason_en = models.CharField(_("种类的判断依据（英文）"), max_length=200, blank=True, db_default="")
    created = models.PositiveIntegerField(_("新增"), null=True, blank=True)
    updated = models.PositiveIntegerField(_("更新"), null=True, blank=True)
    unchanged = models.PositiveIntegerField(_("不变"), null=True, blank=True)
    withdrawn = models.PositiveIntegerField(_("撤回"), null=True, blank=True)
    difference = models.JSONField(_("变化"), default=list, blank=True)
    warnings = models.JSONField(_("读取提示"), default=list, db_default=[], blank=True)
    batch = models.UUIDField(_("批次"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发起人")
    )

    class Meta:
        verbose_name = _("提取记录")
        verbose_name_plural = pgettext_lazy("plural", "提取记录")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) | models.Q(report__isnull=False), name="run_has_a_source"
            ),
            one_of("state", RunState, "run_state_is_known"),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="run_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=~models.Q(state=RunState.FAILED) | ~models.Q(reason="") & ~models.Q(reason_en=""),
                name="run_failure_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(WORKING))
                | ~models.Q(claim="") & models.Q(heartbeat_at__isnull=False),
                name="run_at_work_has_a_heartbeat",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=models.Q(state__in=sorted(UNFINISHED)),
                name="run_is_the_only_one_of_its_report",
                violation_error_message=_("这份报告正在提取，请等它结束。"),
            ),
            models.UniqueConstraint(
                fields=["file"],
                condition=models.Q(state__in=sorted(UNFINISHED)),
                name="run_is_the_only_one_of_its_file",
                violation_error_message=_("这个文件正在处理，请等它结束。"),
            ),
        ]
        indexes = [
            models.Index(fields=["report", "-id"], name="runs_of_report"),
            models.Index(
                fields=["heartbeat_at"], name="runs_unfinished", condition=models.Q(state__in=sorted(UNFINISHED))
            ),
            models.Index(fields=["batch", "state"], name="progress_of_batch", condition=models.Q(batch__isnull=False)),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return gettext("%(source)s：%(state)s") % {
            "source": self.report or self.source or self.file,
            "state": self.get_state_display(),
        }

    @property
    def is_unfinished(self) -> bool:
        """Whether a worker still has to begin or to finish it."""
        return self.state in UNFINISHED

    def retry(self, **changes: Any) -> bool:
        """Put a failed run back into the queue, with changed hints if given; False when it has not failed."""
        again: dict[str, Any] = {"state": RunState.QUEUED, "attempts": 0, "progress": 0}
        again |= {"reason": "", "reason_en": "", "reason_field": "", "duplicate_of": None}
        again |= {"warnings": [], "source": None}
        again |= {"sent_at": None, "finished_at": None, **changes}
        count = ExtractionRun.objects.filter(pk=self.pk, state=RunState.FAILED).update(**again)
        self.refresh_from_db()
        return count == 1


class SecondAnswer(models.Model):
    """What a language model answered to a question about a stretch of a report, kept so that nothing is asked twice.

    ``sha256`` is the question's; ``tokens`` is what question and answer cost.
    """

    sha256 = models.CharField(_("问题 SHA-256"), max_length=64)
    model = models.CharField(_("模型"), max_length=120)
    answer = models.TextField(_("回答"))
    tokens = models.PositiveIntegerField(_("用量"))
    created_at = models.DateTimeField(_("回答时间"), auto_now_add=True, db_default=Now())

    class Meta:
        verbose_name = _("第二读者的回答")
        verbose_name_plural = _("第二读者的回答")
        constraints = [models.UniqueConstraint(fields=["sha256", "model"], name="question_is_asked_once")]
        indexes = [models.Index(fields=["created_at"], name="answers_of_a_day")]

    def __str__(self) -> str:
        return self.sha256
