"""calibration: mean confidence beside what was right."""

import pytest

from seeds.evaluation.calibration import calibration, calibration_error
from seeds.evaluation.measures import compare
from tests.seeds.evaluation.rows import row


def test_bins_by_hand() -> None:
    gold = [row(0, 10), row(20, 30), row(40, 50)]
    found = [
        row(0, 10, confidence=0.92),
        row(20, 30, confidence=0.98, unit="座"),
        row(60, 70, confidence=1.0),
        row(80, 90, confidence=0.31),
    ]
    low, high = calibration(compare(gold, found))
    assert (low.low, low.high, low.count, low.predicted, low.precision) == (0.3, 0.4, 1, 0.31, 0.0)
    assert (high.low, high.high, high.count) == (0.9, 1.0, 3)
    assert high.predicted == pytest.approx(2.9 / 3)
    assert high.precision == pytest.approx(2 / 3)
    assert high.records == pytest.approx(1 / 3)
    assert calibration_error([low, high]) == pytest.approx((0.31 + 3 * abs(2.9 / 3 - 2 / 3)) / 4)


def test_a_perfect_confidence_has_no_error() -> None:
    outcome = compare([row(0, 10)], [row(0, 10, confidence=1.0)])
    assert calibration_error(calibration(outcome)) == 0.0


def test_without_confidence_there_is_nothing_to_say() -> None:
    assert calibration(compare([row(0, 10)], [row(0, 10)])) == []
    assert calibration_error([]) == 0.0
