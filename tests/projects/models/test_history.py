"""What happened is written once and stays."""

from datetime import date
from typing import Any

import pytest

from projects.models import Commitment, OverdueEvent, StatusChange
from tests.factories import CommitmentFactory, EvidenceFactory
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db

DAY = date(2021, 12, 20)


@pytest.fixture
def commitment() -> Commitment:
    row: Commitment = CommitmentFactory.create()
    row.record_status("completed", evidence=EvidenceFactory.create(commitment=row), effective_on=DAY)
    OverdueEvent.objects.create(commitment=row, kind="flagged", on=DAY, overdue_since=DAY)
    return row


@pytest.mark.parametrize("table", ["statuschange", "overdueevent"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET recorded_at = now()", "DELETE FROM {table}"])
def test_rows_are_neither_changed_nor_deleted(commitment: Commitment, table: str, statement: str) -> None:
    with refused("Cannot (update|delete)"):
        execute(statement, table=f"projects_{table}")


def test_the_orm_cannot_either(commitment: Commitment) -> None:
    with refused("Cannot update"):
        StatusChange.objects.update(note="x")
    with refused("Cannot update or delete"):
        OverdueEvent.objects.all().delete()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"evidence": None}, "status_change_has_evidence"),
        ({"to_status": "done"}, "to_is_known"),
        ({"from_status": "new"}, "from_is_known"),
    ],
)
def test_a_transition_that_is_none_is_refused(commitment: Commitment, change: dict[str, Any], reason: str) -> None:
    whole = {"from_status": "partial", "to_status": "completed", "evidence": commitment.status_evidence}
    with refused(reason):
        StatusChange.objects.create(commitment=commitment, effective_on=DAY, **{**whole, **change})


@pytest.mark.parametrize(
    ("change", "reason"), [({"kind": "late"}, "kind_is_known"), ({"basis": "x"}, "basis_is_known")]
)
def test_an_unknown_overdue_event_is_refused(commitment: Commitment, change: dict[str, str], reason: str) -> None:
    whole = {"kind": "flagged", "basis": "none", **change}
    with refused(reason):
        OverdueEvent.objects.create(commitment=commitment, on=DAY, overdue_since=DAY, **whole)
