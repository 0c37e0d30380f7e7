"""Governments and departments keep the values last loaded too, so that a load leaves curators’ changes alone."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0002_copied_columns"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="department",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="department",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jurisdiction",
            name="update_update",
        ),
        migrations.AddField(
            model_name="department",
            name="seeded",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值"),
        ),
        migrations.AddField(
            model_name="departmentevent",
            name="seeded",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值"),
        ),
        migrations.AddField(
            model_name="jurisdiction",
            name="seeded",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值"),
        ),
        migrations.AddField(
            model_name="jurisdictionevent",
            name="seeded",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="上次载入的值"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_departmentevent" ("created_at", "id", "jurisdiction_id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "seeded", "updated_at") SELECT new_values."created_at", new_values."id", new_values."jurisdiction_id", new_values."name", new_values."name_en", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pinyin", new_values."seeded", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bcc1c34fa35cd2263f82d49aa46dabdcc8f5088b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_403a2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="projects_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="department",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_departmentevent" ("created_at", "id", "jurisdiction_id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "seeded", "updated_at") SELECT new_values."created_at", new_values."id", new_values."jurisdiction_id", new_values."name", new_values."name_en", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pinyin", new_values."seeded", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."jurisdiction_id" IS DISTINCT FROM (new_values."jurisdiction_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_en" IS DISTINCT FROM (new_values."name_en") OR old_values."pinyin" IS DISTINCT FROM (new_values."pinyin") OR old_values."seeded" IS DISTINCT FROM (new_values."seeded")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="322576bfba883b5df283a5f7a618d7071074d359",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e17e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_department",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_jurisdictionevent" ("code", "created_at", "level", "name", "name_en", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "seeded", "updated_at") SELECT new_values."code", new_values."created_at", new_values."level", new_values."name", new_values."name_en", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."code", new_values."pinyin", new_values."seeded", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2f767d054c6033698c2eb6303c2c3afdbc0d8505",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_jurisdictionevent" ("code", "created_at", "level", "name", "name_en", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "seeded", "updated_at") SELECT new_values."code", new_values."created_at", new_values."level", new_values."name", new_values."name_en", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."code", new_values."pinyin", new_values."seeded", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."code") = (new_values."code") WHERE (old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_en" IS DISTINCT FROM (new_values."name_en") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."pinyin" IS DISTINCT FROM (new_values."pinyin") OR old_values."seeded" IS DISTINCT FROM (new_values."seeded")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="96c274f8c8e131bd9f763e88ed015a394fd09952",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_53621",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="projects_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
    ]
