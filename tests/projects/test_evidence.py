"""Decisions on evidence: whole, written down, and never against the status that rests on it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from projects import evidence
from projects.choices import Status, Verification
from projects.models import Evidence, Source, StatusChange
from tests.factories import AchievementFactory, CommitmentFactory, EvidenceFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("li")


def proposed(**fields: Any) -> Evidence:
    return EvidenceFactory.create(review_state=Verification.PROPOSED, **fields)


class TestAccept:
    def test_writes_down_who_decided_and_when(self, curator: User) -> None:
        row = proposed()
        assert evidence.accept(row, curator) is None
        assert (row.review_state, row.reviewed_by) == (Verification.ACCEPTED, curator)
        assert row.reviewed_at is not None
        row.commitment.refresh_from_db()
        assert row.commitment.status == Status.NOT_ASSESSED

    def test_gives_the_verdict_as_status_when_asked(self, curator: User) -> None:
        row = proposed(verdict=Status.PARTIAL, as_of=date(2021, 11, 1))
        change = evidence.accept(row, curator, follow_verdict=True, note="核对无误")
        assert change is not None
        assert (change.to_status, change.effective_on, change.actor, change.note) == (
            *(Status.PARTIAL, date(2021, 11, 1)),
            *(curator, "核对无误"),
        )
        assert row.commitment.status_evidence == row

    def test_gives_another_status_on_another_day_when_told(self, curator: User) -> None:
        row = proposed(verdict=Status.PARTIAL)
        evidence.accept(row, curator, status=Status.IN_PROGRESS, effective_on=date(2021, 6, 1))
        row.commitment.refresh_from_db()
        assert (row.commitment.status, row.commitment.status_since) == (Status.IN_PROGRESS, date(2021, 6, 1))

    def test_the_day_of_the_event_is_the_day_of_the_status(self, curator: User) -> None:
        row = proposed(happened_on=date(2021, 12, 3), happened_precision="day")
        change = evidence.accept(row, curator, follow_verdict=True)
        assert change is not None
        assert change.effective_on == date(2021, 12, 3)
        vague = proposed(happened_on=date(2021, 12, 31), happened_precision="year")
        assert evidence.effective_day(vague) == vague.as_of

    def test_the_reason_of_the_source_is_that_of_the_status(self, curator: User) -> None:
        row = proposed(verdict=Status.NOT_MET)
        with pytest.raises(ValidationError) as refused:
            evidence.accept(row, curator, follow_verdict=True)
        assert list(refused.value.message_dict) == ["reason_code"]
        told = proposed(verdict=Status.NOT_MET, delay_reason="approval")
        change = evidence.accept(told, curator, follow_verdict=True)
        assert change is not None
        assert (change.reason_code, told.commitment.delay_reason) == ("approval", "approval")

    def test_evidence_that_disagrees_is_not_accepted(self, curator: User) -> None:
        row = proposed(achievement=AchievementFactory.create(report__year=2022))
        with pytest.raises(ValidationError) as refused:
            evidence.accept(row, curator)
        assert list(refused.value.message_dict) == ["achievement"]
        row.refresh_from_db()
        assert row.review_state == Verification.PROPOSED

    def test_accepting_again_keeps_the_first_decision(self, curator: User) -> None:
        row = proposed()
        evidence.accept(row, curator)
        first = row.reviewed_at
        evidence.accept(row, User.objects.create_user("wang"))
        assert (row.reviewed_by, row.reviewed_at) == (curator, first)

    def test_a_forbidden_status_leaves_the_evidence_undecided(self, curator: User) -> None:
        commitment = CommitmentFactory.create()
        evidence.accept(proposed(commitment=commitment), curator, follow_verdict=True)
        row = proposed(commitment=commitment, verdict=Status.IN_PROGRESS)
        with pytest.raises(ValidationError) as refused:
            evidence.accept(row, curator, follow_verdict=True)
        assert "status" in refused.value.message_dict
        row.refresh_from_db()
        assert row.review_state == Verification.PROPOSED
        assert StatusChange.objects.count() == 1

    def test_rejected_evidence_can_be_accepted_after_all(self, curator: User) -> None:
        row = proposed()
        evidence.reject(row, curator)
        evidence.accept(row, curator)
        assert row.review_state == Verification.ACCEPTED


class TestReject:
    def test_writes_down_who_decided_and_when(self, curator: User) -> None:
        row = proposed()
        evidence.reject(row, curator)
        row.refresh_from_db()
        assert (row.review_state, row.reviewed_by) == (Verification.REJECTED, curator)

    def test_is_refused_while_a_status_rests_on_it(self, curator: User) -> None:
        row = proposed()
        evidence.accept(row, curator, follow_verdict=True)
        with pytest.raises(ValidationError, match="先把状态改为以其他证据为依据") as refused:
            evidence.reject(row, curator)
        assert list(refused.value.message_dict) == ["review_state"]
        row.refresh_from_db()
        assert row.review_state == Verification.ACCEPTED

    def test_is_possible_once_the_status_is_taken_back(self, curator: User) -> None:
        row = proposed()
        evidence.accept(row, curator, follow_verdict=True)
        row.commitment.record_status(Status.NOT_ASSESSED, evidence=None, effective_on=date(2022, 1, 1))
        evidence.reject(row, curator)
        assert row.review_state == Verification.REJECTED

    def test_takes_the_reported_value_along(self, curator: User) -> None:
        promise = CommitmentFactory.create(quantity=9, unit="所", comparator="gte")
        row = proposed(reported_value=7, verdict="partial", commitment=promise)
        evidence.accept(row, curator)
        row.commitment.refresh_from_db()
        assert row.commitment.reported_value == 7
        evidence.reject(row, curator)
        row.commitment.refresh_from_db()
        assert row.commitment.reported_value is None


class TestPropose:
    def test_puts_evidence_and_its_source_into_the_queue(self) -> None:
        row = self.evidence()
        evidence.propose(row, SourceFactory.build())
        row.refresh_from_db()
        assert (row.review_state, row.reviewed_by) == (Verification.PROPOSED, None)
        assert row.source == Source.objects.get()

    def test_nobody_accepts_by_proposing(self) -> None:
        row = self.evidence(source=SourceFactory.create(), review_state=Verification.ACCEPTED)
        evidence.propose(row)
        row.refresh_from_db()
        assert row.review_state == Verification.PROPOSED

    @pytest.mark.parametrize(
        ("change", "source", "field"),
        [
            ({"verdict": Status.NOT_ASSESSED}, {}, "verdict"),
            ({}, {"url": "news"}, "url"),
            ({"as_of": None}, {}, "as_of"),
            ({"as_of": date(2020, 1, 1)}, {}, "as_of"),
            ({}, {"publisher": ""}, "publisher"),
            ({}, {"url": ""}, "__all__"),
            ({}, {"kind": "outcome_notice"}, "jurisdiction"),
        ],
    )
    def test_what_the_admin_would_refuse_is_refused_whole(
        self, change: dict[str, Any], source: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(ValidationError) as refused:
            evidence.propose(self.evidence(**change), SourceFactory.build(**source))
        assert list(refused.value.message_dict) == [field]
        assert not Evidence.objects.exists()
        assert not Source.objects.exists()

    def test_an_origin_is_told_once(self) -> None:
        first = self.evidence(source=SourceFactory.create())
        evidence.propose(first)
        with pytest.raises(ValidationError, match="已是这条承诺的证据"):
            evidence.propose(self.evidence(commitment=first.commitment, source=first.source))

    def evidence(self, **fields: Any) -> Evidence:
        """Return evidence that is not stored yet."""
        told = {"verdict": Status.COMPLETED, "as_of": date(2021, 12, 20), **fields}
        return Evidence(**{"commitment": CommitmentFactory.create(), **told})
