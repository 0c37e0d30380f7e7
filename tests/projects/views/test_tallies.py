from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from projects.choices import Category, ReviewState, Status
from projects.models import Commitment
from projects.views.tallies import Segment, counted, tally, tally_of_all
from tests.factories import AchievementFactory, CommitmentFactory, EvidenceFactory, ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db


def test_commitments_are_counted_by_category_and_status(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    report = ReportFactory.create()
    schools = [CommitmentFactory.create(report=report) for _ in range(3)]
    CommitmentFactory.create(report=report, category=Category.HEALTH, due_on=date(2030, 1, 1))
    CommitmentFactory.create(report=report, review_state=ReviewState.CANDIDATE)
    proof = EvidenceFactory.create(commitment=schools[0])
    schools[0].record_status(Status.COMPLETED, evidence=proof, effective_on=date(2021, 12, 20))
    with django_assert_num_queries(1):
        found = tally(Commitment.objects.published(), date(2025, 1, 1))
    with django_assert_num_queries(1):
        assert tally_of_all(date(2025, 1, 1)) == found
    assert (found.total, found.completed, found.overdue) == (4, 1, 2)
    education, health = found.categories
    assert (education.code, education.total, education.completed, education.overdue) == ("education", 3, 1, 2)
    assert (health.code, health.total, health.completed, health.overdue) == ("health", 1, 0, 0)
    assert [(row.code, row.total) for row in found.statuses] == [("not_assessed", 3), ("completed", 1)]


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    report = ReportFactory.create()
    schools = [CommitmentFactory.create(report=report) for _ in range(4)]
    CommitmentFactory.create(report=report, category=Category.HEALTH)
    schools[0].record_status(
        Status.COMPLETED, evidence=EvidenceFactory.create(commitment=schools[0]), effective_on=date(2021, 12, 20)
    )
    education, health = tally(Commitment.objects.published(), date(2022, 1, 1)).categories
    assert education.segments == (Segment("not_assessed", 0.0, 75.0), Segment("completed", 75.0, 25.0))
    assert health.segments == (Segment("not_assessed", 0.0, 25.0),)


def test_nothing_is_counted_without_commitments() -> None:
    found = tally(Commitment.objects.published(), date(2022, 1, 1))
    assert tally_of_all(date(2022, 1, 1)) == found
    assert (found.total, found.categories, found.statuses) == (0, (), ())


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
