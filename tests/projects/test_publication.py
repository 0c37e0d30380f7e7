"""Which decisions are allowed from which state, and what they make public."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from projects import publication
from projects.choices import ReportState, ReviewState, Verification
from projects.models import Commitment, Project, Report, ReportPair, Restatement
from tests.factories import (
    CommitmentFactory,
    JurisdictionFactory,
    ProjectFactory,
    ReportFactory,
    RestatementFactory,
)

pytestmark = pytest.mark.django_db
CANDIDATE, PUBLISHED, REJECTED, WITHDRAWN = ReviewState


@pytest.mark.parametrize("before", ReviewState)
@pytest.mark.parametrize(
    ("to", "allowed"),
    [(PUBLISHED, {CANDIDATE, REJECTED, WITHDRAWN}), (WITHDRAWN, {PUBLISHED}), (REJECTED, {CANDIDATE})],
)
def test_each_step_is_taken_only_from_where_it_is_allowed(
    before: ReviewState, to: ReviewState, allowed: set[ReviewState]
) -> None:
    row = ProjectFactory.create(review_state=before)
    assert publication.review(Project.objects.all(), to) == int(before in allowed)
    row.refresh_from_db()
    assert row.review_state == (to if before in allowed else before)


def test_a_statement_is_public_only_with_its_report() -> None:
    report = ReportFactory.create(state=ReportState.DRAFT)
    row = CommitmentFactory.create(report=report, review_state=CANDIDATE)
    assert publication.review(Commitment.objects.filter(pk=row.pk), PUBLISHED) == 1
    assert not Commitment.objects.published().exists()
    assert publication.set_state(Report.objects.filter(pk=report.pk), ReportState.PUBLISHED) == 1
    assert Commitment.objects.published().get() == row
    assert publication.set_state(Report.objects.filter(pk=report.pk), ReportState.WITHDRAWN) == 1
    assert not Commitment.objects.published().exists()


@pytest.mark.parametrize("before", ReportState)
def test_a_report_is_withdrawn_from_draft_too(before: ReportState) -> None:
    ReportFactory.create(state=before)
    assert publication.set_state(Report.objects.all(), ReportState.WITHDRAWN) == int(before != ReportState.WITHDRAWN)


def test_links_are_accepted_and_rejected_again() -> None:
    RestatementFactory.create(review_state=Verification.PROPOSED)
    links = Restatement.objects.all()
    assert [publication.verify(links, Verification.ACCEPTED) for _time in range(2)] == [1, 0]
    assert publication.verify(links, Verification.REJECTED) == 1
    assert not Restatement.objects.published().exists()


def test_a_published_report_is_compared_with_the_other_years_once_that_is_committed(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    place, sent = JurisdictionFactory.create(), list[str]()
    monkeypatch.setattr(publication, "compare_years", sent.append)
    for year, state in ((2021, ReportState.PUBLISHED), (2023, ReportState.WITHDRAWN), (2025, ReportState.DRAFT)):
        ReportFactory.create(jurisdiction=place, year=year, state=state)
    ReportFactory.create(year=2020)
    with django_capture_on_commit_callbacks(execute=True):
        publication.set_state(Report.objects.filter(year=2025), ReportState.PUBLISHED)
        assert sent == []
    assert sent == [place.code]
    assert list(ReportPair.objects.values_list("earlier__year", "later__year", "linked_at")) == [(2021, 2025, None)]
    with django_capture_on_commit_callbacks(execute=True):
        publication.set_state(Report.objects.filter(year=2025), ReportState.WITHDRAWN)
    assert sent == [place.code]
