"""What a second reader answered is kept, so that nothing is asked twice."""

from django.db import migrations, models
from django.db.models.functions import Now

from projects.migrations._tables import ID, table, triggers


class Migration(migrations.Migration):
    dependencies = [("projects", "0028_links")]

    operations = [
        table(
            "SecondAnswer",
            [
                *ID,
                ("sha256", models.CharField("问题 SHA-256", max_length=64)),
                ("model", models.CharField("模型", max_length=120)),
                ("answer", models.TextField("回答")),
                ("tokens", models.PositiveIntegerField("用量")),
                ("created_at", models.DateTimeField("回答时间", auto_now_add=True, db_default=Now())),
            ],
            "第二读者的回答",
            indexes=[models.Index(fields=["created_at"], name="answers_of_a_day")],
            constraints=[models.UniqueConstraint(fields=("sha256", "model"), name="question_is_asked_once")],
        ),
        *triggers("0029_second_answers"),
    ]
