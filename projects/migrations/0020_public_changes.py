"""The ledger of public changes, by which the version of the data moves on with these alone.

It begins with all that is public, at the present version: whoever has a copy of that version is told what comes later,
whoever has none is told everything.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from projects.migrations._tables import ID, table, triggers

_VERSION = """
INSERT INTO projects_datasetversion (id, number, changed_at) VALUES (1, 1, now()) ON CONFLICT (id) DO NOTHING;
"""
# What is public of each resource: its key, and where it stands.
_PUBLIC = {
    "jurisdictions": "code FROM projects_jurisdiction",
    "departments": "id FROM projects_department",
    "projects": "slug FROM projects_project WHERE review_state = 'published'",
    "reports": "jurisdiction_id || '-' || year FROM projects_report WHERE state = 'published'",
    "achievements": "id FROM projects_achievement WHERE is_public",
    "commitments": "id FROM projects_commitment WHERE is_public",
    "sources": """s.id FROM projects_source AS s
     WHERE EXISTS (SELECT FROM projects_evidence AS e JOIN projects_commitment AS c ON c.id = e.commitment_id
                    WHERE e.source_id = s.id AND e.review_state = 'accepted' AND c.is_public)
        OR EXISTS (SELECT FROM projects_succession AS x WHERE x.source_id = s.id)
        OR s.is_public AND EXISTS (SELECT FROM projects_report AS r WHERE r.id = s.report_id AND r.state = 'published')""",
    "evidence": """e.id FROM projects_evidence AS e JOIN projects_commitment AS c ON c.id = e.commitment_id
      LEFT JOIN projects_achievement AS a ON a.id = e.achievement_id
     WHERE e.review_state = 'accepted' AND c.is_public AND (e.achievement_id IS NULL OR a.is_public)""",
    "status-changes": """s.id FROM projects_statuschange AS s JOIN projects_commitment AS c ON c.id = s.commitment_id
     WHERE c.is_public""",
    "restatements": """r.id FROM projects_restatement AS r
      JOIN projects_commitment AS a ON a.id = r.earlier_id JOIN projects_commitment AS b ON b.id = r.later_id
     WHERE r.review_state = 'accepted' AND a.is_public AND b.is_public""",
}
_FILL = """
INSERT INTO projects_publicchange (resource, key, version, removed)
SELECT '{resource}', p.key, v.number, FALSE FROM (SELECT {rows}) AS p (key), projects_datasetversion AS v;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_triggers")]

    operations = [
        table(
            "NotedChange",
            [
                *ID,
                ("transaction", models.BigIntegerField("事务", db_index=True)),
                ("resource", models.TextField("资源")),
                ("shown", models.BooleanField("所示有变")),
                ("spreads", models.BooleanField("涉及从属")),
                ("keys", ArrayField(models.TextField(), verbose_name="键")),
            ],
            "待记的变更",
        ),
        table(
            "PublicChange",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "resource", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("resource", models.CharField("资源", db_collation="C", max_length=20)),
                ("key", models.CharField("键", db_collation="C", max_length=120)),
                ("version", models.BigIntegerField("版本")),
                ("removed", models.BooleanField("已移除")),
            ],
            "公开变更",
        ),
        *triggers("0020_public_changes"),
        migrations.AddIndex(
            model_name="publicchange",
            index=models.Index(fields=["version", "resource", "key"], name="changes_in_order"),
        ),
        migrations.RunSQL(_VERSION, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(_FILL.format(resource=resource, rows=rows), migrations.RunSQL.noop)
            for resource, rows in _PUBLIC.items()
        ),
    ]
