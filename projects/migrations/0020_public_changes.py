"""The ledger of public changes, by which the version of the data moves on with these alone.

It begins with all that is public, at the present version: whoever has a copy of that version is told what comes later,
whoever has none is told everything.
"""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

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
    dependencies = [
        ("projects", "0019_sources_in_force"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotedChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transaction", models.BigIntegerField(db_index=True, verbose_name="事务")),
                ("resource", models.TextField(verbose_name="资源")),
                ("shown", models.BooleanField(verbose_name="所示有变")),
                ("spreads", models.BooleanField(verbose_name="涉及从属")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="键"
                    ),
                ),
            ],
            options={
                "verbose_name": "待记的变更",
                "verbose_name_plural": "待记的变更",
            },
        ),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "resource", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("resource", models.CharField(db_collation="C", max_length=20, verbose_name="资源")),
                ("key", models.CharField(db_collation="C", max_length=120, verbose_name="键")),
                ("version", models.BigIntegerField(verbose_name="版本")),
                ("removed", models.BooleanField(verbose_name="已移除")),
            ],
            options={
                "verbose_name": "公开变更",
                "verbose_name_plural": "公开变更",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="achievement",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="achievement",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="datasetchange",
            name="advance_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="department",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="report",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="report",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="responsibility",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="statuschange",
            name="moves_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="succession",
            name="touched",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="succession",
            name="moves_version",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('achievements', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="2b5b2adde2e3542d097352598eb50278c527854f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_c5c5e",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_achievement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'achievements\', CASE WHEN TRUE THEN n.id::text END, TRUE, ((o."is_public", o."jurisdiction_id", o."year", o."title", o."title_en", o."quote", o."period_end") IS DISTINCT FROM (n."is_public", n."jurisdiction_id", n."year", n."title", n."title_en", n."quote", n."period_end")))) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."report_id", o."jurisdiction_id", o."year", o."report_state", o."start", o."end", o."quote", o."section", o."title", o."title_en", o."category", o."milestone", o."quantity", o."unit", o."comparator", o."names", o."project_id", o."review_state", o."period_end", o."is_public") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."report_id", n."jurisdiction_id", n."year", n."report_state", n."start", n."end", n."quote", n."section", n."title", n."title_en", n."category", n."milestone", n."quantity", n."unit", n."comparator", n."names", n."project_id", n."review_state", n."period_end", n."is_public"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="9f33ef10173c57b9e75e3751f85482c576de5c70",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_7a6c3",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_achievement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."comparator" IS DISTINCT FROM (NEW."comparator") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."end" IS DISTINCT FROM (NEW."end") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."jurisdiction_id" IS DISTINCT FROM (NEW."jurisdiction_id") OR OLD."milestone" IS DISTINCT FROM (NEW."milestone") OR OLD."names" IS DISTINCT FROM (NEW."names") OR OLD."period_end" IS DISTINCT FROM (NEW."period_end") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."report_state" IS DISTINCT FROM (NEW."report_state") OR OLD."review_state" IS DISTINCT FROM (NEW."review_state") OR OLD."section" IS DISTINCT FROM (NEW."section") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="dd45a3d97ca083e58d3f7e63f73a4c9d421d1792",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_691ac",
                    table="projects_achievement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="achievement",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."category" IS NOT DISTINCT FROM (NEW."category") AND OLD."comparator" IS NOT DISTINCT FROM (NEW."comparator") AND OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."end" IS NOT DISTINCT FROM (NEW."end") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."jurisdiction_id" IS NOT DISTINCT FROM (NEW."jurisdiction_id") AND OLD."milestone" IS NOT DISTINCT FROM (NEW."milestone") AND OLD."names" IS NOT DISTINCT FROM (NEW."names") AND OLD."period_end" IS NOT DISTINCT FROM (NEW."period_end") AND OLD."project_id" IS NOT DISTINCT FROM (NEW."project_id") AND OLD."quantity" IS NOT DISTINCT FROM (NEW."quantity") AND OLD."quote" IS NOT DISTINCT FROM (NEW."quote") AND OLD."report_id" IS NOT DISTINCT FROM (NEW."report_id") AND OLD."report_state" IS NOT DISTINCT FROM (NEW."report_state") AND OLD."review_state" IS NOT DISTINCT FROM (NEW."review_state") AND OLD."section" IS NOT DISTINCT FROM (NEW."section") AND OLD."start" IS NOT DISTINCT FROM (NEW."start") AND OLD."title" IS NOT DISTINCT FROM (NEW."title") AND OLD."title_en" IS NOT DISTINCT FROM (NEW."title_en") AND OLD."unit" IS NOT DISTINCT FROM (NEW."unit") AND OLD."year" IS NOT DISTINCT FROM (NEW."year"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="84bdf3290c1bf4fcb62d214c0b787688f3db28f2",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_d7d84",
                    table="projects_achievement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="apitoken",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."created_by_id" IS NOT DISTINCT FROM (NEW."created_by_id") AND OLD."digest" IS NOT DISTINCT FROM (NEW."digest") AND OLD."expires_at" IS NOT DISTINCT FROM (NEW."expires_at") AND OLD."holder" IS NOT DISTINCT FROM (NEW."holder") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."jurisdiction_id" IS NOT DISTINCT FROM (NEW."jurisdiction_id") AND OLD."name" IS NOT DISTINCT FROM (NEW."name") AND OLD."prefix" IS NOT DISTINCT FROM (NEW."prefix") AND OLD."revoked_at" IS NOT DISTINCT FROM (NEW."revoked_at") AND OLD."scopes" IS NOT DISTINCT FROM (NEW."scopes"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="886687d6042d128e675c21924a30e42af326da75",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_2253d",
                    table="projects_apitoken",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('commitments', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="8753a10aa530783a6e960092e288daba6c868284",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_5ed69",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'commitments\', CASE WHEN TRUE THEN n.id::text END, TRUE, ((o."is_public", o."jurisdiction_id", o."year", o."title", o."title_en", o."due_on", o."due_basis", o."status", o."outcome") IS DISTINCT FROM (n."is_public", n."jurisdiction_id", n."year", n."title", n."title_en", n."due_on", n."due_basis", n."status", n."outcome")))) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."report_id", o."jurisdiction_id", o."year", o."report_state", o."start", o."end", o."quote", o."section", o."title", o."title_en", o."category", o."milestone", o."quantity", o."unit", o."comparator", o."names", o."project_id", o."review_state", o."due_on", o."due_basis", o."status", o."status_evidence_id", o."status_evidence_state", o."status_since", o."status_as_of", o."happened_on", o."happened_precision", o."outcome", o."delay_reason", o."delay_note", o."overdue_since", o."overdue_basis", o."last_verified_on", o."reported_value", o."reported_on", o."reported_bound", o."is_public") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."report_id", n."jurisdiction_id", n."year", n."report_state", n."start", n."end", n."quote", n."section", n."title", n."title_en", n."category", n."milestone", n."quantity", n."unit", n."comparator", n."names", n."project_id", n."review_state", n."due_on", n."due_basis", n."status", n."status_evidence_id", n."status_evidence_state", n."status_since", n."status_as_of", n."happened_on", n."happened_precision", n."outcome", n."delay_reason", n."delay_note", n."overdue_since", n."overdue_basis", n."last_verified_on", n."reported_value", n."reported_on", n."reported_bound", n."is_public"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="fe945a43df81b64ec63d74630f5ffa97a5b54565",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_d62e3",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."comparator" IS DISTINCT FROM (NEW."comparator") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delay_note" IS DISTINCT FROM (NEW."delay_note") OR OLD."delay_reason" IS DISTINCT FROM (NEW."delay_reason") OR OLD."due_basis" IS DISTINCT FROM (NEW."due_basis") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."end" IS DISTINCT FROM (NEW."end") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."jurisdiction_id" IS DISTINCT FROM (NEW."jurisdiction_id") OR OLD."last_verified_on" IS DISTINCT FROM (NEW."last_verified_on") OR OLD."milestone" IS DISTINCT FROM (NEW."milestone") OR OLD."names" IS DISTINCT FROM (NEW."names") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."report_state" IS DISTINCT FROM (NEW."report_state") OR OLD."review_state" IS DISTINCT FROM (NEW."review_state") OR OLD."section" IS DISTINCT FROM (NEW."section") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."status_evidence_id" IS DISTINCT FROM (NEW."status_evidence_id") OR OLD."status_since" IS DISTINCT FROM (NEW."status_since") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="1f481da379ea49b8246011b3cded2fba48eeba4e",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_95350",
                    table="projects_commitment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."category" IS NOT DISTINCT FROM (NEW."category") AND OLD."comparator" IS NOT DISTINCT FROM (NEW."comparator") AND OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."delay_note" IS NOT DISTINCT FROM (NEW."delay_note") AND OLD."delay_reason" IS NOT DISTINCT FROM (NEW."delay_reason") AND OLD."due_basis" IS NOT DISTINCT FROM (NEW."due_basis") AND OLD."due_on" IS NOT DISTINCT FROM (NEW."due_on") AND OLD."end" IS NOT DISTINCT FROM (NEW."end") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."jurisdiction_id" IS NOT DISTINCT FROM (NEW."jurisdiction_id") AND OLD."last_verified_on" IS NOT DISTINCT FROM (NEW."last_verified_on") AND OLD."milestone" IS NOT DISTINCT FROM (NEW."milestone") AND OLD."names" IS NOT DISTINCT FROM (NEW."names") AND OLD."project_id" IS NOT DISTINCT FROM (NEW."project_id") AND OLD."quantity" IS NOT DISTINCT FROM (NEW."quantity") AND OLD."quote" IS NOT DISTINCT FROM (NEW."quote") AND OLD."report_id" IS NOT DISTINCT FROM (NEW."report_id") AND OLD."report_state" IS NOT DISTINCT FROM (NEW."report_state") AND OLD."review_state" IS NOT DISTINCT FROM (NEW."review_state") AND OLD."section" IS NOT DISTINCT FROM (NEW."section") AND OLD."start" IS NOT DISTINCT FROM (NEW."start") AND OLD."status" IS NOT DISTINCT FROM (NEW."status") AND OLD."status_evidence_id" IS NOT DISTINCT FROM (NEW."status_evidence_id") AND OLD."status_since" IS NOT DISTINCT FROM (NEW."status_since") AND OLD."title" IS NOT DISTINCT FROM (NEW."title") AND OLD."title_en" IS NOT DISTINCT FROM (NEW."title_en") AND OLD."unit" IS NOT DISTINCT FROM (NEW."unit") AND OLD."year" IS NOT DISTINCT FROM (NEW."year"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="9d3691a6858769959a2de54c06a7c351ec7aef17",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_f8c72",
                    table="projects_commitment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="datasetchange",
            trigger=pgtrigger.compiler.Trigger(
                name="advance_version",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE following bigint; told bigint := 0; one bigint;",
                    func="\n    SELECT number + 1 INTO following FROM projects_datasetversion WHERE id = 1 FOR UPDATE;\n    IF NOT FOUND THEN\n        INSERT INTO projects_datasetversion (id, number, changed_at) VALUES (1, 0, clock_timestamp())\n        ON CONFLICT (id) DO NOTHING;\n        SELECT number + 1 INTO following FROM projects_datasetversion WHERE id = 1 FOR UPDATE;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'jurisdictions') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'jurisdictions') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_jurisdiction AS t WHERE t.code = k.key AND TRUE) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'jurisdictions', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'jurisdictions' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'departments') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'departments') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_department AS t WHERE t.id = k.key::bigint AND TRUE) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'departments', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'departments' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'projects') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'projects') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_project AS t WHERE t.slug = k.key AND t.review_state = 'published') AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'projects', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'projects' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'projects' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'projects' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'projects' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'commitments', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_project AS p ON p.slug = k.key JOIN projects_commitment AS t ON t.project_id = p.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'projects' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'projects' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'achievements', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_project AS p ON p.slug = k.key JOIN projects_achievement AS t ON t.project_id = p.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'reports') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'reports') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_report AS t WHERE t.jurisdiction_id = split_part(k.key, '-', 1) AND t.year = split_part(k.key, '-', 2)::integer AND t.state = 'published') AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'reports', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'reports' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'reports' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'reports' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'reports' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'sources', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_report AS r ON r.jurisdiction_id = split_part(k.key, '-', 1)\n     AND r.year = split_part(k.key, '-', 2)::integer JOIN projects_source AS t ON t.report_id = r.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'achievements') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'achievements') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_achievement AS t WHERE t.id = k.key::bigint AND t.is_public) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'achievements', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'achievements' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'achievements' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'achievements' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'achievements' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'evidence', True, True, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS t ON t.achievement_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'commitments') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'commitments') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_commitment AS t WHERE t.id = k.key::bigint AND t.is_public) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'commitments', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'commitments' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'commitments' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'evidence', False, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS t ON t.commitment_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'sources', False, False, array_agg(key) FROM (SELECT e.source_id::text FROM k JOIN projects_evidence AS e ON e.commitment_id = k.key::bigint WHERE e.source_id IS NOT NULL) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'status-changes', False, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_statuschange AS t ON t.commitment_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'restatements', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_restatement AS t ON t.earlier_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'commitments' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'commitments' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'restatements', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_restatement AS t ON t.later_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'sources') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'sources') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_source AS t WHERE t.id = k.key::bigint AND (EXISTS (SELECT FROM projects_evidence AS e JOIN projects_commitment AS c ON c.id = e.commitment_id\n                             WHERE e.source_id = t.id AND e.review_state = 'accepted' AND c.is_public)\n            OR EXISTS (SELECT FROM projects_succession AS s WHERE s.source_id = t.id)\n            OR t.is_public AND EXISTS (SELECT FROM projects_report AS r\n                                        WHERE r.id = t.report_id AND r.state = 'published'))) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'sources', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'sources' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'sources' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'sources' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'sources' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'evidence', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS t ON t.source_id = k.key::bigint) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'evidence') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'evidence') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_evidence AS t WHERE t.id = k.key::bigint AND t.review_state = 'accepted' AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.commitment_id AND c.is_public)\n            AND (t.achievement_id IS NULL\n                 OR EXISTS (SELECT FROM projects_achievement AS a WHERE a.id = t.achievement_id AND a.is_public))) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'evidence', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'evidence' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n        IF one > 0 AND EXISTS (SELECT FROM projects_notedchange\n                                WHERE transaction = NEW.transaction AND resource = 'evidence' AND spreads) THEN\n            EXECUTE $q$\n                WITH k AS (\n                    SELECT l.key FROM (SELECT DISTINCT unnest(keys) COLLATE \"C\" AS key FROM projects_notedchange\n                                        WHERE transaction = $1 AND resource = 'evidence' AND spreads) AS n\n                      JOIN projects_publicchange AS l ON l.resource = 'evidence' AND l.key = n.key AND l.version = $2)\n                INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n                SELECT $1, 'status-changes', True, False, array_agg(key) FROM (SELECT t.id::text FROM k JOIN projects_evidence AS e ON e.id = k.key::bigint JOIN projects_statuschange AS t ON t.commitment_id = e.commitment_id AND t.evidence_id = e.id) AS hanging (key)\n                HAVING count(*) > 0\n            $q$ USING NEW.transaction, following;\n        END IF;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'status-changes') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'status-changes') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_statuschange AS t WHERE t.id = k.key::bigint AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.commitment_id AND c.is_public)) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'status-changes', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'status-changes' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    IF EXISTS (SELECT FROM projects_notedchange WHERE transaction = NEW.transaction AND resource = 'restatements') THEN\n        EXECUTE $q$\n            WITH k AS (\n                SELECT key, bool_or(shown) AS shown\n                  FROM (SELECT unnest(keys) COLLATE \"C\" AS key, shown FROM projects_notedchange\n                         WHERE transaction = $1 AND resource = 'restatements') AS n\n                 GROUP BY key ORDER BY key),\n            looked AS MATERIALIZED (\n                SELECT k.key, k.shown, EXISTS (SELECT FROM projects_restatement AS t WHERE t.id = k.key::bigint AND t.review_state = 'accepted' AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.earlier_id AND c.is_public) AND EXISTS (SELECT FROM projects_commitment AS c WHERE c.id = t.later_id AND c.is_public)) AS is_public\n                  FROM k)\n            INSERT INTO projects_publicchange AS p (resource, key, version, removed)\n            SELECT 'restatements', key, $2, NOT is_public FROM looked\n             WHERE is_public AND shown OR is_public <> EXISTS (\n                SELECT FROM projects_publicchange AS l\n                 WHERE l.resource = 'restatements' AND l.key = looked.key AND NOT l.removed)\n            ON CONFLICT (resource, key) DO UPDATE SET version = excluded.version, removed = excluded.removed\n        $q$ USING NEW.transaction, following;\n        GET DIAGNOSTICS one = ROW_COUNT;\n        told := told + one;\n    END IF;\n    DELETE FROM projects_notedchange WHERE transaction = NEW.transaction;\n    DELETE FROM projects_datasetchange WHERE transaction = NEW.transaction;\n    IF told > 0 THEN\n        UPDATE projects_datasetversion SET number = following, changed_at = clock_timestamp() WHERE id = 1;\n        NOTIFY duixian_version;\n    END IF;\n    RETURN NULL;\n",
                    hash="9086a2d2125eba6d0dec9a15b404ca35bc0a1f93",
                    operation="INSERT",
                    pgid="pgtrigger_advance_version_63d83",
                    table="projects_datasetchange",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('departments', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="78f3a6484854401ce2a6e3122db7401e20ff743b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_fc50d",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'departments\', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."jurisdiction_id", o."name", o."name_en", o."pinyin") IS DISTINCT FROM (n."id", n."created_at", n."jurisdiction_id", n."name", n."name_en", n."pinyin"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="f5eb96d305daa6aaff5ebe9a75e309bf03b2a3fa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_ed1db",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."achievement_id" IS DISTINCT FROM (NEW."achievement_id") OR OLD."announced_on" IS DISTINCT FROM (NEW."announced_on") OR OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."bound" IS DISTINCT FROM (NEW."bound") OR OLD."commitment_id" IS DISTINCT FROM (NEW."commitment_id") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."coverage" IS DISTINCT FROM (NEW."coverage") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delay_reason" IS DISTINCT FROM (NEW."delay_reason") OR OLD."happened_on" IS DISTINCT FROM (NEW."happened_on") OR OLD."happened_precision" IS DISTINCT FROM (NEW."happened_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_forecast" IS DISTINCT FROM (NEW."is_forecast") OR OLD."item_number" IS DISTINCT FROM (NEW."item_number") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."official_word" IS DISTINCT FROM (NEW."official_word") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."reported_value" IS DISTINCT FROM (NEW."reported_value") OR OLD."review_state" IS DISTINCT FROM (NEW."review_state") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."source_kind" IS DISTINCT FROM (NEW."source_kind") OR OLD."value_from" IS DISTINCT FROM (NEW."value_from") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="35c35903476886456520f45076832298872e635b",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_61c2f",
                    table="projects_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."achievement_id" IS NOT DISTINCT FROM (NEW."achievement_id") AND OLD."announced_on" IS NOT DISTINCT FROM (NEW."announced_on") AND OLD."as_of" IS NOT DISTINCT FROM (NEW."as_of") AND OLD."bound" IS NOT DISTINCT FROM (NEW."bound") AND OLD."commitment_id" IS NOT DISTINCT FROM (NEW."commitment_id") AND OLD."confidence" IS NOT DISTINCT FROM (NEW."confidence") AND OLD."coverage" IS NOT DISTINCT FROM (NEW."coverage") AND OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."delay_reason" IS NOT DISTINCT FROM (NEW."delay_reason") AND OLD."happened_on" IS NOT DISTINCT FROM (NEW."happened_on") AND OLD."happened_precision" IS NOT DISTINCT FROM (NEW."happened_precision") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."is_forecast" IS NOT DISTINCT FROM (NEW."is_forecast") AND OLD."item_number" IS NOT DISTINCT FROM (NEW."item_number") AND OLD."note" IS NOT DISTINCT FROM (NEW."note") AND OLD."note_en" IS NOT DISTINCT FROM (NEW."note_en") AND OLD."official_word" IS NOT DISTINCT FROM (NEW."official_word") AND OLD."place" IS NOT DISTINCT FROM (NEW."place") AND OLD."quote" IS NOT DISTINCT FROM (NEW."quote") AND OLD."reported_value" IS NOT DISTINCT FROM (NEW."reported_value") AND OLD."review_state" IS NOT DISTINCT FROM (NEW."review_state") AND OLD."source_id" IS NOT DISTINCT FROM (NEW."source_id") AND OLD."source_kind" IS NOT DISTINCT FROM (NEW."source_kind") AND OLD."value_from" IS NOT DISTINCT FROM (NEW."value_from") AND OLD."verdict" IS NOT DISTINCT FROM (NEW."verdict"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="7e9579ffaa3535cca7139c52c13e6f51ed71bacc",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_c78d8",
                    table="projects_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('evidence', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE), ('sources', CASE WHEN TRUE THEN n.source_id::text END, FALSE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="6eb2befba2f023178cf6b72091b77220dbc0bafa",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_9c9fa",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'evidence\', CASE WHEN TRUE THEN n.id::text END, TRUE, ((o."commitment_id", o."achievement_id", o."review_state") IS DISTINCT FROM (n."commitment_id", n."achievement_id", n."review_state"))), (\'sources\', CASE WHEN TRUE THEN n.source_id::text END, FALSE, FALSE), (\'sources\', CASE WHEN TRUE THEN o.source_id::text END, FALSE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."commitment_id", o."achievement_id", o."source_id", o."quote", o."place", o."item_number", o."official_word", o."source_kind", o."verdict", o."as_of", o."happened_on", o."happened_precision", o."reported_value", o."coverage", o."value_from", o."bound", o."is_forecast", o."delay_reason", o."announced_on", o."note", o."note_en", o."confidence", o."review_state") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."commitment_id", n."achievement_id", n."source_id", n."quote", n."place", n."item_number", n."official_word", n."source_kind", n."verdict", n."as_of", n."happened_on", n."happened_precision", n."reported_value", n."coverage", n."value_from", n."bound", n."is_forecast", n."delay_reason", n."announced_on", n."note", n."note_en", n."confidence", n."review_state"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="604007aa01c6898553584a4b9604aab9e678feb0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_a40c6",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('jurisdictions', CASE WHEN TRUE THEN n.code END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="81cef71b418137f95f11f2dd853101f19afe7ebc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_724ee",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."code" = o."code"\n     CROSS JOIN LATERAL (VALUES (\'jurisdictions\', CASE WHEN TRUE THEN n.code END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE THEN o.code END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."created_at", o."code", o."name", o."name_en", o."pinyin", o."level", o."parent_id", o."valid_from", o."valid_until") IS DISTINCT FROM (n."created_at", n."code", n."name", n."name_en", n."pinyin", n."level", n."parent_id", n."valid_from", n."valid_until"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="4e4b16025c40d22ec28bab9f2975208df0e9f795",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_83e46",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."aliases" IS DISTINCT FROM (NEW."aliases") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."jurisdiction_id" IS DISTINCT FROM (NEW."jurisdiction_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."pinyin" IS DISTINCT FROM (NEW."pinyin") OR OLD."review_state" IS DISTINCT FROM (NEW."review_state") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="f8a38028abd430bab81358e0c15b8184bbbc9da4",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_1fc88",
                    table="projects_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."aliases" IS NOT DISTINCT FROM (NEW."aliases") AND OLD."category" IS NOT DISTINCT FROM (NEW."category") AND OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."jurisdiction_id" IS NOT DISTINCT FROM (NEW."jurisdiction_id") AND OLD."name" IS NOT DISTINCT FROM (NEW."name") AND OLD."name_en" IS NOT DISTINCT FROM (NEW."name_en") AND OLD."pinyin" IS NOT DISTINCT FROM (NEW."pinyin") AND OLD."review_state" IS NOT DISTINCT FROM (NEW."review_state") AND OLD."slug" IS NOT DISTINCT FROM (NEW."slug"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="7f129ae54338cf18236d0218d794c32c2fda3e83",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_36c6d",
                    table="projects_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('projects', CASE WHEN TRUE THEN n.slug END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="c98a9a89f297d675852c45fd8210f3395130c383",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_004b2",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'projects\', CASE WHEN TRUE THEN n.slug END, TRUE, ((o."slug", o."review_state") IS DISTINCT FROM (n."slug", n."review_state"))), (\'projects\', CASE WHEN TRUE THEN o.slug END, TRUE, ((o."slug", o."review_state") IS DISTINCT FROM (n."slug", n."review_state")))) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."slug", o."jurisdiction_id", o."name", o."name_en", o."pinyin", o."aliases", o."category", o."review_state") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."slug", n."jurisdiction_id", n."name", n."name_en", n."pinyin", n."aliases", n."category", n."review_state"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="137fee0495464e133c2ad628abf3c548fdc79550",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_369f1",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delivered_on" IS DISTINCT FROM (NEW."delivered_on") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."jurisdiction_id" IS DISTINCT FROM (NEW."jurisdiction_id") OR OLD."outline" IS DISTINCT FROM (NEW."outline") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."publisher_en" IS DISTINCT FROM (NEW."publisher_en") OR OLD."session" IS DISTINCT FROM (NEW."session") OR OLD."session_en" IS DISTINCT FROM (NEW."session_en") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="5002de46a73a734f6e1ef4567b30fe0ac3737e0d",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_e2ce9",
                    table="projects_report",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."delivered_on" IS NOT DISTINCT FROM (NEW."delivered_on") AND OLD."document_number" IS NOT DISTINCT FROM (NEW."document_number") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."jurisdiction_id" IS NOT DISTINCT FROM (NEW."jurisdiction_id") AND OLD."outline" IS NOT DISTINCT FROM (NEW."outline") AND OLD."publisher" IS NOT DISTINCT FROM (NEW."publisher") AND OLD."publisher_en" IS NOT DISTINCT FROM (NEW."publisher_en") AND OLD."session" IS NOT DISTINCT FROM (NEW."session") AND OLD."session_en" IS NOT DISTINCT FROM (NEW."session_en") AND OLD."sha256" IS NOT DISTINCT FROM (NEW."sha256") AND OLD."source_url" IS NOT DISTINCT FROM (NEW."source_url") AND OLD."state" IS NOT DISTINCT FROM (NEW."state") AND OLD."text" IS NOT DISTINCT FROM (NEW."text") AND OLD."title" IS NOT DISTINCT FROM (NEW."title") AND OLD."title_en" IS NOT DISTINCT FROM (NEW."title_en") AND OLD."year" IS NOT DISTINCT FROM (NEW."year"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="f5e0d23334c2326f5859cb304bbe75c8f44350c5",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_5699a",
                    table="projects_report",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('reports', CASE WHEN TRUE THEN n.jurisdiction_id || '-' || n.year END, TRUE, FALSE), ('jurisdictions', CASE WHEN n.state = 'published' THEN n.jurisdiction_id END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="5fedcea1138e5288e2bb7b3f92e5b6647db7e55e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_dd62a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'reports\', CASE WHEN TRUE THEN n.jurisdiction_id || \'-\' || n.year END, TRUE, ((o."jurisdiction_id", o."year", o."state") IS DISTINCT FROM (n."jurisdiction_id", n."year", n."state"))), (\'reports\', CASE WHEN TRUE THEN o.jurisdiction_id || \'-\' || o.year END, TRUE, ((o."jurisdiction_id", o."year", o."state") IS DISTINCT FROM (n."jurisdiction_id", n."year", n."state"))), (\'jurisdictions\', CASE WHEN n.state = \'published\' THEN n.jurisdiction_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN o.state = \'published\' THEN o.jurisdiction_id END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."jurisdiction_id", o."year", o."title", o."title_en", o."delivered_on", o."session", o."session_en", o."document_number", o."publisher", o."publisher_en", o."source_url", o."text", o."sha256", o."outline", o."state") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."jurisdiction_id", n."year", n."title", n."title_en", n."delivered_on", n."session", n."session_en", n."document_number", n."publisher", n."publisher_en", n."source_url", n."text", n."sha256", n."outline", n."state"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="81191b42c21e852da1e3495382b23a7c211aea93",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_305d6",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('commitments', CASE WHEN TRUE THEN n.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="725b8c966d77828fee74fb6ac4455d1be85c7817",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_94e65",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'commitments\', CASE WHEN TRUE THEN n.commitment_id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN TRUE THEN o.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."commitment_id", o."department_id", o."role") IS DISTINCT FROM (n."id", n."commitment_id", n."department_id", n."role"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="48a5be6ceda413f8f877178c72366adc4e531ebe",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_7b6d8",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="note_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o\n     CROSS JOIN LATERAL (VALUES ('commitments', CASE WHEN TRUE THEN o.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="1ab99b2a8430d759b636a28a554f73b3b51474dc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_note_deleted_0f277",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="projects_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."earlier_id" IS DISTINCT FROM (NEW."earlier_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."later_id" IS DISTINCT FROM (NEW."later_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."phase" IS DISTINCT FROM (NEW."phase") OR OLD."review_state" IS DISTINCT FROM (NEW."review_state"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="b08c3983b8a1ba54d138a7daac26e30770a93a62",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_e5387",
                    table="projects_restatement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."earlier_id" IS NOT DISTINCT FROM (NEW."earlier_id") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."later_id" IS NOT DISTINCT FROM (NEW."later_id") AND OLD."note" IS NOT DISTINCT FROM (NEW."note") AND OLD."note_en" IS NOT DISTINCT FROM (NEW."note_en") AND OLD."phase" IS NOT DISTINCT FROM (NEW."phase") AND OLD."review_state" IS NOT DISTINCT FROM (NEW."review_state"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="f247db6fac10111d4609df3a468f515f788e6c42",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_4ef38",
                    table="projects_restatement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('restatements', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="5e7a4e229d7f11aa1d2e09d1df6ac34576a17770",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_6888c",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_restatement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'restatements\', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."earlier_id", o."later_id", o."phase", o."review_state", o."note", o."note_en") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."earlier_id", n."later_id", n."phase", n."review_state", n."note", n."note_en"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="f98f65f106f6161bd68865e7b65fc3423ec19a55",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_ca47c",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_restatement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address_doubt" IS DISTINCT FROM (NEW."address_doubt") OR OLD."address_doubt_en" IS DISTINCT FROM (NEW."address_doubt_en") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_sha256" IS DISTINCT FROM (NEW."file_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicators_met" IS DISTINCT FROM (NEW."indicators_met") OR OLD."indicators_total" IS DISTINCT FROM (NEW."indicators_total") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."jurisdiction_id" IS DISTINCT FROM (NEW."jurisdiction_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."original_url" IS DISTINCT FROM (NEW."original_url") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."publisher_en" IS DISTINCT FROM (NEW."publisher_en") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."retrieved_on" IS DISTINCT FROM (NEW."retrieved_on") OR OLD."tasks_done" IS DISTINCT FROM (NEW."tasks_done") OR OLD."tasks_partly" IS DISTINCT FROM (NEW."tasks_partly") OR OLD."tasks_total" IS DISTINCT FROM (NEW."tasks_total") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."url" IS DISTINCT FROM (NEW."url"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="2f5f3e785a6c69810550a63b29ecca997cb9410d",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_5b529",
                    table="projects_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."address_doubt" IS NOT DISTINCT FROM (NEW."address_doubt") AND OLD."address_doubt_en" IS NOT DISTINCT FROM (NEW."address_doubt_en") AND OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."document_number" IS NOT DISTINCT FROM (NEW."document_number") AND OLD."file" IS NOT DISTINCT FROM (NEW."file") AND OLD."file_sha256" IS NOT DISTINCT FROM (NEW."file_sha256") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."indicators_met" IS NOT DISTINCT FROM (NEW."indicators_met") AND OLD."indicators_total" IS NOT DISTINCT FROM (NEW."indicators_total") AND OLD."is_public" IS NOT DISTINCT FROM (NEW."is_public") AND OLD."jurisdiction_id" IS NOT DISTINCT FROM (NEW."jurisdiction_id") AND OLD."kind" IS NOT DISTINCT FROM (NEW."kind") AND OLD."note" IS NOT DISTINCT FROM (NEW."note") AND OLD."note_en" IS NOT DISTINCT FROM (NEW."note_en") AND OLD."original_url" IS NOT DISTINCT FROM (NEW."original_url") AND OLD."published_on" IS NOT DISTINCT FROM (NEW."published_on") AND OLD."publisher" IS NOT DISTINCT FROM (NEW."publisher") AND OLD."publisher_en" IS NOT DISTINCT FROM (NEW."publisher_en") AND OLD."report_id" IS NOT DISTINCT FROM (NEW."report_id") AND OLD."retrieved_on" IS NOT DISTINCT FROM (NEW."retrieved_on") AND OLD."tasks_done" IS NOT DISTINCT FROM (NEW."tasks_done") AND OLD."tasks_partly" IS NOT DISTINCT FROM (NEW."tasks_partly") AND OLD."tasks_total" IS NOT DISTINCT FROM (NEW."tasks_total") AND OLD."title" IS NOT DISTINCT FROM (NEW."title") AND OLD."title_en" IS NOT DISTINCT FROM (NEW."title_en") AND OLD."url" IS NOT DISTINCT FROM (NEW."url"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="a7e5d3fda6f0d5ced708e49e3dd3688874b2f63d",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_fdaa3",
                    table="projects_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('sources', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE), ('reports', CASE WHEN n.is_public THEN (SELECT jurisdiction_id || '-' || year FROM projects_report WHERE id = n.report_id) END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="6ff8ac9424d97115c7b006a276be9fcb5f810359",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_409f3",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'sources\', CASE WHEN TRUE THEN n.id::text END, TRUE, ((o."kind", o."jurisdiction_id", o."title", o."title_en", o."publisher", o."publisher_en", o."url", o."original_url", o."address_doubt", o."address_doubt_en", o."file", o."file_sha256", o."document_number", o."published_on", o."retrieved_on") IS DISTINCT FROM (n."kind", n."jurisdiction_id", n."title", n."title_en", n."publisher", n."publisher_en", n."url", n."original_url", n."address_doubt", n."address_doubt_en", n."file", n."file_sha256", n."document_number", n."published_on", n."retrieved_on"))), (\'reports\', CASE WHEN n.is_public THEN (SELECT jurisdiction_id || \'-\' || year FROM projects_report WHERE id = n.report_id) END, TRUE, FALSE), (\'reports\', CASE WHEN o.is_public THEN (SELECT jurisdiction_id || \'-\' || year FROM projects_report WHERE id = o.report_id) END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."kind", o."jurisdiction_id", o."title", o."title_en", o."publisher", o."publisher_en", o."url", o."original_url", o."address_doubt", o."address_doubt_en", o."file", o."file_sha256", o."document_number", o."published_on", o."retrieved_on", o."report_id", o."indicators_total", o."indicators_met", o."tasks_total", o."tasks_done", o."tasks_partly", o."is_public", o."note", o."note_en") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."kind", n."jurisdiction_id", n."title", n."title_en", n."publisher", n."publisher_en", n."url", n."original_url", n."address_doubt", n."address_doubt_en", n."file", n."file_sha256", n."document_number", n."published_on", n."retrieved_on", n."report_id", n."indicators_total", n."indicators_met", n."tasks_total", n."tasks_done", n."tasks_partly", n."is_public", n."note", n."note_en"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="0842e623d13957b0a260ff7b073cfe1d04d95156",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_b40be",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statuschange",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('status-changes', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="6e7efb21cc5bab8459dc229609ff30f1839b3b69",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_f4831",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_statuschange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statuschange",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'status-changes\', CASE WHEN TRUE THEN n.id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."commitment_id", o."from_status", o."to_status", o."effective_on", o."reason_code", o."note", o."note_en", o."evidence_id", o."actor_id", o."recorded_at") IS DISTINCT FROM (n."id", n."commitment_id", n."from_status", n."to_status", n."effective_on", n."reason_code", n."note", n."note_en", n."evidence_id", n."actor_id", n."recorded_at"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="53fbe760a3bba32ecacf7e32af46d85e2436c5c9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_3ff4d",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_statuschange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."predecessor_id" IS DISTINCT FROM (NEW."predecessor_id") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."scope_en" IS DISTINCT FROM (NEW."scope_en") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."successor_name" IS DISTINCT FROM (NEW."successor_name") OR OLD."successor_name_en" IS DISTINCT FROM (NEW."successor_name_en"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="0837702d631605652c5fc5ba8a7dba70d6403b03",
                    operation="UPDATE",
                    pgid="pgtrigger_touched_7d7aa",
                    table="projects_succession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="untouched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW.updated_at > OLD.updated_at AND ((OLD."created_at" IS NOT DISTINCT FROM (NEW."created_at") AND OLD."id" IS NOT DISTINCT FROM (NEW."id") AND OLD."on" IS NOT DISTINCT FROM (NEW."on") AND OLD."predecessor_id" IS NOT DISTINCT FROM (NEW."predecessor_id") AND OLD."scope" IS NOT DISTINCT FROM (NEW."scope") AND OLD."scope_en" IS NOT DISTINCT FROM (NEW."scope_en") AND OLD."source_id" IS NOT DISTINCT FROM (NEW."source_id") AND OLD."successor_id" IS NOT DISTINCT FROM (NEW."successor_id") AND OLD."successor_name" IS NOT DISTINCT FROM (NEW."successor_name") AND OLD."successor_name_en" IS NOT DISTINCT FROM (NEW."successor_name_en"))))',
                    func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
                    hash="29e06819981b5c0a531eb77ec0d8eaa403b1acea",
                    operation="UPDATE",
                    pgid="pgtrigger_untouched_c6a3c",
                    table="projects_succession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('jurisdictions', CASE WHEN TRUE THEN n.predecessor_id END, TRUE, FALSE), ('jurisdictions', CASE WHEN TRUE THEN n.successor_id END, TRUE, FALSE), ('sources', CASE WHEN TRUE THEN n.source_id::text END, FALSE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="1d4a43c46dcc83f60e5cb83e52d0c1bbb4a405c3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_note_inserted_5b394",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="note_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'jurisdictions\', CASE WHEN TRUE THEN n.predecessor_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE THEN o.predecessor_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE THEN n.successor_id END, TRUE, FALSE), (\'jurisdictions\', CASE WHEN TRUE THEN o.successor_id END, TRUE, FALSE), (\'sources\', CASE WHEN TRUE THEN n.source_id::text END, FALSE, FALSE), (\'sources\', CASE WHEN TRUE THEN o.source_id::text END, FALSE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."predecessor_id", o."successor_id", o."successor_name", o."successor_name_en", o."on", o."scope", o."scope_en", o."source_id") IS DISTINCT FROM (n."id", n."created_at", n."predecessor_id", n."successor_id", n."successor_name", n."successor_name_en", n."on", n."scope", n."scope_en", n."source_id"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="47a8ba301e87eb693523d08ebd238a998d59aff0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_5c28e",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="publicchange",
            index=models.Index(fields=["version", "resource", "key"], name="changes_in_order"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publicchange",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="852f8a4fe62dad29493962af1020716ea32e9954",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_94ba7",
                    table="projects_publicchange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(_VERSION, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(_FILL.format(resource=resource, rows=rows), migrations.RunSQL.noop)
            for resource, rows in _PUBLIC.items()
        ),
    ]
