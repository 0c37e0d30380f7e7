"""The command says where, and exits with 1; on good data it says so, and exits with 0."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from projects.integrity import Fault
from projects.management.commands.verify_history import described
from tests.factories import CommitmentFactory, DepartmentFactory
from tests.projects.models.refusals import execute

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("verify_history", *arguments, stdout=out)
    return out.getvalue().splitlines()


def failed(*arguments: str) -> list[str]:
    """The lines of a run that exits with 1, what is said on standard error as the last."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("verify_history", *arguments, stdout=out)
    assert caught.value.returncode == 1
    return [*out.getvalue().splitlines(), str(caught.value)]


def test_good_data() -> None:
    CommitmentFactory.create()
    *tables, last = run()
    assert last == f"{len(tables)} tables agree with their history."
    assert "projects_commitment: no faults" in tables


def test_damaged_data() -> None:
    rows = DepartmentFactory.create_batch(3, name_en="Bureau")
    execute("SET LOCAL session_replication_role = replica")
    execute("UPDATE projects_department SET name_en = 'Office'")
    lines = failed("--limit", "1")
    first = min(row.pk for row in rows)
    place = f"projects_department row {first}: differs from its newest version: name_en"
    assert f"{place} is “Office”, recorded is “Bureau”" in lines
    assert "projects_department: 3 faults, 2 of them not listed: --limit" in lines
    assert lines[-1] == "3 faults: what stands and its history disagree."


def test_a_limit_that_is_none_is_refused() -> None:
    assert failed("--limit", "0") == ["--limit must be 1 or more."]


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault("7", "has no version", "", None, None), "row 7: has no version"),
        (Fault("7", "differs", "unit", "", None), "row 7: differs: unit is “”, recorded is NULL"),
        (
            Fault("7", "differs", "note", "a" * 100 + "b" + "c" * 100, "a" * 100),
            f"row 7: differs: note is “…{'a' * 20}b{'c' * 39}…”, recorded is “…{'a' * 20}”",
        ),
        (
            Fault("7", "differs", "note", "b" + "c" * 100, "d"),
            f"row 7: differs: note is “b{'c' * 59}…”, recorded is “d”",
        ),
    ],
)
def test_a_fault_is_a_line(fault: Fault, line: str) -> None:
    assert described(fault) == line
