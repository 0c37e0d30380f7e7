"""What a second reader answered is kept, so that nothing is asked twice."""

import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0028_links")]

    operations = [
        migrations.CreateModel(
            name="SecondAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, verbose_name="问题 SHA-256")),
                ("model", models.CharField(max_length=120, verbose_name="模型")),
                ("answer", models.TextField(verbose_name="回答")),
                ("tokens", models.PositiveIntegerField(verbose_name="用量")),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now(), verbose_name="回答时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "第二读者的回答",
                "verbose_name_plural": "第二读者的回答",
                "indexes": [models.Index(fields=["created_at"], name="answers_of_a_day")],
                "constraints": [models.UniqueConstraint(fields=("sha256", "model"), name="question_is_asked_once")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="secondanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="c0faac22e89b286dd5eeba34486888e2798a36db",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_57bbc",
                    table="projects_secondanswer",
                    when="BEFORE",
                ),
            ),
        ),
    ]
