"""Commitments of a unit are listed by their quantity without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0020_public_changes")]

    operations = [
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["unit", "quantity", "id"],
                name="list_by_unit_and_quantity",
                condition=models.Q(is_public=True, unit__isnull=False),
            ),
        )
    ]
