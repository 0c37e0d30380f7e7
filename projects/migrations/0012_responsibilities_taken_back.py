"""A responsibility that is taken back leaves a version."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0011_quantity_is_not_negative"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_responsibilityevent" ("commitment_id", "created_at", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "updated_at") SELECT old_values."commitment_id", old_values."created_at", old_values."department_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."updated_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8f836d791ef1dd8175646c7237f72f792efdcb71",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_620d9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="projects_responsibility",
                    when="AFTER",
                ),
            ),
        ),
    ]
