from datetime import date

import pytest

from projects.choices import DueBasis, Status
from projects.models import Commitment
from projects.views.standing import Kind, Standing, standing


def commitment(status: str, basis: str = DueBasis.IMPLIED, since: date | None = None) -> Commitment:
    return Commitment(status=status, due_on=date(2021, 12, 31), due_basis=basis, status_since=since)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2021, 12, 30), Standing(Kind.OPEN, 1)),
        (date(2021, 12, 31), Standing(Kind.OPEN, 0)),
        (date(2022, 1, 1), Standing(Kind.GRACE, 1, date(2022, 3, 31))),
        (date(2022, 3, 31), Standing(Kind.GRACE, 90, date(2022, 3, 31))),
        (date(2022, 4, 1), Standing(Kind.OVERDUE, 91)),
    ],
)
def test_an_open_commitment_with_an_implied_date(on: date, expected: Standing) -> None:
    assert standing(commitment(Status.IN_PROGRESS), on) == expected


def test_a_stated_date_has_no_grace() -> None:
    assert standing(commitment(Status.PARTIAL, DueBasis.STATED), date(2022, 1, 1)) == Standing(Kind.OVERDUE, 1)


def test_a_completed_commitment_is_late_or_not_but_never_overdue() -> None:
    late = commitment(Status.COMPLETED, since=date(2022, 1, 10))
    assert standing(late, date(2026, 1, 1)) == Standing(Kind.COMPLETED_LATE, 10)
    in_time = commitment(Status.COMPLETED, since=date(2021, 12, 31))
    assert standing(in_time, date(2026, 1, 1)) == Standing(Kind.COMPLETED)


@pytest.mark.parametrize("status", [Status.NOT_MET, Status.CANCELLED, Status.UNVERIFIABLE])
def test_a_closed_commitment_is_not_overdue(status: str) -> None:
    found = standing(commitment(status), date(2026, 1, 1))
    assert found == Standing(Kind.CLOSED)
    assert not found.shown


def test_what_the_status_does_not_say_is_shown() -> None:
    assert [kind for kind in Kind if Standing(kind).shown] == [
        Kind.OPEN,
        Kind.GRACE,
        Kind.OVERDUE,
        Kind.COMPLETED_LATE,
    ]
