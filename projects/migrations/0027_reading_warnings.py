"""What the reader could not read or doubts is kept with the run."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0024_orderings")]

    operations = [
        migrations.AddField(
            model_name="extractionrun",
            name="warnings",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="读取提示"),
        )
    ]
