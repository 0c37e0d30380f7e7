"""Sources, successions, and the outcome of a commitment as a column: first what is added, the data follow in 0018."""

import datetime as dt

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import projects.models.outcome_sql

OUTCOME_FUNCTION = """
CREATE OR REPLACE FUNCTION commitment_outcome(
    milestone text, status text, as_of date, happened_on date, precision_ text, due_on date
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
    WHEN status IN ('cancelled', 'suspended', 'unverifiable') THEN 'closed'
    WHEN milestone = 'plan' AND status IN ('completed') OR milestone = 'start' AND status IN ('completed', 'in_progress') OR milestone = 'progress' AND status IN ('completed') OR milestone = 'complete' AND status IN ('completed') OR milestone = 'level' AND status IN ('completed') THEN
        CASE WHEN milestone <> 'progress' AND (CASE precision_
    WHEN 'day' THEN happened_on
    WHEN 'month' THEN make_date(extract(year FROM happened_on)::integer,
        extract(month FROM happened_on)::integer, 1)
    WHEN 'quarter' THEN make_date(extract(year FROM happened_on)::integer,
        (extract(month FROM happened_on)::integer - 1) / 3 * 3 + 1, 1)
    WHEN 'year' THEN make_date(extract(year FROM happened_on)::integer, 1, 1) END) > due_on
            THEN 'kept_late' ELSE 'kept' END
    WHEN milestone = 'progress' THEN 'ongoing'
    WHEN status = 'not_met' THEN 'not_kept'
    WHEN status = 'not_assessed' OR as_of IS NULL OR as_of < due_on THEN 'open'
    WHEN status = 'partial' THEN 'partly_kept'
    ELSE 'not_kept' END
$$;
"""

COMPARABLE_FUNCTION = """
CREATE OR REPLACE FUNCTION is_comparable(
    milestone text, year integer, due_on date, coverage text, as_of date, is_forecast boolean
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT NOT is_forecast AND CASE coverage
    WHEN 'period' THEN milestone <> 'level'
        AND extract(year FROM due_on) = year AND extract(year FROM as_of) = year
    ELSE (coverage = 'level') = (milestone = 'level') END
$$;
"""

SPEAKER_FUNCTION = """
CREATE OR REPLACE FUNCTION evidence_speaker(commitment bigint, achievement bigint, source bigint)
RETURNS text LANGUAGE sql STABLE AS $$
SELECT CASE
    WHEN a.id IS NULL AND s.kind NOT IN ('livelihood_list', 'official_page', 'outcome_notice', 'outcome_table', 'task_table') THEN
        CASE s.kind WHEN 'audit' THEN 'independent' ELSE 'media' END
    WHEN coalesce(a.jurisdiction_id, s.jurisdiction_id) = c.jurisdiction_id OR EXISTS (
        SELECT FROM public.projects_succession AS r
         WHERE (r.predecessor_id, r.successor_id) IN (
             (c.jurisdiction_id, coalesce(a.jurisdiction_id, s.jurisdiction_id)),
             (coalesce(a.jurisdiction_id, s.jurisdiction_id), c.jurisdiction_id)))
        THEN 'official_claim'
    ELSE 'official_other' END
  FROM public.projects_commitment AS c
  LEFT JOIN public.projects_achievement AS a ON a.id = achievement
  LEFT JOIN public.projects_source AS s ON s.id = source
 WHERE c.id = commitment
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0016_nothing_is_emptied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
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
                    "slug",
                    models.SlugField(
                        blank=True, editable=False, max_length=120, null=True, unique=True, verbose_name="标识"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task_table", "任务分解表"),
                            ("outcome_table", "推进情况表"),
                            ("outcome_notice", "完成情况通报"),
                            ("livelihood_list", "民生实事清单"),
                            ("official_page", "政府网页"),
                            ("media", "媒体报道"),
                            ("audit", "审计或核查"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="标题")),
                ("title_en", models.CharField(blank=True, max_length=400, verbose_name="英文标题")),
                ("publisher", models.CharField(max_length=120, verbose_name="发布者")),
                ("publisher_en", models.CharField(blank=True, max_length=200, verbose_name="发布者英文名")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="网址")),
                (
                    "original_url",
                    models.URLField(
                        blank=True,
                        help_text="上面的网址是转载或镜像时，原页的网址。",
                        max_length=500,
                        verbose_name="原始网址",
                    ),
                ),
                ("address_doubt", models.CharField(blank=True, max_length=500, verbose_name="网址存疑之处")),
                (
                    "address_doubt_en",
                    models.CharField(blank=True, max_length=1000, verbose_name="网址存疑之处（英文）"),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to="evidence/%Y/",
                        validators=[
                            django.core.validators.FileExtensionValidator(
                                ["pdf", "docx", "xlsx", "txt", "html", "jpg", "jpeg", "png"]
                            )
                        ],
                        verbose_name="存档文件",
                    ),
                ),
                (
                    "file_sha256",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="存档文件 SHA-256"),
                ),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="发文字号")),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="不知道时不填。", null=True, verbose_name="发布日期"),
                ),
                (
                    "retrieved_on",
                    models.DateField(blank=True, help_text="有网址时必填。", null=True, verbose_name="查阅日期"),
                ),
                ("indicators_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="指标总数")),
                ("indicators_met", models.PositiveIntegerField(blank=True, null=True, verbose_name="完成的指标")),
                ("tasks_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="任务总数")),
                ("tasks_done", models.PositiveIntegerField(blank=True, null=True, verbose_name="完成的任务")),
                ("tasks_partly", models.PositiveIntegerField(blank=True, null=True, verbose_name="部分完成的任务")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="说整份报告的来源，公开后显示在报告页面上。有已采纳证据的来源总是公开。",
                        verbose_name="公开",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("note_en", models.TextField(blank=True, verbose_name="英文说明")),
                ("seeded", models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值")),
            ],
            options={
                "verbose_name": "来源",
                "verbose_name_plural": "来源",
                "ordering": ["-published_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SourceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "slug",
                    models.SlugField(
                        blank=True, db_index=False, editable=False, max_length=120, null=True, verbose_name="标识"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task_table", "任务分解表"),
                            ("outcome_table", "推进情况表"),
                            ("outcome_notice", "完成情况通报"),
                            ("livelihood_list", "民生实事清单"),
                            ("official_page", "政府网页"),
                            ("media", "媒体报道"),
                            ("audit", "审计或核查"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="标题")),
                ("title_en", models.CharField(blank=True, max_length=400, verbose_name="英文标题")),
                ("publisher", models.CharField(max_length=120, verbose_name="发布者")),
                ("publisher_en", models.CharField(blank=True, max_length=200, verbose_name="发布者英文名")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="网址")),
                (
                    "original_url",
                    models.URLField(
                        blank=True,
                        help_text="上面的网址是转载或镜像时，原页的网址。",
                        max_length=500,
                        verbose_name="原始网址",
                    ),
                ),
                ("address_doubt", models.CharField(blank=True, max_length=500, verbose_name="网址存疑之处")),
                (
                    "address_doubt_en",
                    models.CharField(blank=True, max_length=1000, verbose_name="网址存疑之处（英文）"),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to="evidence/%Y/",
                        validators=[
                            django.core.validators.FileExtensionValidator(
                                ["pdf", "docx", "xlsx", "txt", "html", "jpg", "jpeg", "png"]
                            )
                        ],
                        verbose_name="存档文件",
                    ),
                ),
                (
                    "file_sha256",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="存档文件 SHA-256"),
                ),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="发文字号")),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="不知道时不填。", null=True, verbose_name="发布日期"),
                ),
                (
                    "retrieved_on",
                    models.DateField(blank=True, help_text="有网址时必填。", null=True, verbose_name="查阅日期"),
                ),
                ("indicators_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="指标总数")),
                ("indicators_met", models.PositiveIntegerField(blank=True, null=True, verbose_name="完成的指标")),
                ("tasks_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="任务总数")),
                ("tasks_done", models.PositiveIntegerField(blank=True, null=True, verbose_name="完成的任务")),
                ("tasks_partly", models.PositiveIntegerField(blank=True, null=True, verbose_name="部分完成的任务")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="说整份报告的来源，公开后显示在报告页面上。有已采纳证据的来源总是公开。",
                        verbose_name="公开",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("note_en", models.TextField(blank=True, verbose_name="英文说明")),
                ("seeded", models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Succession",
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
                    "successor_name",
                    models.CharField(blank=True, max_length=60, verbose_name="承接者名称（代码不详时）"),
                ),
                ("successor_name_en", models.CharField(blank=True, max_length=120, verbose_name="承接者英文名称")),
                ("on", models.DateField(verbose_name="日期")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="承接范围")),
                ("scope_en", models.CharField(blank=True, max_length=600, verbose_name="承接范围（英文）")),
                ("seeded", models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值")),
            ],
            options={
                "verbose_name": "政府承接",
                "verbose_name_plural": "政府承接",
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="SuccessionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "successor_name",
                    models.CharField(blank=True, max_length=60, verbose_name="承接者名称（代码不详时）"),
                ),
                ("successor_name_en", models.CharField(blank=True, max_length=120, verbose_name="承接者英文名称")),
                ("on", models.DateField(verbose_name="日期")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="承接范围")),
                ("scope_en", models.CharField(blank=True, max_length=600, verbose_name="承接范围（英文）")),
                ("seeded", models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="clear_overdue_flag",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="tally_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="tally_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="copy_reported_value",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="commitmenttally",
            name="commitment_tally_key",
        ),
        migrations.RemoveConstraint(
            model_name="evidence",
            name="evidence_has_a_source",
        ),
        migrations.RemoveConstraint(
            model_name="evidence",
            name="evidence_source_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="statuschange",
            name="status_change_changes_something",
        ),
        migrations.RemoveIndex(
            model_name="commitment",
            name="overdue_and_due_soon",
        ),
        migrations.RemoveIndex(
            model_name="commitment",
            name="list_open_by_due_date",
        ),
        migrations.RemoveIndex(
            model_name="commitment",
            name="sweep_to_flag",
        ),
        migrations.RemoveIndex(
            model_name="commitment",
            name="list_open_by_year_due_date",
        ),
        migrations.AddField(
            model_name="commitment",
            name="happened_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="发生日期"),
        ),
        migrations.AddField(
            model_name="commitment",
            name="happened_precision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("day", "当日"),
                    ("month", "当月内"),
                    ("quarter", "当季内"),
                    ("year", "当年内"),
                    ("by", "不晚于此日"),
                ],
                db_default="",
                editable=False,
                max_length=10,
                verbose_name="发生日期的精度",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="status_as_of",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="依据截至"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="happened_on",
            field=models.DateField(
                blank=True,
                help_text="开工、建成、达到的那一天；只知道月、季、年时填它的最后一天。",
                null=True,
                verbose_name="发生日期",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="happened_precision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("day", "当日"),
                    ("month", "当月内"),
                    ("quarter", "当季内"),
                    ("year", "当年内"),
                    ("by", "不晚于此日"),
                ],
                db_default="",
                max_length=10,
                verbose_name="发生日期的精度",
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="happened_on",
            field=models.DateField(
                blank=True,
                help_text="开工、建成、达到的那一天；只知道月、季、年时填它的最后一天。",
                null=True,
                verbose_name="发生日期",
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="happened_precision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("day", "当日"),
                    ("month", "当月内"),
                    ("quarter", "当季内"),
                    ("year", "当年内"),
                    ("by", "不晚于此日"),
                ],
                db_default="",
                max_length=10,
                verbose_name="发生日期的精度",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="overdue_basis",
            field=models.CharField(
                blank=True,
                choices=[("evidence", "有证据"), ("none", "无证据")],
                db_default="",
                editable=False,
                max_length=10,
                verbose_name="逾期依据",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="reported_bound",
            field=models.CharField(
                blank=True,
                choices=[("eq", "等于"), ("gte", "不少于"), ("lte", "不超过"), ("approx", "约")],
                db_default="",
                editable=False,
                max_length=10,
                verbose_name="报告值的界限",
            ),
        ),
        migrations.RunSQL("TRUNCATE projects_commitmenttally", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="commitmenttally",
            name="outcome",
            field=models.CharField(
                db_default="open",
                choices=[
                    ("kept", "已兑现"),
                    ("kept_late", "逾期兑现"),
                    ("partly_kept", "部分兑现"),
                    ("not_kept", "未兑现"),
                    ("open", "待定"),
                    ("ongoing", "持续推进"),
                    ("closed", "已终止"),
                ],
                max_length=12,
                verbose_name="证据所示",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="announced_on",
            field=models.DateField(blank=True, null=True, verbose_name="来源宣布的新期限"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="bound",
            field=models.CharField(
                db_default="",
                blank=True,
                choices=[("eq", "等于"), ("gte", "不少于"), ("lte", "不超过"), ("approx", "约")],
                max_length=10,
                verbose_name="报告值的界限",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="coverage",
            field=models.CharField(
                db_default="",
                blank=True,
                choices=[("level", "当时的水平"), ("cumulative", "累计"), ("period", "仅本期")],
                max_length=12,
                verbose_name="报告值的口径",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="delay_reason",
            field=models.CharField(
                db_default="",
                blank=True,
                choices=[
                    ("land", "用地"),
                    ("planning", "规划调整"),
                    ("approval", "审批"),
                    ("funding", "资金"),
                    ("company_deferred", "企业暂缓"),
                    ("contractor", "施工单位"),
                    ("statistics", "统计口径"),
                    ("force_majeure", "不可抗力"),
                    ("other", "其他"),
                    ("not_given", "未说明"),
                ],
                max_length=20,
                verbose_name="来源说明的原因",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="is_forecast",
            field=models.BooleanField(db_default=False, default=False, verbose_name="预计"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="item_number",
            field=models.CharField(
                db_default="", blank=True, help_text="例如：第10项。", max_length=40, verbose_name="项次"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="official_word",
            field=models.CharField(
                db_default="", blank=True, help_text="例如：达序时、部分完成。", max_length=40, verbose_name="官方用语"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="place",
            field=models.CharField(
                db_default="", blank=True, help_text="例如：第3页，表2。", max_length=120, verbose_name="在来源中的位置"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="quote",
            field=models.TextField(db_default="", blank=True, verbose_name="来源中的原话"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="value_from",
            field=models.DateField(blank=True, null=True, verbose_name="报告值起算日"),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="announced_on",
            field=models.DateField(blank=True, null=True, verbose_name="来源宣布的新期限"),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="bound",
            field=models.CharField(
                db_default="",
                blank=True,
                choices=[("eq", "等于"), ("gte", "不少于"), ("lte", "不超过"), ("approx", "约")],
                max_length=10,
                verbose_name="报告值的界限",
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="coverage",
            field=models.CharField(
                db_default="",
                blank=True,
                choices=[("level", "当时的水平"), ("cumulative", "累计"), ("period", "仅本期")],
                max_length=12,
                verbose_name="报告值的口径",
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="delay_reason",
            field=models.CharField(
                db_default="",
                blank=True,
                choices=[
                    ("land", "用地"),
                    ("planning", "规划调整"),
                    ("approval", "审批"),
                    ("funding", "资金"),
                    ("company_deferred", "企业暂缓"),
                    ("contractor", "施工单位"),
                    ("statistics", "统计口径"),
                    ("force_majeure", "不可抗力"),
                    ("other", "其他"),
                    ("not_given", "未说明"),
                ],
                max_length=20,
                verbose_name="来源说明的原因",
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="is_forecast",
            field=models.BooleanField(db_default=False, default=False, verbose_name="预计"),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="item_number",
            field=models.CharField(
                db_default="", blank=True, help_text="例如：第10项。", max_length=40, verbose_name="项次"
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="official_word",
            field=models.CharField(
                db_default="", blank=True, help_text="例如：达序时、部分完成。", max_length=40, verbose_name="官方用语"
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="place",
            field=models.CharField(
                db_default="", blank=True, help_text="例如：第3页，表2。", max_length=120, verbose_name="在来源中的位置"
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="quote",
            field=models.TextField(db_default="", blank=True, verbose_name="来源中的原话"),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="value_from",
            field=models.DateField(blank=True, null=True, verbose_name="报告值起算日"),
        ),
        migrations.AddField(
            model_name="jurisdiction",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="设立日期"),
        ),
        migrations.AddField(
            model_name="jurisdiction",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="存续至"),
        ),
        migrations.AddField(
            model_name="jurisdictionevent",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="设立日期"),
        ),
        migrations.AddField(
            model_name="jurisdictionevent",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="存续至"),
        ),
        migrations.AddField(
            model_name="overdueevent",
            name="basis",
            field=models.CharField(
                choices=[("evidence", "有证据"), ("none", "无证据")],
                db_default="none",
                max_length=10,
                verbose_name="依据",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="delay_note",
            field=models.TextField(blank=True, editable=False, verbose_name="延误说明"),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="delay_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("land", "用地"),
                    ("planning", "规划调整"),
                    ("approval", "审批"),
                    ("funding", "资金"),
                    ("company_deferred", "企业暂缓"),
                    ("contractor", "施工单位"),
                    ("statistics", "统计口径"),
                    ("force_majeure", "不可抗力"),
                    ("other", "其他"),
                    ("not_given", "未说明"),
                ],
                editable=False,
                max_length=20,
                verbose_name="延误原因",
            ),
        ),
        migrations.AlterField(
            model_name="commitmentevent",
            name="delay_note",
            field=models.TextField(blank=True, editable=False, verbose_name="延误说明"),
        ),
        migrations.AlterField(
            model_name="commitmentevent",
            name="delay_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("land", "用地"),
                    ("planning", "规划调整"),
                    ("approval", "审批"),
                    ("funding", "资金"),
                    ("company_deferred", "企业暂缓"),
                    ("contractor", "施工单位"),
                    ("statistics", "统计口径"),
                    ("force_majeure", "不可抗力"),
                    ("other", "其他"),
                    ("not_given", "未说明"),
                ],
                editable=False,
                max_length=20,
                verbose_name="延误原因",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="as_of",
            field=models.DateField(help_text="所示状态和报告值是哪一天的。", verbose_name="截至日期"),
        ),
        migrations.AlterField(
            model_name="evidenceevent",
            name="as_of",
            field=models.DateField(help_text="所示状态和报告值是哪一天的。", verbose_name="截至日期"),
        ),
        migrations.AlterField(
            model_name="statuschange",
            name="reason_code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("land", "用地"),
                    ("planning", "规划调整"),
                    ("approval", "审批"),
                    ("funding", "资金"),
                    ("company_deferred", "企业暂缓"),
                    ("contractor", "施工单位"),
                    ("statistics", "统计口径"),
                    ("force_majeure", "不可抗力"),
                    ("other", "其他"),
                    ("not_given", "未说明"),
                ],
                max_length=20,
                verbose_name="原因",
            ),
        ),
        migrations.AddConstraint(
            model_name="jurisdiction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="jurisdiction_ends_after_it_begins",
                violation_error_message="终止日期早于设立日期。请改正其中一个。",
            ),
        ),
        migrations.AddConstraint(
            model_name="overdueevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["evidence", "none"])), name="overdue_event_basis_is_known"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="jurisdiction",
            field=models.ForeignKey(
                blank=True,
                help_text="政府文件和网页：发布它的政府。其他来源可不填。",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sources",
                to="projects.jurisdiction",
                verbose_name="所属政府",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="report",
            field=models.ForeignKey(
                blank=True,
                help_text="说的是整份报告的落实情况时填写。",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sources",
                to="projects.report",
                verbose_name="所说的报告",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="projects.source",
                verbose_name="来源",
            ),
        ),
        migrations.AddField(
            model_name="evidenceevent",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.source",
                verbose_name="来源",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("source__isnull", False)), fields=["source"], name="evidence_from_source"
            ),
        ),
        migrations.AlterConstraint(
            model_name="evidence",
            name="evidence_of_an_achievement_is_told_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("achievement__isnull", False)),
                fields=("commitment", "achievement"),
                name="evidence_of_an_achievement_is_told_once",
                violation_error_message="这条成绩已是这条承诺的证据，或已经提出过。",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="jurisdiction",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                help_text="政府文件和网页：发布它的政府。其他来源可不填。",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.jurisdiction",
                verbose_name="所属政府",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="projects.source",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="report",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                help_text="说的是整份报告的落实情况时填写。",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.report",
                verbose_name="所说的报告",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="predecessor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="projects.jurisdiction",
                verbose_name="原政府",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="projects.source",
                verbose_name="来源",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="projects.jurisdiction",
                verbose_name="承接的政府",
            ),
        ),
        migrations.AddField(
            model_name="successionevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="successionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="projects.succession",
            ),
        ),
        migrations.AddField(
            model_name="successionevent",
            name="predecessor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.jurisdiction",
                verbose_name="原政府",
            ),
        ),
        migrations.AddField(
            model_name="successionevent",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.source",
                verbose_name="来源",
            ),
        ),
        migrations.AddField(
            model_name="successionevent",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.jurisdiction",
                verbose_name="承接的政府",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("url", ""), _negated=True), fields=["url"], name="source_by_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "task_table",
                            "outcome_table",
                            "outcome_notice",
                            "livelihood_list",
                            "official_page",
                            "media",
                            "audit",
                            "other",
                        ],
                    )
                ),
                name="source_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("url", ""), _negated=True),
                    models.Q(("file", ""), _negated=True),
                    models.Q(("document_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="source_can_be_found",
                violation_error_message="请填写网址、存档文件或发文字号，别人才找得到它。",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), ("retrieved_on__isnull", False), _connector="OR"),
                name="source_on_the_web_has_its_day",
                violation_error_message="网页会变。请填写查阅日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_on__isnull", True),
                        ("published_on__range", (dt.date(1949, 10, 1), dt.date(2199, 12, 31))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("retrieved_on__isnull", True),
                        ("retrieved_on__range", (dt.date(1949, 10, 1), dt.date(2199, 12, 31))),
                        _connector="OR",
                    ),
                ),
                name="source_days_are_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("indicators_met__isnull", True),
                    models.Q(
                        ("indicators_met__lte", models.F("indicators_total")), ("indicators_total__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="source_meets_no_more_than_all_indicators",
                violation_error_message="完成的指标多于指标总数。",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tasks_done__isnull", True),
                    models.Q(("tasks_done__lte", models.F("tasks_total")), ("tasks_total__isnull", False)),
                    _connector="OR",
                ),
                name="source_does_no_more_than_all_tasks",
                violation_error_message="完成的任务多于任务总数。",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", False), models.Q(("successor_name", ""), _negated=True), _connector="XOR"
                ),
                name="succession_names_one_successor",
                violation_error_message="请选择承接的政府；代码不详时只填写其名称。",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="succession_is_to_another_government",
                violation_error_message="原政府与承接的政府不能相同。",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor", "successor_name", "on"),
                name="succession_is_told_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source__isnull", False)),
                fields=("commitment", "source"),
                name="evidence_of_a_source_is_told_once",
                violation_error_message="这个来源已是这条承诺的证据，或已经提出过。",
            ),
        ),
        # Only the name changes; the column stays for the version that is still running.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField(model_name="evidence", old_name="source_kind", new_name="speaker"),
                migrations.RenameField(model_name="evidenceevent", old_name="source_kind", new_name="speaker"),
                migrations.AlterField(
                    model_name="evidence",
                    name="speaker",
                    field=models.CharField(
                        choices=[
                            ("official_claim", "承诺者自述"),
                            ("official_other", "其他政府机关"),
                            ("media", "媒体等报道"),
                            ("independent", "独立核实"),
                        ],
                        db_column="source_kind",
                        editable=False,
                        max_length=20,
                        verbose_name="谁说的",
                    ),
                ),
                migrations.AlterField(
                    model_name="evidenceevent",
                    name="speaker",
                    field=models.CharField(
                        choices=[
                            ("official_claim", "承诺者自述"),
                            ("official_other", "其他政府机关"),
                            ("media", "媒体等报道"),
                            ("independent", "独立核实"),
                        ],
                        db_column="source_kind",
                        editable=False,
                        max_length=20,
                        verbose_name="谁说的",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(OUTCOME_FUNCTION, "DROP FUNCTION commitment_outcome"),
        migrations.RunSQL(COMPARABLE_FUNCTION, "DROP FUNCTION is_comparable"),
        migrations.RunSQL(SPEAKER_FUNCTION, "DROP FUNCTION evidence_speaker"),
        migrations.AddField(
            model_name="commitment",
            name="outcome",
            field=models.GeneratedField(
                db_persist=True,
                expression=projects.models.outcome_sql.CommitmentOutcome(
                    "milestone", "status", "status_as_of", "happened_on", "happened_precision", "due_on"
                ),
                output_field=models.CharField(
                    choices=[
                        ("kept", "已兑现"),
                        ("kept_late", "逾期兑现"),
                        ("partly_kept", "部分兑现"),
                        ("not_kept", "未兑现"),
                        ("open", "待定"),
                        ("ongoing", "持续推进"),
                        ("closed", "已终止"),
                    ],
                    max_length=12,
                    verbose_name="证据所示",
                ),
                verbose_name="证据所示",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("is_public", True), ("outcome__in", ["not_kept", "open", "partly_kept"])),
                fields=["due_on", "id"],
                name="list_open_by_due_date",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("is_public", True), ("outcome__in", ["not_kept", "open", "partly_kept"])),
                fields=["year", "due_on", "id"],
                name="list_open_by_year_due_date",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("is_public", True), ("outcome__in", ["not_kept", "open", "partly_kept"])),
                fields=["due_basis", "due_on"],
                name="overdue_and_due_soon",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(
                    ("is_public", True),
                    ("outcome__in", ["not_kept", "open", "partly_kept"]),
                    ("overdue_since__isnull", True),
                ),
                fields=["due_basis", "due_on"],
                name="sweep_to_flag",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitmenttally",
            constraint=models.UniqueConstraint(
                fields=("year", "category", "status", "outcome", "due_basis", "due_on"), name="commitment_tally_key"
            ),
        ),
    ]
