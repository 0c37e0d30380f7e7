"""Proposals that link the reports of several years, the pairs that a person has gone through, and how promises change."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("projects", "0027_reading_warnings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkProposal",
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
                ("start", models.PositiveIntegerField(verbose_name="起点")),
                ("end", models.PositiveIntegerField(verbose_name="终点")),
                ("quote", models.TextField(verbose_name="较晚报告的原文")),
                (
                    "relation",
                    models.CharField(
                        choices=[("answer", "报告了结果"), ("restatement", "再次承诺")],
                        max_length=12,
                        verbose_name="关系",
                    ),
                ),
                ("mention", models.JSONField(blank=True, editable=False, null=True, verbose_name="原文一句")),
                ("score", models.FloatField(verbose_name="相似度")),
                ("reasons", models.JSONField(default=list, verbose_name="理由")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_started", "未启动"),
                            ("in_progress", "推进中"),
                            ("partial", "部分完成"),
                            ("completed", "已完成"),
                            ("not_met", "未完成"),
                            ("suspended", "暂缓"),
                            ("cancelled", "已取消"),
                            ("unverifiable", "无法核实"),
                        ],
                        max_length=20,
                        verbose_name="所示状态",
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "原样再提"),
                            ("next_share", "下一年度份额"),
                            ("raised", "提高"),
                            ("lowered", "降低"),
                            ("softened", "弱化"),
                            ("strengthened", "加强"),
                            ("redated", "改期"),
                            ("broadened", "扩大范围"),
                            ("narrowed", "缩小范围"),
                            ("next_stage", "下一阶段"),
                        ],
                        max_length=12,
                        verbose_name="变化",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[("figure", "数字"), ("name", "名称"), ("words", "字句")],
                        max_length=6,
                        verbose_name="依据",
                    ),
                ),
                ("is_sure", models.BooleanField(default=False, verbose_name="把握大")),
                (
                    "review_state",
                    models.CharField(
                        choices=[("proposed", "待核"), ("accepted", "已采纳"), ("rejected", "已否决")],
                        default="proposed",
                        max_length=10,
                        verbose_name="审核状态",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "verbose_name": "跨年对应",
                "verbose_name_plural": "跨年对应",
                "ordering": ["-score", "id"],
            },
        ),
        migrations.CreateModel(
            name="LinkProposalEvent",
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
                ("start", models.PositiveIntegerField(verbose_name="起点")),
                ("end", models.PositiveIntegerField(verbose_name="终点")),
                ("quote", models.TextField(verbose_name="较晚报告的原文")),
                (
                    "relation",
                    models.CharField(
                        choices=[("answer", "报告了结果"), ("restatement", "再次承诺")],
                        max_length=12,
                        verbose_name="关系",
                    ),
                ),
                ("mention", models.JSONField(blank=True, editable=False, null=True, verbose_name="原文一句")),
                ("score", models.FloatField(verbose_name="相似度")),
                ("reasons", models.JSONField(default=list, verbose_name="理由")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_started", "未启动"),
                            ("in_progress", "推进中"),
                            ("partial", "部分完成"),
                            ("completed", "已完成"),
                            ("not_met", "未完成"),
                            ("suspended", "暂缓"),
                            ("cancelled", "已取消"),
                            ("unverifiable", "无法核实"),
                        ],
                        max_length=20,
                        verbose_name="所示状态",
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "原样再提"),
                            ("next_share", "下一年度份额"),
                            ("raised", "提高"),
                            ("lowered", "降低"),
                            ("softened", "弱化"),
                            ("strengthened", "加强"),
                            ("redated", "改期"),
                            ("broadened", "扩大范围"),
                            ("narrowed", "缩小范围"),
                            ("next_stage", "下一阶段"),
                        ],
                        max_length=12,
                        verbose_name="变化",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[("figure", "数字"), ("name", "名称"), ("words", "字句")],
                        max_length=6,
                        verbose_name="依据",
                    ),
                ),
                ("is_sure", models.BooleanField(default=False, verbose_name="把握大")),
                (
                    "review_state",
                    models.CharField(
                        choices=[("proposed", "待核"), ("accepted", "已采纳"), ("rejected", "已否决")],
                        default="proposed",
                        max_length=10,
                        verbose_name="审核状态",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportPair",
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
                ("linked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="比对时间")),
                (
                    "gone_through_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="看完时间"),
                ),
            ],
            options={
                "verbose_name": "前后两份报告",
                "verbose_name_plural": "前后两份报告",
                "ordering": ["earlier", "later"],
            },
        ),
        migrations.CreateModel(
            name="ReportPairEvent",
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
                ("linked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="比对时间")),
                (
                    "gone_through_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="看完时间"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="achievement",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="achievement",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="datasetchange",
            name="advance_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="department",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="department",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="report",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="report",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="responsibility",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="responsibility",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="responsibility",
            name="note_deleted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="untouched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="statuschange",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="statuschange",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="succession",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="succession",
            name="note_updated",
        ),
        migrations.AddField(
            model_name="restatement",
            name="change",
            field=models.CharField(
                blank=True,
                choices=[
                    ("same", "原样再提"),
                    ("next_share", "下一年度份额"),
                    ("raised", "提高"),
                    ("lowered", "降低"),
                    ("softened", "弱化"),
                    ("strengthened", "加强"),
                    ("redated", "改期"),
                    ("broadened", "扩大范围"),
                    ("narrowed", "缩小范围"),
                    ("next_stage", "下一阶段"),
                ],
                db_default="",
                max_length=12,
                verbose_name="变化",
            ),
        ),
        migrations.AddField(
            model_name="restatementevent",
            name="change",
            field=models.CharField(
                blank=True,
                choices=[
                    ("same", "原样再提"),
                    ("next_share", "下一年度份额"),
                    ("raised", "提高"),
                    ("lowered", "降低"),
                    ("softened", "弱化"),
                    ("strengthened", "加强"),
                    ("redated", "改期"),
                    ("broadened", "扩大范围"),
                    ("narrowed", "缩小范围"),
                    ("next_stage", "下一阶段"),
                ],
                db_default="",
                max_length=12,
                verbose_name="变化",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('achievements', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="4686c3eec22261ab88a3916946446e6556c35460",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_c5c5e",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_achievement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'achievements\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, ((o."is_public", o."jurisdiction_id", o."year", o."title", o."title_en", o."quote", o."period_end") IS DISTINCT FROM (n."is_public", n."jurisdiction_id", n."year", n."title", n."title_en", n."quote", n."period_end")))) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."report_id", o."jurisdiction_id", o."year", o."report_state", o."start", o."end", o."quote", o."section", o."title", o."title_en", o."category", o."milestone", o."quantity", o."unit", o."comparator", o."names", o."project_id", o."review_state", o."period_end", o."is_public") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."report_id", n."jurisdiction_id", n."year", n."report_state", n."start", n."end", n."quote", n."section", n."title", n."title_en", n."category", n."milestone", n."quantity", n."unit", n."comparator", n."names", n."project_id", n."review_state", n."period_end", n."is_public"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="399a05154c9596e69dbc54be4fa51dfbd4d38a35",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_7a6c3",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_achievement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('commitments', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="b45f41827d7590954051b55f789a92271244b982",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_5ed69",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'commitments\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, ((o."is_public", o."jurisdiction_id", o."year", o."title", o."title_en", o."due_on", o."due_basis", o."status", o."outcome") IS DISTINCT FROM (n."is_public", n."jurisdiction_id", n."year", n."title", n."title_en", n."due_on", n."due_basis", n."status", n."outcome")))) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."report_id", o."jurisdiction_id", o."year", o."report_state", o."start", o."end", o."quote", o."section", o."title", o."title_en", o."category", o."milestone", o."quantity", o."unit", o."comparator", o."names", o."project_id", o."review_state", o."due_on", o."due_basis", o."status", o."status_evidence_id", o."status_evidence_state", o."status_since", o."status_as_of", o."happened_on", o."happened_precision", o."outcome", o."delay_reason", o."delay_note", o."overdue_since", o."overdue_basis", o."last_verified_on", o."reported_value", o."reported_on", o."reported_bound", o."is_public") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."report_id", n."jurisdiction_id", n."year", n."report_state", n."start", n."end", n."quote", n."section", n."title", n."title_en", n."category", n."milestone", n."quantity", n."unit", n."comparator", n."names", n."project_id", n."review_state", n."due_on", n."due_basis", n."status", n."status_evidence_id", n."status_evidence_state", n."status_since", n."status_as_of", n."happened_on", n."happened_precision", n."outcome", n."delay_reason", n."delay_note", n."overdue_since", n."overdue_basis", n."last_verified_on", n."reported_value", n."reported_on", n."reported_bound", n."is_public"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="76395021ee347319a430c1047b8665fa69a47db1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_d62e3",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="answers_by_promises_made_again",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.is_public IS DISTINCT FROM NEW.is_public)",
                    func="\n        INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n        SELECT pg_current_xact_id()::text::bigint, 'commitments', TRUE, FALSE, array_agg(id::text)\n          FROM (SELECT earlier_id FROM projects_restatement WHERE later_id = NEW.id) AS promises (id) HAVING count(*) > 0;\n        IF FOUND THEN\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="0edf369c64f390ed1f6dc0f2e58f0bfef09c125d",
                    operation="UPDATE",
                    pgid="pgtrigger_answers_by_promises_made_again_b7c11",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="datasetchange",
            trigger=pgtrigger.compiler.Trigger(
                name="advance_version",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE following bigint; told bigint := 0; one bigint;",
                    func="\n    SELECT number + 1 INTO following FROM projects_datasetversion WHERE id = 1 FOR UPDATE;\n    IF NOT FOUND THEN\n        INSERT INTO projects_datasetversion (id, number, changed_at) VALUES (1, 0, clock_timestamp())\n        ON CONFLICT (id) DO NOTHING;\n        SELECT number + 1 INTO following FROM projects_datasetversion WHERE id = 1 FOR UPDATE;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'jurisdictions') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'jurisdictions') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_jurisdiction AS t WHERE t.code = k.key AND TRUE) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'jurisdictions', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'jurisdictions' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'departments') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'departments') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_department AS t WHERE t.id = k.key::bigint AND TRUE) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'departments', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'departments' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'projects') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'projects') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_project AS t WHERE t.slug = k.key AND t.review_state = 'published') AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'projects', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'projects' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'projects' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'projects' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'projects' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'commitments', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_project AS p ON p.slug = k.key JOIN projects_commitment AS t ON t.project_id = p.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'projects' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'projects' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'achievements', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_project AS p ON p.slug = k.key JOIN projects_achievement AS t ON t.project_id = p.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'reports') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'reports') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_report AS t WHERE t.jurisdiction_id = split_part(k.key, '-', 1) AND t.year = split_part(k.key, '-', 2)::integer AND t.state = 'published') AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'reports', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'reports' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'reports' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'reports' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'reports' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'sources', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_report AS r ON r.jurisdiction_id = split_part(k.key, '-', 1)\n     AND r.year = split_part(k.key, '-', 2)::integer JOIN projects_source AS t ON t.report_id = r.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'reports' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'reports' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'commitments', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_report AS r ON r.jurisdiction_id = split_part(k.key, '-', 1)\n     AND r.year = split_part(k.key, '-', 2)::integer JOIN projects_reportpair AS p ON p.later_id = r.id AND p.gone_through_at IS NOT NULL JOIN projects_commitment AS t ON t.report_id = p.earlier_id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'achievements') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'achievements') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_achievement AS t WHERE t.id = k.key::bigint AND t.is_public) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'achievements', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'achievements' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'achievements' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'achievements' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'achievements' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'commitments', True, False, array_agg(key) FROM (SELECT e.commitment_id::text FROM k JOIN projects_evidence AS e ON e.achievement_id = k.key::bigint JOIN projects_commitment AS t ON t.id = e.commitment_id AND e.review_state = 'accepted' WHERE EXISTS (SELECT FROM projects_reportpair AS p WHERE p.earlier_id = t.report_id AND p.gone_through_at IS NOT NULL)) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'achievements' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'achievements' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'evidence', True, True, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS t ON t.achievement_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'commitments') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'commitments') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_commitment AS t WHERE t.id = k.key::bigint AND t.is_public) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'commitments', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'commitments' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'commitments' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'evidence', False, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS t ON t.commitment_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'sources', False, False, array_agg(key) FROM (SELECT e.source_id::text FROM k JOIN projects_evidence AS e ON e.commitment_id = k.key::bigint WHERE e.source_id IS NOT NULL) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'status-changes', False, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_statuschange AS t ON t.commitment_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'restatements', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_restatement AS t ON t.earlier_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'restatements', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_restatement AS t ON t.later_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'sources') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'sources') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_source AS t WHERE t.id = k.key::bigint AND (EXISTS (SELECT FROM projects_evidence AS e JOIN projects_commitment AS c ON c.id = e.commitment_id\n                             WHERE e.source_id = t.id AND e.review_state = 'accepted' AND c.is_public)\n            OR EXISTS (SELECT FROM projects_succession AS s WHERE s.source_id = t.id)\n            OR t.is_public AND EXISTS (SELECT FROM projects_report AS r\n                                        WHERE r.id = t.report_id AND r.state = 'published'))) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'sources', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'sources' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'sources' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'sources' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'sources' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'evidence', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS t ON t.source_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'evidence') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'evidence') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_evidence AS t WHERE t.id = k.key::bigint AND t.review_state = 'accepted' AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.commitment_id AND c.is_public)\n            AND (t.achievement_id IS NULL\n                 OR EXISTS (SELECT FROM projects_achievement AS a WHERE a.id = t.achievement_id AND a.is_public))) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'evidence', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'evidence' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'evidence' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'evidence' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'evidence' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'status-changes', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS e ON e.id = k.key::bigint JOIN projects_statuschange AS t ON t.commitment_id = e.commitment_id AND t.evidence_id = e.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'status-changes') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'status-changes') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_statuschange AS t WHERE t.id = k.key::bigint AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.commitment_id AND c.is_public)) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'status-changes', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'status-changes' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'restatements') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'restatements') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_restatement AS t WHERE t.id = k.key::bigint AND t.review_state = 'accepted' AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.earlier_id AND c.is_public) AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.later_id AND c.is_public)) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'restatements', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'restatements' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    DELETE FROM projects_notedchange WHERE transaction = NEW.transaction;\n    DELETE FROM projects_datasetchange WHERE transaction = NEW.transaction;\n    IF told > 0 THEN\n        UPDATE projects_datasetversion SET number = following, changed_at = clock_timestamp() WHERE id = 1;\n        NOTIFY duixian_version;\n    END IF;\n    RETURN NULL;\n",
                    hash="91e9b679551e58e44fd30c6c7d24ee11a691ba77",
                    operation="INSERT",
                    pgid="pgtrigger_advance_version_63d83",
                    table="projects_datasetchange",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('departments', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="2ceb896b116d3e2e914b429fe11153a459b60700",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_fc50d",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'departments\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."jurisdiction_id", o."name", o."name_en", o."pinyin") IS DISTINCT FROM (n."id", n."created_at", n."jurisdiction_id", n."name", n."name_en", n."pinyin"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="81cd2e66aa6568c5c36d13d7c9563ac55774694a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_ed1db",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('evidence', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE), ('sources', CASE WHEN TRUE AND TRUE THEN n.source_id::text END, FALSE, FALSE), ('commitments', CASE WHEN n.review_state = 'accepted' AND n.achievement_id IS NOT NULL AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.commitment_id) AND TRUE THEN n.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="119624c86c5a1ff1d241756f76004cf2a35db165",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_9c9fa",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'evidence\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, ((o."commitment_id", o."achievement_id", o."review_state") IS DISTINCT FROM (n."commitment_id", n."achievement_id", n."review_state"))), (\'sources\', CASE WHEN TRUE AND TRUE THEN n.source_id::text END, FALSE, FALSE), (\'sources\', CASE WHEN TRUE AND TRUE THEN o.source_id::text END, FALSE, FALSE), (\'commitments\', CASE WHEN n.review_state = \'accepted\' AND n.achievement_id IS NOT NULL AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.commitment_id) AND ((o."review_state", o."commitment_id", o."achievement_id") IS DISTINCT FROM (n."review_state", n."commitment_id", n."achievement_id")) THEN n.commitment_id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN o.review_state = \'accepted\' AND o.achievement_id IS NOT NULL AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = o.commitment_id) AND ((o."review_state", o."commitment_id", o."achievement_id") IS DISTINCT FROM (n."review_state", n."commitment_id", n."achievement_id")) THEN o.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."commitment_id", o."achievement_id", o."source_id", o."quote", o."place", o."item_number", o."official_word", o."source_kind", o."verdict", o."as_of", o."happened_on", o."happened_precision", o."reported_value", o."coverage", o."value_from", o."bound", o."is_forecast", o."delay_reason", o."announced_on", o."note", o."note_en", o."confidence", o."review_state") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."commitment_id", n."achievement_id", n."source_id", n."quote", n."place", n."item_number", n."official_word", n."source_kind", n."verdict", n."as_of", n."happened_on", n."happened_precision", n."reported_value", n."coverage", n."value_from", n."bound", n."is_forecast", n."delay_reason", n."announced_on", n."note", n."note_en", n."confidence", n."review_state"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="8f612ed2808e94b72be5e44e604dcabd6467db9e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_a40c6",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('jurisdictions', CASE WHEN TRUE AND TRUE THEN n.code END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="07ab246b0f775050ec5a1f18a70ad21279ba09d3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_724ee",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."code" = o."code"\n     CROSS JOIN LATERAL (VALUES (\'jurisdictions\', CASE WHEN TRUE AND TRUE THEN n.code END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE AND TRUE THEN o.code END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."created_at", o."code", o."name", o."name_en", o."pinyin", o."level", o."parent_id", o."valid_from", o."valid_until") IS DISTINCT FROM (n."created_at", n."code", n."name", n."name_en", n."pinyin", n."level", n."parent_id", n."valid_from", n."valid_until"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="efc965bca8a3406b20feb1233a4a0b6129070014",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_83e46",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('projects', CASE WHEN TRUE AND TRUE THEN n.slug END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="1e595547dfd1127a571c0791010168d23dfeeb56",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_004b2",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'projects\', CASE WHEN TRUE AND TRUE THEN n.slug END, TRUE, ((o."slug", o."review_state") IS DISTINCT FROM (n."slug", n."review_state"))), (\'projects\', CASE WHEN TRUE AND TRUE THEN o.slug END, TRUE, ((o."slug", o."review_state") IS DISTINCT FROM (n."slug", n."review_state")))) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."slug", o."jurisdiction_id", o."name", o."name_en", o."pinyin", o."aliases", o."category", o."review_state") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."slug", n."jurisdiction_id", n."name", n."name_en", n."pinyin", n."aliases", n."category", n."review_state"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="f4b9c9e63e376142237fcb441f3188cd584620fc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_369f1",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('reports', CASE WHEN TRUE AND TRUE THEN n.jurisdiction_id || '-' || n.year END, TRUE, FALSE), ('jurisdictions', CASE WHEN n.state = 'published' AND TRUE THEN n.jurisdiction_id END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="1a78ee2873e4329fa5775357727b7599ec585146",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_dd62a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'reports\', CASE WHEN TRUE AND TRUE THEN n.jurisdiction_id || \'-\' || n.year END, TRUE, ((o."jurisdiction_id", o."year", o."state") IS DISTINCT FROM (n."jurisdiction_id", n."year", n."state"))), (\'reports\', CASE WHEN TRUE AND TRUE THEN o.jurisdiction_id || \'-\' || o.year END, TRUE, ((o."jurisdiction_id", o."year", o."state") IS DISTINCT FROM (n."jurisdiction_id", n."year", n."state"))), (\'jurisdictions\', CASE WHEN n.state = \'published\' AND TRUE THEN n.jurisdiction_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN o.state = \'published\' AND TRUE THEN o.jurisdiction_id END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."jurisdiction_id", o."year", o."title", o."title_en", o."delivered_on", o."session", o."session_en", o."document_number", o."publisher", o."publisher_en", o."source_url", o."text", o."sha256", o."outline", o."state") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."jurisdiction_id", n."year", n."title", n."title_en", n."delivered_on", n."session", n."session_en", n."document_number", n."publisher", n."publisher_en", n."source_url", n."text", n."sha256", n."outline", n."state"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="cf5f8ace9938a0784668fc6152f11beebf36cd05",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_305d6",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('commitments', CASE WHEN TRUE AND TRUE THEN n.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="d1bcdfab22376760a9d8814d3b3c3212ec0c356a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_94e65",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'commitments\', CASE WHEN TRUE AND TRUE THEN n.commitment_id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN TRUE AND TRUE THEN o.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."commitment_id", o."department_id", o."role") IS DISTINCT FROM (n."id", n."commitment_id", n."department_id", n."role"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="e3698d5a53c9ab3f041e25092fd1d4069d8218ff",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_7b6d8",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="note_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o\n     CROSS JOIN LATERAL (VALUES ('commitments', CASE WHEN TRUE AND TRUE THEN o.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="b34824a24d417404bda9bb68deb40721200ad036",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_note_deleted_0f277",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="projects_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."change" IS DISTINCT FROM (NEW."change") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."earlier_id" IS DISTINCT FROM (NEW."earlier_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."later_id" IS DISTINCT FROM (NEW."later_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."phase" IS DISTINCT FROM (NEW."phase") OR OLD."review_state" IS DISTINCT FROM (NEW."review_state"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="a6f326dafa2f6379ae4a580f1ff037f952fbf6cb",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_e5387",
                    table="projects_restatement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."change" IS NOT DISTINCT FROM (NEW."change") AND OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."earlier_id" IS NOT DISTINCT FROM (NEW."earlier_id") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."later_id" IS NOT DISTINCT FROM (NEW."later_id") AND OLD."note" IS NOT DISTINCT FROM (NEW."note") AND OLD."note_en" IS NOT DISTINCT FROM (NEW."note_en") AND OLD."phase" IS NOT DISTINCT FROM (NEW."phase") AND OLD."review_state" IS NOT DISTINCT FROM (NEW."review_state"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="5df464634d38a30145349d9f33867a75b40b6209",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_4ef38",
                    table="projects_restatement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('restatements', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE), ('commitments', CASE WHEN n.review_state = 'accepted' AND TRUE AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.earlier_id) AND TRUE THEN n.earlier_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="a6e512f0f2bb8ff18aebfb4b74cf37749e6116fc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_6888c",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_restatement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'restatements\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN n.review_state = \'accepted\' AND TRUE AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.earlier_id) AND ((o."review_state", o."earlier_id", o."later_id") IS DISTINCT FROM (n."review_state", n."earlier_id", n."later_id")) THEN n.earlier_id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN o.review_state = \'accepted\' AND TRUE AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = o.earlier_id) AND ((o."review_state", o."earlier_id", o."later_id") IS DISTINCT FROM (n."review_state", n."earlier_id", n."later_id")) THEN o.earlier_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."earlier_id", o."later_id", o."phase", o."change", o."review_state", o."note", o."note_en") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."earlier_id", n."later_id", n."phase", n."change", n."review_state", n."note", n."note_en"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="a4eb13a060d262e06b9eaaafda12891d04fd800b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_ca47c",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_restatement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_restatementevent" ("change", "confidence", "created_at", "earlier_id", "id", "later_id", "note", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "review_state", "seeded", "updated_at") SELECT new_values."change", new_values."confidence", new_values."created_at", new_values."earlier_id", new_values."id", new_values."later_id", new_values."note", new_values."note_en", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phase", new_values."review_state", new_values."seeded", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4284072c8e1e248a0e184e473e2537d8e6ed6b19",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8caa8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_restatement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_restatementevent" ("change", "confidence", "created_at", "earlier_id", "id", "later_id", "note", "note_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "review_state", "seeded", "updated_at") SELECT new_values."change", new_values."confidence", new_values."created_at", new_values."earlier_id", new_values."id", new_values."later_id", new_values."note", new_values."note_en", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phase", new_values."review_state", new_values."seeded", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."change" IS DISTINCT FROM (new_values."change") OR old_values."confidence" IS DISTINCT FROM (new_values."confidence") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."earlier_id" IS DISTINCT FROM (new_values."earlier_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."later_id" IS DISTINCT FROM (new_values."later_id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."note_en" IS DISTINCT FROM (new_values."note_en") OR old_values."phase" IS DISTINCT FROM (new_values."phase") OR old_values."review_state" IS DISTINCT FROM (new_values."review_state") OR old_values."seeded" IS DISTINCT FROM (new_values."seeded")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="24b8a46e50014eb35e5b1ddcebd03e8d676e9c89",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6d399",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_restatement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('sources', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE), ('reports', CASE WHEN n.is_public AND TRUE THEN (SELECT jurisdiction_id || '-' || year FROM projects_report WHERE id = n.report_id) END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="7e3206651ed34b62f4737bfdb84c412f4b9c65e0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_409f3",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'sources\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, ((o."kind", o."jurisdiction_id", o."title", o."title_en", o."publisher", o."publisher_en", o."url", o."original_url", o."address_doubt", o."address_doubt_en", o."file", o."file_sha256", o."document_number", o."published_on", o."retrieved_on") IS DISTINCT FROM (n."kind", n."jurisdiction_id", n."title", n."title_en", n."publisher", n."publisher_en", n."url", n."original_url", n."address_doubt", n."address_doubt_en", n."file", n."file_sha256", n."document_number", n."published_on", n."retrieved_on"))), (\'reports\', CASE WHEN n.is_public AND TRUE THEN (SELECT jurisdiction_id || \'-\' || year FROM projects_report WHERE id = n.report_id) END, TRUE, FALSE), (\'reports\', CASE WHEN o.is_public AND TRUE THEN (SELECT jurisdiction_id || \'-\' || year FROM projects_report WHERE id = o.report_id) END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."kind", o."jurisdiction_id", o."title", o."title_en", o."publisher", o."publisher_en", o."url", o."original_url", o."address_doubt", o."address_doubt_en", o."file", o."file_sha256", o."document_number", o."published_on", o."retrieved_on", o."report_id", o."indicators_total", o."indicators_met", o."tasks_total", o."tasks_done", o."tasks_partly", o."is_public", o."note", o."note_en") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."kind", n."jurisdiction_id", n."title", n."title_en", n."publisher", n."publisher_en", n."url", n."original_url", n."address_doubt", n."address_doubt_en", n."file", n."file_sha256", n."document_number", n."published_on", n."retrieved_on", n."report_id", n."indicators_total", n."indicators_met", n."tasks_total", n."tasks_done", n."tasks_partly", n."is_public", n."note", n."note_en"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="67c0d757fa4ca23602a0492d0780d233e1fdc956",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_b40be",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statuschange",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('status-changes', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="308585629554918664ef589a7449dd478b3353b5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_f4831",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_statuschange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statuschange",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'status-changes\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."commitment_id", o."from_status", o."to_status", o."effective_on", o."reason_code", o."note", o."note_en", o."evidence_id", o."actor_id", o."recorded_at") IS DISTINCT FROM (n."id", n."commitment_id", n."from_status", n."to_status", n."effective_on", n."reason_code", n."note", n."note_en", n."evidence_id", n."actor_id", n."recorded_at"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="16cca6a2cf0badde819c473289df57d5326eb0ff",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_3ff4d",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_statuschange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('jurisdictions', CASE WHEN TRUE AND TRUE THEN n.predecessor_id END, TRUE, FALSE), ('jurisdictions', CASE WHEN TRUE AND TRUE THEN n.successor_id END, TRUE, FALSE), ('sources', CASE WHEN TRUE AND TRUE THEN n.source_id::text END, FALSE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="f2414aca23c1ab82e27e70e247cb9fcf9486edc5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_5b394",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'jurisdictions\', CASE WHEN TRUE AND TRUE THEN n.predecessor_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE AND TRUE THEN o.predecessor_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE AND TRUE THEN n.successor_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE AND TRUE THEN o.successor_id END, TRUE, FALSE), (\'sources\', CASE WHEN TRUE AND TRUE THEN n.source_id::text END, FALSE, FALSE), (\'sources\', CASE WHEN TRUE AND TRUE THEN o.source_id::text END, FALSE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."predecessor_id", o."successor_id", o."successor_name", o."successor_name_en", o."on", o."scope", o."scope_en", o."source_id") IS DISTINCT FROM (n."id", n."created_at", n."predecessor_id", n."successor_id", n."successor_name", n."successor_name_en", n."on", n."scope", n."scope_en", n."source_id"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="7dc9577a8bcd98dc906da99cb7297c3a6179a489",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_5c28e",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="restatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "change__in",
                        [
                            "",
                            "same",
                            "next_share",
                            "raised",
                            "lowered",
                            "softened",
                            "strengthened",
                            "redated",
                            "broadened",
                            "narrowed",
                            "next_stage",
                        ],
                    )
                ),
                name="restatement_change_is_known",
            ),
        ),
        migrations.AddField(
            model_name="linkproposal",
            name="achievement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="link_proposals",
                to="projects.achievement",
                verbose_name="报告中的成绩",
            ),
        ),
        migrations.AddField(
            model_name="linkproposal",
            name="earlier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="link_proposals",
                to="projects.commitment",
                verbose_name="较早的承诺",
            ),
        ),
        migrations.AddField(
            model_name="linkproposal",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.evidence",
                verbose_name="证据",
            ),
        ),
        migrations.AddField(
            model_name="linkproposal",
            name="later",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="earlier_proposals",
                to="projects.commitment",
                verbose_name="较晚的承诺",
            ),
        ),
        migrations.AddField(
            model_name="linkproposal",
            name="restatement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.restatement",
                verbose_name="再次承诺",
            ),
        ),
        migrations.AddField(
            model_name="linkproposal",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
            name="achievement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.achievement",
                verbose_name="报告中的成绩",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
            name="earlier",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.commitment",
                verbose_name="较早的承诺",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.evidence",
                verbose_name="证据",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
            name="later",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.commitment",
                verbose_name="较晚的承诺",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
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
            model_name="linkproposalevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="projects.linkproposal",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
            name="restatement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.restatement",
                verbose_name="再次承诺",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="reportpair",
            name="earlier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later_pairs",
                to="projects.report",
                verbose_name="较早的报告",
            ),
        ),
        migrations.AddField(
            model_name="reportpair",
            name="gone_through_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="看完的人",
            ),
        ),
        migrations.AddField(
            model_name="reportpair",
            name="later",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="earlier_pairs",
                to="projects.report",
                verbose_name="较晚的报告",
            ),
        ),
        migrations.AddField(
            model_name="linkproposalevent",
            name="pair",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.reportpair",
                verbose_name="前后两份报告",
            ),
        ),
        migrations.AddField(
            model_name="linkproposal",
            name="pair",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="projects.reportpair",
                verbose_name="前后两份报告",
            ),
        ),
        migrations.AddField(
            model_name="reportpairevent",
            name="earlier",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.report",
                verbose_name="较早的报告",
            ),
        ),
        migrations.AddField(
            model_name="reportpairevent",
            name="gone_through_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="看完的人",
            ),
        ),
        migrations.AddField(
            model_name="reportpairevent",
            name="later",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="projects.report",
                verbose_name="较晚的报告",
            ),
        ),
        migrations.AddField(
            model_name="reportpairevent",
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
            model_name="reportpairevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="projects.reportpair",
            ),
        ),
        migrations.AddIndex(
            model_name="reportpair",
            index=models.Index(fields=["later"], name="report_pairs_of_a_later"),
        ),
        migrations.AddIndex(
            model_name="reportpair",
            index=models.Index(
                condition=models.Q(("linked_at__isnull", True)), fields=["updated_at"], name="report_pairs_to_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportpair",
            constraint=models.UniqueConstraint(fields=("earlier", "later"), name="report_pair_is_kept_once"),
        ),
        migrations.AddConstraint(
            model_name="reportpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("earlier", models.F("later")), _negated=True), name="report_pair_is_of_two_reports"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpair",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="f15ae9a3d648e0827e254352a1655a0f9f60cf1a",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_6d501",
                    table="projects_reportpair",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpair",
            trigger=pgtrigger.compiler.Trigger(
                name="answers_of_new_pair",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."gone_through_at" IS NOT NULL)',
                    func="\n        INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n        SELECT pg_current_xact_id()::text::bigint, 'commitments', TRUE, FALSE, array_agg(id::text)\n          FROM (SELECT id FROM projects_commitment WHERE report_id = NEW.earlier_id) AS promises (id) HAVING count(*) > 0;\n        IF FOUND THEN\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="ccbe29dd79d3ee615534240e3d882e719a6c68ce",
                    operation="INSERT",
                    pgid="pgtrigger_answers_of_new_pair_7cf9c",
                    table="projects_reportpair",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpair",
            trigger=pgtrigger.compiler.Trigger(
                name="answers_of_changed_pair",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."gone_through_at" IS DISTINCT FROM (NEW."gone_through_at"))',
                    func="\n        INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n        SELECT pg_current_xact_id()::text::bigint, 'commitments', TRUE, FALSE, array_agg(id::text)\n          FROM (SELECT id FROM projects_commitment WHERE report_id = NEW.earlier_id) AS promises (id) HAVING count(*) > 0;\n        IF FOUND THEN\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="d2ec6507a910af841de0935267d5851af621224b",
                    operation="UPDATE",
                    pgid="pgtrigger_answers_of_changed_pair_22fca",
                    table="projects_reportpair",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpair",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_reportpairevent" ("created_at", "earlier_id", "gone_through_at", "gone_through_by_id", "id", "later_id", "linked_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") SELECT new_values."created_at", new_values."earlier_id", new_values."gone_through_at", new_values."gone_through_by_id", new_values."id", new_values."later_id", new_values."linked_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f9f092607f31e46a3bf822e399085c1a13e1ef9d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dca7b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_reportpair",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpair",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_reportpairevent" ("created_at", "earlier_id", "gone_through_at", "gone_through_by_id", "id", "later_id", "linked_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at") SELECT new_values."created_at", new_values."earlier_id", new_values."gone_through_at", new_values."gone_through_by_id", new_values."id", new_values."later_id", new_values."linked_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."earlier_id" IS DISTINCT FROM (new_values."earlier_id") OR old_values."gone_through_at" IS DISTINCT FROM (new_values."gone_through_at") OR old_values."gone_through_by_id" IS DISTINCT FROM (new_values."gone_through_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."later_id" IS DISTINCT FROM (new_values."later_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="94869369c25b807c7a774e482bb74921e5c29aef",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d8fbd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_reportpair",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpair",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="4e086695f37e6de8afdd294f6240b69c3961e33b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_36abd",
                    table="projects_reportpair",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fdd7f200626819017462e72b981b64e90a8125c0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_66d55",
                    table="projects_linkproposalevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="5ab90aa9ccda4668c102742290086e7102e27f65",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_8ade1",
                    table="projects_linkproposalevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="linkproposal",
            index=models.Index(
                condition=models.Q(("review_state", "proposed")),
                fields=["pair", "-score", "id"],
                name="links_to_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.UniqueConstraint(
                fields=("pair", "earlier", "start", "end"), name="link_is_proposed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__lt", models.F("end"))), name="link_span_is_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__range", (0, 1))), name="link_score_is_a_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["answer", "restatement"])), name="link_relation_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_state__in", ["proposed", "accepted", "rejected"])),
                name="link_review_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verdict__in",
                        [
                            "",
                            "not_started",
                            "in_progress",
                            "partial",
                            "completed",
                            "not_met",
                            "suspended",
                            "cancelled",
                            "unverifiable",
                        ],
                    )
                ),
                name="link_verdict_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "change__in",
                        [
                            "",
                            "same",
                            "next_share",
                            "raised",
                            "lowered",
                            "softened",
                            "strengthened",
                            "redated",
                            "broadened",
                            "narrowed",
                            "next_stage",
                        ],
                    )
                ),
                name="link_change_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["", "figure", "name", "words"])), name="link_basis_is_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_linkproposalevent" ("achievement_id", "basis", "change", "created_at", "earlier_id", "end", "evidence_id", "id", "is_sure", "later_id", "mention", "note", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "reasons", "relation", "restatement_id", "review_state", "reviewed_at", "reviewed_by_id", "score", "start", "updated_at", "verdict") SELECT new_values."achievement_id", new_values."basis", new_values."change", new_values."created_at", new_values."earlier_id", new_values."end", new_values."evidence_id", new_values."id", new_values."is_sure", new_values."later_id", new_values."mention", new_values."note", new_values."pair_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."quote", new_values."reasons", new_values."relation", new_values."restatement_id", new_values."review_state", new_values."reviewed_at", new_values."reviewed_by_id", new_values."score", new_values."start", new_values."updated_at", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6720a4c8a36dec50e3036f0af2795a526fe1a73a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8382e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_linkproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_linkproposalevent" ("achievement_id", "basis", "change", "created_at", "earlier_id", "end", "evidence_id", "id", "is_sure", "later_id", "mention", "note", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "reasons", "relation", "restatement_id", "review_state", "reviewed_at", "reviewed_by_id", "score", "start", "updated_at", "verdict") SELECT new_values."achievement_id", new_values."basis", new_values."change", new_values."created_at", new_values."earlier_id", new_values."end", new_values."evidence_id", new_values."id", new_values."is_sure", new_values."later_id", new_values."mention", new_values."note", new_values."pair_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."quote", new_values."reasons", new_values."relation", new_values."restatement_id", new_values."review_state", new_values."reviewed_at", new_values."reviewed_by_id", new_values."score", new_values."start", new_values."updated_at", new_values."verdict" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."achievement_id" IS DISTINCT FROM (new_values."achievement_id") OR old_values."basis" IS DISTINCT FROM (new_values."basis") OR old_values."change" IS DISTINCT FROM (new_values."change") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."earlier_id" IS DISTINCT FROM (new_values."earlier_id") OR old_values."end" IS DISTINCT FROM (new_values."end") OR old_values."evidence_id" IS DISTINCT FROM (new_values."evidence_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_sure" IS DISTINCT FROM (new_values."is_sure") OR old_values."later_id" IS DISTINCT FROM (new_values."later_id") OR old_values."mention" IS DISTINCT FROM (new_values."mention") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."pair_id" IS DISTINCT FROM (new_values."pair_id") OR old_values."quote" IS DISTINCT FROM (new_values."quote") OR old_values."relation" IS DISTINCT FROM (new_values."relation") OR old_values."restatement_id" IS DISTINCT FROM (new_values."restatement_id") OR old_values."review_state" IS DISTINCT FROM (new_values."review_state") OR old_values."reviewed_at" IS DISTINCT FROM (new_values."reviewed_at") OR old_values."reviewed_by_id" IS DISTINCT FROM (new_values."reviewed_by_id") OR old_values."start" IS DISTINCT FROM (new_values."start") OR old_values."verdict" IS DISTINCT FROM (new_values."verdict")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="03bb9b028e8a0c5898345cc10c7999554ad92b48",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b9eaf",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_linkproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_linkproposalevent" ("achievement_id", "basis", "change", "created_at", "earlier_id", "end", "evidence_id", "id", "is_sure", "later_id", "mention", "note", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "reasons", "relation", "restatement_id", "review_state", "reviewed_at", "reviewed_by_id", "score", "start", "updated_at", "verdict") SELECT old_values."achievement_id", old_values."basis", old_values."change", old_values."created_at", old_values."earlier_id", old_values."end", old_values."evidence_id", old_values."id", old_values."is_sure", old_values."later_id", old_values."mention", old_values."note", old_values."pair_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."quote", old_values."reasons", old_values."relation", old_values."restatement_id", old_values."review_state", old_values."reviewed_at", old_values."reviewed_by_id", old_values."score", old_values."start", old_values."updated_at", old_values."verdict" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e1fa765093f33e45e0383d8904835b8ee0e94e80",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4e9ac",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="projects_linkproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="935f3e55195b35de718812714be8ac0431d9c735",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_7aafc",
                    table="projects_linkproposal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpairevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8ecf9ff786395e6fa6120423ababc7c319ed74e5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_91179",
                    table="projects_reportpairevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpairevent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="c07cc69033cf56ab439fc6f944e9dbac8a530c82",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_14365",
                    table="projects_reportpairevent",
                    when="BEFORE",
                ),
            ),
        ),
        # The new column counts as loaded, so that the next load may fill it.
        migrations.RunSQL(
            'UPDATE projects_restatement SET seeded = seeded || \'{"change": ""}\' WHERE seeded IS NOT NULL',
            migrations.RunSQL.noop,
        ),
    ]
