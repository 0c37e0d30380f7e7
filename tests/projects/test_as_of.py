"""What was known on an earlier day: statuses, figures and reports of that day, nothing of later ones."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from projects.as_of import rows_as_of
from projects.choices import Coverage, ReviewState, Status, Verification
from projects.filters import ACHIEVEMENTS, COMMITMENTS
from projects.models import Achievement, Commitment, Evidence, Jurisdiction, Report, Restatement, StatusChange
from tests.factories import EvidenceFactory, SourceFactory
from tests.projects.api.world import World, world

BEFORE, BETWEEN, AFTER = date(2021, 3, 9), date(2022, 6, 1), date(2026, 1, 1)


@pytest.fixture
def made(db: None) -> World:
    """The world."""
    return world()


def then(commitment: Commitment, day: date) -> Commitment:
    """Return the commitment as it was known on a day."""
    found: Commitment = rows_as_of(Commitment.objects.filter(pk=commitment.pk), day).get()
    return found


def test_a_status_is_known_from_the_day_on_which_its_ground_was_published(made: World) -> None:
    assert then(made.road, date(2022, 5, 2)).status == Status.NOT_ASSESSED, "in effect, but nobody could know"
    assert then(made.road, date(2022, 5, 2)).status_since is None
    assert then(made.road, date(2022, 5, 3)).status == Status.COMPLETED
    assert then(made.road, date(2022, 5, 3)).status_since == date(2022, 5, 1)


def test_what_a_report_claims_is_known_from_its_delivery(made: World) -> None:
    assert made.achievement.report.delivered_on == date(2025, 1, 8)
    claimed = Evidence.objects.filter(commitment=made.school, achievement=made.achievement)
    for day, known in ((date(2025, 1, 7), False), (date(2025, 1, 8), True)):
        assert rows_as_of(claimed, day).exists() is known
        assert rows_as_of(StatusChange.objects.filter(evidence__in=claimed), day).exists() is known
        assert (then(made.school, day).status != Status.NOT_ASSESSED) is known


def later(commitment: Commitment, day: date, **fields: Any) -> Evidence:
    """Return accepted evidence of a day, by a page that was published then."""
    evidence: Evidence
    evidence = EvidenceFactory.create(
        commitment=commitment, as_of=day, source=SourceFactory.create(published_on=day), **fields
    )
    return evidence


def test_a_status_of_the_past_is_answered_after_it_has_changed(made: World) -> None:
    evidence = later(made.road, date(2023, 1, 1), verdict=Status.PARTIAL)
    made.road.record_status(Status.PARTIAL, evidence=evidence, effective_on=date(2023, 1, 1))
    assert then(made.road, date(2022, 12, 31)).status == Status.COMPLETED
    assert then(made.road, date(2023, 1, 1)).status == Status.PARTIAL


def test_a_due_state_of_the_past_rests_on_the_ground_of_its_day(made: World) -> None:
    opened = made.road.status_evidence
    evidence = later(made.road, date(2023, 1, 1), verdict=Status.PARTIAL)
    made.road.record_status(Status.PARTIAL, evidence=evidence, effective_on=date(2023, 1, 1))
    days = [date(2021, 12, 31), date(2022, 4, 1), date(2022, 5, 3), date(2023, 1, 1)]
    assert [then(made.road, day).due_state(day) for day in days] == [
        "running",
        "unverified",
        "kept_late",
        "partly_kept",
    ]
    found = [then(made.road, day) for day in days]
    assert [row.status_as_of for row in found] == [None, None, date(2022, 5, 1), date(2023, 1, 1)]
    assert [row.happened_on for row in found] == [None, None, date(2022, 4, 20), None]
    assert [row.happened_precision for row in found] == ["", "", "day", ""]
    assert [row.days_late for row in found] == [None, None, 110, None]
    assert [row.status_evidence for row in found] == [None, None, opened, evidence]


def test_a_change_of_ground_is_known_from_its_day(made: World) -> None:
    opened = made.road.status_evidence
    newer = later(made.road, date(2022, 6, 1), verdict=Status.COMPLETED)
    made.road.record_status(Status.COMPLETED, evidence=newer, effective_on=date(2022, 6, 1))
    assert then(made.road, date(2022, 5, 31)).status_evidence == opened
    assert then(made.road, date(2022, 6, 1)).status_evidence == newer


def test_what_was_recorded_last_counts_among_what_is_in_effect(made: World) -> None:
    earlier = later(made.road, date(2022, 2, 1), verdict=Status.PARTIAL)
    made.road.record_status(Status.NOT_ASSESSED, evidence=None, effective_on=date(2022, 5, 1))
    made.road.record_status(Status.PARTIAL, evidence=earlier, effective_on=date(2022, 2, 1))
    assert then(made.road, AFTER).status == Commitment.objects.get(pk=made.road.pk).status == Status.PARTIAL


def test_today_all_is_as_the_table_says(made: World) -> None:
    names = (
        *("status", "status_since", "status_evidence", "status_as_of", "happened_on", "happened_precision", "outcome"),
        *("delay_reason", "delay_note", "reported_value", "reported_on", "reported_bound"),
    )
    for row in Commitment.objects.published():
        known = then(row, AFTER)
        assert [getattr(known, name) for name in names] == [getattr(row, name) for name in names]


def test_a_figure_is_the_newest_of_its_day(made: World) -> None:
    later(made.school, date(2022, 1, 1), reported_value=Decimal(1))
    later(made.school, date(2022, 2, 1), reported_value=Decimal(9), review_state=Verification.PROPOSED)
    later(made.school, date(2022, 3, 1), reported_value=Decimal(8), coverage=Coverage.PERIOD)
    later(made.school, date(2022, 4, 1), reported_value=Decimal(7), is_forecast=True)
    assert then(made.school, date(2021, 12, 31)).reported_value is None
    assert then(made.school, BETWEEN).reported_value == 1
    assert then(made.school, AFTER).reported_value == 3


def test_a_report_is_known_from_its_delivery(made: World) -> None:
    assert not rows_as_of(Commitment.objects.published(), BEFORE).filter(report=made.report).exists()
    assert not rows_as_of(Achievement.objects.published(), BETWEEN).exists()
    assert list(rows_as_of(Report.objects.published(), BETWEEN)) == [made.report]
    assert rows_as_of(Achievement.objects.published(), AFTER).count() == 1


def test_without_a_day_of_delivery_it_is_known_from_the_first_day_of_its_year(made: World) -> None:
    Report.objects.filter(pk=made.report.pk).update(delivered_on=None)
    assert not rows_as_of(Report.objects.published(), date(2020, 12, 31)).exists()
    assert list(rows_as_of(Report.objects.published(), date(2021, 1, 1))) == [made.report]


def test_later_evidence_transitions_and_restatements_are_not_known(made: World) -> None:
    day = date(2022, 3, 1)
    assert [row.source for row in rows_as_of(Evidence.objects.published(), day)] == [made.notice]
    changes = rows_as_of(StatusChange.objects.published(), day).order_by("id")
    assert [row.to_status for row in changes] == [Status.NOT_MET]
    assert not rows_as_of(Evidence.objects.published(), date(2022, 1, 30)).exists()
    assert not rows_as_of(Restatement.objects.published(), day).exists()


def test_publication_is_todays_on_every_day(made: World) -> None:
    Commitment.objects.filter(pk=made.road.pk).update(review_state=ReviewState.WITHDRAWN)
    assert not rows_as_of(Commitment.objects.published(), AFTER).filter(pk=made.road.pk).exists()


def test_governments_are_the_same_on_every_day(made: World) -> None:
    assert rows_as_of(Jurisdiction.objects.published(), BEFORE).count() == 2


def test_a_list_by_year_leaves_nothing_out(made: World) -> None:
    Report.objects.filter(pk=made.later_report.pk).update(delivered_on=None)
    for day in (BEFORE, BETWEEN, date(2024, 12, 31), date(2025, 1, 1), AFTER):
        for listing in (COMMITMENTS, ACHIEVEMENTS):
            query = QueryDict(f"as_of={day}")
            by_year = listing.parse(query, today=AFTER)
            assert (by_year.ordering.column, by_year.as_of) == ("year", day)
            assert set(by_year.rows) == set(rows_as_of(listing.queryset(), day))
