"""A due date lies between 1949 and 2199: programs cannot count the days beyond the year 9999."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0013_lists_of_a_nation"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__range", (date(1949, 10, 1), date(2199, 12, 31)))),
                name="commitment_due_on_is_plausible",
            ),
        ),
    ]
