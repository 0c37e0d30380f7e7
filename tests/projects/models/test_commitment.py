"""A status rests on accepted evidence of that very commitment, in the model and in the database."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from pytest_django import Settings

from projects.choices import Status, Verification
from projects.models import Commitment, Evidence, StatusChange
from tests.factories import CommitmentFactory, EvidenceFactory
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

    def test_better_evidence_for_the_same_status_is_no_transition(
        self, commitment: Commitment, evidence: Evidence
    ) -> None:
        commitment.record_status("completed", evidence=evidence, effective_on=DAY)
        better = EvidenceFactory.create(commitment=commitment)
        assert commitment.record_status("completed", evidence=better, effective_on=DAY) is None
        assert commitment.status_evidence == better

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


def test_overdue_follows_the_settings(commitment: Commitment, settings: Settings) -> None:
    settings.OVERDUE_GRACE_DAYS_IMPLIED = 10
    assert not commitment.is_overdue(date(2022, 1, 10))
    assert commitment.is_overdue(date(2022, 1, 11))


def test_days_late_count_from_the_due_date(commitment: Commitment, evidence: Evidence) -> None:
    assert commitment.days_late is None
    commitment.record_status("completed", evidence=evidence, effective_on=date(2022, 1, 3))
    assert commitment.days_late == 3


def test_the_light_is_that_of_the_newest_reported_value() -> None:
    row = CommitmentFactory.create(quantity=10, unit="所", comparator="gte")
    assert row.light == "grey"
    EvidenceFactory.create(commitment=row, verdict="partial", reported_value=5, as_of=date(2021, 6, 30))
    EvidenceFactory.create(commitment=row, verdict="partial", reported_value=1, as_of=date(2021, 3, 30))
    row.refresh_from_db()
    assert (row.reported_value, row.reported_on, row.light) == (5, date(2021, 6, 30), "green")
