"""Evidence names its source, is told once, agrees with its commitment, and hands its figure to it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from projects import rules
from projects.choices import SourceKind
from projects.models import Commitment, Evidence, Source, Succession
from tests.factories import (
    AchievementFactory,
    CommitmentFactory,
    EvidenceFactory,
    JurisdictionFactory,
    ReportFactory,
    SourceFactory,
    SuccessionFactory,
)
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence() -> Evidence:
    row: Evidence = EvidenceFactory.create()
    return row


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": None}, "has_a_source"),
        ({"happened_on": date(2021, 12, 1)}, "happened_to_a_precision"),
        ({"happened_precision": "day"}, "happened_to_a_precision"),
        ({"happened_on": date(2021, 12, 1), "happened_precision": "hour"}, "happened_to_a_precision"),
        ({"reported_value": 5}, "value_is_whole"),
        ({"coverage": "level", "bound": "eq"}, "value_is_whole"),
        ({"reported_value": 5, "coverage": "all", "bound": "eq"}, "value_is_whole"),
        ({"verdict": "not_assessed"}, "verdict_is_known"),
        ({"verdict": "done"}, "verdict_is_known"),
        ({"confidence": "sure"}, "confidence_is_known"),
        ({"review_state": "yes"}, "review_state_is_known"),
        ({"as_of": None}, "as_of"),
    ],
)
def test_what_is_not_whole_is_refused(evidence: Evidence, change: dict[str, Any], reason: str) -> None:
    with refused(reason):
        Evidence.objects.filter(pk=evidence.pk).update(**change)


@pytest.mark.parametrize("origin", ["achievement", "source"])
def test_an_origin_speaks_once_for_a_commitment(origin: str) -> None:
    achievement = AchievementFactory.create(report__year=2022) if origin == "achievement" else None
    row = EvidenceFactory.create(achievement=achievement)
    again = {"achievement": row.achievement, "source": row.source}
    with refused("is_told_once"):
        EvidenceFactory.create(commitment=row.commitment, **again)
    EvidenceFactory.create(**again)


class TestWhoSpeaks:
    """It follows from the origin, whatever somebody writes, and goes with what it follows from."""

    def test_from_the_source(self, evidence: Evidence) -> None:
        def speaker() -> str:
            evidence.refresh_from_db()
            return evidence.speaker

        assert speaker() == "media"
        Evidence.objects.filter(pk=evidence.pk).update(speaker="independent")
        assert speaker() == "media"
        source = Source.objects.filter(evidence=evidence)
        source.update(kind="outcome_notice", jurisdiction=evidence.commitment.report.jurisdiction)
        assert speaker() == "official_claim"
        source.update(kind="audit")
        assert speaker() == "independent"

    def test_from_the_achievement_and_who_took_over(self) -> None:
        row = EvidenceFactory.create(achievement=AchievementFactory.create(report__year=2026))
        row.refresh_from_db()
        assert (row.source, row.speaker) == (None, "official_other")
        assert row.achievement is not None
        SuccessionFactory.create(predecessor=row.commitment.jurisdiction, successor=row.achievement.jurisdiction)
        row.refresh_from_db()
        assert row.speaker == "official_claim"

    @pytest.mark.parametrize("kind", SourceKind)
    @pytest.mark.parametrize("place", ["own", "heir", "other", None])
    def test_the_database_says_what_the_rule_says(self, kind: str, place: str | None) -> None:
        row = CommitmentFactory.create()
        own = row.report.jurisdiction
        link: Succession = SuccessionFactory.create(predecessor=own)
        places = {"own": own, "heir": link.successor, "other": JurisdictionFactory.create(), None: None}
        source = SourceFactory.create(kind=kind, jurisdiction=places[place])
        evidence = EvidenceFactory.create(commitment=row, source=source)
        evidence.refresh_from_db()
        heirs = frozenset({str(link.successor_id)})
        assert evidence.speaker == rules.speaker(own.pk, heirs, kind=kind, place=source.jurisdiction_id, claimant=None)


class TestDisagreements:
    """Each is refused at its field; a note overrides figures, never place or publication."""

    def refusal(self, **fields: Any) -> dict[str, list[str]]:
        """Return the fields and codes for which evidence is refused."""
        row = EvidenceFactory.build(**{"note": "", **fields})
        with pytest.raises(ValidationError) as caught:
            row.clean()
        return {field: [str(error.code) for error in errors] for field, errors in caught.value.error_dict.items()}

    def promise(self, **fields: Any) -> Commitment:
        row: Commitment = CommitmentFactory.create(**fields)
        row.refresh_from_db()
        return row

    def test_good_evidence_is_not_refused(self) -> None:
        row = self.promise(quantity=10, unit="所", comparator="gte")
        fields: dict[str, Any] = {"commitment": row, "source": SourceFactory.create(), "reported_value": 12}
        EvidenceFactory.build(**fields, happened_on=date(2021, 12, 20), happened_precision="day").clean()

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"as_of": date(2001, 1, 1)}, {"as_of": ["before_promise"]}),
            ({"as_of": date(2022, 1, 6)}, {"as_of": ["after_source"]}),
            ({"happened_on": date(2021, 12, 21), "happened_precision": "day"}, {"happened_on": ["after_as_of"]}),
            ({"happened_on": date(2020, 5, 1), "happened_precision": "day"}, {"happened_on": ["before_promise"]}),
            ({"reported_value": 12}, {"reported_value": ["no_figure"]}),
        ],
    )
    def test_days_and_figures(self, fields: dict[str, Any], wrong: dict[str, list[str]]) -> None:
        assert self.refusal(commitment=self.promise(), source=SourceFactory.create(), **fields) == wrong

    @pytest.mark.parametrize("coverage", ["period", "cumulative"])
    def test_a_day_that_could_not_be_read_is_said_by_its_field_alone(self, coverage: str) -> None:
        row = self.promise(quantity=10, unit="所", comparator="gte")
        fields = {"commitment": row, "source": SourceFactory.create(), "reported_value": 5, "coverage": coverage}
        EvidenceFactory.build(**fields, as_of=None, value_from=date(2021, 1, 1)).clean()

    def test_what_is_expected_may_lie_ahead(self) -> None:
        row, source = self.promise(), SourceFactory.create()
        EvidenceFactory.build(commitment=row, source=source, as_of=date(2022, 6, 30), is_forecast=True).clean()

    @pytest.mark.parametrize(("value", "verdict"), [("12", "completed"), ("-10", "completed"), ("60", "not_met")])
    def test_a_figure_that_contradicts_the_verdict(self, value: str, verdict: str) -> None:
        fields = {
            "commitment": self.promise(milestone="level", quantity=55, unit="%", comparator="gte"),
            "source": SourceFactory.create(),
            "reported_value": Decimal(value),
            "coverage": "level",
            "verdict": verdict,
        }
        assert self.refusal(**fields) == {"reported_value": ["contradicts"]}
        EvidenceFactory.build(**fields, note="按新口径计算，见通报第2页").clean()

    @pytest.mark.parametrize("place", ["510100", "510000", "510104", "510300", None])
    def test_a_source_of_another_place(self, place: str | None) -> None:
        row = self.promise(report__jurisdiction=JurisdictionFactory.create(code="510100"))
        where = JurisdictionFactory.create(code=place) if place else None
        source = SourceFactory.create(kind="official_page", jurisdiction=where)
        if place == "510300":
            assert self.refusal(commitment=row, source=source, note="x") == {"source": ["other_place"]}
        else:
            EvidenceFactory.build(commitment=row, source=source).clean()

    def test_only_one_origin(self) -> None:
        row = self.promise()
        later = ReportFactory.create(jurisdiction=row.report.jurisdiction, year=2022)
        claim = AchievementFactory.create(report=later)
        claim.refresh_from_db()
        assert self.refusal(commitment=row, achievement=claim, source=SourceFactory.create()) == {"source": ["two"]}


def test_evidence_is_not_deleted(evidence: Evidence) -> None:
    with refused("Cannot delete"):
        execute("DELETE FROM projects_evidence")


class TestReportedValue:
    def value(self, evidence: Evidence) -> tuple[Any, Any]:
        evidence.commitment.refresh_from_db()
        return evidence.commitment.reported_value, evidence.commitment.reported_on

    def test_the_newest_accepted_figure_counts(self) -> None:
        commitment = CommitmentFactory.create(quantity=10, unit="所", comparator="gte")
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
