"""What waits for a decision, or was decided, tells on the answers of promises."""

from django.db import migrations

from projects.migrations._tables import triggers


class Migration(migrations.Migration):
    dependencies = [("projects", "0026_official_documents")]

    operations = triggers("0030_undecided_links")
