"""The rules that rows keep by themselves: history, what follows from other rows, and what is never done."""

from django.db import migrations

from projects.migrations._tables import replaced, sql, triggers


class Migration(migrations.Migration):
    initial = True
    replaces = replaced("0016_nothing_is_emptied", "0018_evidence_by_source")
    dependencies = [("projects", "0004_search_and_totals")]
    operations = [
        sql("statement_copies_its_report", table="achievement"),
        sql("statement_copies_its_report", table="commitment"),
        sql("status_rests_on_accepted_evidence"),
        *triggers("0005_triggers"),
    ]
