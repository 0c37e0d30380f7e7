"""The kept totals are what counting the rows gives, whatever is done to the rows."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from projects.choices import Category, DueBasis, Milestone, ReportState, ReviewState, Status
from projects.models import Commitment, CommitmentTally, Report
from projects.models.tally import RECOUNT
from tests.factories import CommitmentFactory, EvidenceFactory, ReportFactory

KEY = ("year", "category", "status", "outcome", "due_basis", "due_on")


def kept() -> Counter[tuple[object, ...]]:
    """Return the totals that the triggers keep."""
    rows = CommitmentTally.objects.exclude(commitments=0).values_list(*KEY, "commitments")
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def counted() -> Counter[tuple[object, ...]]:
    """Return the totals of the rows themselves."""
    return Counter(Commitment.objects.published().values_list(*KEY))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("review_state"), st.sampled_from(ReviewState.values), st.integers(0, 5)),
        st.tuples(st.just("category"), st.sampled_from(Category.values[:3]), st.integers(0, 5)),
        st.tuples(st.just("due_on"), st.dates(date(2021, 1, 1), date(2021, 1, 3)), st.integers(0, 5)),
        st.tuples(st.just("due_basis"), st.sampled_from(DueBasis.values), st.integers(0, 5)),
        st.tuples(st.just("milestone"), st.sampled_from(Milestone.values), st.integers(0, 5)),
        st.tuples(st.just("report"), st.sampled_from(ReportState.values), st.integers(0, 1)),
    ),
    max_size=12,
)


class TestWhateverIsDone(TestCase):
    """Each example works on rows of its own and leaves none."""

    @settings(max_examples=25)
    @given(steps=STEPS)
    def test_the_totals_are_those_of_the_rows(self, steps: list[tuple[str, object, int]]) -> None:
        reports = [ReportFactory.create(year=2021), ReportFactory.create(year=2025)]
        rows = [CommitmentFactory.create(report=reports[n % 2], position=n) for n in range(6)]
        for column, value, number in steps:
            if column == "report":
                Report.objects.filter(pk=reports[number].pk).update(state=value)
            else:
                Commitment.objects.filter(pk__gte=rows[number].pk).update(**{column: value})
            assert kept() == counted()


@pytest.mark.django_db
def test_a_status_moves_its_commitment() -> None:
    row = CommitmentFactory.create()
    row.record_status(Status.COMPLETED, evidence=EvidenceFactory.create(commitment=row), effective_on=date(2022, 1, 1))
    assert kept() == counted()
    assert [key[2:4] for key in kept()] == [(Status.COMPLETED, "kept")]


@pytest.mark.django_db
def test_many_rows_in_one_statement_are_counted_once() -> None:
    report = ReportFactory.create()
    Commitment.objects.bulk_create(
        CommitmentFactory.build(
            report=report, jurisdiction=report.jurisdiction, year=report.year, report_state=report.state, position=n
        )
        for n in range(50)
    )
    assert sum(kept().values()) == 50
    assert kept() == counted()


@pytest.mark.django_db
def test_totals_can_be_counted_anew() -> None:
    CommitmentFactory.create()
    CommitmentTally.objects.update(commitments=99)
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT)
    assert kept() == counted()
    assert str(CommitmentTally.objects.get()).endswith(": 1")
