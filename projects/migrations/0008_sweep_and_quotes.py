"""A sweep without news reads nothing; quotes are checked in time that grows with the report's length, not its square."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_api_tokens"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="achievement",
            name="quotes_of_new_rows",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="quotes_of_new_rows",
        ),
        migrations.RemoveIndex(
            model_name="commitment",
            name="sweep_flagged",
        ),
        migrations.AlterField(
            model_name="achievement",
            name="jurisdiction",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="projects.jurisdiction",
                verbose_name="行政区",
            ),
        ),
        migrations.AlterField(
            model_name="achievement",
            name="report",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="projects.report",
                verbose_name="报告",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="jurisdiction",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="projects.jurisdiction",
                verbose_name="行政区",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="report",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="projects.report",
                verbose_name="报告",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="status_evidence",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.evidence",
                verbose_name="状态依据",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(
                    ("is_public", True),
                    ("overdue_since__isnull", True),
                    ("status__in", ["in_progress", "not_assessed", "not_started", "partial", "suspended"]),
                ),
                fields=["due_basis", "due_on"],
                name="sweep_to_flag",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("overdue_since__isnull", False)),
                fields=["due_basis", "due_on"],
                name="sweep_flagged",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="quotes_of_new_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE spot record; cut bigint; pieces text[]; piece integer; words text;",
                    func="\n        FOR spot IN\n            SELECT report_id AS report, start AS first, \"end\" AS beyond, quote FROM new_rows ORDER BY report_id\n        LOOP\n            IF cut IS DISTINCT FROM spot.report THEN\n                SELECT r.id, ARRAY(SELECT match[1] FROM regexp_matches(r.text, '.{1,250}', 'g') AS match)\n                  INTO cut, pieces FROM projects_report AS r WHERE r.id = spot.report;\n            END IF;\n            piece := spot.first / 250 + 1;\n            words := pieces[piece];\n            WHILE piece * 250 < spot.beyond LOOP\n                piece := piece + 1;\n                words := words || pieces[piece];\n            END LOOP;\n            IF substr(words, spot.first % 250 + 1, spot.beyond - spot.first) IS DISTINCT FROM spot.quote\n                OR char_length(spot.quote) <> spot.beyond - spot.first THEN\n                RAISE EXCEPTION 'the quote at %-% is not what report % says there', spot.first, spot.beyond, spot.report\n                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_quote_is_in_report';\n            END IF;\n        END LOOP;\n        RETURN NULL;\n    ",
                    hash="7b6cbb8a27631bee23d3e736bca33a0bc7393978",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_quotes_of_new_rows_d084f",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_achievement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="quotes_of_new_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE spot record; cut bigint; pieces text[]; piece integer; words text;",
                    func="\n        FOR spot IN\n            SELECT report_id AS report, start AS first, \"end\" AS beyond, quote FROM new_rows ORDER BY report_id\n        LOOP\n            IF cut IS DISTINCT FROM spot.report THEN\n                SELECT r.id, ARRAY(SELECT match[1] FROM regexp_matches(r.text, '.{1,250}', 'g') AS match)\n                  INTO cut, pieces FROM projects_report AS r WHERE r.id = spot.report;\n            END IF;\n            piece := spot.first / 250 + 1;\n            words := pieces[piece];\n            WHILE piece * 250 < spot.beyond LOOP\n                piece := piece + 1;\n                words := words || pieces[piece];\n            END LOOP;\n            IF substr(words, spot.first % 250 + 1, spot.beyond - spot.first) IS DISTINCT FROM spot.quote\n                OR char_length(spot.quote) <> spot.beyond - spot.first THEN\n                RAISE EXCEPTION 'the quote at %-% is not what report % says there', spot.first, spot.beyond, spot.report\n                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_quote_is_in_report';\n            END IF;\n        END LOOP;\n        RETURN NULL;\n    ",
                    hash="fcb2af0474b793c51b712eb4cebb4106579e3a9c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_quotes_of_new_rows_77e20",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
    ]
