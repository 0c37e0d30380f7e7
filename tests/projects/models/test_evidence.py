"""Evidence names its source, is told once, and hands its figure to the commitment."""

from datetime import date
from typing import Any

import pytest

from projects.models import Evidence
from tests.factories import AchievementFactory, CommitmentFactory, EvidenceFactory, ReportFactory
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence() -> Evidence:
    row: Evidence = EvidenceFactory.create()
    return row


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"url": ""}, "has_a_source"),
        ({"publisher": ""}, "has_a_source"),
        ({"published_on": None}, "has_a_source"),
        ({"verdict": "not_assessed"}, "verdict_is_known"),
        ({"verdict": "done"}, "verdict_is_known"),
        ({"source_kind": "rumour"}, "source_kind_is_known"),
        ({"confidence": "sure"}, "confidence_is_known"),
        ({"review_state": "yes"}, "review_state_is_known"),
        ({"as_of": None}, "as_of"),
    ],
)
def test_what_is_not_whole_is_refused(evidence: Evidence, change: dict[str, Any], reason: str) -> None:
    with refused(reason):
        Evidence.objects.filter(pk=evidence.pk).update(**change)


def test_an_achievement_or_a_file_is_source_enough(evidence: Evidence) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(url="", file="evidence/2022/page.pdf")
    achievement = AchievementFactory.create(report=ReportFactory.create(year=2022))
    EvidenceFactory.create(achievement=achievement, url="", publisher="", published_on=None)
    assert Evidence.objects.count() == 2


def test_an_achievement_speaks_once_for_a_commitment() -> None:
    row = EvidenceFactory.create(achievement=AchievementFactory.create(report__year=2022))
    with refused("is_told_once"):
        EvidenceFactory.create(commitment=row.commitment, achievement=row.achievement)
    EvidenceFactory.create(achievement=row.achievement)


def test_evidence_is_not_deleted(evidence: Evidence) -> None:
    with refused("Cannot delete"):
        execute("DELETE FROM projects_evidence")


class TestReportedValue:
    def value(self, evidence: Evidence) -> tuple[Any, Any]:
        evidence.commitment.refresh_from_db()
        return evidence.commitment.reported_value, evidence.commitment.reported_on

    def test_the_newest_accepted_figure_counts(self) -> None:
        commitment = CommitmentFactory.create()
        old = EvidenceFactory.create(commitment=commitment, reported_value=5, as_of=date(2021, 6, 1))
        EvidenceFactory.create(commitment=commitment, reported_value=3, as_of=date(2021, 3, 1))
        EvidenceFactory.create(commitment=commitment, reported_value=None, as_of=date(2021, 9, 1))
        EvidenceFactory.create(commitment=commitment, reported_value=9, as_of=date(2021, 9, 1), review_state="proposed")
        assert self.value(old) == (5, date(2021, 6, 1))

    def test_it_follows_decisions_and_corrections(self) -> None:
        evidence = EvidenceFactory.create(reported_value=5)
        execute("UPDATE projects_evidence SET reported_value = 6")
        assert self.value(evidence) == (6, evidence.as_of)
        execute("UPDATE projects_evidence SET review_state = 'rejected'")
        assert self.value(evidence) == (None, None)
