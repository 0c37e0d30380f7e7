"""Tokens for systems that propose evidence, and the files and runs of the extractor."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models
from django.db.models import CheckConstraint, F, Func, Index, Q, UniqueConstraint, Value
from django.db.models.functions import Now

from projects.migrations._tables import CHOICES, ID, OPTIONAL, TIMES, Fields, history, known, link, replaced, table

_API_TOKEN: Fields = [
    *ID,
    *TIMES,
    ("name", models.CharField("用途", max_length=120)),
    ("holder", models.CharField("持有者", max_length=120)),
    (
        "scopes",
        ArrayField(models.CharField(max_length=30, choices=CHOICES["token_scope"]), verbose_name="权限", default=list),
    ),
    ("prefix", models.CharField("令牌开头", max_length=12, editable=False)),
    ("digest", models.CharField("令牌的 SHA-256", max_length=64, unique=True, editable=False)),
    ("expires_at", models.DateTimeField("有效期至", **OPTIONAL)),
    ("revoked_at", models.DateTimeField("吊销时间", editable=False, **OPTIONAL)),
    ("last_used_at", models.DateTimeField("最近使用", editable=False, **OPTIONAL)),
    ("created_by", link(settings.AUTH_USER_MODEL, "创建人", "+", editable=False, **OPTIONAL)),
    ("jurisdiction", link("projects.jurisdiction", "只限于该政府及其下级", "+", **OPTIONAL)),
]
_PROPOSAL: Fields = [
    (
        "evidence",
        models.OneToOneField(
            "projects.evidence",
            models.PROTECT,
            verbose_name="证据",
            primary_key=True,
            serialize=False,
            related_name="proposal",
        ),
    ),
    ("created_at", models.DateTimeField("提出时间", auto_now_add=True)),
    ("token", link("projects.apitoken", "接口令牌", "proposals")),
]
_IDEMPOTENCY_KEY: Fields = [
    *ID,
    ("key", models.CharField("键", max_length=255)),
    ("digest", models.CharField("请求的 SHA-256", max_length=64)),
    ("location", models.CharField("地址", max_length=200)),
    ("answer", models.BinaryField("回答")),
    ("created_at", models.DateTimeField("创建时间")),
    ("token", link("projects.apitoken", "接口令牌", "+", db_index=False)),
]
_REPORT_FILE: Fields = [
    *ID,
    ("name", models.CharField("文件名", max_length=255)),
    ("content", models.BinaryField("内容")),
    (
        "size",
        models.GeneratedField(
            verbose_name="字节数",
            db_persist=True,
            expression=Func(F("content"), function="octet_length"),
            output_field=models.PositiveIntegerField("字节数"),
        ),
    ),
    (
        "sha256",
        models.GeneratedField(
            verbose_name="文件 SHA-256",
            db_persist=True,
            expression=Func(Func(F("content"), function="sha256"), Value("hex"), function="encode"),
            output_field=models.CharField("文件 SHA-256", max_length=64),
        ),
    ),
    ("created_at", models.DateTimeField("上传时间", db_default=Now(), auto_now_add=True)),
    (
        "report",
        models.OneToOneField(
            "projects.report", models.PROTECT, verbose_name="政府工作报告", blank=True, null=True, related_name="file"
        ),
    ),
    ("uploaded_by", link(settings.AUTH_USER_MODEL, "上传人", "+", **OPTIONAL)),
]
_EXTRACTION_RUN: Fields = [
    *ID,
    *TIMES,
    (
        "year",
        models.PositiveSmallIntegerField(
            "报告年度", validators=[MinValueValidator(1954), MaxValueValidator(2100)], **OPTIONAL
        ),
    ),
    ("state", models.CharField("进度状态", max_length=10, default="queued", choices=CHOICES["run_state"])),
    ("progress", models.PositiveSmallIntegerField("进度（%）", default=0)),
    ("attempts", models.PositiveSmallIntegerField("尝试次数", default=0)),
    ("claim", models.CharField("处理者", max_length=120, blank=True)),
    ("sent_at", models.DateTimeField("送出时间", **OPTIONAL)),
    ("heartbeat_at", models.DateTimeField("最近心跳", **OPTIONAL)),
    ("finished_at", models.DateTimeField("结束时间", **OPTIONAL)),
    ("extractor_version", models.CharField("提取程序版本", max_length=20, blank=True)),
    ("reason", models.TextField("失败原因", blank=True)),
    ("reason_en", models.TextField("失败原因（英文）", blank=True)),
    ("reason_field", models.CharField("出错的栏目", max_length=20, blank=True)),
    ("created", models.PositiveIntegerField("新增", **OPTIONAL)),
    ("updated", models.PositiveIntegerField("更新", **OPTIONAL)),
    ("unchanged", models.PositiveIntegerField("不变", **OPTIONAL)),
    ("withdrawn", models.PositiveIntegerField("撤回", **OPTIONAL)),
    ("difference", models.JSONField("变化", blank=True, default=list)),
    ("batch", models.UUIDField("批次", **OPTIONAL)),
    ("duplicate_of", link("projects.report", "已有的报告", "+", **OPTIONAL)),
    ("jurisdiction", link("projects.jurisdiction", "行政区", "+", **OPTIONAL)),
    ("report", link("projects.report", "政府工作报告", "runs", db_index=False, **OPTIONAL)),
    ("requested_by", link(settings.AUTH_USER_MODEL, "发起人", "+", **OPTIONAL)),
    ("file", link("projects.reportfile", "报告文件", "runs", **OPTIONAL)),
]


_AT_WORK = ["extracting", "queued", "reading", "writing"]


class Migration(migrations.Migration):
    initial = True
    replaces = replaced("0004_extraction_runs", "0007_api_tokens", "0012_responsibilities_taken_back")
    dependencies = [
        ("projects", "0002_statements_and_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        table(
            "ApiToken",
            _API_TOKEN,
            "接口令牌",
            ordering=["-id"],
            constraints=[
                CheckConstraint(
                    condition=Q(scopes__contained_by=["evidence:write"]) & ~Q(scopes=[]), name="token_has_known_scopes"
                ),
                CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="token_is_kept_as_digest"),
            ],
        ),
        history("ApiToken", _API_TOKEN, without="digest"),
        table("Proposal", _PROPOSAL, "经接口提出的证据"),
        table(
            "IdempotencyKey",
            _IDEMPOTENCY_KEY,
            "幂等键",
            indexes=[Index(fields=["created_at"], name="idempotency_keys_to_purge")],
            constraints=[UniqueConstraint(fields=("token", "key"), name="idempotency_key_is_used_once")],
        ),
        table(
            "ReportFile",
            _REPORT_FILE,
            "报告文件",
            ordering=["-id"],
            constraints=[UniqueConstraint(fields=("sha256",), name="report_file_is_kept_once")],
        ),
        table(
            "ExtractionRun",
            _EXTRACTION_RUN,
            "提取记录",
            ordering=["-id"],
            indexes=[
                Index(fields=["report", "-id"], name="runs_of_report"),
                Index(fields=["heartbeat_at"], condition=Q(state__in=_AT_WORK), name="runs_unfinished"),
                Index(fields=["batch", "state"], condition=Q(batch__isnull=False), name="progress_of_batch"),
            ],
            constraints=[
                CheckConstraint(condition=Q(file__isnull=False) | Q(report__isnull=False), name="run_has_a_source"),
                known("run_state_is_known", "state", "run_state"),
                CheckConstraint(condition=Q(progress__lte=100), name="run_progress_is_a_percentage"),
                CheckConstraint(
                    condition=~Q(state="failed") | ~Q(reason="") & ~Q(reason_en=""), name="run_failure_has_a_reason"
                ),
                CheckConstraint(
                    condition=~Q(state__in=["extracting", "reading", "writing"])
                    | ~Q(claim="") & Q(heartbeat_at__isnull=False),
                    name="run_at_work_has_a_heartbeat",
                ),
                UniqueConstraint(
                    fields=("report",),
                    condition=Q(state__in=_AT_WORK),
                    violation_error_message="这份报告正在提取，请等它结束。",
                    name="run_is_the_only_one_of_its_report",
                ),
                UniqueConstraint(
                    fields=("file",),
                    condition=Q(state__in=_AT_WORK),
                    violation_error_message="这个文件正在处理，请等它结束。",
                    name="run_is_the_only_one_of_its_file",
                ),
            ],
        ),
    ]
