from datetime import date

import pytest
from hypothesis import given, strategies as st

from seeds.extract import ReportHeading, heading_of


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (
            "2031年槐阳县人民政府工作报告\n——2031年2月20日在槐阳县第十六届人民代表大会第四次会议上\n",
            ReportHeading(
                "2031年槐阳县人民政府工作报告",
                "槐阳县",
                2031,
                date(2031, 2, 20),
                "槐阳县第十六届人民代表大会第四次会议",
            ),
        ),
        (
            "政府工作报告\n（２０３１年１月６日在云岭彝族自治州第十三届人民代表大会\n第五次会议上）\n",
            ReportHeading(
                "政府工作报告", "云岭彝族自治州", 2031, date(2031, 1, 6), "云岭彝族自治州第十三届人民代表大会第五次会议"
            ),
        ),
        (
            "关于印发2031年政府工作报告的通知\n清江市人民政府工作报告\n2031年1月8日在清江市第九届人民代表大会第一次会议上",
            ReportHeading(
                "清江市人民政府工作报告", "清江市", 2031, date(2031, 1, 8), "清江市第九届人民代表大会第一次会议"
            ),
        ),
        ("今天天气很好。", ReportHeading()),
        ("", ReportHeading()),
    ],
)
def test_title_lines(text: str, heading: ReportHeading) -> None:
    assert heading_of(text) == heading


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("花渡市政府工作报告（2031年12月29日 某某）\n一、2031年工作回顾\n二、2032年工作安排\n", 2032),
        ("花渡市政府工作报告\n——2031年12月29日在花渡市第九届人民代表大会第一次会议上\n今后五年的目标\n", 2032),
        ("花渡市人民政府工作报告（2032）\n——2031年12月15日\n", 2032),
        ("花渡市政府工作报告\n——2031年8月23日\n一、2026年以来工作回顾\n", 2031),
        ("政府工作报告\n一、2031年工作回顾\n二、下一步安排\n", 2032),
        ("政府工作报告\n——二〇三一年一月八日\n", 2031),
        ("政府工作报告\n——2 0 3 1 年3 月5 日\n", 2031),
        ("政府工作报告\n到2035年，建成学校3所。\n", None),
    ],
)
def test_the_year_is_the_one_that_is_planned(text: str, year: int | None) -> None:
    assert heading_of(text).year == year


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2031年政府工作报告\n我代表花渡市人民政府报告工作", "花渡市"),
        ("政府工作报告\n柳州市市长 某某\n", "柳州市"),
        ("政府工作报告\n我代表省人民政府报告工作", None),
    ],
)
def test_who_speaks_names_the_place(text: str, place: str | None) -> None:
    assert heading_of(text).place == place


def test_a_sentence_is_no_title() -> None:
    assert heading_of("现在，我代表区人民政府，向大会作政府工作报告，请予审议。").title is None


def test_an_impossible_day_is_left_out() -> None:
    assert heading_of("2031年政府工作报告\n2031年13月45日").delivered_on is None


@given(st.text(max_size=300))
def test_any_text_has_a_heading_however_empty(text: str) -> None:
    assert isinstance(heading_of(text), ReportHeading)
