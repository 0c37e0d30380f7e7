"""A quantity is what people count: a fall of 2 % has the quantity 2."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0010_statements_noted_together"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)),
                name=f"{model}_quantity_is_not_negative",
                violation_error_message="数量不能是负数。下降、减少的幅度写正数，方向由标题说明。",
            ),
        )
        for model in ("achievement", "commitment")
    ]
