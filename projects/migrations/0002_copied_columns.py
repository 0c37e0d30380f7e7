"""Foreign keys over several columns, which keep copies and status evidence true without a trigger.

A statement copies its report's place, year and state; the key keeps the copies equal and carries a report's
publication or withdrawal to its statements. A commitment's status rests on evidence of that very commitment,
and only while the evidence is accepted.
"""

from django.db import migrations

_COPIES = """
ALTER TABLE projects_{table}
    ADD CONSTRAINT {table}_copies_its_report
    FOREIGN KEY (report_id, jurisdiction_id, year, report_state)
    REFERENCES projects_report (id, jurisdiction_id, year, state)
    ON UPDATE CASCADE;
"""
_DROP = "ALTER TABLE projects_{table} DROP CONSTRAINT {name};"

_STATUS = """
ALTER TABLE projects_commitment
    ADD CONSTRAINT commitment_status_rests_on_accepted_evidence
    FOREIGN KEY (status_evidence_id, id, status_evidence_state)
    REFERENCES projects_evidence (id, commitment_id, review_state)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    """Add the keys."""

    dependencies = [("projects", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                _COPIES.format(table=table),
                _DROP.format(table=table, name=f"{table}_copies_its_report"),
            )
            for table in ("commitment", "achievement")
        ),
        migrations.RunSQL(
            _STATUS,
            _DROP.format(table="commitment", name="commitment_status_rests_on_accepted_evidence"),
        ),
    ]
