"""Migrations fit the models, and can run while the version before them still serves."""

import pytest
from django.core.management import call_command
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements, get_sql_analyser_class

# The apps whose migrations are ours; those of libraries were judged by their authors.
OURS = ["projects"]
# Building an index makes writers wait, who are curators, and lets every reader pass.
ACCEPTED = ["CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE", "DROP_INDEX"]


@pytest.mark.django_db
def test_every_change_of_the_models_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


@pytest.mark.django_db
def test_no_migration_breaks_the_version_that_is_still_running() -> None:
    linter = MigrationLinter(
        include_apps=OURS,
        no_cache=True,
        # The first migration of an app has no version before it.
        ignore_initial_migrations=True,
        exclude_migration_tests=ACCEPTED,
    )
    linter.lint_all_migrations()
    assert linter.nb_valid > 0
    assert (linter.nb_erroneous, linter.nb_warnings) == (0, 0)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ('ALTER TABLE "a" ADD COLUMN "b" integer NOT NULL;', "NOT_NULL"),
        ('ALTER TABLE "a" DROP COLUMN "b";', "DROP_COLUMN"),
        ('ALTER TABLE "a" RENAME TO "b";', "RENAME_TABLE"),
    ],
)
def test_a_breaking_statement_is_found(statement: str, code: str) -> None:
    errors, _, _ = analyse_sql_statements(get_sql_analyser_class("postgresql"), [statement])
    assert [error.code for error in errors] == [code]


def test_a_harmless_statement_is_not() -> None:
    statement = 'ALTER TABLE "a" ADD COLUMN "b" integer NULL;'
    assert analyse_sql_statements(get_sql_analyser_class("postgresql"), [statement]) == ([], [], [])
