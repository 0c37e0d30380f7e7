"""What was done behind the triggers' back is found, every kind of it; what went the ordinary way is no fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pghistory
import pytest
from factory.django import DjangoModelFactory

from projects import integrity
from projects.choices import Status
from projects.evidence import accept
from projects.integrity import Fault
from projects.models import Commitment, Evidence, Responsibility
from projects.sweep import record_overdue
from seeds.load import seed
from tests.factories import (
    AchievementFactory,
    ApiTokenFactory,
    CommitmentFactory,
    DepartmentFactory,
    EvidenceFactory,
    JurisdictionFactory,
    LinkProposalFactory,
    ProjectFactory,
    ReportFactory,
    ReportPairFactory,
    ResponsibilityFactory,
    RestatementFactory,
    RowLinkFactory,
    SourceFactory,
    SuccessionFactory,
)
from tests.projects.models.refusals import execute

pytestmark = pytest.mark.django_db

DAY = date(2021, 12, 20)
SEEDS = Path(integrity.__file__).resolve().parents[1] / "seeds"
FACTORIES: list[type[DjangoModelFactory[Any]]] = [
    *(AchievementFactory, ApiTokenFactory, CommitmentFactory, DepartmentFactory, EvidenceFactory),
    *(JurisdictionFactory, LinkProposalFactory, ProjectFactory, ReportFactory, ReportPairFactory),
    *(ResponsibilityFactory, RestatementFactory),
    *(RowLinkFactory, SourceFactory, SuccessionFactory),
]
# Another value for a column of each type.
OTHER = {
    "character varying": "CASE {column} WHEN 'y' THEN 'x' ELSE 'y' END",
    "text": "{column} || 'x'",
    "bigint": "coalesce({column}, 0) + 1",
    "integer": "coalesce({column}, 0) + 1",
    "smallint": "coalesce({column}, 0) + 1",
    "numeric": "coalesce({column}, 0) + 0.0001",
    "double precision": "coalesce({column}, 0) + 0.25",
    "date": "coalesce({column} + 1, '2021-01-01')",
    "timestamp with time zone": "coalesce({column}, now()) + interval '1 microsecond'",
    "boolean": "NOT {column}",
    "jsonb": "coalesce({column}, '[]') || '[1]'",
    "ARRAY": "{column} || '{{x}}'",
}


@contextmanager
def triggers_off() -> Iterator[None]:
    """What only a superuser can do: write without a trick of the database that notices."""
    execute("SET LOCAL session_replication_role = replica")
    yield
    execute("SET LOCAL session_replication_role = DEFAULT")


def damage(statement: str, *, table: str = "") -> None:
    with triggers_off():
        execute(statement, table=table)


def faults() -> dict[str, list[Fault]]:
    """The faults by table, tables without any left out."""
    checked = {each.table.removeprefix("projects_"): list(each.first) for each in integrity.verify(limit=50)}
    return {table: found for table, found in checked.items() if found}


def only(table: str) -> Fault:
    """The one fault there is, in this table."""
    ((found, [fault]),) = faults().items()
    assert found == table
    return fault


@pytest.fixture
def commitment() -> Commitment:
    row: Commitment = CommitmentFactory.create(title="建成一所学校")
    return row


def completed(commitment: Commitment) -> Commitment:
    evidence = EvidenceFactory.create(commitment=commitment)
    commitment.record_status(Status.COMPLETED, evidence=evidence, effective_on=DAY)
    return commitment


def test_the_data_that_ship_have_their_history() -> None:
    seed(SEEDS)
    record_overdue(on=date(2026, 1, 1))
    assert Commitment.objects.filter(overdue_since__isnull=False).exists()
    assert len(list(integrity.verify(limit=1))) == len(integrity.histories()) + 2
    assert faults() == {}
    seed(SEEDS)
    assert faults() == {}


def test_what_goes_the_ordinary_way_is_no_fault(commitment: Commitment) -> None:
    record_overdue(on=date(2023, 1, 1))
    commitment.refresh_from_db()
    commitment.title = "建成两所学校"
    with pghistory.context(user=1):
        commitment.save()
    accept(EvidenceFactory.create(commitment=commitment, review_state="proposed", verdict="partial"), None)
    completed(commitment)
    commitment.record_status(Status.NOT_ASSESSED, evidence=None, effective_on=DAY)
    ApiTokenFactory.create().used(datetime(2026, 1, 1, tzinfo=UTC))
    ResponsibilityFactory.create().delete()
    Commitment.objects.filter(pk=commitment.pk).update(section="另一节")
    assert faults() == {}


def test_each_tracked_table_is_looked_at() -> None:
    made = {factory._meta.model for factory in FACTORIES}
    assert made == {versions.pgh_tracked_model for versions in integrity.histories()}


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_difference_in_any_column_is_found(factory: type[DjangoModelFactory[Any]]) -> None:
    row = factory.create()
    versions = row.pgh_event_model
    columns = [field.column for field in integrity.compared_fields(versions)]
    types = dict(
        execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s",
            versions._meta.db_table,
        )
    )
    changes = ", ".join(("{column} = " + OTHER[types[column]]).format(column=f'"{column}"') for column in columns)
    damage("UPDATE {table} SET {changes}".replace("{changes}", changes), table=versions._meta.db_table)
    found = [fault for fault in faults()[row._meta.model_name] if fault.problem == "differs from its newest version"]
    assert {(fault.row, fault.field) for fault in found} == {(str(row.pk), column) for column in columns}


def test_all_is_compared_but_what_follows_from_elsewhere() -> None:
    left = {
        versions.pgh_tracked_model.__name__: {
            field.name for field in versions._meta.fields if not field.name.startswith("pgh_")
        }
        - {field.name for field in integrity.compared_fields(versions)}
        for versions in integrity.histories()
    }
    assert left.pop("Commitment") == {"updated_at", "overdue_since", "reported_value", "reported_on"}
    assert left.pop("ApiToken") == {"updated_at", "last_used_at"}
    assert left.pop("LinkProposal") == {"updated_at", "score", "reasons"}
    assert left.pop("ReportPair") == {"updated_at", "linked_at"}
    assert set(map(frozenset, left.values())) == {frozenset({"updated_at"})}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_commitment SET updated_at = now()",
        "UPDATE projects_commitment SET reported_value = 5, reported_on = '2021-01-01'",
    ],
)
def test_what_follows_from_elsewhere_may_differ(commitment: Commitment, statement: str) -> None:
    damage(statement)
    assert faults() == {}


def test_a_changed_row_is_found(commitment: Commitment) -> None:
    damage("UPDATE projects_commitment SET title = '建成两所学校', last_verified_on = '2022-01-01'")
    date_fault, title_fault = faults()["commitment"]
    row, problem = str(commitment.pk), "differs from its newest version"
    assert title_fault == Fault(row, problem, "title", "建成两所学校", "建成一所学校")
    assert date_fault == Fault(row, problem, "last_verified_on", "2022-01-01", None)


def test_a_lost_newest_version_is_found(commitment: Commitment) -> None:
    Commitment.objects.update(section="新")
    damage("DELETE FROM projects_commitmentevent WHERE pgh_label = 'update'")
    fault = only("commitment")
    assert (fault.field, fault.stands, fault.recorded) == ("section", "新", "三、重点工作")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM projects_restatementevent", "has no version"),
        ("DELETE FROM projects_restatementevent WHERE pgh_label = 'insert'", "has no first version before it"),
        ("DELETE FROM projects_restatement", "is gone, and no version says that it was deleted"),
        ("UPDATE projects_restatementevent SET pgh_label = 'insert'", "makes it a second time"),
        (
            "UPDATE projects_restatementevent SET pgh_label = 'changed' WHERE pgh_label = 'update'",
            "has an unknown label",
        ),
        ("UPDATE projects_restatementevent SET id = id + 1 WHERE pgh_label = 'insert'", "is of another row"),
        ("UPDATE projects_restatementevent SET pgh_id = 900000 WHERE pgh_label = 'update'", "was never given out"),
        ("DELETE FROM pghistory_context", "names a maker who is lost"),
    ],
)
def test_a_broken_history_is_found(statement: str, problem: str) -> None:
    row = RestatementFactory.create()
    row.note = "第二次"
    with pghistory.context(user=1):
        row.save()
    assert faults() == {}
    damage(statement)
    fault = only("restatement")
    assert fault.row == str(row.pk)
    assert fault.problem.endswith(problem)


def test_a_row_whose_history_says_that_it_is_gone_is_found() -> None:
    row: Responsibility = ResponsibilityFactory.create()
    row.delete()
    damage(
        "INSERT INTO projects_responsibility (id, commitment_id, department_id, role)"
        " SELECT id, commitment_id, department_id, role FROM projects_responsibilityevent WHERE pgh_label = 'insert'"
    )
    problems = [fault.problem for fault in faults()["responsibility"] if not fault.field]
    assert problems == ["is there, and its newest version says that it was deleted"]


def test_a_lost_transition_is_found(commitment: Commitment) -> None:
    completed(commitment)
    damage("DELETE FROM projects_statuschange")
    newest, number = faults()["commitment"]
    assert (newest.field, newest.stands, newest.recorded) == ("status", "completed", "not_assessed")
    assert (number.stands, number.recorded) == ("0", "1")


def _partial(commitment: Commitment) -> Evidence:
    row: Evidence = EvidenceFactory.create(commitment=commitment, verdict=Status.PARTIAL)
    return row


def test_transitions_that_do_not_join_are_found(commitment: Commitment) -> None:
    completed(commitment)
    commitment.record_status(Status.PARTIAL, evidence=_partial(commitment), effective_on=DAY)
    damage("UPDATE projects_statuschange SET from_status = 'in_progress' WHERE to_status = 'partial'")
    fault = only("statuschange")
    assert (fault.field, fault.stands, fault.recorded) == ("from_status", "in_progress", "completed")


def test_there_and_back_again_does_not_hide(commitment: Commitment) -> None:
    completed(commitment)
    commitment.record_status(Status.NOT_ASSESSED, evidence=None, effective_on=DAY)
    damage("DELETE FROM projects_statuschange")
    fault = only("commitment")
    assert fault.problem == "has another number of transitions than its versions tell of"
    assert (fault.stands, fault.recorded) == ("0", "2")


def test_a_status_without_transition_is_found_though_the_triggers_were_on(commitment: Commitment) -> None:
    evidence = EvidenceFactory.create(commitment=commitment)
    Commitment.objects.update(status=Status.COMPLETED, status_evidence=evidence, status_since=DAY)
    assert [fault.problem for fault in faults()["commitment"]] == [
        "differs from the newest transition",
        "has another number of transitions than its versions tell of",
    ]


@pytest.mark.parametrize(
    ("statement", "table", "found"),
    [
        ("DELETE FROM projects_overdueevent", "commitment", ("overdue_since", "2022-04-01", None)),
        ("UPDATE projects_commitment SET overdue_since = NULL", "commitment", ("overdue_since", None, "2022-04-01")),
        (
            "DELETE FROM projects_overdueevent WHERE kind = 'cleared'",
            "overdueevent",
            ("kind", "flagged", "flagged"),
        ),
        (
            "UPDATE projects_overdueevent SET overdue_since = '2022-04-09' WHERE kind = 'cleared'",
            "overdueevent",
            ("overdue_since", "2022-04-09", "2022-04-01"),
        ),
    ],
)
def test_a_broken_record_of_overdue_is_found(
    commitment: Commitment, statement: str, table: str, found: tuple[Any, ...]
) -> None:
    for day in (date(2023, 1, 1), DAY, date(2023, 1, 1)):
        record_overdue(on=day)
    assert faults() == {}
    damage(statement)
    fault = only(table)
    assert (fault.field, fault.stands, fault.recorded) == found


def test_all_faults_are_counted_and_the_first_listed() -> None:
    rows = sorted(row.pk for row in DepartmentFactory.create_batch(12))
    damage("DELETE FROM projects_departmentevent")
    found = next(each for each in integrity.verify(limit=5) if each.table == "projects_department")
    assert found.count == 12
    assert [int(fault.row) for fault in found.first] == rows[:5]
