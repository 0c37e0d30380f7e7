from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given, strategies

from projects.choices import Precision
from projects.rules import earliest
from projects.views.spans import closed_up, in_words, lateness, length, when

DUE = date(2021, 12, 31)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 天"),
        (1, "1 天"),
        (59, "59 天"),
        (60, "约 2 个月（60 天）"),
        (334, "约 11 个月（334 天）"),
        (350, "近 1 年（350 天）"),
        (365, "1 年（365 天）"),
        (366, "1 年（366 天）"),
        (400, "1 年多（400 天）"),
        (550, "约 1 年半（550 天）"),
        (730, "2 年（730 天）"),
        (1795, "近 5 年（1795 天）"),
        (1826, "5 年（1826 天）"),
    ],
)
def test_a_length_is_told_as_people_would_with_its_days(number: int, words: str) -> None:
    assert length(number) == words


def test_days_have_an_english_plural() -> None:
    with translation.override("en"):
        assert length(1) == "1 day"
        assert length(2) == "2 days"


@given(strategies.integers(60, 20_000))
def test_a_longer_time_never_sounds_shorter_by_a_year(number: int) -> None:
    told = in_words(number)
    years = int("".join(filter(str.isdigit, told))) / (12 if "个月" in told else 1)
    years += 0.5 if "半" in told else 0
    assert abs(years - number / 365) < 0.51


@pytest.mark.parametrize(
    ("day", "precision", "words"),
    [
        (date(2022, 1, 25), Precision.DAY, "2022-01-25"),
        (date(2022, 1, 31), Precision.MONTH, "2022 年 1 月内"),
        (date(2022, 6, 30), Precision.QUARTER, "2022 年第 2 季度内"),
        (date(2024, 12, 31), Precision.YEAR, "2024 年内"),
        (date(2022, 10, 21), Precision.BY, "不晚于 2022-10-21"),
    ],
)
def test_an_event_is_told_as_exactly_as_it_is_known(day: date, precision: str, words: str) -> None:
    assert when(day, precision) == words


@pytest.mark.parametrize(
    ("due_on", "happened_on", "precision", "words"),
    [
        (DUE, date(2022, 1, 25), Precision.DAY, "晚 25 天"),
        (DUE, date(2023, 12, 28), Precision.DAY, "晚 727 天（近 2 年）"),
        (DUE, date(2024, 12, 31), Precision.YEAR, "晚 2 至 3 年"),
        (DUE, date(2022, 12, 31), Precision.YEAR, "晚不超过 1 年"),
        (DUE, date(2022, 1, 31), Precision.MONTH, "晚不超过 1 个月"),
        (DUE, date(2022, 2, 28), Precision.MONTH, "晚 1 至 2 个月"),
        (DUE, date(2022, 3, 31), Precision.QUARTER, "晚不超过 3 个月"),
        (DUE, date(2024, 6, 30), Precision.QUARTER, "晚 27 至 30 个月"),
        (date(2021, 6, 30), date(2022, 12, 31), Precision.YEAR, "晚 6 至 18 个月"),
        (date(2021, 12, 15), date(2022, 1, 31), Precision.MONTH, "晚不超过 2 个月"),
    ],
)
def test_lateness_has_days_only_of_a_known_day(due_on: date, happened_on: date, precision: str, words: str) -> None:
    assert lateness(due_on, happened_on, precision) == words


@given(
    strategies.dates(date(2000, 1, 1), date(2040, 12, 31)),
    strategies.integers(0, 1500),
    strategies.sampled_from([Precision.MONTH, Precision.QUARTER, Precision.YEAR]),
)
def test_a_range_of_lateness_holds_every_day_that_it_may_have_been(due: date, later: int, precision: str) -> None:
    month = due + timedelta(days=later)
    ends: dict[str, int] = {
        Precision.MONTH: month.month,
        Precision.QUARTER: (month.month + 2) // 3 * 3,
        Precision.YEAR: 12,
    }
    following = date(month.year + ends[precision] // 12, ends[precision] % 12 + 1, 1)
    last = following - timedelta(days=1)
    first = earliest(last, precision)
    if first is None or first <= due:
        return
    words = lateness(due, last, precision)
    numbers = [int(part) for part in words.split() if part.isdigit()]
    months = [number * (12 if "年" in words else 1) for number in numbers]
    low, high = (months[0], months[1]) if len(months) == 2 else (0, months[0])
    assert low * 30.4 <= (first - due).days + 3
    assert (last - due).days <= high * 30.5 + 3


def test_only_chinese_is_closed_up() -> None:
    assert closed_up("到期已 近 5 年（1795 天）") == "到期已近 5 年（1795 天）"
    assert closed_up("nearly 5 years") == "nearly 5 years"
