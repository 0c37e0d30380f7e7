from collections import Counter
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from projects.choices import Category, DueBasis, DueState, Milestone, Precision, ReviewState, Status
from projects.models import Commitment
from projects.querysets import due_state_q
from projects.views.counts import Part, counted, tally, tally_of_all
from tests.factories import AchievementFactory, CommitmentFactory, EvidenceFactory, ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db

NOW = date(2022, 6, 1)


def settle(row: Commitment, status: str, as_of: date, happened_on: date | None = None) -> None:
    """Give the commitment a status by evidence of a day, of what happened on a day."""
    proof = EvidenceFactory.create(
        commitment=row, verdict=status, as_of=as_of, happened_on=happened_on, source__published_on=None,
        happened_precision=Precision.DAY if happened_on else "",
    )  # fmt: skip
    row.record_status(status, evidence=proof, effective_on=as_of, reason_code="not_given")


@pytest.fixture
def of_every_state() -> None:
    """Two reports with commitments of every due state on ``NOW``."""
    report, later = ReportFactory.create(), ReportFactory.create(year=2022)
    rows = [CommitmentFactory.create(report=report, category=list(Category)[number % 4]) for number in range(6)]
    settle(rows[0], Status.COMPLETED, date(2021, 12, 20))
    settle(rows[1], Status.COMPLETED, date(2022, 2, 1), date(2022, 1, 25))
    settle(rows[2], Status.PARTIAL, date(2022, 2, 1))
    settle(rows[3], Status.NOT_MET, date(2022, 2, 1))
    settle(rows[4], Status.CANCELLED, date(2021, 6, 1))
    CommitmentFactory.create_batch(2, report=report, milestone=Milestone.PROGRESS)
    CommitmentFactory.create_batch(3, report=later, due_on=date(2022, 12, 31))
    CommitmentFactory.create(report=later, due_on=date(2022, 5, 1), due_basis=DueBasis.STATED)
    CommitmentFactory.create(report=later, due_on=date(2022, 5, 1))


@pytest.mark.usefixtures("of_every_state")
def test_commitments_are_counted_by_due_state_and_all_of_them_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        found = tally(Commitment.objects.published(), NOW)
    with django_assert_num_queries(1):
        assert tally_of_all(NOW) == found
    counts = {part.code: part.total for part in found.whole.parts}
    assert counts == Counter(row.due_state(NOW) for row in Commitment.objects.all())
    assert set(counts) == set(DueState)
    assert sum(counts.values()) == found.total == 13
    for rows in (found.years, found.categories):
        assert sum(row.total for row in rows) == found.total
        assert all(sum(part.total for part in row.parts) == row.total for row in rows)


@pytest.mark.usefixtures("of_every_state")
def test_what_is_known_unkept_and_what_nobody_verified_are_never_one_number() -> None:
    whole = tally_of_all(NOW).whole
    assert (whole.kept, whole.kept_late, whole.known_unkept, whole.unverified) == (2, 1, 2, 2)
    assert [(part.code, part.total) for part in whole.rest] == [
        (DueState.RUNNING, 4), (DueState.ONGOING, 2), (DueState.CLOSED, 1)
    ]  # fmt: skip
    assert whole.kept + whole.known_unkept + whole.unverified + sum(part.total for part in whole.rest) == 13


@pytest.mark.usefixtures("of_every_state")
@pytest.mark.parametrize("on", [date(2021, 12, 31), date(2022, 1, 1), date(2022, 3, 31), date(2022, 4, 1)])
def test_the_counts_are_those_of_the_lists_they_lead_to(on: date) -> None:
    counts = {part.code: part.total for part in tally_of_all(on).whole.parts}
    for state in DueState:
        assert counts.get(state, 0) == Commitment.objects.published().filter(due_state_q(state, on)).count(), state


def test_years_are_the_newest_first_and_categories_in_their_order() -> None:
    CommitmentFactory.create(report=ReportFactory.create(), category=Category.HEALTH)
    CommitmentFactory.create(report=ReportFactory.create(year=2025))
    CommitmentFactory.create(report=ReportFactory.create(year=2025), review_state=ReviewState.CANDIDATE)
    found = tally_of_all(NOW)
    assert [row.code for row in found.years] == ["2025", "2021"]
    assert [(row.code, row.total) for row in found.categories] == [("education", 1), ("health", 1)]


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    report = ReportFactory.create()
    schools = [CommitmentFactory.create(report=report) for _ in range(4)]
    CommitmentFactory.create(report=report, category=Category.HEALTH)
    settle(schools[0], Status.COMPLETED, date(2021, 12, 20))
    education, health = tally(Commitment.objects.published(), NOW).categories
    assert education.parts == (Part(DueState.KEPT, 1, 0.0, 25.0), Part(DueState.UNVERIFIED, 3, 25.0, 75.0))
    assert health.parts == (Part(DueState.UNVERIFIED, 1, 0.0, 25.0),)


def test_nothing_is_counted_without_commitments() -> None:
    found = tally(Commitment.objects.published(), NOW)
    assert tally_of_all(NOW) == found
    assert (found.total, found.categories, found.years, found.whole.parts) == (0, (), (), ())


def test_public_statements_are_counted_by_report_and_by_project(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    report, other, project = ReportFactory.create(), ReportFactory.create(), ProjectFactory.create()
    CommitmentFactory.create_batch(2, report=report, project=project)
    CommitmentFactory.create(report=report, review_state=ReviewState.WITHDRAWN)
    AchievementFactory.create(report=other)
    with django_assert_num_queries(2):
        rows = counted([report, other], "report")
    assert [(row.row, row.commitments, row.achievements) for row in rows] == [(report, 2, 0), (other, 0, 1)]
    [only] = counted([project], "project")
    assert (only.commitments, only.achievements) == (2, 0)
