"""Who speaks is known before a row is saved, and is what the database writes."""

import pytest

from projects.choices import SourceKind, Speaker, Verification
from projects.models import Evidence
from tests.factories import (
    AchievementFactory,
    CommitmentFactory,
    EvidenceFactory,
    JurisdictionFactory,
    ReportFactory,
    SourceFactory,
    SuccessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "place", "speaker"),
    [
        (SourceKind.MEDIA, None, Speaker.MEDIA),
        (SourceKind.AUDIT, None, Speaker.INDEPENDENT),
        (SourceKind.OUTCOME_NOTICE, "own", Speaker.OFFICIAL_CLAIM),
        (SourceKind.OFFICIAL_PAGE, "500000", Speaker.OFFICIAL_OTHER),
        (SourceKind.OFFICIAL_PAGE, "500102", Speaker.OFFICIAL_CLAIM),
    ],
)
def test_a_row_that_is_not_saved_is_whole(kind: str, place: str | None, speaker: str) -> None:
    commitment = CommitmentFactory.create(report=ReportFactory.create(jurisdiction__code="500112"))
    JurisdictionFactory.create(code="500000")
    successor = JurisdictionFactory.create(code="500102")
    SuccessionFactory.create(predecessor=commitment.report.jurisdiction, successor=successor)
    code = "500112" if place == "own" else place
    source = SourceFactory.create(kind=kind, jurisdiction_id=code)
    row = Evidence(commitment=commitment, source=source, verdict="completed", as_of="2021-12-20")
    row.clean_fields()
    row.full_clean()
    assert row.speaker == speaker
    row.review_state = Verification.PROPOSED
    row.save()
    row.refresh_from_db()
    assert row.speaker == speaker


def test_of_an_achievement_its_government_speaks() -> None:
    commitment = CommitmentFactory.create()
    later = ReportFactory.create(jurisdiction=commitment.report.jurisdiction, year=2025)
    row = EvidenceFactory.build(
        commitment=commitment, achievement=AchievementFactory.create(report=later), verdict="completed"
    )
    row.full_clean()
    assert row.speaker == Speaker.OFFICIAL_CLAIM
