from datetime import date

import pytest

from seeds.extract import EXTRACTOR_VERSION, extract

REPORT = """2031年槐阳县人民政府工作报告
——2031年2月20日在槐阳县第十六届人民代表大会第四次会议上
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
一、2030年工作回顾
过去一年，全县生产总值增长6.2%。
新改扩建中小学校12所、公办幼儿园8所，新增学位 5600 个。县中医院新院区建成投用。城乡居民医疗保险参保率达98.6%。
同时，我们也清醒看到，工作中还存在不少困难和问题，仍有5个乡镇没有标准化卫生院。
二、2031年工作安排
（一）全力改善民生。新建县第三高级中学，建成投用东渡养老服务中心，新增养老床位300张、托位200个。
（二）完善基础设施。开工建设G311县城段改线工程，完成县乡道改造80公里。城区黑臭水体动态清零。
三、加强政府自身建设
办理代表建议86件，办结率100%。
"""
EXPECTED = [
    ("achievement", "economy", 6.2, "%"),
    ("achievement", "education", 12, "所"),
    ("achievement", "education", 8, "所"),
    ("achievement", "education", 5600, "个"),
    ("achievement", "health", None, None),
    ("achievement", "social_security", 98.6, "%"),
    ("commitment", "education", None, None),
    ("commitment", "elderly_childcare", None, None),
    ("commitment", "elderly_childcare", 300, "张"),
    ("commitment", "elderly_childcare", 200, "个"),
    ("commitment", "transport", None, None),
    ("commitment", "transport", 80, "公里"),
    ("commitment", "water_sanitation", 100, "%"),
]


def test_a_measure_word_stays_as_the_source_writes_it() -> None:
    begin = "2031年槐阳县人民政府工作报告\n一、2031年工作安排\n"
    assert [one.unit for one in extract(begin + "新建保障房200套(户)，改造危房300套（户）。")] == ["套(户)", "套（户）"]


def test_a_report_from_its_title_to_its_last_promise() -> None:
    found = extract(REPORT)
    assert [(one.kind, one.category, one.quantity, one.unit) for one in found] == EXPECTED
    assert {one.due_on for one in found if one.kind == "achievement"} == {date(2030, 12, 31)}
    assert {one.due_on for one in found if one.kind == "commitment"} == {date(2031, 12, 31)}
    assert found[6].section == "二、2031年工作安排 / （一）全力改善民生"


def test_every_quote_is_the_text_at_its_offsets() -> None:
    found = extract(REPORT)
    assert [one.quote for one in found] == [REPORT[one.start : one.end] for one in found]
    assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n", "\r"])
def test_line_ends_make_no_difference(line_end: str) -> None:
    found = extract(REPORT.replace("\n", line_end))
    assert [(one.kind, one.category, one.quantity, one.unit) for one in found] == EXPECTED


def test_a_year_given_wins_over_the_title() -> None:
    assert {one.due_on for one in extract(REPORT, year=2031)} == {one.due_on for one in extract(REPORT)}
    assert extract("二、今年重点工作\n建成学校5所。", year=2029)[0].due_on == date(2029, 12, 31)


@pytest.mark.parametrize("text", ["", "\n", "Nothing to see here.", "一、2030年工作回顾"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert extract(text) == []


def test_each_statement_says_which_rules_made_it() -> None:
    for one in extract(REPORT):
        assert {rule.partition(".")[0] for rule in one.rules} >= {"cat", "due"}
        assert 0 < one.confidence < 1


def test_the_extractor_has_a_version() -> None:
    assert EXTRACTOR_VERSION.count(".") == 2
