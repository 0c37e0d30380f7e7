"""Columns by meaning, units, deadlines, flattened copies, and the tables of a report's text."""

from dataclasses import replace
from datetime import date

import pytest

from seeds.extract import extract
from seeds.reading.blocks import Block, Paragraph, Table, table_of
from seeds.sheets import cells, columns
from seeds.sheets.annex import masked
from seeds.sheets.dates import deadline, paper_day
from seeds.sheets.flat import restored
from seeds.sheets.rows import Sheet, read_table
from seeds.sheets.units import by_role


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("序号", columns.NUMBER),
        ("目 标 任 务", columns.TASK),
        ("年度工作要点", columns.TASK),
        ("指标名称", columns.TASK),
        ("2022年预期目标", columns.TASK),
        ("项目名称", columns.TASK),
        ("牵头单位", columns.LEAD),
        ("责任单位（第一位为牵头）", columns.LEAD),
        ("主办", columns.LEAD),
        ("协办部门", columns.COOPERATING),
        ("完成时限", columns.DEADLINE),
        ("办结时间", columns.DEADLINE),
        ("上半年推进情况", columns.STAGE),
        ("形象进度", columns.PROGRESS),
        ("完成比例", columns.PERCENT),
        ("序时评价", columns.WORD),
        ("是否达序时", columns.WORD),
        ("存在问题", columns.NOTES),
        ("责任人", columns.IGNORED),
        ("类别", columns.SECTION),
        ("建设学校4所。", None),
        ("", None),
        ("区教委", None),
    ],
)
def test_headers(header: str, meaning: str | None) -> None:
    assert columns.meaning_of(header) == meaning


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月底前", "2024-12-31"),
        ("全年", "2024-12-31"),
        ("8月31日前", "2024-08-31"),
        ("三季度", "2024-09-30"),
        ("上半年", "2024-06-30"),
        ("2023年底前", "2023-12-31"),
        ("2026年8月底前", "2026-08-31"),
        ("2024-06-30", "2024-06-30"),
        ("2024.6", "2024-06-30"),
        ("１１月底", "2024-11-30"),
        ("3月开工，12月底前完工", "2024-12-31"),
        ("1-12月", "2024-12-31"),
        ("明年6月底", "2025-06-30"),
        ("十一月底前", "2024-11-30"),
        ("十月一日前", "2024-10-01"),
        ("二〇二六年六月底前", "2026-06-30"),
        ("第四季度", "2024-12-31"),
        ("长期坚持", None),
        ("持续推进", None),
        ("每月5日前", None),
        ("每月五日前", None),
        ("", None),
        ("/", None),
    ],
)
def test_deadlines(text: str, day: str | None) -> None:
    found = deadline(text, 2024)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    "text", ["２０２２年２月２１日", "二〇二二年二月二十一日", "2022-02-21 10:00", "区政府办　2022年2月21日"]
)
def test_the_day_of_a_paper(text: str) -> None:
    assert paper_day(text) == date(2022, 2, 21)


@pytest.mark.parametrize(
    ("lead", "cooperating", "leading", "helping"),
    [
        ("市科委\n市发展改革委", "", ["市科委", "市发展改革委"], []),
        ("各县（市、区）政府", "/", ["各县（市、区）政府"], []),
        ("市工业和信息化局市发展改革委", "", ["市工业和信息化局", "市发展改革委"], []),
        ("区教委（牵头）、区财政局", "", ["区教委"], ["区财政局"]),
        ("区教委牵头，区财政局、各镇街配合", "", ["区教委"], ["区财政局", "各镇街"]),
        ("牵头单位：区教委；责任单位：区财政局", "", ["区教委"], ["区财政局"]),
        ("主责单位：区教委\n参与单位：区财政局", "", ["区教委"], ["区财政局"]),
        ("区教委、区财政局按职责分工负责", "", ["区教委", "区财政局"], []),
        ("区教委", "区教委、区财政局", ["区教委"], ["区教委", "区财政局"]),
    ],
)
def test_units(lead: str, cooperating: str, leading: list[str], helping: list[str]) -> None:
    assert by_role(lead, cooperating) == (leading, helping)


@pytest.mark.parametrize("text", ["区教委", "区城市管理局、区公安分局", "各县（市、区）政府", "相关镇街"])
def test_units_are_told_from_tasks(text: str) -> None:
    assert cells.is_unit(text)


@pytest.mark.parametrize("text", ["办好区第三届运动会", "建成渝北规划展览馆", "新增学位1500个", "12月底前"])
def test_tasks_are_no_units(text: str) -> None:
    assert not cells.is_unit(text)


def sheet(*rows: list[str]) -> Sheet:
    found = read_table(table_of(rows))
    assert found is not None
    return found


def test_sections_notes_and_headers_said_again_are_no_rows() -> None:
    header = ["序号", "目标任务", "责任单位"]
    found = sheet(
        ["2025年任务分解表"], header, ["一、教育"], ["1", "新建学校4所", "区教委"], header, ["（一）医疗"],
        ["1", "建成医院", "区卫健委"], ["注：以上任务须按期完成。"], ["审核人：", "填表人："],
    )  # fmt: skip
    assert [(row.number, row.text, row.section) for row in found.rows] == [
        ("1", "新建学校4所", ("一、教育",)), ("1", "建成医院", ("一、教育", "（一）医疗")),
    ]  # fmt: skip
    assert found.lines == ("2025年任务分解表",)


def test_a_header_of_two_rows_without_merged_cells() -> None:
    found = sheet(
        ["序号", "重点任务", "责任单位", "", "完成时限"],
        ["", "", "牵头单位", "配合单位", ""],
        ["1", "新建学校", "区教委", "各镇", "全年"],
    )
    (row,) = found.rows
    assert (row.lead, row.cooperating, row.deadline) == ("区教委", "各镇", "全年")


def test_the_target_stands_beside_the_indicator() -> None:
    found = sheet(
        ["序号", "指标名称", "年度目标", "全年"], ["1", "新建学校（所）", "4", "5"], ["2", "新增学位（个）", "90", "80"]
    )
    assert [(row.text, row.subject, row.stages) for row in found.rows] == [
        ("新建学校（所）", "4", (("全年", "5"),)), ("新增学位（个）", "90", (("全年", "80"),)),
    ]  # fmt: skip


def test_a_goal_over_several_tasks_is_the_title_of_none() -> None:
    cells = ["序号", "目标任务", "具体任务", "牵头单位", "任务进度"]
    rows = [["1", "办好教育、医疗", "新建学校4所", "区教委", "已建成"], ["2", "", "建成医院", "区卫健委", "主体完工"]]
    table = table_of([cells, *rows, ["3", "做好养老", "新建养老院2所", "区民政局", "已完工"]])
    merged = tuple(replace(cell, rows=2) if cell.text == "办好教育、医疗" else cell for cell in table.cells)
    found = read_table(replace(table, cells=merged))
    assert found is not None
    assert [(row.text, row.subject, row.section) for row in found.rows] == [
        ("新建学校4所", "", ("办好教育、医疗",)),
        ("建成医院", "", ("办好教育、医疗",)),
        ("新建养老院2所", "做好养老", ()),
    ]


def test_a_category_of_fulfilment_is_a_judgement_and_one_of_tasks_a_section() -> None:
    found = sheet(
        ["序号", "任务类别", "目标任务", "目前进展", "完成类别"], ["1", "教育", "新建学校4所", "已建成3所", "部分完成"]
    )
    assert [(row.section, row.word[0], row.progress) for row in found.rows] == [(("教育",), "部分完成", "已建成3所")]


def test_a_table_of_other_things_is_none() -> None:
    assert read_table(table_of([["姓名", "电话"], ["张三", "1"], ["李四", "2"]])) is None


FLAT = (
    "任务分解表 序号 工作任务 牵头单位 配合单位 一、教育 1 新建学校4所 区教委 区财政局 各镇街 "
    "2 办好运动会 区体育局 二、医疗 3 建成医院 区卫健委"
).split()


def test_a_flattened_table_is_put_together_again() -> None:
    blocks: list[Block] = [*map(Paragraph, FLAT), Paragraph("主办单位：某区人民政府")]
    tables = [block for block in restored(blocks) if isinstance(block, Table)]
    assert len(tables) == 1
    found = read_table(tables[0])
    assert found is not None
    assert [(row.number, row.text, row.lead, row.cooperating, row.section) for row in found.rows] == [
        ("1", "新建学校4所", "区教委", "区财政局\n各镇街", ("一、教育",)),
        ("2", "办好运动会", "区体育局", "", ("一、教育",)),
        ("3", "建成医院", "区卫健委", "", ("二、医疗",)),
    ]


def test_shares_in_a_flattened_table_are_results_and_no_numbers() -> None:
    cells = (
        "序号 项目内容 当前进度 牵头单位 1 新建学校4所 88% 区教委 2 建成医院 98.4% 区卫健委 3 修路 22%（滞后） 区交通局"
    )
    (table,) = restored([*map(Paragraph, cells.split())])
    assert isinstance(table, Table)
    found = read_table(table)
    assert found is not None
    assert [(row.number, row.text, row.progress) for row in found.rows] == [
        ("1", "新建学校4所", "88%"), ("2", "建成医院", "98.4%"), ("3", "修路", "22%（滞后）"),
    ]  # fmt: skip


def test_paragraphs_that_only_look_like_headers_stay() -> None:
    blocks: list[Block] = [Paragraph(text) for text in ("序号", "任务", "一、重点工作", "新建学校4所。")]
    assert restored(blocks) == blocks


REPORT = """清江区政府工作报告
二、2026年工作安排
（一）办好民生实事
加装电梯40部。
附件：清江区2026年重点民生实事项目清单
序号\t项目名称\t目标任务\t责任单位\t完成时限\t进展情况
一、教育
1\t公办幼儿园\t新建公办幼儿园5所，新增学位1500个\t区教委\t2026年8月底前\t已新建3所
2\t养老\t新建社区养老服务站8个\t区民政局\t全年\t已建成8个
"""


def test_of_a_table_in_a_report_the_tasks_alone_are_promises() -> None:
    found = {statement.quote: statement for statement in extract(REPORT, year=2026)}
    assert list(found) == ["加装电梯40部", "新建公办幼儿园5所", "新增学位1500个", "新建社区养老服务站8个"]
    assert found["新增学位1500个"].due_on == date(2026, 8, 31)
    assert found["新增学位1500个"].due_basis == "stated"
    assert found["新建社区养老服务站8个"].due_on == date(2026, 12, 31)
    assert all(REPORT[one.start : one.end] == one.quote for one in found.values())


def test_a_text_without_tables_stays_as_it_is() -> None:
    text = "一、重点工作\n新建学校\t4所。\n完成。"
    assert masked(text, 2026).text == text
    assert len(masked(REPORT, 2026).text) == len(REPORT)
