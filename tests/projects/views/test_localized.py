from decimal import Decimal

import pytest
from django.utils import translation

from projects.choices import Comparator
from projects.views.localized import COUNTERS, UNITS, chinese_number, english_number, figure


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        ("4.5000", "4.5", "4.5"),
        ("100", "100", "100"),
        ("9999", "9999", "9,999"),
        ("12000", "1.2万", "12,000"),
        ("48677000.0000", "4867.7万", "48.677 million"),
        ("450000000", "4.5亿", "450 million"),
        ("4930000000", "49.3亿", "4.93 billion"),
        ("0", "0", "0"),
        ("-2.5", "-2.5", "-2.5"),
    ],
)
def test_numbers_are_written_as_readers_write_them(number: str, chinese: str, english: str) -> None:
    assert chinese_number(Decimal(number)) == chinese
    assert english_number(Decimal(number)) == english


@pytest.mark.parametrize(
    ("quantity", "unit", "comparator", "chinese", "english"),
    [
        (4, "所", "eq", "4所", "4"),
        (63_000_000, "人次", "gte", "不少于 6300万人次", "at least 63 million person-times"),
        (5, "%", "lte", "不超过 5%", "at most 5%"),
        (100, "公里", "approx", "约 100公里", "about 100 km"),
        (3, "", "eq", "3", "3"),
        (3, None, None, "3", "3"),
        (9, "口", "eq", "9口", "9"),
        (2, "艺", "eq", "2艺", '2 <span lang="zh-Hans">艺</span>'),
    ],
)
def test_a_figure_has_its_measure_and_bound(
    quantity: int, unit: str | None, comparator: str | None, chinese: str, english: str
) -> None:
    with translation.override("zh-hans"):
        assert figure(Decimal(quantity), unit, comparator, english=False) == chinese
    with translation.override("en"):
        assert figure(Decimal(quantity), unit, comparator, english=True) == english


def test_a_unit_is_escaped() -> None:
    assert "<b>" not in figure(Decimal(1), "<b>", Comparator.EQ, english=False)
    assert "<b>" not in figure(Decimal(1), "<b>", Comparator.EQ, english=True)


def test_no_measure_word_is_both_counted_and_translated() -> None:
    assert COUNTERS.isdisjoint(UNITS)
