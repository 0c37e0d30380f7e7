"""What waits for a decision, or was decided, tells on the answers of promises."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0026_official_documents"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="note_updated",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="note_inserted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="restatement",
            name="note_updated",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('evidence', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE), ('sources', CASE WHEN TRUE AND TRUE THEN n.source_id::text END, FALSE, FALSE), ('commitments', CASE WHEN n.achievement_id IS NOT NULL AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.commitment_id) AND TRUE THEN n.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="7ad7749bae4f4b2690af0b5d35447c23a4c62e38",
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
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'evidence\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, ((o."commitment_id", o."achievement_id", o."review_state") IS DISTINCT FROM (n."commitment_id", n."achievement_id", n."review_state"))), (\'sources\', CASE WHEN TRUE AND TRUE THEN n.source_id::text END, FALSE, FALSE), (\'sources\', CASE WHEN TRUE AND TRUE THEN o.source_id::text END, FALSE, FALSE), (\'commitments\', CASE WHEN n.achievement_id IS NOT NULL AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.commitment_id) AND ((o."review_state", o."commitment_id", o."achievement_id") IS DISTINCT FROM (n."review_state", n."commitment_id", n."achievement_id")) THEN n.commitment_id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN o.achievement_id IS NOT NULL AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = o.commitment_id) AND ((o."review_state", o."commitment_id", o."achievement_id") IS DISTINCT FROM (n."review_state", n."commitment_id", n."achievement_id")) THEN o.commitment_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."commitment_id", o."achievement_id", o."source_id", o."quote", o."place", o."item_number", o."official_word", o."source_kind", o."verdict", o."as_of", o."happened_on", o."happened_precision", o."reported_value", o."coverage", o."value_from", o."bound", o."is_forecast", o."delay_reason", o."announced_on", o."note", o."note_en", o."confidence", o."review_state") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."commitment_id", n."achievement_id", n."source_id", n."quote", n."place", n."item_number", n."official_word", n."source_kind", n."verdict", n."as_of", n."happened_on", n."happened_precision", n."reported_value", n."coverage", n."value_from", n."bound", n."is_forecast", n."delay_reason", n."announced_on", n."note", n."note_en", n."confidence", n."review_state"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="4059b91723e56f6467c6c5e7d9bb5410eee1002f",
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
            model_name="linkproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="answer_of_new_link",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n        SELECT pg_current_xact_id()::text::bigint, 'commitments', TRUE, FALSE, array_agg(id::text)\n          FROM (SELECT c.id FROM projects_commitment AS c WHERE c.id = NEW.earlier_id AND EXISTS (\n    SELECT FROM projects_reportpair AS p WHERE p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL)) AS promises (id) HAVING count(*) > 0;\n        IF FOUND THEN\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="805b3dceca403127ef1939fb7a934e81e4a71e11",
                    operation="INSERT",
                    pgid="pgtrigger_answer_of_new_link_dee09",
                    table="projects_linkproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="answer_of_link_taken_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n        SELECT pg_current_xact_id()::text::bigint, 'commitments', TRUE, FALSE, array_agg(id::text)\n          FROM (SELECT c.id FROM projects_commitment AS c WHERE c.id = OLD.earlier_id AND EXISTS (\n    SELECT FROM projects_reportpair AS p WHERE p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL)) AS promises (id) HAVING count(*) > 0;\n        IF FOUND THEN\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="a5fe68c586a47eefc3222fedcc031647b4f24dfb",
                    operation="DELETE",
                    pgid="pgtrigger_answer_of_link_taken_back_ccb72",
                    table="projects_linkproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="linkproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="answer_of_decided_link",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."review_state" IS DISTINCT FROM (NEW."review_state"))',
                    func="\n        INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n        SELECT pg_current_xact_id()::text::bigint, 'commitments', TRUE, FALSE, array_agg(id::text)\n          FROM (SELECT c.id FROM projects_commitment AS c WHERE c.id = NEW.earlier_id AND EXISTS (\n    SELECT FROM projects_reportpair AS p WHERE p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL)) AS promises (id) HAVING count(*) > 0;\n        IF FOUND THEN\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="caa86dda75cb5dc8a1627d0e27039f3b12c8a4c4",
                    operation="UPDATE",
                    pgid="pgtrigger_answer_of_decided_link_484d8",
                    table="projects_linkproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restatement",
            trigger=pgtrigger.compiler.Trigger(
                name="note_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM new_rows AS n\n     CROSS JOIN LATERAL (VALUES ('restatements', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE), ('commitments', CASE WHEN TRUE AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.earlier_id) AND TRUE THEN n.earlier_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="c8e165029498b282b102e7e271e5927cdaf00055",
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
                    func='\n    INSERT INTO projects_notedchange (transaction, resource, shown, spreads, keys)\n    SELECT pg_current_xact_id()::text::bigint, t.resource, t.shown, t.spreads, array_agg(t.key)\n      FROM old_rows AS o JOIN new_rows AS n ON n."id" = o."id"\n     CROSS JOIN LATERAL (VALUES (\'restatements\', CASE WHEN TRUE AND TRUE THEN n.id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN TRUE AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = n.earlier_id) AND ((o."review_state", o."earlier_id", o."later_id") IS DISTINCT FROM (n."review_state", n."earlier_id", n."later_id")) THEN n.earlier_id::text END, TRUE, FALSE), (\'commitments\', CASE WHEN TRUE AND EXISTS (SELECT FROM projects_commitment AS c\n         JOIN projects_reportpair AS p ON p.earlier_id = c.report_id AND p.gone_through_at IS NOT NULL\n        WHERE c.id = o.earlier_id) AND ((o."review_state", o."earlier_id", o."later_id") IS DISTINCT FROM (n."review_state", n."earlier_id", n."later_id")) THEN o.earlier_id::text END, TRUE, FALSE)) AS t (resource, key, shown, spreads)\n     WHERE t.key IS NOT NULL AND ((o."id", o."created_at", o."updated_at", o."earlier_id", o."later_id", o."phase", o."change", o."review_state", o."note", o."note_en") IS DISTINCT FROM (n."id", n."created_at", n."updated_at", n."earlier_id", n."later_id", n."phase", n."change", n."review_state", n."note", n."note_en"))\n     GROUP BY t.resource, t.shown, t.spreads;\n    IF FOUND THEN\n        INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n        ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n',
                    hash="871e651986e1ae0e599ba5c8077945a278444303",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_note_updated_ca47c",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_restatement",
                    when="AFTER",
                ),
            ),
        ),
    ]
