"""The sweep records what the dates say, once, all or nothing, also beside another sweep."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, strategies as st
from pytest_django import Settings

from projects import sweep
from projects.choices import DueBasis, Milestone, Origin, ReportState, ReviewState, Status, Verification
from projects.models import Commitment, DatasetVersion, OverdueEvent
from projects.sweep import SweepResult
from tests.factories import CommitmentFactory, EvidenceFactory, ReportFactory, SourceFactory

DUE = date(2021, 12, 31)
# 90 days of grace for an implied date, none for a stated one.
FIRST_IMPLIED, FIRST_STATED = date(2022, 4, 1), date(2022, 1, 1)

pytestmark = pytest.mark.django_db


def commitment(**fields: Any) -> Commitment:
    row: Commitment = CommitmentFactory.create(**{"due_on": DUE, "due_basis": DueBasis.IMPLIED, **fields})
    return row


def events() -> list[tuple[str, date, date]]:
    return list(OverdueEvent.objects.order_by("id").values_list("kind", "on", "overdue_since"))


@pytest.mark.parametrize(("basis", "first"), [(DueBasis.IMPLIED, FIRST_IMPLIED), (DueBasis.STATED, FIRST_STATED)])
def test_a_commitment_is_flagged_from_its_first_overdue_day(basis: DueBasis, first: date) -> None:
    row = commitment(due_basis=basis)
    assert sweep.record_overdue(on=first - timedelta(days=1)) == SweepResult(0, 0)
    assert sweep.record_overdue(on=first) == SweepResult(1, 0)
    row.refresh_from_db()
    assert row.overdue_since == first
    assert events() == [("flagged", first, first)]


def test_a_late_sweep_still_names_the_first_day() -> None:
    row = commitment()
    sweep.record_overdue(on=date(2023, 1, 1))
    row.refresh_from_db()
    assert row.overdue_since == FIRST_IMPLIED
    assert events() == [("flagged", date(2023, 1, 1), FIRST_IMPLIED)]


def test_a_second_run_changes_nothing() -> None:
    row = commitment()
    sweep.record_overdue(on=FIRST_IMPLIED)
    before = Commitment.objects.values().get(pk=row.pk)
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(0, 0)
    assert sweep.record_overdue(on=FIRST_IMPLIED + timedelta(days=40)) == SweepResult(0, 0)
    assert Commitment.objects.values().get(pk=row.pk) == before
    assert len(events()) == 1


def test_the_flag_is_no_edit_of_the_commitment() -> None:
    row = commitment()
    before = Commitment.objects.values_list("updated_at", flat=True).get()
    history = connection.cursor()
    history.execute("SELECT count(*) FROM projects_commitmentevent WHERE pgh_obj_id = %s", [row.pk])
    (count,) = history.fetchone()
    sweep.record_overdue(on=FIRST_IMPLIED)
    history.execute("SELECT count(*) FROM projects_commitmentevent WHERE pgh_obj_id = %s", [row.pk])
    assert history.fetchone() == (count,)
    assert Commitment.objects.values_list("updated_at", flat=True).get() == before


@pytest.mark.parametrize("state", [ReviewState.CANDIDATE, ReviewState.REJECTED, ReviewState.WITHDRAWN])
def test_only_published_commitments_are_flagged(state: ReviewState) -> None:
    commitment(review_state=state)
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(0, 0)


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.WITHDRAWN])
def test_nothing_of_an_unpublished_report_is_flagged(state: ReportState) -> None:
    commitment(report=ReportFactory.create(state=state))
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(0, 0)


@pytest.mark.parametrize("milestone", Milestone)
@pytest.mark.parametrize("status", sorted(set(Status) - {Status.NOT_ASSESSED}))
def test_what_is_overdue_by_its_evidence_is_flagged_so(status: Status, milestone: Milestone) -> None:
    row = commitment(milestone=milestone)
    evidence = EvidenceFactory.create(commitment=row, verdict=status, as_of=DUE)
    row.record_status(status, evidence=evidence, effective_on=DUE, reason_code="not_given")
    expected = row.overdue_on(FIRST_STATED)
    assert sweep.record_overdue(on=FIRST_STATED) == SweepResult(int(expected is not None), 0)
    row.refresh_from_db()
    assert row.overdue_basis == (expected or "")
    assert [event.basis for event in OverdueEvent.objects.all()] == [expected] * (expected is not None)


def test_what_goes_on_is_never_flagged() -> None:
    commitment(milestone=Milestone.PROGRESS)
    assert sweep.record_overdue(on=date(2100, 1, 1)) == SweepResult(0, 0)


def test_evidence_changes_the_basis_and_its_fall_changes_it_back() -> None:
    row = commitment()
    sweep.record_overdue(on=FIRST_IMPLIED)
    source = SourceFactory.create(published_on=FIRST_IMPLIED)
    evidence = EvidenceFactory.create(commitment=row, source=source, verdict="in_progress", as_of=FIRST_IMPLIED)
    row.record_status("in_progress", evidence=evidence, effective_on=FIRST_IMPLIED)
    assert (row.overdue_since, row.overdue_basis) == (None, "")
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(1, 0)
    row.refresh_from_db()
    assert (row.overdue_since, row.overdue_basis) == (FIRST_STATED, "evidence")
    row.record_status("not_assessed", evidence=None, effective_on=FIRST_IMPLIED)
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(1, 0)
    told = OverdueEvent.objects.order_by("id").values_list("kind", "basis", "overdue_since")
    assert list(told) == [
        ("flagged", "none", FIRST_IMPLIED),
        ("cleared", "none", FIRST_IMPLIED),
        ("flagged", "evidence", FIRST_STATED),
        ("cleared", "evidence", FIRST_STATED),
        ("flagged", "none", FIRST_IMPLIED),
    ]


def test_an_earlier_day_clears_what_is_not_overdue_then() -> None:
    row = commitment()
    sweep.record_overdue(on=FIRST_IMPLIED)
    assert sweep.record_overdue(on=DUE) == SweepResult(0, 1)
    row.refresh_from_db()
    assert row.overdue_since is None
    assert events()[1:] == [("cleared", DUE, FIRST_IMPLIED)]


def test_a_longer_grace_period_clears_and_a_shorter_one_flags(settings: Settings) -> None:
    commitment()
    commitment(due_basis=DueBasis.STATED)
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(2, 0)
    settings.OVERDUE_GRACE_DAYS_STATED, settings.OVERDUE_GRACE_DAYS_IMPLIED = 120, 0
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(0, 1)
    settings.OVERDUE_GRACE_DAYS_STATED = 0
    assert sweep.record_overdue(on=FIRST_IMPLIED) == SweepResult(1, 0)


class TestTheFlagGoesAtOnce:
    """By a trigger, whoever changes the commitment and however."""

    @pytest.fixture
    def flagged(self) -> Commitment:
        row = commitment()
        sweep.record_overdue(on=FIRST_IMPLIED)
        row.refresh_from_db()
        return row

    def assert_cleared(self, row: Commitment) -> None:
        row.refresh_from_db()
        assert row.overdue_since is None
        assert [kind for kind, _, _ in events()] == ["flagged", "cleared"]

    def test_when_it_is_completed(self, flagged: Commitment) -> None:
        evidence = EvidenceFactory.create(commitment=flagged, review_state=Verification.ACCEPTED)
        flagged.record_status(Status.COMPLETED, evidence=evidence, effective_on=date(2022, 5, 1))
        self.assert_cleared(flagged)
        assert sweep.record_overdue(on=date(2022, 5, 2)) == SweepResult(0, 0)

    def test_when_it_is_given_another_date(self, flagged: Commitment) -> None:
        Commitment.objects.filter(pk=flagged.pk).update(due_on=date(2030, 12, 31))
        self.assert_cleared(flagged)

    def test_when_it_is_withdrawn(self, flagged: Commitment) -> None:
        flagged.review_state = ReviewState.WITHDRAWN
        flagged.save()
        self.assert_cleared(flagged)

    def test_when_its_report_is_withdrawn(self, flagged: Commitment) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE projects_report SET state = 'withdrawn' WHERE id = %s", [flagged.report_id])
        self.assert_cleared(flagged)

    def test_but_not_when_its_title_changes(self, flagged: Commitment) -> None:
        Commitment.objects.filter(pk=flagged.pk).update(title="新标题")
        flagged.refresh_from_db()
        assert flagged.overdue_since == FIRST_IMPLIED


def test_a_failure_leaves_nothing() -> None:
    commitment()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE projects_overdueevent ADD CONSTRAINT refuse CHECK (kind <> 'flagged') NOT VALID")
    with pytest.raises(Exception, match="refuse"), transaction.atomic():
        sweep.record_overdue(on=FIRST_IMPLIED)
    assert Commitment.objects.get().overdue_since is None
    assert events() == []


@given(
    rows=st.lists(st.tuples(st.integers(0, 200), st.sampled_from(DueBasis), st.sampled_from(ReviewState)), max_size=12),
    days=st.integers(0, 300),
)
def test_the_sweep_agrees_with_the_rules(rows: list[tuple[int, DueBasis, ReviewState]], days: int) -> None:
    with transaction.atomic():
        report, on = ReportFactory.create(), DUE + timedelta(days=days)
        for position, (late, basis, state) in enumerate(rows):
            due_on = DUE + timedelta(days=late)
            fields = {"due_on": due_on, "due_basis": basis, "review_state": state, "origin": Origin.HAND}
            CommitmentFactory.create(report=report, position=position, **fields)
        result = sweep.record_overdue(on=on)
        overdue = {row.pk for row in Commitment.objects.published() if row.is_overdue(on)}
        assert set(Commitment.objects.filter(overdue_since__isnull=False).values_list("pk", flat=True)) == overdue
        assert result == SweepResult(len(overdue), 0)
        assert sweep.record_overdue(on=on) == SweepResult(0, 0)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_flag_each_commitment_once() -> None:
    report = ReportFactory.create()
    for position in range(100):
        commitment(report=report, position=position)

    def run(_: int) -> SweepResult:
        try:
            return sweep.record_overdue(on=FIRST_IMPLIED)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(run, range(4)))
    assert sum(result.flagged for result in results) == 100
    assert OverdueEvent.objects.count() == 100


def test_all_clocks_agree_on_today() -> None:
    assert sweep.day_of_all_clocks() == timezone.localdate()


@pytest.mark.parametrize("days", [-2, 2, 9000])
def test_a_machine_whose_clock_is_off_sweeps_nothing(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    monkeypatch.setattr(timezone, "localdate", lambda: day)
    with pytest.raises(sweep.ClockError, match="the database"):
        sweep.day_of_all_clocks()


def test_clocks_that_all_go_back_or_years_ahead_are_seen_by_what_was_written() -> None:
    row = CommitmentFactory.create()
    today = timezone.localdate()
    OverdueEvent.objects.create(commitment=row, kind="flagged", on=today + timedelta(days=1), overdue_since=today)
    with pytest.raises(sweep.ClockError, match="the last sweep was of"):
        sweep.day_of_all_clocks()


def test_a_jump_of_years_is_seen_by_what_was_written() -> None:
    long_ago = timezone.now() - timedelta(days=4 * 366)
    DatasetVersion.objects.update_or_create(pk=1, defaults={"number": 1, "changed_at": long_ago})
    with pytest.raises(sweep.ClockError, match="nothing was written since"):
        sweep.day_of_all_clocks()
