from datetime import date

import pytest
from hypothesis import given, strategies as st

from seeds.extract.deadlines import each, month_end, skip, stated

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
        ("未来三年新建学校5所", date(2032, 12, 31), "due.within"),
        ("今后五年新增学位", date(2034, 12, 31), "due.within"),
        ("接下来两年改造", date(2031, 12, 31), "due.within"),
        ("两到三年内建成", date(2032, 12, 31), "due.within"),
        ("用2至3年时间建成", date(2032, 12, 31), "due.within"),
        ("10月1日前建成", date(2030, 10, 1), "due.day"),
        ("11月15日前供热", date(2030, 11, 15), "due.day"),
        ("10月前建成", date(2030, 9, 30), "due.month"),
        ("10月底前建成", date(2030, 10, 31), "due.month"),
        ("12月上旬开园", date(2030, 12, 10), "due.month"),
        ("1月至6月改造", date(2030, 6, 30), "due.month"),
        ("2030年至2032年新建", date(2032, 12, 31), "due.year"),
        ("2030—2032年新建", date(2032, 12, 31), "due.year"),
        ("明年6月底前迁建", date(2031, 6, 30), "due.month"),
        ("明年初开通", date(2031, 3, 31), "due.quarter"),
        ("到二〇三二年新建", date(2032, 12, 31), "due.year"),
        ("到二○三一年底建成", date(2031, 12, 31), "due.year"),
        ("六月底前建成", date(2030, 6, 30), "due.month"),
        ("十二月底前建成", date(2030, 12, 31), "due.month"),
        ("三季度前建成", date(2030, 9, 30), "due.quarter"),
        ("国庆前开放", date(2030, 9, 30), "due.season"),
        ("春节前完成", date(2030, 2, 2), "due.season"),
        ("2031年春节前完成", date(2031, 1, 22), "due.season"),
        ("秋季学期投用", date(2030, 9, 1), "due.season"),
        ("暑期投用", date(2030, 8, 31), "due.season"),
        ("汛期前加固", date(2030, 5, 31), "due.season"),
        ("供暖季前完成", date(2030, 10, 31), "due.season"),
    ],
)
def test_must_date(clause: str, due: date, rule: str) -> None:
    assert read(clause) == (due, rule)


@pytest.mark.parametrize(
    "clause",
    [
        "较2031年下降5%",
        "比2031年提高",
        "建成学校5所",
        "2021年以来",
        "老年人年均增加",
        "“十三五”期间",
        "自2030年7月1日起发放",
        "2031年起实施",
        "去年底建成",
        "前三季度增长",
        "今年以来",
        "每月120元",
        "办好“三月三”",
        "实施三年行动",
        "年初确定的任务",
        "国庆黄金周",
        "三个月",
    ],
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


def test_older_years_and_plans_are_read() -> None:
    clause = "“九五”以后，到1999年新建，“十一五”期间建成"
    assert stated(clause, 0, len(clause), 1998) == (date(1999, 12, 31), "due.year")
    assert read("“十一五”期间建成", 2006) == (date(2010, 12, 31), "due.plan")


@pytest.mark.parametrize(
    ("clause", "rest"),
    [
        ("2030年底前建成花渡医院", "建成花渡医院"),
        ("至2032年新建停车位", "新建停车位"),
        ("2030年至2032年新建停车位", "新建停车位"),
        ("1—6月改造公厕", "改造公厕"),
        ("未来三年，新建学校", "新建学校"),
        ("自2030年7月1日起发放津贴", "发放津贴"),
        ("9月底、12月底前分别建成小学", "建成小学"),
        ("力争年内开工", "力争年内开工"),
        ("花渡医院6月底前投用", "花渡医院6月底前投用"),
        ("年内", "年内"),
        ("三季度大桥通车", "大桥通车"),
    ],
)
def test_a_clause_begins_behind_its_date(clause: str, rest: str) -> None:
    assert clause[skip(clause, 0, len(clause), YEAR) :] == rest


def test_dates_are_dealt_out() -> None:
    clause = "9月底、12月底前分别建成小学3所、中学2所"
    assert each(clause, 0, len(clause), YEAR) == [(date(2030, 9, 30), "due.month"), (date(2030, 12, 31), "due.month")]
    assert each("9月底前建成小学", 0, 8, YEAR) == []


@given(
    st.text(alphabet="年月日前底末初中上下半季度至到—、2026310今明国庆春节学期未来三起内", max_size=40),
    st.integers(1, 9990),
)
def test_any_clause_is_read_and_begins_within_itself(clause: str, year: int) -> None:
    stated(clause, 0, len(clause), year)
    if clause:
        assert 0 <= skip(clause, 0, len(clause), year) < len(clause)
