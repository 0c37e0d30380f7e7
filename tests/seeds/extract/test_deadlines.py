from datetime import date

import pytest
from hypothesis import given, strategies as st

from seeds.extract.deadlines import month_end, stated

YEAR = 2030


def read(clause: str, year: int | None = YEAR) -> tuple[date, str] | None:
    return stated(clause, 0, len(clause), year)


@pytest.mark.parametrize(
    ("clause", "due", "rule"),
    [
        ("到2032年建成学校5所", date(2032, 12, 31), "due.year"),
        ("2031年底前完工", date(2031, 12, 31), "due.year"),
        ("力争2031年6月底前通车", date(2031, 6, 30), "due.month"),
        ("确保2031年上半年投用", date(2031, 6, 30), "due.half"),
        ("2031年三季度开工", date(2031, 9, 30), "due.quarter"),
        ("9月底前完工", date(2030, 9, 30), "due.month"),
        ("上半年建成充电桩500个", date(2030, 6, 30), "due.half"),
        ("三季度投用", date(2030, 9, 30), "due.quarter"),
        ("年底前交付", date(2030, 12, 31), "due.year"),
        ("年内开工", date(2030, 12, 31), "due.year"),
        ("三年内改造完毕", date(2032, 12, 31), "due.within"),
        ("今明两年建成", date(2031, 12, 31), "due.year"),
        ("“十六五”期间新建学校5所", date(2035, 12, 31), "due.plan"),
    ],
)
def test_must_date(clause: str, due: date, rule: str) -> None:
    assert read(clause) == (due, rule)


@pytest.mark.parametrize(
    "clause", ["较2031年下降5%", "比2031年提高", "建成学校5所", "2021年以来", "老年人年均增加", "“十三五”期间"]
)
def test_must_not_date(clause: str) -> None:
    assert read(clause) is None


def test_without_a_year_only_absolute_deadlines_count() -> None:
    assert read("年内开工", None) is None
    assert read("到2032年建成", None) == (date(2032, 12, 31), "due.year")


@given(st.integers(1, 9998), st.integers(1, 12))
def test_a_month_ends_the_day_before_the_next(year: int, month: int) -> None:
    following = date(year + month // 12, month % 12 + 1, 1)
    assert (following - month_end(year, month)).days == 1
