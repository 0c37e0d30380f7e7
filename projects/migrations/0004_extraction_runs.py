"""The files that reports come from, and the runs of the extractor over them."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_seeded_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExtractionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now(), verbose_name="创建时间"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name="更新时间"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1954),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="报告年度",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("reading", "读取文件"),
                            ("extracting", "提取陈述"),
                            ("writing", "写入"),
                            ("done", "完成"),
                            ("failed", "失败"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="进度状态",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="进度（%）")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("claim", models.CharField(blank=True, max_length=120, verbose_name="处理者")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="送出时间")),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True, verbose_name="最近心跳")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("extractor_version", models.CharField(blank=True, max_length=20, verbose_name="提取程序版本")),
                ("reason", models.TextField(blank=True, verbose_name="失败原因")),
                ("reason_en", models.TextField(blank=True, verbose_name="失败原因（英文）")),
                ("reason_field", models.CharField(blank=True, max_length=20, verbose_name="出错的栏目")),
                ("created", models.PositiveIntegerField(blank=True, null=True, verbose_name="新增")),
                ("updated", models.PositiveIntegerField(blank=True, null=True, verbose_name="更新")),
                ("unchanged", models.PositiveIntegerField(blank=True, null=True, verbose_name="不变")),
                ("withdrawn", models.PositiveIntegerField(blank=True, null=True, verbose_name="撤回")),
                ("difference", models.JSONField(blank=True, default=list, verbose_name="变化")),
                ("batch", models.UUIDField(blank=True, null=True, verbose_name="批次")),
            ],
            options={
                "verbose_name": "提取记录",
                "verbose_name_plural": "提取记录",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("content", models.BinaryField(verbose_name="内容")),
                (
                    "size",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("content"), function="octet_length"),
                        output_field=models.PositiveIntegerField(verbose_name="字节数"),
                        verbose_name="字节数",
                    ),
                ),
                (
                    "sha256",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(models.F("content"), function="sha256"), models.Value("hex"), function="encode"
                        ),
                        output_field=models.CharField(max_length=64, verbose_name="文件 SHA-256"),
                        verbose_name="文件 SHA-256",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now(), verbose_name="上传时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "报告文件",
                "verbose_name_plural": "报告文件",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="extractionrun",
            name="duplicate_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.report",
                verbose_name="已有的报告",
            ),
        ),
        migrations.AddField(
            model_name="extractionrun",
            name="jurisdiction",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.jurisdiction",
                verbose_name="行政区",
            ),
        ),
        migrations.AddField(
            model_name="extractionrun",
            name="report",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="projects.report",
                verbose_name="政府工作报告",
            ),
        ),
        migrations.AddField(
            model_name="extractionrun",
            name="requested_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="发起人",
            ),
        ),
        migrations.AddField(
            model_name="reportfile",
            name="report",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="file",
                to="projects.report",
                verbose_name="政府工作报告",
            ),
        ),
        migrations.AddField(
            model_name="reportfile",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="上传人",
            ),
        ),
        migrations.AddField(
            model_name="extractionrun",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="projects.reportfile",
                verbose_name="报告文件",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(fields=("sha256",), name="report_file_is_kept_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportfile",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="f2f612d6e4b161a3e5a5a883d2fdcaa20cf9f8a4",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_81590",
                    table="projects_reportfile",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="extractionrun",
            index=models.Index(fields=["report", "-id"], name="runs_of_report"),
        ),
        migrations.AddIndex(
            model_name="extractionrun",
            index=models.Index(
                condition=models.Q(("state__in", ["extracting", "queued", "reading", "writing"])),
                fields=["heartbeat_at"],
                name="runs_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="extractionrun",
            index=models.Index(
                condition=models.Q(("batch__isnull", False)), fields=["batch", "state"], name="progress_of_batch"
            ),
        ),
        migrations.AddConstraint(
            model_name="extractionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("file__isnull", False), ("report__isnull", False), _connector="OR"),
                name="run_has_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="extractionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "reading", "extracting", "writing", "done", "failed"])),
                name="run_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="extractionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("progress__lte", 100)), name="run_progress_is_a_percentage"
            ),
        ),
        migrations.AddConstraint(
            model_name="extractionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(models.Q(("reason", ""), _negated=True), models.Q(("reason_en", ""), _negated=True)),
                    _connector="OR",
                ),
                name="run_failure_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="extractionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["extracting", "reading", "writing"]), _negated=True),
                    models.Q(models.Q(("claim", ""), _negated=True), ("heartbeat_at__isnull", False)),
                    _connector="OR",
                ),
                name="run_at_work_has_a_heartbeat",
            ),
        ),
        migrations.AddConstraint(
            model_name="extractionrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["extracting", "queued", "reading", "writing"])),
                fields=("report",),
                name="run_is_the_only_one_of_its_report",
                violation_error_message="这份报告正在提取，请等它结束。",
            ),
        ),
        migrations.AddConstraint(
            model_name="extractionrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["extracting", "queued", "reading", "writing"])),
                fields=("file",),
                name="run_is_the_only_one_of_its_file",
                violation_error_message="这个文件正在处理，请等它结束。",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extractionrun",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="5e7cd4e31d6ed5478d52795db3aeb4bb348bef99",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_8ea62",
                    table="projects_extractionrun",
                    when="BEFORE",
                ),
            ),
        ),
    ]
