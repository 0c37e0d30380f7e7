"""Indexes for questions that read over millions of rows at the size of a nation: what of a year is overdue, a unit that
few figures have, a reason for delay, and reports by year."""

from django.db import migrations, models

_OPEN = ["in_progress", "not_assessed", "not_started", "partial", "suspended"]


class Migration(migrations.Migration):
    dependencies = [("projects", "0012_responsibilities_taken_back")]

    operations = [
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["year", "due_on", "id"],
                name="list_open_by_year_due_date",
                condition=models.Q(is_public=True, status__in=_OPEN),
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["unit", "id"], name="list_by_unit", condition=models.Q(is_public=True, unit__isnull=False)
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["delay_reason", "id"],
                name="list_by_delay_reason",
                condition=models.Q(is_public=True) & ~models.Q(delay_reason=""),
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["year", "id"], name="report_list_by_year", condition=models.Q(state="published")
            ),
        ),
    ]
