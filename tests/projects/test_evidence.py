"""Decisions on evidence: whole, written down, and never against the status that rests on it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from projects import evidence
from projects.choices import SourceKind, Status, Verification
from projects.models import Evidence, StatusChange
from tests.factories import AchievementFactory, CommitmentFactory, EvidenceFactory

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
        row = proposed(verdict=Status.COMPLETED)
        evidence.accept(row, curator, status=Status.IN_PROGRESS, effective_on=date(2021, 6, 1))
        row.commitment.refresh_from_db()
        assert (row.commitment.status, row.commitment.status_since) == (Status.IN_PROGRESS, date(2021, 6, 1))

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
        row = proposed(reported_value=7)
        evidence.accept(row, curator)
        row.commitment.refresh_from_db()
        assert row.commitment.reported_value == 7
        evidence.reject(row, curator)
        row.commitment.refresh_from_db()
        assert row.commitment.reported_value is None


class TestPropose:
    SOURCE = {
        "url": "https://news.example/1",
        "publisher": "重庆日报",
        "published_on": date(2022, 1, 5),
        "source_kind": SourceKind.INDEPENDENT,
        "verdict": Status.COMPLETED,
        "as_of": date(2021, 12, 20),
    }

    def test_puts_evidence_into_the_queue(self) -> None:
        row = Evidence(commitment=CommitmentFactory.create(), **self.SOURCE)
        evidence.propose(row)
        row.refresh_from_db()
        assert (row.review_state, row.reviewed_by) == (Verification.PROPOSED, None)

    def test_nobody_accepts_by_proposing(self) -> None:
        row = Evidence(commitment=CommitmentFactory.create(), **self.SOURCE, review_state=Verification.ACCEPTED)
        evidence.propose(row)
        row.refresh_from_db()
        assert row.review_state == Verification.PROPOSED

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"verdict": Status.NOT_ASSESSED}, "verdict"),
            ({"url": "news"}, "url"),
            ({"as_of": None}, "as_of"),
            ({"publisher": ""}, "__all__"),
            ({"url": ""}, "__all__"),
        ],
    )
    def test_what_the_admin_would_refuse_is_refused(self, change: dict[str, Any], field: str) -> None:
        with pytest.raises(ValidationError) as refused:
            evidence.propose(Evidence(commitment=CommitmentFactory.create(), **{**self.SOURCE, **change}))
        assert list(refused.value.message_dict) == [field]
        assert not Evidence.objects.exists()

    def test_an_achievement_is_told_once(self) -> None:
        commitment, achievement = CommitmentFactory.create(), AchievementFactory.create(report__year=2022)
        source = {"achievement": achievement, "verdict": "completed", "source_kind": "official_claim"}
        evidence.propose(Evidence(commitment=commitment, **source, as_of=date(2021, 12, 31)))
        with pytest.raises(ValidationError):
            evidence.propose(Evidence(commitment=commitment, **source, as_of=date(2021, 12, 31)))


class TestFurthest:
    def test_progress_counts_before_age(self) -> None:
        commitment = CommitmentFactory.create()
        partial = EvidenceFactory.create(commitment=commitment, verdict="partial", as_of=date(2021, 6, 1))
        EvidenceFactory.create(commitment=commitment, verdict="in_progress", as_of=date(2022, 6, 1))
        assert evidence.furthest(commitment.evidence.all()) == partial

    def test_the_newest_of_equals_counts(self) -> None:
        commitment = CommitmentFactory.create()
        newer = EvidenceFactory.create(commitment=commitment, verdict="partial", as_of=date(2022, 6, 1))
        EvidenceFactory.create(commitment=commitment, verdict="partial", as_of=date(2021, 6, 1))
        assert evidence.furthest(commitment.evidence.all()) == newer

    @pytest.mark.parametrize("verdict", ["not_met", "suspended", "cancelled", "unverifiable"])
    def test_a_stop_is_no_progress(self, verdict: str) -> None:
        assert evidence.furthest([EvidenceFactory.create(verdict=verdict)]) is None

    @pytest.mark.parametrize("state", [Verification.PROPOSED, Verification.REJECTED])
    def test_only_accepted_evidence_counts(self, state: Verification) -> None:
        assert evidence.furthest([EvidenceFactory.create(review_state=state)]) is None
