"""No table of the record can be emptied, whoever asks; those that may be are named here."""

import re
from pathlib import Path
from typing import Any

import pghistory.models
import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.core.management.sql import sql_flush
from django.db import connection
from django.db.models import Model

from projects.models import Commitment, Jurisdiction
from tests.factories import DepartmentFactory, EvidenceFactory, JurisdictionFactory
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
# What may be emptied, since nothing is lost with it.
MAY_BE_EMPTIED = {
    "projects_commitmenttally": "counted again from the commitments",
    "projects_commitmentwords": "read again from the commitments",
    "projects_achievementwords": "read again from the achievements",
    "projects_datasetchange": "empty but within a transaction",
    "projects_notedchange": "empty but within a transaction",
    "projects_idempotencykey": "answers that are thrown away after a day",
}


def _tables() -> list[str]:
    """Every table of the app, with those of versions, and the one that says who made them."""
    own: list[type[Model]] = [*apps.get_app_config("projects").get_models(include_auto_created=True)]
    return sorted({model._meta.db_table for model in own} | {pghistory.models.Context._meta.db_table})


def _refusing() -> set[str]:
    """The tables that have a trigger, switched on, for TRUNCATE (32 in ``tgtype``)."""
    rows = execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgtype & 32 <> 0 AND tgenabled = 'O'")
    return {table for (table,) in rows}


def test_every_table_is_protected_or_named_here() -> None:
    assert len(_tables()) > 25
    assert _refusing() == set(_tables()) - set(MAY_BE_EMPTIED)


@pytest.mark.parametrize("table", [table for table in _tables() if table not in MAY_BE_EMPTIED])
def test_a_table_of_the_record_is_not_emptied(table: str) -> None:
    for more in ("", "RESTART IDENTITY", "CASCADE"):
        with refused(f"truncate {table}|referenced in a foreign key"):
            execute(f"TRUNCATE {{table}} {more}", table=table)


@pytest.mark.parametrize("table", sorted(MAY_BE_EMPTIED))
def test_what_can_be_filled_again_may_be_emptied(table: str) -> None:
    execute("TRUNCATE {table}", table=table)
    assert execute("SELECT count(*) FROM {table}", table=table) == [(0,)]


def test_versions_stay_beside_their_rows() -> None:
    commitment: Any = EvidenceFactory.create().commitment
    versions = commitment.events.count()
    connection.check_constraints()
    for statement in ("TRUNCATE projects_commitmentevent", "TRUNCATE projects_commitment CASCADE"):
        with refused("truncate projects_commitment"):
            execute(statement)
    assert Commitment.objects.count() == 1
    assert commitment.events.count() == versions


def test_emptying_a_table_of_accounts_does_not_take_ours_along() -> None:
    with refused("truncate projects_"):
        execute("TRUNCATE auth_user CASCADE")


def test_manage_py_flush_is_refused() -> None:
    JurisdictionFactory.create()
    connection.check_constraints()
    with refused("truncate projects_"):
        execute("".join(sql_flush(no_style(), connection)))
    assert Jurisdiction.objects.exists()


def test_governments_and_departments_are_not_deleted_either() -> None:
    department = DepartmentFactory.create()
    for row in (department, department.jurisdiction):
        with refused("Cannot delete"):
            row.delete()


def test_nothing_of_ours_switches_triggers_off() -> None:
    """Emptying the database between tests does so; the site, its commands and its worker must not."""
    ways_around = re.compile(r"session_replication_role|pgtrigger\.ignore|DISABLE TRIGGER", re.IGNORECASE)
    files = [file for package in ("backend", "projects", "seeds") for file in (ROOT / package).rglob("*.py")]
    assert len(files) > 100
    assert [str(file) for file in files if ways_around.search(file.read_text(encoding="utf-8"))] == []
