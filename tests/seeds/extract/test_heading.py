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


def test_an_impossible_day_is_left_out() -> None:
    assert heading_of("2031年政府工作报告\n2031年13月45日").delivered_on is None


@given(st.text(max_size=300))
def test_any_text_has_a_heading_however_empty(text: str) -> None:
    assert isinstance(heading_of(text), ReportHeading)
