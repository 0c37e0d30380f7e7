from collections.abc import Callable
from datetime import date

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]


@pytest.mark.parametrize(
    ("sentence", "due", "basis"),
    [
        ("到2032年，新建改建农村公路400公里。", date(2032, 12, 31), "stated"),
        ("改扩建花渡镇中心小学等6所学校，力争9月底前投入使用。", date(2030, 9, 30), "stated"),
        ("上半年建成充电桩500个。", date(2030, 6, 30), "stated"),
        ("建成充电桩500个。", date(2030, 12, 31), "implied"),
    ],
)
def test_deadlines_of_the_sentence_win(plan: Read, sentence: str, due: date, basis: str) -> None:
    (found,) = plan(sentence)
    assert (found.due_on, found.due_basis) == (due, basis)


def test_a_deadline_dates_only_what_it_stands_with(plan: Read) -> None:
    first, second = plan("建成花渡敬老院，确保6月底前投用，新增养老床位300张。")
    assert (first.due_on, second.due_on) == (date(2030, 6, 30), date(2030, 12, 31))


def test_an_achievement_is_dated_by_its_period(review: Read) -> None:
    (found,) = review("建成充电桩500个。")
    assert (found.kind, found.due_on, found.due_basis) == ("achievement", date(2029, 12, 31), "implied")


def test_a_month_holds_until_another_is_named(plan: Read) -> None:
    found = plan("8月底完成旧房改造300户，新建、续建幼儿园7所，10月底前新建公厕20座。")
    assert [(item.quote, item.due_on) for item in found] == [
        ("完成旧房改造300户", date(2030, 8, 31)),
        ("新建、续建幼儿园7所", date(2030, 8, 31)),
        ("新建公厕20座", date(2030, 10, 31)),
    ]


def test_the_size_of_a_work_is_no_statement_of_its_own(plan: Read) -> None:
    (counted,) = plan("新建道路3条，全长28公里。")
    assert (counted.quote, counted.quantity, counted.unit) == ("新建道路3条", 3, "条")
    (named,) = plan("实施花渡路改造提升工程，总里程6.7公里。")
    assert (named.quote, named.quantity, named.unit) == ("实施花渡路改造提升工程，总里程6.7公里", 6.7, "公里")
    (hospital,) = plan("建成花渡医院，总建筑面积3万平方米。")
    assert (hospital.quote, hospital.quantity) == ("建成花渡医院", None)
    assert [found.quantity for found in plan("农村公路总里程达到2300公里。")] == [2300]


@pytest.mark.parametrize(
    ("sentence", "dues"),
    [
        ("2030年底前建成花渡医院，2031年投用。", [date(2030, 12, 31)]),
        ("一季度开工建设保障房600套，三季度末完成主体。", [date(2030, 3, 31)]),
        ("6月底前建成小学3所、9月底前建成中学2所。", [date(2030, 6, 30), date(2030, 9, 30)]),
        ("9月底、12月底前分别建成幼儿园3所、小学2所。", [date(2030, 9, 30), date(2030, 12, 31)]),
        ("到2032年、2034年分别新增学位1万个、2万个。", [date(2032, 12, 31), date(2034, 12, 31)]),
        ("新建花渡医院，确保8月底前投用。", [date(2030, 8, 31)]),
    ],
)
def test_each_clause_has_its_own_date(plan: Read, sentence: str, dues: list[date]) -> None:
    assert [one.due_on for one in plan(sentence)] == dues


def test_what_a_work_costs_belongs_to_it(plan: Read) -> None:
    found = plan("新建学校12所，总投资3.5亿元。")
    assert [(one.quote, one.quantity) for one in found] == [("新建学校12所，总投资3.5亿元", 12)]


def test_days_more_or_fewer_belong_to_the_outcome_before_them(review: Read) -> None:
    found = review("优良天数达到240天，较2028年增加41天。")
    assert [(one.quote, one.quantity) for one in found] == [("优良天数达到240天，较2028年增加41天", 240)]


def test_a_rise_in_per_cent_is_no_part_of_the_outcome_before_it(review: Read) -> None:
    found = review("空气质量综合指数4.2，同比下降18.4%。")
    assert [(one.quote, one.quantity) for one in found] == [("空气质量综合指数4.2", 4.2)]
