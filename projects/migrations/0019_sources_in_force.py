"""The rules that hold once 0018 has brought the rows over: constraints, triggers, and history without the old columns."""

import datetime as dt

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

OLD_COLUMNS = "".join(
    f"ALTER TABLE projects_{table} ALTER COLUMN {column} SET DEFAULT '';"
    for table in ("evidence", "evidenceevent")
    for column in ("url", "file", "publisher")
)
# What 0018 changed on evidence is a version of it like any other.
NEW_VERSIONS = """
INSERT INTO projects_evidenceevent (pgh_created_at, pgh_label, pgh_obj_id, id,
    commitment_id, achievement_id, source_id, quote, place, item_number, official_word, source_kind, verdict, as_of,
    happened_on, happened_precision, reported_value, coverage, value_from, bound, is_forecast, delay_reason,
    announced_on, note, note_en, confidence, review_state, reviewed_by_id, reviewed_at, seeded, created_at,
    updated_at)
SELECT now(), 'update', id, id,
    commitment_id, achievement_id, source_id, quote, place, item_number, official_word, source_kind, verdict, as_of,
    happened_on, happened_precision, reported_value, coverage, value_from, bound, is_forecast, delay_reason,
    announced_on, note, note_en, confidence, review_state, reviewed_by_id, reviewed_at, seeded, created_at,
    updated_at
  FROM projects_evidence AS e
 WHERE (source_id, coverage, bound, source_kind, seeded) IS DISTINCT FROM (
       SELECT ROW(v.source_id, v.coverage, v.bound, v.source_kind, v.seeded)
         FROM projects_evidenceevent AS v WHERE v.pgh_obj_id = e.id ORDER BY v.pgh_id DESC LIMIT 1);
UPDATE projects_jurisdiction SET seeded = seeded || '{"valid_from": null, "valid_until": null}' WHERE seeded IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0018_evidence_by_source"),
    ]

    operations = [
        # The columns stay for the version that is still running, and for the history that they hold.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(OLD_COLUMNS, migrations.RunSQL.noop)],
            state_operations=[
                migrations.RemoveField(model_name="evidence", name="file"),
                migrations.RemoveField(model_name="evidence", name="published_on"),
                migrations.RemoveField(model_name="evidence", name="publisher"),
                migrations.RemoveField(model_name="evidence", name="url"),
                migrations.RemoveField(model_name="evidenceevent", name="file"),
                migrations.RemoveField(model_name="evidenceevent", name="published_on"),
                migrations.RemoveField(model_name="evidenceevent", name="publisher"),
                migrations.RemoveField(model_name="evidenceevent", name="url"),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_inserted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_commitmenttally AS t (year, category, status, outcome, due_basis, due_on, commitments)\n    SELECT year, category, status, outcome, due_basis, due_on, count(*) FROM new_rows WHERE is_public GROUP BY year, category, status, outcome, due_basis, due_on ORDER BY year, category, status, outcome, due_basis, due_on\n    ON CONFLICT (year, category, status, outcome, due_basis, due_on) DO UPDATE SET commitments = t.commitments + excluded.commitments;\n    RETURN NULL;\n",
                    hash="87745c03a373c0c7e22f23aa3b50281142618170",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_tally_inserted_aa89a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="tally_updated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO projects_commitmenttally AS t (year, category, status, outcome, due_basis, due_on, commitments)\n    \n    SELECT year, category, status, outcome, due_basis, due_on, sum(change) FROM (\n        SELECT year, category, status, outcome, due_basis, due_on, 1 AS change FROM new_rows WHERE is_public\n        UNION ALL SELECT year, category, status, outcome, due_basis, due_on, -1 FROM old_rows WHERE is_public) AS changes\n    GROUP BY year, category, status, outcome, due_basis, due_on HAVING sum(change) <> 0 ORDER BY year, category, status, outcome, due_basis, due_on\n\n    ON CONFLICT (year, category, status, outcome, due_basis, due_on) DO UPDATE SET commitments = t.commitments + excluded.commitments;\n    RETURN NULL;\n",
                    hash="28ebba83905afb164943072721ab5458d3e3a42e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_tally_updated_9be84",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="projects_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="carry_ground",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN ((OLD.status, OLD.status_evidence_id) IS DISTINCT FROM (NEW.status, NEW.status_evidence_id))",
                    declare="DECLARE ground record;",
                    func="\n        SELECT verdict, as_of, happened_on, happened_precision INTO ground\n          FROM projects_evidence WHERE id = NEW.status_evidence_id;\n        IF ground.verdict IS NOT NULL AND NEW.status <> 'not_assessed' AND NOT (ground.verdict = 'cancelled' AND NEW.status IN ('cancelled') OR ground.verdict = 'completed' AND NEW.status IN ('completed') OR ground.verdict = 'in_progress' AND NEW.status IN ('in_progress') OR ground.verdict = 'not_met' AND NEW.status IN ('not_met') OR ground.verdict = 'not_started' AND NEW.status IN ('not_started') OR ground.verdict = 'partial' AND NEW.status IN ('in_progress', 'partial') OR ground.verdict = 'suspended' AND NEW.status IN ('suspended') OR ground.verdict = 'unverifiable' AND NEW.status IN ('unverifiable')) THEN\n            RAISE EXCEPTION 'evidence % says %, which does not carry the status %',\n                NEW.status_evidence_id, ground.verdict, NEW.status\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_status_agrees_with_evidence';\n        END IF;\n        NEW.status_as_of := ground.as_of;\n        NEW.happened_on := ground.happened_on;\n        NEW.happened_precision := coalesce(ground.happened_precision, '');\n        RETURN NEW;\n    ",
                    hash="90f7ab66172250710fe1465d6d1d86f7d24b1bfe",
                    operation='UPDATE OF "status", "status_evidence_id"',
                    pgid="pgtrigger_carry_ground_56cb0",
                    table="projects_commitment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="clear_overdue_flag",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.overdue_since IS NOT NULL AND NEW.overdue_since IS NOT NULL AND (commitment_outcome(NEW.milestone, NEW.status, NEW.status_as_of, NEW.happened_on, NEW.happened_precision, NEW.due_on) NOT IN ('not_kept', 'open', 'partly_kept') OR (commitment_outcome(NEW.milestone, NEW.status, NEW.status_as_of, NEW.happened_on, NEW.happened_precision, NEW.due_on) = 'open') <> (OLD.overdue_basis = 'none') OR (OLD.due_on, OLD.due_basis) IS DISTINCT FROM (NEW.due_on, NEW.due_basis) OR NEW.review_state <> 'published' OR NEW.report_state <> 'published'))",
                    func="\n    INSERT INTO projects_overdueevent (commitment_id, kind, \"on\", overdue_since, basis)\n    VALUES (OLD.id, 'cleared', (now() AT TIME ZONE 'Asia/Shanghai')::date, OLD.overdue_since, OLD.overdue_basis);\n    NEW.overdue_since := NULL;\n    NEW.overdue_basis := '';\n    RETURN NEW;\n",
                    hash="b95971734bf73e9033efaa956bcc8cc6228c2814",
                    operation="UPDATE",
                    pgid="pgtrigger_clear_overdue_flag_363cb",
                    table="projects_commitment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."achievement_id" IS DISTINCT FROM (NEW."achievement_id") OR OLD."announced_on" IS DISTINCT FROM (NEW."announced_on") OR OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."bound" IS DISTINCT FROM (NEW."bound") OR OLD."commitment_id" IS DISTINCT FROM (NEW."commitment_id") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."coverage" IS DISTINCT FROM (NEW."coverage") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delay_reason" IS DISTINCT FROM (NEW."delay_reason") OR OLD."happened_on" IS DISTINCT FROM (NEW."happened_on") OR OLD."happened_precision" IS DISTINCT FROM (NEW."happened_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_forecast" IS DISTINCT FROM (NEW."is_forecast") OR OLD."item_number" IS DISTINCT FROM (NEW."item_number") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."official_word" IS DISTINCT FROM (NEW."official_word") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."reported_value" IS DISTINCT FROM (NEW."reported_value") OR OLD."review_state" IS DISTINCT FROM (NEW."review_state") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."seeded" IS DISTINCT FROM (NEW."seeded") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."source_kind" IS DISTINCT FROM (NEW."source_kind") OR OLD."value_from" IS DISTINCT FROM (NEW."value_from") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="edbb8f3f5d11ae875d63379b59948a59d26dac2f",
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
                name="set_speaker",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        NEW.source_kind := evidence_speaker(NEW.commitment_id, NEW.achievement_id, NEW.source_id);\n        RETURN NEW;\n    ",
                    hash="304c8cb78b39274831ae851763ecca53789a5948",
                    operation='INSERT OR UPDATE OF "commitment_id", "achievement_id", "source_id", "source_kind"',
                    pgid="pgtrigger_set_speaker_a9527",
                    table="projects_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="copy_reported_value",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        UPDATE projects_commitment AS c\n           SET reported_value = newest.reported_value, reported_on = newest.as_of,\n               reported_bound = coalesce(newest.bound, '')\n          FROM (SELECT 1) AS one\n          LEFT JOIN LATERAL (\n               SELECT e.reported_value, e.as_of, e.bound\n                 FROM projects_evidence AS e JOIN projects_commitment AS p ON p.id = e.commitment_id\n                WHERE e.commitment_id = NEW.commitment_id\n                  AND e.review_state = 'accepted' AND e.reported_value IS NOT NULL\n                  AND is_comparable(p.milestone, p.year, p.due_on, e.coverage, e.as_of, e.is_forecast)\n                ORDER BY e.as_of DESC, e.id DESC\n                LIMIT 1) AS newest ON TRUE\n         WHERE c.id = NEW.commitment_id\n           AND (c.reported_value, c.reported_on, c.reported_bound)\n               IS DISTINCT FROM (newest.reported_value, newest.as_of, coalesce(newest.bound, ''));\n        RETURN NULL;\n    ",
                    hash="0b5cb565e5e03582668675bd91202ab079433677",
                    operation='INSERT OR UPDATE OF "reported_value", "as_of", "review_state", "coverage", "bound", "is_forecast"',
                    pgid="pgtrigger_copy_reported_value_a5a13",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="ground_days",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN ((OLD.as_of, OLD.happened_on, OLD.happened_precision) IS DISTINCT FROM (NEW.as_of, NEW.happened_on, NEW.happened_precision))",
                    func="\n        UPDATE projects_commitment\n           SET status_as_of = NEW.as_of, happened_on = NEW.happened_on, happened_precision = NEW.happened_precision\n         WHERE status_evidence_id = NEW.id;\n        RETURN NULL;\n    ",
                    hash="fc83da65cda5e8844b1e7d48cba5d58fb35e7634",
                    operation='UPDATE OF "as_of", "happened_on", "happened_precision"',
                    pgid="pgtrigger_ground_days_967d0",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="ground_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."verdict" IS DISTINCT FROM (NEW."verdict"))',
                    constraint="CONSTRAINT",
                    func="\n        IF EXISTS (\n            SELECT FROM projects_commitment AS c JOIN projects_evidence AS e ON e.id = c.status_evidence_id\n             WHERE e.id = NEW.id AND NOT (e.verdict = 'cancelled' AND c.status IN ('cancelled') OR e.verdict = 'completed' AND c.status IN ('completed') OR e.verdict = 'in_progress' AND c.status IN ('in_progress') OR e.verdict = 'not_met' AND c.status IN ('not_met') OR e.verdict = 'not_started' AND c.status IN ('not_started') OR e.verdict = 'partial' AND c.status IN ('in_progress', 'partial') OR e.verdict = 'suspended' AND c.status IN ('suspended') OR e.verdict = 'unverifiable' AND c.status IN ('unverifiable'))) THEN\n            RAISE EXCEPTION 'the status of a commitment rests on evidence %, which would no longer carry it', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_status_agrees_with_evidence';\n        END IF;\n        RETURN NULL;\n    ",
                    hash="0b2b7dec5d27619f8c25bb54f8d07bf747e356a2",
                    operation="UPDATE",
                    pgid="pgtrigger_ground_stays_9765b",
                    table="projects_evidence",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_evidenceevent" ("achievement_id", "announced_on", "as_of", "bound", "commitment_id", "confidence", "coverage", "created_at", "delay_reason", "happened_on", "happened_precision", "id", "is_forecast", "item_number", "note", "note_en", "official_word", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quote", "reported_value", "review_state", "reviewed_at", "reviewed_by_id", "seeded", "source_id", "source_kind", "updated_at", "value_from", "verdict") SELECT new_values."achievement_id", new_values."announced_on", new_values."as_of", new_values."bound", new_values."commitment_id", new_values."confidence", new_values."coverage", new_values."created_at", new_values."delay_reason", new_values."happened_on", new_values."happened_precision", new_values."id", new_values."is_forecast", new_values."item_number", new_values."note", new_values."note_en", new_values."official_word", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."quote", new_values."reported_value", new_values."review_state", new_values."reviewed_at", new_values."reviewed_by_id", new_values."seeded", new_values."source_id", new_values."source_kind", new_values."updated_at", new_values."value_from", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0dad0d7541da3982d1d2d8df29983458c0230352",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5c6e1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_evidenceevent" ("achievement_id", "announced_on", "as_of", "bound", "commitment_id", "confidence", "coverage", "created_at", "delay_reason", "happened_on", "happened_precision", "id", "is_forecast", "item_number", "note", "note_en", "official_word", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quote", "reported_value", "review_state", "reviewed_at", "reviewed_by_id", "seeded", "source_id", "source_kind", "updated_at", "value_from", "verdict") SELECT new_values."achievement_id", new_values."announced_on", new_values."as_of", new_values."bound", new_values."commitment_id", new_values."confidence", new_values."coverage", new_values."created_at", new_values."delay_reason", new_values."happened_on", new_values."happened_precision", new_values."id", new_values."is_forecast", new_values."item_number", new_values."note", new_values."note_en", new_values."official_word", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."quote", new_values."reported_value", new_values."review_state", new_values."reviewed_at", new_values."reviewed_by_id", new_values."seeded", new_values."source_id", new_values."source_kind", new_values."updated_at", new_values."value_from", new_values."verdict" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."achievement_id" IS DISTINCT FROM (new_values."achievement_id") OR old_values."announced_on" IS DISTINCT FROM (new_values."announced_on") OR old_values."as_of" IS DISTINCT FROM (new_values."as_of") OR old_values."bound" IS DISTINCT FROM (new_values."bound") OR old_values."commitment_id" IS DISTINCT FROM (new_values."commitment_id") OR old_values."confidence" IS DISTINCT FROM (new_values."confidence") OR old_values."coverage" IS DISTINCT FROM (new_values."coverage") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."delay_reason" IS DISTINCT FROM (new_values."delay_reason") OR old_values."happened_on" IS DISTINCT FROM (new_values."happened_on") OR old_values."happened_precision" IS DISTINCT FROM (new_values."happened_precision") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_forecast" IS DISTINCT FROM (new_values."is_forecast") OR old_values."item_number" IS DISTINCT FROM (new_values."item_number") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."note_en" IS DISTINCT FROM (new_values."note_en") OR old_values."official_word" IS DISTINCT FROM (new_values."official_word") OR old_values."place" IS DISTINCT FROM (new_values."place") OR old_values."quote" IS DISTINCT FROM (new_values."quote") OR old_values."reported_value" IS DISTINCT FROM (new_values."reported_value") OR old_values."review_state" IS DISTINCT FROM (new_values."review_state") OR old_values."reviewed_at" IS DISTINCT FROM (new_values."reviewed_at") OR old_values."reviewed_by_id" IS DISTINCT FROM (new_values."reviewed_by_id") OR old_values."seeded" IS DISTINCT FROM (new_values."seeded") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."source_kind" IS DISTINCT FROM (new_values."source_kind") OR old_values."value_from" IS DISTINCT FROM (new_values."value_from") OR old_values."verdict" IS DISTINCT FROM (new_values."verdict")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="92625106bbaedc1f2862bb47958f58c5707325be",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_10eeb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_jurisdictionevent" ("code", "created_at", "level", "name", "name_en", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "seeded", "updated_at", "valid_from", "valid_until") SELECT new_values."code", new_values."created_at", new_values."level", new_values."name", new_values."name_en", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."code", new_values."pinyin", new_values."seeded", new_values."updated_at", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a79b5f30868a533a73017432348ea92ce3d66bab",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1ccae",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_jurisdictionevent" ("code", "created_at", "level", "name", "name_en", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "seeded", "updated_at", "valid_from", "valid_until") SELECT new_values."code", new_values."created_at", new_values."level", new_values."name", new_values."name_en", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."code", new_values."pinyin", new_values."seeded", new_values."updated_at", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."code") = (new_values."code") WHERE (old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_en" IS DISTINCT FROM (new_values."name_en") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."pinyin" IS DISTINCT FROM (new_values."pinyin") OR old_values."seeded" IS DISTINCT FROM (new_values."seeded") OR old_values."valid_from" IS DISTINCT FROM (new_values."valid_from") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="02231e51c00733a7d839cefa35dffaeac6f960fe",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_53621",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statuschange",
            trigger=pgtrigger.compiler.Trigger(
                name="copy_reason",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        UPDATE projects_commitment\n           SET delay_reason = NEW.reason_code,\n               delay_note = CASE WHEN NEW.reason_code <> '' THEN NEW.note ELSE '' END\n         WHERE id = NEW.commitment_id;\n        RETURN NULL;\n    ",
                    hash="a1f0c648ad16571fff979b6e2c422f9938e72b41",
                    operation="INSERT",
                    pgid="pgtrigger_copy_reason_16a8f",
                    table="projects_statuschange",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("achievement__isnull", False), ("source__isnull", False), _connector="OR"),
                name="evidence_has_a_source",
                violation_error_message="请选择报告中的成绩或一个来源。",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("happened_on__isnull", True), ("happened_precision", "")),
                    models.Q(
                        ("happened_on__isnull", False),
                        ("happened_on__range", (dt.date(1949, 10, 1), dt.date(2199, 12, 31))),
                        ("happened_precision__in", ["day", "month", "quarter", "year", "by"]),
                    ),
                    _connector="OR",
                ),
                name="evidence_happened_to_a_precision",
                violation_error_message="发生日期和它的精度须一起填写。",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bound", ""), ("coverage", ""), ("reported_value__isnull", True)),
                    models.Q(
                        ("bound__in", ["eq", "gte", "lte", "approx"]),
                        ("coverage__in", ["level", "cumulative", "period"]),
                        ("reported_value__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="evidence_value_is_whole",
                violation_error_message="报告值、口径和界限须一起填写。",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("speaker__in", ["official_claim", "official_other", "media", "independent"])),
                name="evidence_speaker_is_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="be8d7d7cff1942114fc6699a7ebfdfb35e5a853e",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_5f524",
                    table="projects_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address_doubt" IS DISTINCT FROM (NEW."address_doubt") OR OLD."address_doubt_en" IS DISTINCT FROM (NEW."address_doubt_en") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_sha256" IS DISTINCT FROM (NEW."file_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicators_met" IS DISTINCT FROM (NEW."indicators_met") OR OLD."indicators_total" IS DISTINCT FROM (NEW."indicators_total") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."jurisdiction_id" IS DISTINCT FROM (NEW."jurisdiction_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."original_url" IS DISTINCT FROM (NEW."original_url") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."publisher_en" IS DISTINCT FROM (NEW."publisher_en") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."retrieved_on" IS DISTINCT FROM (NEW."retrieved_on") OR OLD."seeded" IS DISTINCT FROM (NEW."seeded") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."tasks_done" IS DISTINCT FROM (NEW."tasks_done") OR OLD."tasks_partly" IS DISTINCT FROM (NEW."tasks_partly") OR OLD."tasks_total" IS DISTINCT FROM (NEW."tasks_total") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."url" IS DISTINCT FROM (NEW."url"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="a15e367805ecbebec41df7b76e9e091a5dd24bb8",
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
                name="moves_version",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n            RETURN NULL;\n        ",
                    hash="4e01a162d5df0e3cdaa27b170cfbd7d3755afa97",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_moves_version_00268",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="speakers_follow",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN ((OLD.kind, OLD.jurisdiction_id) IS DISTINCT FROM (NEW.kind, NEW.jurisdiction_id))",
                    func="\n                    UPDATE projects_evidence SET source_id = source_id WHERE source_id = NEW.id;\n                    RETURN NULL;\n                ",
                    hash="1a24e21a67ef84fabe359364fa6c2ecd69acb224",
                    operation='UPDATE OF "kind", "jurisdiction_id"',
                    pgid="pgtrigger_speakers_follow_1a7fa",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_sourceevent" ("address_doubt", "address_doubt_en", "created_at", "document_number", "file", "file_sha256", "id", "indicators_met", "indicators_total", "is_public", "jurisdiction_id", "kind", "note", "note_en", "original_url", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "publisher_en", "report_id", "retrieved_on", "seeded", "slug", "tasks_done", "tasks_partly", "tasks_total", "title", "title_en", "updated_at", "url") SELECT new_values."address_doubt", new_values."address_doubt_en", new_values."created_at", new_values."document_number", new_values."file", new_values."file_sha256", new_values."id", new_values."indicators_met", new_values."indicators_total", new_values."is_public", new_values."jurisdiction_id", new_values."kind", new_values."note", new_values."note_en", new_values."original_url", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_on", new_values."publisher", new_values."publisher_en", new_values."report_id", new_values."retrieved_on", new_values."seeded", new_values."slug", new_values."tasks_done", new_values."tasks_partly", new_values."tasks_total", new_values."title", new_values."title_en", new_values."updated_at", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dfce7b777efd6adb92867ee3a22a86810f4c2b8a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cf06d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_sourceevent" ("address_doubt", "address_doubt_en", "created_at", "document_number", "file", "file_sha256", "id", "indicators_met", "indicators_total", "is_public", "jurisdiction_id", "kind", "note", "note_en", "original_url", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "publisher_en", "report_id", "retrieved_on", "seeded", "slug", "tasks_done", "tasks_partly", "tasks_total", "title", "title_en", "updated_at", "url") SELECT new_values."address_doubt", new_values."address_doubt_en", new_values."created_at", new_values."document_number", new_values."file", new_values."file_sha256", new_values."id", new_values."indicators_met", new_values."indicators_total", new_values."is_public", new_values."jurisdiction_id", new_values."kind", new_values."note", new_values."note_en", new_values."original_url", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_on", new_values."publisher", new_values."publisher_en", new_values."report_id", new_values."retrieved_on", new_values."seeded", new_values."slug", new_values."tasks_done", new_values."tasks_partly", new_values."tasks_total", new_values."title", new_values."title_en", new_values."updated_at", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address_doubt" IS DISTINCT FROM (new_values."address_doubt") OR old_values."address_doubt_en" IS DISTINCT FROM (new_values."address_doubt_en") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."document_number" IS DISTINCT FROM (new_values."document_number") OR old_values."file" IS DISTINCT FROM (new_values."file") OR old_values."file_sha256" IS DISTINCT FROM (new_values."file_sha256") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."indicators_met" IS DISTINCT FROM (new_values."indicators_met") OR old_values."indicators_total" IS DISTINCT FROM (new_values."indicators_total") OR old_values."is_public" IS DISTINCT FROM (new_values."is_public") OR old_values."jurisdiction_id" IS DISTINCT FROM (new_values."jurisdiction_id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."note_en" IS DISTINCT FROM (new_values."note_en") OR old_values."original_url" IS DISTINCT FROM (new_values."original_url") OR old_values."published_on" IS DISTINCT FROM (new_values."published_on") OR old_values."publisher" IS DISTINCT FROM (new_values."publisher") OR old_values."publisher_en" IS DISTINCT FROM (new_values."publisher_en") OR old_values."report_id" IS DISTINCT FROM (new_values."report_id") OR old_values."retrieved_on" IS DISTINCT FROM (new_values."retrieved_on") OR old_values."seeded" IS DISTINCT FROM (new_values."seeded") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."tasks_done" IS DISTINCT FROM (new_values."tasks_done") OR old_values."tasks_partly" IS DISTINCT FROM (new_values."tasks_partly") OR old_values."tasks_total" IS DISTINCT FROM (new_values."tasks_total") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."title_en" IS DISTINCT FROM (new_values."title_en") OR old_values."url" IS DISTINCT FROM (new_values."url")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="95b4f13202eac9f94119f1f0cfb6534cb836bb1d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_41551",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="29c37a075dbe4318fb917e14cc546095d55a9937",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2c8c1",
                    table="projects_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="a74e43185a482dc38fdcdbea8afd03a4ccc77651",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_99ad1",
                    table="projects_succession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="touched",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."predecessor_id" IS DISTINCT FROM (NEW."predecessor_id") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."scope_en" IS DISTINCT FROM (NEW."scope_en") OR OLD."seeded" IS DISTINCT FROM (NEW."seeded") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."successor_name" IS DISTINCT FROM (NEW."successor_name") OR OLD."successor_name_en" IS DISTINCT FROM (NEW."successor_name_en"))',
                    func="NEW.updated_at := now(); RETURN NEW;",
                    hash="b60a5d56277c87151fa094bb51e44b2ae3ca2825",
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
                name="moves_version",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)\n            ON CONFLICT DO NOTHING;\n            RETURN NULL;\n        ",
                    hash="fd8cdc68bd2e0b4311061843f6ffd0a0e5a5f840",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_moves_version_ac646",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="speakers_follow",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    UPDATE projects_evidence SET commitment_id = commitment_id\n                     WHERE commitment_id IN (SELECT id FROM projects_commitment\n                         WHERE jurisdiction_id IN (NEW.predecessor_id, NEW.successor_id));\n                    RETURN NULL;\n                ",
                    hash="06015f27bae3b8d11c1e58b06f378c070647d11f",
                    operation='INSERT OR UPDATE OF "predecessor_id", "successor_id"',
                    pgid="pgtrigger_speakers_follow_c8972",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_successionevent" ("created_at", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "scope", "scope_en", "seeded", "source_id", "successor_id", "successor_name", "successor_name_en", "updated_at") SELECT new_values."created_at", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."predecessor_id", new_values."scope", new_values."scope_en", new_values."seeded", new_values."source_id", new_values."successor_id", new_values."successor_name", new_values."successor_name_en", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="edad3ff33db6cc11d814c9fe5381c3cc4219f431",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6d835",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_successionevent" ("created_at", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "scope", "scope_en", "seeded", "source_id", "successor_id", "successor_name", "successor_name_en", "updated_at") SELECT new_values."created_at", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."predecessor_id", new_values."scope", new_values."scope_en", new_values."seeded", new_values."source_id", new_values."successor_id", new_values."successor_name", new_values."successor_name_en", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."predecessor_id" IS DISTINCT FROM (new_values."predecessor_id") OR old_values."scope" IS DISTINCT FROM (new_values."scope") OR old_values."scope_en" IS DISTINCT FROM (new_values."scope_en") OR old_values."seeded" IS DISTINCT FROM (new_values."seeded") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."successor_id" IS DISTINCT FROM (new_values."successor_id") OR old_values."successor_name" IS DISTINCT FROM (new_values."successor_name") OR old_values."successor_name_en" IS DISTINCT FROM (new_values."successor_name_en")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fa663b34c371d51fb432539c7323be6126202132",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee892",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="successionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="df7e9e1b95da642f6c241356b1af50a1ff89c025",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dfc86",
                    table="projects_successionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="d78b1f75ca50120b36b5473b3cba1353e739e98d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_ecaff",
                    table="projects_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="26fefd22f414b0388c4c0868d27d04d7d433cd2a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_dcbf2",
                    table="projects_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="bf67e2ab4587e617f2a0f702805fa416dcfa0115",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_657fd",
                    table="projects_succession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="successionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="0d2ca24a756442567316734a6dda182e7e36147d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_7f99e",
                    table="projects_successionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(NEW_VERSIONS, migrations.RunSQL.noop),
    ]
