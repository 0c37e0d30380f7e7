"""A status rests on accepted evidence of that very commitment, in the model and in the database."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from pytest_django import Settings

from projects.choices import Status, Verification
from projects.models import Commitment, Evidence, StatusChange
from tests.factories import (
    AchievementFactory,
    CommitmentFactory,
    EvidenceFactory,
    ReportFactory,
    SourceFactory,
    SuccessionFactory,
)
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db

DAY = date(2021, 12, 20)


@pytest.fixture
def commitment() -> Commitment:
    row: Commitment = CommitmentFactory.create()
    return row


@pytest.fixture
def evidence(commitment: Commitment) -> Evidence:
    row: Evidence = EvidenceFactory.create(commitment=commitment)
    return row


class TestRecordStatus:
    def test_writes_the_transition_down(self, commitment: Commitment, evidence: Evidence) -> None:
        actor = User.objects.create_user("li")
        change = commitment.record_status(
            Status.COMPLETED, evidence=evidence, effective_on=DAY, actor=actor, reason_code="land", note="说明"
        )
        assert change is not None
        assert (change.from_status, change.to_status, change.effective_on) == ("not_assessed", "completed", DAY)
        assert (change.evidence, change.actor, change.reason_code, change.note) == (evidence, actor, "land", "说明")
        assert (commitment.status, commitment.status_evidence, commitment.status_since) == ("completed", evidence, DAY)

    def test_a_second_time_changes_nothing(self, commitment: Commitment, evidence: Evidence) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        assert commitment.record_status("completed", evidence=evidence, effective_on=DAY) is None
        assert StatusChange.objects.count() == 1

    def test_another_ground_of_the_same_status_is_written_down_too(
        self, commitment: Commitment, evidence: Evidence
    ) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        better = EvidenceFactory.create(commitment=commitment, happened_on=DAY, happened_precision="day")
        change = commitment.record_status("completed", evidence=better, effective_on=DAY)
        assert change is not None
        assert (change.from_status, change.to_status, change.evidence) == ("completed", "completed", better)
        assert (commitment.status_evidence, commitment.happened_on) == (better, DAY)

    def test_can_be_taken_back(self, commitment: Commitment, evidence: Evidence) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        commitment.record_status("not_assessed", evidence=None, effective_on=DAY)
        assert (commitment.status, commitment.status_evidence, commitment.status_since) == ("not_assessed", None, None)

    @pytest.mark.parametrize("state", [Verification.PROPOSED, Verification.REJECTED])
    def test_unaccepted_evidence_is_refused(self, commitment: Commitment, state: Verification) -> None:
        evidence = EvidenceFactory.create(commitment=commitment, review_state=state)
        with pytest.raises(ValidationError, match="已采纳证据"):
            commitment.record_status("completed", evidence=evidence, effective_on=DAY)

    def test_evidence_of_another_commitment_is_refused(self, commitment: Commitment) -> None:
        with pytest.raises(ValidationError, match="本承诺"):
            commitment.record_status("completed", evidence=EvidenceFactory.create(), effective_on=DAY)

    def test_no_evidence_is_refused(self, commitment: Commitment) -> None:
        with pytest.raises(ValidationError, match="已采纳证据"):
            commitment.record_status("completed", evidence=None, effective_on=DAY)

    def test_not_assessed_takes_no_evidence(self, commitment: Commitment, evidence: Evidence) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        with pytest.raises(ValidationError, match="不附证据"):
            commitment.record_status("not_assessed", evidence=evidence, effective_on=DAY)

    def test_a_reason_is_that_of_the_last_transition(self, commitment: Commitment) -> None:
        late = EvidenceFactory.create(commitment=commitment, verdict="not_met", as_of=date(2022, 1, 5))
        commitment.record_status(
            "not_met", evidence=late, effective_on=date(2022, 1, 5), reason_code="land", note="征地未完成"
        )
        assert (commitment.delay_reason, commitment.delay_note) == ("land", "征地未完成")
        done = EvidenceFactory.create(commitment=commitment, as_of=date(2022, 1, 5))
        commitment.record_status("completed", evidence=done, effective_on=date(2022, 1, 6))
        assert (commitment.delay_reason, commitment.delay_note) == ("", "")

    def test_a_forbidden_transition_is_refused(self, commitment: Commitment, evidence: Evidence) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        with pytest.raises(ValidationError, match="不能从“已完成”直接变为“未启动”"):
            commitment.record_status("not_started", evidence=evidence, effective_on=DAY)
        commitment.refresh_from_db()
        assert commitment.status == "completed"


@pytest.mark.usefixtures("commitment")
class TestTheDatabaseRefuses:
    def test_a_status_without_evidence(self) -> None:
        with refused("status_has_evidence"):
            Commitment.objects.update(status="completed", status_since=DAY)
        with refused("status_has_evidence"):
            execute("UPDATE projects_commitment SET status = 'partial'")

    def test_evidence_without_a_status(self, evidence: Evidence) -> None:
        with refused("status_has_evidence"):
            Commitment.objects.update(status_evidence=evidence)

    def test_a_status_without_its_day(self, commitment: Commitment, evidence: Evidence) -> None:
        with refused("status_has_evidence"):
            Commitment.objects.filter(pk=commitment.pk).update(status="completed", status_evidence=evidence)

    def test_evidence_of_another_commitment(self, commitment: Commitment) -> None:
        other = EvidenceFactory.create()
        change = {"status": "completed", "status_evidence": other, "status_since": DAY}
        with refused("status_rests_on_accepted_evidence"):
            Commitment.objects.filter(pk=commitment.pk).update(**change)

    @pytest.mark.parametrize("state", [Verification.PROPOSED, Verification.REJECTED])
    def test_evidence_that_is_not_accepted(self, commitment: Commitment, state: Verification) -> None:
        evidence = EvidenceFactory.create(commitment=commitment, review_state=state)
        change = {"status": "completed", "status_evidence": evidence, "status_since": DAY}
        with refused("status_rests_on_accepted_evidence"):
            Commitment.objects.filter(pk=commitment.pk).update(**change)

    def test_evidence_that_is_not_there(self) -> None:
        with refused("status_rests_on_accepted_evidence"):
            execute(
                "UPDATE projects_commitment SET status = 'partial', status_evidence_id = 99, status_since = %s", DAY
            )

    def test_evidence_rejected_under_a_status(self, commitment: Commitment, evidence: Evidence) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        with refused("status_rests_on_accepted_evidence"):
            Evidence.objects.filter(pk=evidence.pk).update(review_state="rejected")

    def test_evidence_moved_away_from_under_a_status(self, commitment: Commitment, evidence: Evidence) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        with refused("status_rests_on_accepted_evidence"):
            Evidence.objects.filter(pk=evidence.pk).update(commitment=CommitmentFactory.create())

    @pytest.mark.parametrize(
        ("change", "reason"),
        [({"status": "done"}, "status_is_known|status_has_evidence"), ({"due_basis": "guess"}, "due_basis_is_known")],
    )
    def test_unknown_codes(self, commitment: Commitment, change: dict[str, Any], reason: str) -> None:
        with refused(reason):
            Commitment.objects.filter(pk=commitment.pk).update(**change)

    def test_a_commitment_without_a_due_date(self) -> None:
        with refused("due_on"):
            execute("UPDATE projects_commitment SET due_on = NULL")


class TestAStatusAgreesWithItsGround:
    """Each of these reached citizens once."""

    def refusal(self, commitment: Commitment, status: str, evidence: Evidence, **how: Any) -> dict[str, list[str]]:
        """Return the fields and codes for which a status is refused."""
        with pytest.raises(ValidationError) as caught:
            commitment.record_status(status, evidence=evidence, **{"effective_on": DAY, **how})
        commitment.refresh_from_db()
        assert commitment.status == "not_assessed"
        assert not StatusChange.objects.exists()
        return {field: [str(error.code) for error in errors] for field, errors in caught.value.error_dict.items()}

    def test_a_verdict_that_does_not_carry_it(self, commitment: Commitment) -> None:
        evidence = EvidenceFactory.create(commitment=commitment, verdict="in_progress")
        assert self.refusal(commitment, "completed", evidence) == {"evidence": ["verdict"]}
        commitment.record_status("in_progress", evidence=evidence, effective_on=DAY)

    def test_a_figure_that_contradicts_it(self) -> None:
        forest = CommitmentFactory.create(milestone="level", quantity=55, unit="%", comparator="gte")
        evidence = EvidenceFactory.create(commitment=forest, reported_value=12, coverage="level")
        assert self.refusal(forest, "completed", evidence) == {"evidence": ["contradicts"]}
        forest.record_status("completed", evidence=evidence, effective_on=DAY, note="口径不同，见附件")

    def test_a_value_of_one_period_contradicts_nothing(self) -> None:
        schools = CommitmentFactory.create(quantity=42, unit="所", comparator="gte", due_on=date(2025, 12, 31))
        evidence = EvidenceFactory.create(commitment=schools, reported_value=3, coverage="period")
        schools.record_status("completed", evidence=evidence, effective_on=DAY)
        schools.refresh_from_db()
        assert schools.reported_value is None

    @pytest.mark.parametrize("effective_on", [date(2020, 12, 31), date(2001, 1, 1)])
    def test_a_day_before_the_promise(self, commitment: Commitment, evidence: Evidence, effective_on: date) -> None:
        found = self.refusal(commitment, "completed", evidence, effective_on=effective_on)
        assert found == {"effective_on": ["before_promise"]}

    def test_the_promise_is_as_old_as_its_delivery(self) -> None:
        row = CommitmentFactory.create(report__delivered_on=date(2021, 1, 28))
        evidence = EvidenceFactory.create(commitment=row)
        early = self.refusal(row, "completed", evidence, effective_on=date(2021, 1, 27))
        assert early == {"effective_on": ["before_promise"]}
        row.record_status("completed", evidence=evidence, effective_on=date(2021, 1, 28))

    def test_a_day_before_the_previous_transition(self, commitment: Commitment) -> None:
        begun = EvidenceFactory.create(commitment=commitment, verdict="in_progress")
        done = EvidenceFactory.create(commitment=commitment)
        commitment.record_status("in_progress", evidence=begun, effective_on=DAY)
        with pytest.raises(ValidationError) as caught:
            commitment.record_status("completed", evidence=done, effective_on=date(2021, 12, 19))
        assert list(caught.value.error_dict) == ["effective_on"]
        # What was recorded wrongly is taken back first.
        commitment.record_status("not_assessed", evidence=None, effective_on=DAY)
        commitment.record_status("completed", evidence=done, effective_on=date(2021, 12, 19))

    def test_evidence_of_another_place(self, commitment: Commitment) -> None:
        elsewhere = AchievementFactory.create(report__year=2025)
        evidence = EvidenceFactory.create(commitment=commitment, achievement=elsewhere)
        assert self.refusal(commitment, "completed", evidence, note="x") == {"evidence": ["other_place"]}
        SuccessionFactory.create(predecessor=commitment.jurisdiction, successor=elsewhere.report.jurisdiction)
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)

    @pytest.mark.parametrize(
        ("report", "code"), [({"year": 2022, "state": "withdrawn"}, "not_public"), ({"year": 2020}, "not_later")]
    )
    def test_an_unpublished_or_earlier_report(self, commitment: Commitment, report: dict[str, Any], code: str) -> None:
        said = ReportFactory.create(jurisdiction=commitment.jurisdiction, **report)
        evidence = EvidenceFactory.create(commitment=commitment, achievement=AchievementFactory.create(report=said))
        assert self.refusal(commitment, "completed", evidence, note="x") == {"evidence": [code]}

    def test_a_failure_needs_its_reason(self, commitment: Commitment) -> None:
        evidence = EvidenceFactory.create(commitment=commitment, verdict="not_met")
        assert self.refusal(commitment, "not_met", evidence) == {"reason_code": ["required"]}
        commitment.record_status("not_met", evidence=evidence, effective_on=DAY, reason_code="not_given")

    def test_the_database_refuses_a_verdict_too(self, commitment: Commitment) -> None:
        evidence = EvidenceFactory.create(commitment=commitment, verdict="in_progress")
        change = {"status": "completed", "status_evidence": evidence, "status_since": DAY}
        with refused("does not carry the status"):
            Commitment.objects.filter(pk=commitment.pk).update(**change)

    def test_what_a_status_rests_on_keeps_saying_so(self, commitment: Commitment, evidence: Evidence) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        with refused("would no longer carry it"):
            Evidence.objects.filter(pk=evidence.pk).update(verdict="not_met")


class TestGround:
    def test_the_commitment_knows_the_days_of_its_ground(self, commitment: Commitment) -> None:
        evidence = EvidenceFactory.create(
            commitment=commitment, as_of=date(2022, 1, 5), happened_on=date(2022, 1, 3), happened_precision="day"
        )
        commitment.record_status("completed", evidence=evidence, effective_on=date(2022, 1, 3))
        assert (commitment.status_as_of, commitment.happened_on) == (date(2022, 1, 5), date(2022, 1, 3))
        assert (commitment.outcome, commitment.days_late) == ("kept_late", 3)
        Evidence.objects.filter(pk=evidence.pk).update(happened_on=date(2021, 12, 31), happened_precision="year")
        again = Commitment.objects.get()
        assert (again.outcome, again.days_late) == ("kept", None)
        commitment.record_status("not_assessed", evidence=None, effective_on=date(2022, 1, 6))
        assert (commitment.status_as_of, commitment.happened_on, commitment.outcome) == (None, None, "open")

    def test_as_of_is_not_the_day_it_happened(self, commitment: Commitment) -> None:
        source = SourceFactory.create(published_on=date(2025, 1, 5))
        evidence = EvidenceFactory.create(commitment=commitment, source=source, as_of=date(2024, 12, 31))
        commitment.record_status("completed", evidence=evidence, effective_on=date(2024, 12, 31))
        assert (commitment.outcome, commitment.days_late) == ("kept", None)


def test_overdue_follows_the_settings(commitment: Commitment, settings: Settings) -> None:
    commitment.refresh_from_db()
    settings.OVERDUE_GRACE_DAYS_IMPLIED = 10
    days = date(2022, 1, 10), date(2022, 1, 11)
    assert [commitment.is_overdue(day) for day in days] == [False, True]
    assert [commitment.due_state(day) for day in days] == ["running", "unverified"]


@pytest.mark.parametrize(
    ("milestone", "status", "state", "basis"),
    [
        ("progress", "in_progress", "ongoing", None),
        ("start", "in_progress", "kept", None),
        ("complete", "in_progress", "not_kept", "evidence"),
        ("complete", "partial", "partly_kept", "evidence"),
    ],
)
def test_the_milestone_decides_what_keeps_a_promise(milestone: str, status: str, state: str, basis: str | None) -> None:
    row = CommitmentFactory.create(milestone=milestone)
    evidence = EvidenceFactory.create(commitment=row, verdict=status, as_of=date(2021, 12, 31))
    row.record_status(status, evidence=evidence, effective_on=date(2021, 12, 31))
    assert (row.due_state(date(2022, 1, 1)), row.overdue_on(date(2022, 1, 1))) == (state, basis)


def test_the_light_is_that_of_the_newest_comparable_value() -> None:
    row = CommitmentFactory.create(quantity=10, unit="所", comparator="gte")
    row.refresh_from_db()
    assert row.light == "grey"
    said: dict[str, Any] = {"commitment": row, "verdict": "partial"}
    EvidenceFactory.create(**said, reported_value=5, as_of=date(2021, 6, 30))
    EvidenceFactory.create(**said, reported_value=1, as_of=date(2021, 3, 30))
    EvidenceFactory.create(**said, reported_value=9, as_of=date(2021, 9, 30), is_forecast=True)
    row.refresh_from_db()
    assert (row.reported_value, row.reported_on, row.light) == (5, date(2021, 6, 30), "green")


def test_a_ceiling_that_is_broken_is_never_green() -> None:
    """Unemployment of 5.5 % where no more than 5 % was promised."""
    ceiling = {"milestone": "level", "quantity": 5, "unit": "%", "comparator": "lte"}
    row = CommitmentFactory.create(**ceiling, due_on=date(2025, 12, 31))
    EvidenceFactory.create(
        commitment=row, verdict="in_progress", reported_value="5.5", coverage="level", as_of=date(2024, 12, 31)
    )
    row.refresh_from_db()
    assert row.light == "red"
