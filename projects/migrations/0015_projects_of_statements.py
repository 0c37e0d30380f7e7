"""Most statements belong to no project: the index of a project's statements leaves them out."""

from django.db import migrations, models

_INDEXES = (("achievement", "achievements_of_project"), ("commitment", "commitments_of_project"))


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0014_due_dates_are_plausible"),
    ]

    operations = [
        *(migrations.RemoveIndex(model_name=model, name=name) for model, name in _INDEXES),
        *(
            migrations.AddIndex(
                model_name=model,
                index=models.Index(
                    fields=["project", "year", "start"], name=name, condition=models.Q(project__isnull=False)
                ),
            )
            for model, name in _INDEXES
        ),
    ]
