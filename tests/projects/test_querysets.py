"""What is read: the public sees what is published, and overdue follows from the day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import given, strategies as st

from projects.choices import (
    DueBasis,
    DueState,
    Milestone,
    OverdueBasis,
    ReportState,
    ReviewState,
    Status,
    Verification,
)
from projects.models import (
    Achievement,
    Commitment,
    Department,
    Evidence,
    Jurisdiction,
    OverdueEvent,
    Project,
    Report,
    Restatement,
    StatusChange,
)
from projects.querysets import code_prefix, due_state_q, overdue_q
from tests.factories import (
    AchievementFactory,
    CommitmentFactory,
    DepartmentFactory,
    EvidenceFactory,
    JurisdictionFactory,
    ProjectFactory,
    ReportFactory,
    RestatementFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

DUE = date(2021, 12, 31)
VERDICTS = sorted(Status.values)
HIDDEN: list[dict[str, Any]] = [
    {"review_state": ReviewState.CANDIDATE},
    {"review_state": ReviewState.REJECTED},
    {"review_state": ReviewState.WITHDRAWN},
    {"report__state": ReportState.DRAFT},
    {"report__state": ReportState.WITHDRAWN},
]


class TestPublished:
    def test_governments_and_departments_are_public_facts(self) -> None:
        DepartmentFactory.create()
        assert (Jurisdiction.objects.published().count(), Department.objects.published().count()) == (1, 1)

    @pytest.mark.parametrize("state", ReportState)
    def test_reports(self, state: ReportState) -> None:
        ReportFactory.create(state=state)
        assert Report.objects.published().exists() == (state == ReportState.PUBLISHED)

    @pytest.mark.parametrize("state", ReviewState)
    def test_projects(self, state: ReviewState) -> None:
        ProjectFactory.create(review_state=state)
        assert Project.objects.published().exists() == (state == ReviewState.PUBLISHED)

    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_statements(self, hidden: dict[str, Any]) -> None:
        seen = CommitmentFactory.create(), AchievementFactory.create()
        CommitmentFactory.create(**hidden)
        AchievementFactory.create(**hidden)
        assert (Commitment.objects.published().get(), Achievement.objects.published().get()) == seen

    @pytest.mark.parametrize("state", Verification)
    def test_evidence_is_accepted(self, state: Verification) -> None:
        EvidenceFactory.create(review_state=state)
        assert Evidence.objects.published().exists() == (state == Verification.ACCEPTED)

    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_evidence_is_hidden_with_its_commitment_or_achievement(self, hidden: dict[str, Any]) -> None:
        EvidenceFactory.create(commitment=CommitmentFactory.create(**hidden))
        EvidenceFactory.create(achievement=AchievementFactory.create(**hidden))
        seen = EvidenceFactory.create(achievement=AchievementFactory.create())
        assert Evidence.objects.published().get() == seen

    @pytest.mark.parametrize("end", ["earlier", "later"])
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_restatements_are_hidden_with_either_end(self, hidden: dict[str, Any], end: str) -> None:
        RestatementFactory.create(**{end: CommitmentFactory.create(**hidden)})
        RestatementFactory.create(review_state=Verification.PROPOSED)
        seen = RestatementFactory.create()
        assert Restatement.objects.published().get() == seen

    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_histories_are_hidden_with_their_commitment(self, hidden: dict[str, Any]) -> None:
        rows = [CommitmentFactory.create(), CommitmentFactory.create(**hidden)]
        for row in rows:
            row.record_status("completed", evidence=EvidenceFactory.create(commitment=row), effective_on=DUE)
            OverdueEvent.objects.create(commitment=row, kind="flagged", on=DUE, overdue_since=DUE)
        assert StatusChange.objects.published().get().commitment == rows[0]
        assert OverdueEvent.objects.published().get().commitment == rows[0]


class TestOverdue:
    @given(
        rows=st.lists(
            st.tuples(
                st.integers(-200, 200), st.sampled_from(DueBasis), st.sampled_from(Milestone), st.sampled_from(VERDICTS)
            ),
            min_size=1,
            max_size=8,
        ),
        grace=st.integers(0, 100),
        told=st.integers(-100, 100),
    )
    def test_the_queries_agree_with_the_rules(
        self, rows: list[tuple[int, DueBasis, Milestone, str]], grace: int, told: int
    ) -> None:
        with override_settings(OVERDUE_GRACE_DAYS_IMPLIED=grace), transaction.atomic():
            report = ReportFactory.create()
            made = [_promise(report, position, *row, told) for position, row in enumerate(rows)]
            overdue = {row.pk for row in made if row.is_overdue(DUE)}
            assert {row.pk for row in Commitment.objects.overdue(DUE)} == overdue
            assert {row.pk for row in Commitment.objects.exclude(overdue_q(DUE))} == {row.pk for row in made} - overdue
            for state in DueState:
                found = {row.pk for row in Commitment.objects.filter(due_state_q(state, DUE))}
                assert found == {row.pk for row in made if row.due_state(DUE) == state}
            for basis in OverdueBasis:
                found = {row.pk for row in Commitment.objects.filter(overdue_q(DUE, basis=basis))}
                assert found == {row.pk for row in made if row.overdue_on(DUE) == basis}
            transaction.set_rollback(True)


def _promise(
    report: Report, position: int, late: int, basis: str, milestone: str, verdict: str, told: int
) -> Commitment:
    """Return a promise due before or after DUE, with the status that evidence of some day gives it."""
    row: Commitment = CommitmentFactory.create(
        report=report, position=position, due_on=DUE + timedelta(days=late), due_basis=basis, milestone=milestone
    )
    if verdict != Status.NOT_ASSESSED:
        day = DUE + timedelta(days=told)
        source = SourceFactory.create(published_on=None)
        evidence = EvidenceFactory.create(commitment=row, source=source, verdict=verdict, as_of=day)
        row.record_status(verdict, evidence=evidence, effective_on=day, reason_code="not_given")
    row.refresh_from_db()
    return row


class TestPlaces:
    @pytest.mark.parametrize(
        ("code", "prefix"), [("500000", "50"), ("500100", "5001"), ("500112", "500112"), ("510100", "5101")]
    )
    def test_a_code_tells_what_lies_below(self, code: str, prefix: str) -> None:
        assert code_prefix(code) == prefix

    def test_a_government_with_all_below_it(self) -> None:
        for code in ("500000", "500100", "500112", "510000"):
            JurisdictionFactory.create(code=code)
        found = Jurisdiction.objects.with_descendants("500000").values_list("code", flat=True)
        assert set(found) == {"500000", "500100", "500112"}
        assert [row.code for row in Jurisdiction.objects.with_descendants("500112")] == ["500112"]
