"""The ledger of public changes: what is told with what, and what becomes of changes that happen at once."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from projects import changes, evidence as decisions, publication
from projects.choices import ReportState, ReviewState, Status
from projects.models import (
    Achievement,
    Commitment,
    DatasetVersion,
    Evidence,
    Project,
    PublicChange,
    Report,
    Restatement,
    Source,
    StatusChange,
)
from projects.sweep import record_overdue
from tests import factories
from tests.projects.models.refusals import execute


def version() -> int:
    """Return the version as it stands when what was done so far is committed."""
    connection.check_constraints()
    return DatasetVersion.objects.values_list("number", flat=True).first() or 0


def told(since: int) -> list[tuple[str, str, bool]]:
    """Return resource, key and removal of what changed after a version, in order."""
    connection.check_constraints()
    return list(PublicChange.objects.since(since).values_list("resource", "key", "removed"))


# -- What is told with what -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_figure_rejected_removes_its_evidence_and_the_source_that_nothing_rests_on_any_more() -> None:
    counted = factories.CommitmentFactory.create(quantity=100, unit="所", comparator="gte")
    row = factories.EvidenceFactory.create(commitment=counted, verdict=Status.IN_PROGRESS, reported_value=60)
    before = version()
    decisions.reject(row, None)
    assert told(before) == [
        ("commitments", str(counted.pk), False),
        ("evidence", str(row.pk), True),
        ("sources", str(row.source_id), True),
    ]


@pytest.mark.django_db
def test_a_project_withdrawn_is_a_change_of_the_statements_that_show_it() -> None:
    project = factories.ProjectFactory.create()
    promise = factories.CommitmentFactory.create(project=project)
    outcome = factories.AchievementFactory.create(project=project)
    factories.CommitmentFactory.create()
    before = version()
    publication.review(Project.objects.all(), ReviewState.WITHDRAWN)
    assert told(before) == [
        ("achievements", str(outcome.pk), False),
        ("commitments", str(promise.pk), False),
        ("projects", project.slug, True),
    ]
    # Nobody sees it in them any more.
    before = version()
    Project.objects.update(slug="other", review_state=ReviewState.REJECTED)
    assert told(before) == []
    assert version() == before


@pytest.fixture
def promise(db: None) -> Commitment:
    """A commitment with all that can hang on it."""
    row: Commitment = factories.CommitmentFactory.create()
    ground = factories.EvidenceFactory.create(commitment=row)
    row.record_status(Status.COMPLETED, evidence=ground, effective_on=ground.as_of)
    later = factories.CommitmentFactory.create(report__year=2022)
    factories.RestatementFactory.create(earlier=row, later=later)
    return row


def hanging_on(promise: Commitment) -> set[tuple[str, str]]:
    """Return what is public only as long as the commitment is."""
    ground = Evidence.objects.get()
    return {
        ("commitments", str(promise.pk)),
        ("evidence", str(ground.pk)),
        ("sources", str(ground.source_id)),
        ("status-changes", str(StatusChange.objects.get().pk)),
        ("restatements", str(Restatement.objects.get().pk)),
    }


def test_a_commitment_withdrawn_is_removed_with_all_that_hangs_on_it_and_comes_back(promise: Commitment) -> None:
    rows = Commitment.objects.filter(pk=promise.pk)
    before = version()
    publication.review(rows, ReviewState.WITHDRAWN)
    assert {(resource, key) for resource, key, removed in told(before) if removed} == hanging_on(promise)
    before = version()
    publication.review(rows, ReviewState.PUBLISHED)
    assert {(resource, key) for resource, key, removed in told(before) if not removed} == hanging_on(promise)


def test_so_is_what_hangs_on_a_report(promise: Commitment) -> None:
    rows = Report.objects.filter(pk=promise.report_id)
    report = ("reports", f"{promise.jurisdiction_id}-{promise.year}")
    before = version()
    publication.set_state(rows, ReportState.WITHDRAWN)
    assert {(resource, key) for resource, key, removed in told(before) if removed} == hanging_on(promise) | {report}
    # Its year is no longer on file.
    assert ("jurisdictions", promise.jurisdiction_id, False) in told(before)
    before = version()
    publication.set_state(rows, ReportState.PUBLISHED)
    assert {(resource, key) for resource, key, removed in told(before) if not removed} >= hanging_on(promise) | {report}


@pytest.mark.django_db
def test_an_achievement_withdrawn_takes_its_evidence_along() -> None:
    outcome = factories.AchievementFactory.create()
    row = factories.EvidenceFactory.create(achievement=outcome)
    before = version()
    publication.review(Achievement.objects.all(), ReviewState.WITHDRAWN)
    assert told(before) == [("achievements", str(outcome.pk), True), ("evidence", str(row.pk), True)]


@pytest.mark.django_db
def test_what_the_sweep_flags_is_told() -> None:
    row = factories.CommitmentFactory.create()
    before = version()
    record_overdue(on=date(2026, 7, 1))
    assert told(before) == [("commitments", str(row.pk), False)]


@pytest.mark.django_db
def test_another_slug_removes_the_old_one() -> None:
    promise = factories.CommitmentFactory.create(project=factories.ProjectFactory.create(slug="old"))
    before = version()
    Project.objects.update(slug="new")
    assert told(before) == [
        ("commitments", str(promise.pk), False),
        ("projects", "new", False),
        ("projects", "old", True),
    ]


@pytest.mark.django_db
def test_a_report_that_replaces_a_withdrawn_one_has_its_key_again() -> None:
    old = factories.ReportFactory.create()
    publication.set_state(Report.objects.all(), ReportState.WITHDRAWN)
    before = version()
    factories.ReportFactory.create(jurisdiction=old.jurisdiction, year=old.year, text="另一篇")
    assert ("reports", f"{old.jurisdiction_id}-{old.year}", False) in told(before)


@pytest.mark.django_db
def test_what_went_past_the_triggers_is_reconciled() -> None:
    row = factories.CommitmentFactory.create()
    before = version()
    execute("SET LOCAL session_replication_role = replica")
    Commitment.objects.update(review_state=ReviewState.WITHDRAWN)
    execute("SET LOCAL session_replication_role = DEFAULT")
    assert version() == before
    assert changes.reconcile() == 1
    assert told(before) == [("commitments", str(row.pk), True)]
    assert changes.reconcile() == 0
    assert version() == before + 1


# -- Several at once --------------------------------------------------------------------------------------------------


def _elsewhere(work: Callable[[], object]) -> threading.Thread:
    """Start work on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_what_hangs_on_a_row_is_removed_also_when_it_came_in_the_meantime() -> None:
    promise = factories.CommitmentFactory.create()
    withdrawn, committed = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            publication.review(Commitment.objects.all(), ReviewState.WITHDRAWN)
            withdrawn.set()
            assert committed.wait(10)

    thread = _elsewhere(slow)
    assert withdrawn.wait(10)
    row = factories.EvidenceFactory.create(commitment=promise)
    read = version()
    assert ("evidence", str(row.pk), False) in told(0)
    committed.set()
    thread.join()
    assert {("evidence", str(row.pk), True), ("sources", str(row.source_id), True)} <= set(told(read))


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_rows_in_opposite_order_do_not_lock_each_other_out() -> None:
    sources = [factories.SourceFactory.create() for _ in range(2)]
    promises = factories.CommitmentFactory.create_batch(4, report=factories.ReportFactory.create())
    meeting = threading.Barrier(2, timeout=10)
    failed: list[Exception] = []

    def write(own: list[Commitment], order: list[Source]) -> None:
        try:
            with transaction.atomic():
                for promise, source in zip(own, order, strict=True):
                    factories.EvidenceFactory.create(commitment=promise, source=source)
                    meeting.wait()
        except (DatabaseError, threading.BrokenBarrierError) as error:
            failed.append(error)

    threads = [
        _elsewhere(lambda: write(promises[:2], sources)),
        _elsewhere(lambda: write(promises[2:], sources[::-1])),
    ]
    for thread in threads:
        thread.join()
    assert failed == []
    assert PublicChange.objects.filter(resource="evidence", removed=False).count() == 4
