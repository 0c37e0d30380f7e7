"""A large load notes its new statements down in a few rows, instead of one row without words for each."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Backwards, the statements that wait get their rows without words again.
_LIST = """
INSERT INTO projects_{table} (statement_id)
SELECT unnest(statements) FROM projects_newstatements WHERE words = 'projects_{table}' ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_history_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="NewStatements",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=63, verbose_name="词表")),
                (
                    "statements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="条目"
                    ),
                ),
            ],
            options={
                "verbose_name": "未读词的新条目",
                "verbose_name_plural": "未读词的新条目",
            },
        ),
        migrations.RunSQL(
            migrations.RunSQL.noop, _LIST.format(table="commitmentwords") + _LIST.format(table="achievementwords")
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="achievement",
            name="words_of_new_rows",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="words_of_new_rows",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="words_of_new_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (SELECT count(*) FROM new_rows) <= 1000 THEN \n    INSERT INTO projects_achievementwords (statement_id, words)\n    SELECT n.id, duixian_words((n.title || chr(10) || n.quote || chr(10) || array_to_string(n.names, chr(10)) || chr(10) || n.title_en)) FROM new_rows AS n\n    ON CONFLICT (statement_id) DO UPDATE SET words = excluded.words;\n\n    ELSE\n        INSERT INTO projects_newstatements (words, statements)\n        SELECT 'projects_achievementwords', array_agg(id) FROM new_rows GROUP BY id / 5000;\n    END IF;\n    RETURN NULL;\n",
                    hash="c89ff59afde3a1b3189e052537e74c11f1e8b9f4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_words_of_new_rows_56c76",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_achievement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="words_of_new_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (SELECT count(*) FROM new_rows) <= 1000 THEN \n    INSERT INTO projects_commitmentwords (statement_id, words)\n    SELECT n.id, duixian_words((n.title || chr(10) || n.quote || chr(10) || array_to_string(n.names, chr(10)) || chr(10) || n.title_en)) FROM new_rows AS n\n    ON CONFLICT (statement_id) DO UPDATE SET words = excluded.words;\n\n    ELSE\n        INSERT INTO projects_newstatements (words, statements)\n        SELECT 'projects_commitmentwords', array_agg(id) FROM new_rows GROUP BY id / 5000;\n    END IF;\n    RETURN NULL;\n",
                    hash="761f11e471fc1c53d8a534612607e9fb5f43d83f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_words_of_new_rows_c94aa",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
    ]
