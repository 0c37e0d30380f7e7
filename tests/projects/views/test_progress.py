from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Comparator, Light, Milestone, Outcome
from projects.models import Commitment
from projects.views.progress import Kind, Progress, progress

DUE = date(2025, 12, 31)


def commitment(
    milestone: str, comparator: str | None, value: float | None, on: date = date(2024, 12, 31)
) -> Commitment:
    """Return a commitment of 2021 for 100 by the end of 2025, with a value reported on a day; without any if None."""
    row = Commitment(
        milestone=milestone, due_on=DUE, year=2021, comparator=comparator, reported_bound="" if value is None else "eq",
        quantity=None if comparator is None else Decimal(100), reported_on=None if value is None else on,
        reported_value=None if value is None else Decimal(str(value)),
    )  # fmt: skip
    row.outcome = Outcome.OPEN
    return row


@pytest.mark.parametrize(
    ("value", "light", "word", "reached"),
    [
        (95, Light.BLUE, "超进度", 95),
        (80, Light.GREEN, "达进度", 80),
        (60, Light.YELLOW, "欠进度", 60),
        (20, Light.RED, "严重欠进度", 20),
    ],
)
def test_a_total_is_held_against_the_time_elapsed(value: float, light: Light, word: str, reached: int) -> None:
    found = progress(commitment(Milestone.COMPLETE, Comparator.GTE, value))
    assert found == Progress(Kind.PACE, light, word, reached, 80)


@pytest.mark.parametrize(
    ("comparator", "value", "on", "light", "word"),
    [
        (Comparator.LTE, 110, DUE, Light.RED, "没有达到"),
        (Comparator.LTE, 110, date(2024, 12, 31), Light.RED, "还没有达到"),
        (Comparator.LTE, 90, DUE, Light.GREEN, "达到"),
        (Comparator.GTE, 90, DUE, Light.RED, "没有达到"),
        (Comparator.GTE, 100, date(2021, 1, 1), Light.GREEN, "达到"),
    ],
)
def test_a_level_is_met_or_not_whatever_the_time(
    comparator: str, value: float, on: date, light: Light, word: str
) -> None:
    found = progress(commitment(Milestone.LEVEL, comparator, value, on))
    assert found is not None
    assert (found.kind, found.light, found.word) == (Kind.LEVEL, light, word)
    assert found.reached is not None
    assert found.mark is not None
    assert (found.reached > found.mark) == (value > 100), "value and target share one scale"


@pytest.mark.parametrize(
    ("milestone", "comparator", "kind", "word"),
    [
        (Milestone.COMPLETE, Comparator.EQ, Kind.PACE, "还没有可比的数"),
        (Milestone.LEVEL, Comparator.LTE, Kind.LEVEL, "达到没有，还不知道"),
        (Milestone.START, None, Kind.STEP, "做到没有，还没有证据"),
        (Milestone.START, Comparator.EQ, Kind.STEP, "做到没有，还没有证据"),
        (Milestone.PLAN, None, Kind.STEP, "做到没有，还没有证据"),
        (Milestone.COMPLETE, None, Kind.STEP, "做到没有，还没有证据"),
    ],
)
def test_what_nobody_reported_is_unknown(milestone: str, comparator: str | None, kind: Kind, word: str) -> None:
    assert progress(commitment(milestone, comparator, None)) == Progress(kind, Light.GREY, word)


def test_what_became_of_it_goes_before_its_figure() -> None:
    row = commitment(Milestone.COMPLETE, Comparator.GTE, 20)
    row.outcome = Outcome.KEPT
    found = progress(row)
    assert found is not None
    assert (found.light, found.word) == (Light.BLUE, "已兑现")


def test_a_promise_to_progress_has_no_light() -> None:
    row = commitment(Milestone.PROGRESS, Comparator.GTE, 20)
    row.outcome = Outcome.ONGOING
    assert progress(row) is None


@pytest.mark.parametrize("value", [0, -2])
def test_a_value_without_a_place_on_the_scale_draws_no_bar(value: float) -> None:
    row = commitment(Milestone.LEVEL, Comparator.LTE, value)
    row.quantity = Decimal(0)
    found = progress(row)
    assert found is not None
    assert (found.light, found.reached, found.mark) == (Light.GREEN, None, None)
