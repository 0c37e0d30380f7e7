"""Official documents: what they are, their rows and outcomes, and the commitments that the rows are about."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from projects.choices import DelayReason
from seeds.extract import extract
from seeds.official.alignment import Promise, align
from seeds.official.document import KINDS, UnknownDocumentError, read_kind, read_official
from seeds.official.outcome import Period, forecast, outcome, reason
from seeds.official.place import place_of
from seeds.official.promises import StatementsError, promises_of
from seeds.reading.delimited import blocks_of_text
from seeds.sheets.rows import Row
from seeds.sheets.vocabulary import causes

REPORTS = Path("seeds/reports")
HALF, WHOLE = Period(2025, date(2025, 6, 30)), Period(2025, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("区政府工作报告任务分解表\n序号\t任务\t责任单位\n1\t新建学校\t区教委\n2\t建成医院\t区卫健委", "task_table"),
        ("上半年推进情况\n序号\t任务\t推进情况\n1\t新建学校\t已开工\n2\t建成医院\t正在装修", "outcome_table"),
        ("2025年民生实事清单\n序号\t项目内容\t责任单位\n1\t新建学校\t区教委\n2\t建成医院\t区卫健委", "livelihood_list"),
        ("完成情况的通报\n二、部分完成情况\n（一）新建学校4所。已建成3所（第3项）。", "outcome_notice"),
        ("三季度完成情况通报\n学校建设已提前完成；医院等项目有序推进。公园建设未达序时。", "outcome_notice"),
        (
            "任务分解方案\n一、教育\n1.新建学校4所。（牵头单位：区教委）\n2.建成医院。（牵头单位：区卫健委）",
            "task_table",
        ),
        ("某区政府工作报告\n各位代表：\n一、2025年重点工作\n新建学校4所。", "report"),
        ("某区政府工作报告\n二、任务\n附件：民生实事\n序号\t任务\t责任单位\n1\t新建学校\t区教委", "report"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert read_kind(blocks_of_text(text)) == kind


@pytest.mark.parametrize("text", ["采购公告\n欢迎投标。", "姓名\t电话\n张三\t1\n李四\t2"])
def test_an_unknown_document_is_refused_with_what_was_looked_for(text: str) -> None:
    with pytest.raises(UnknownDocumentError, match="责任单位"):
        read_official(blocks_of_text(text))


@pytest.mark.parametrize("code", ["2021", "2025"])
def test_the_reports_are_reports(code: str) -> None:
    blocks = blocks_of_text((REPORTS / f"500112-{code}.txt").read_text(encoding="utf-8"))
    assert read_kind(blocks) == "report"
    assert read_official(blocks).tasks == ()


@pytest.mark.parametrize(
    ("task", "word", "said", "half", "whole"),
    [
        ("新建学校4所", "达序时", "主体完工", "in_progress", "in_progress"),
        ("新建学校4所", "提前完成", "已建成4所", "completed", "completed"),
        ("新建学校4所", "部分完成", "已建成3所", "in_progress", "partial"),
        ("新建学校4所", "未完成", "", "in_progress", "not_met"),
        ("新建学校4所", "未达序时", "因用地指标未落实，尚未开工", "not_started", "not_started"),
        ("开工建设学校2所", "未达序时", "一所已开工；另一所尚未开工", "in_progress", "in_progress"),
        ("新建学校4所", "", "已建成4所", "completed", "completed"),
        ("新建学校4所", "", "已建成3所", "in_progress", "partial"),
        ("新建学校4所", "", "4所全部进场", "in_progress", "partial"),
        ("增加值增长7%", "", "增加值增长8.1%", "in_progress", "completed"),
        ("增加值增长7%", "", "增加值增长5%", "in_progress", "not_met"),
        ("建成医院", "", "88%（主体完工，推进缓慢）", "in_progress", "partial"),
        ("建成医院", "", "竣工验收，9月投用", "completed", "completed"),
        ("建成医院", "", "均完成设计", "in_progress", "partial"),
        ("完成医院设计", "", "均完成设计", "in_progress", "completed"),
        ("建成医院", "", "已开工建设", "in_progress", "partial"),
        ("开工建设医院", "", "已开工建设", "in_progress", "completed"),
        ("建成医院", "", "工程已于6月底完工", "completed", "completed"),
        ("建成医院", "", "将于12月底完工", "in_progress", "partial"),
        ("建成医院", "", "基本建成", "in_progress", "partial"),
        ("建成医院", "", "按时序推进", "in_progress", "in_progress"),
        ("失业率控制在5.5%以内", "", "3.2%", "in_progress", "completed"),
        ("零售总额增长7%", "", "100%", "completed", "completed"),
        ("失业率控制在5.5%以内", "", "6.1%", "in_progress", "not_met"),
        ("建成医院", "", "88%", "in_progress", "partial"),
        ("建成医院", "", "土建工程完成过半，设备陆续进场", "in_progress", "partial"),
        ("建成医院", "是", "", "completed", "completed"),
    ],
)
def test_verdicts(task: str, word: str, said: str, half: str, whole: str) -> None:
    row = Row(task, word=(word, "是否完成"), progress=said)
    found = outcome(row, HALF), outcome(row, WHOLE)
    assert [one.verdict if one else None for one in found] == [half, whole]


def test_a_row_that_tells_nothing_has_no_outcome() -> None:
    assert outcome(Row("新建学校4所", progress="/", percent="-"), HALF) is None


@pytest.mark.parametrize(
    ("task", "said", "value", "unit"),
    [
        ("新增停车位1.2万个", "新增停车位9600个，占80%", 9600, "个"),
        ("新增绿地60万㎡", "完成31.5万平方米", 315000, "平方米"),
        ("投资增长3%", "投资同比下降1.2%", -1.2, "%"),
        ("新建学校4所", "全年任务4所，现已建成5所", 5, "所"),
        ("新建学校4所、改扩建2所", "建成4所、改扩建1所", 4, "所"),
        ("压减支出5%", "支出压减6.2%", 6.2, "%"),
        ("医院扩建", "基坑完成30%", 30, "%"),
        ("医院扩建", "正在装修", None, None),
    ],
)
def test_the_figure_that_answers(task: str, said: str, value: float | None, unit: str | None) -> None:
    found = outcome(Row(task, progress=said), HALF)
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("征地拆迁剩余12户未完成", "land"),
        ("因规划修编尚未批复", "planning"),
        ("线位方案未批复", "approval"),
        ("资金尚未到位", "funding"),
        ("企业内部暂缓投资", "company_deferred"),
        ("因施工单位更换停工", "contractor"),
        ("因全国统一调低换算系数", "statistics"),
        ("受疫情影响推迟", "force_majeure"),
        ("受连续强降雨影响", "force_majeure"),
        ("因运营协议未签订", "other"),
        ("完成护岸1.8公里", None),
        ("按计划推进", None),
    ],
)
def test_causes(said: str, code: str | None) -> None:
    assert reason(said) == code


def test_causes_are_the_reasons_of_delay() -> None:
    # No words say "other" or that nothing was said.
    assert {code for code, _ in causes()} | {"other", "not_given"} == set(DelayReason.values)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("预计9月底初期运营", "2025-09-30"),
        ("其余6所8月底前完工", "2025-08-31"),
        ("2026年5月底前完工", "2026-05-31"),
        ("5月取得施工许可", None),
        ("9月已投用", None),
    ],
)
def test_forecasts(said: str, day: str | None) -> None:
    found = forecast(said, HALF)
    assert (found.isoformat() if found else None) == day


def test_a_notice_tells_items_units_score_and_days() -> None:
    text = (
        "关于2021年《区政府工作报告》目标任务完成情况的通报\n渝北区人民政府办公室　2022年1月14日\n一、总体情况\n"
        "113项目标任务中，7项指标全部完成；86项完成年度目标任务，20项部分完成。\n二、部分完成情况\n"
        "（一）打通断头路4条。已打通3条，剩余1条因管线迁改未完成，预计2022年6月底完工（责任单位：区住房城乡建委）（第58项）。\n"
        "三、工作要求\n（一）倒排工期。各单位要抓紧推进。\n"
    )
    document = read_official(blocks_of_text(text))
    (task,) = document.tasks
    assert (task.row.number, task.row.text, task.lead) == ("58", "打通断头路4条", ["区住房城乡建委"])
    assert task.outcome is not None
    assert (task.outcome.verdict, task.outcome.official_word, task.outcome.reason) == ("partial", "部分完成", "land")
    assert (task.outcome.value, task.outcome.forecast) == (3, date(2022, 6, 30))
    assert (document.document_date, document.as_of) == (date(2022, 1, 14), date(2021, 12, 31))
    assert document.score is not None
    assert (document.score.tasks, document.score.done, document.score.partly) == (113, 93, 20)


def test_a_plan_in_prose_tells_units_deadlines_and_titles() -> None:
    text = (
        "重点任务责任分工方案\n一、民生\n（一）强化项目支撑。\n"
        "1.新建学校4所。（牵头单位：区教委；责任单位：区财政局；完成时限：9月底前）\n"
        "2.建成医院。（主责单位：区卫健委）\n3.70%的学校开设新课。（牵头单位：区教委；办结时限：全年）\n"
        "4.加装电梯40部。\n责任单位：区住建委\n完成时间：6月底\n进展情况：已完工30部。\n"
        "四、工作要求\n1.加强领导。各单位要高度重视。\n"
    )
    found = read_official(blocks_of_text(text), 2025).tasks
    assert [(task.row.text, task.lead, task.cooperating, str(task.due_on)) for task in found] == [
        ("新建学校4所", ["区教委"], ["区财政局"], "2025-09-30"),
        ("建成医院", ["区卫健委"], [], "None"),
        ("70%的学校开设新课", ["区教委"], [], "2025-12-31"),
        ("加装电梯40部", ["区住建委"], [], "2025-06-30"),
    ]
    assert found[3].row.progress == "已完工30部"
    assert found[0].row.section == ("一、民生", "（一）强化项目支撑。")


def test_a_bracket_may_hold_number_and_unit_and_a_heading_two_judgements() -> None:
    text = (
        "完成情况的通报\n目标任务62项，其中已完成44项，部分完成12项。\n一、未完成及进度滞后的任务\n"
        "（一）新建学校4所（第12项，区教委负责）。已建成3所，剩余1所正在施工。\n（二）建成医院（第13项）：因资金未到位尚未开工。\n"
    )
    document = read_official(blocks_of_text(text), 2025)
    told = [(task.row.number, task.row.text, task.lead, task.outcome) for task in document.tasks]
    assert [(number, said, lead, one.verdict if one else "") for number, said, lead, one in told] == [
        ("12", "新建学校4所", ["区教委"], "partial"), ("13", "建成医院", [], "not_started"),
    ]  # fmt: skip
    assert document.score is not None
    assert (document.score.tasks, document.score.done, document.score.partly) == (62, 44, 12)


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("重庆市渝北区人民政府办公室", "重庆市渝北区"),
        ("邢台市2022年民生实事项目清单", "邢台市"),
        ("2025年区政府工作报告", None),
    ],
)
def test_places(head: str, place: str | None) -> None:
    assert place_of([head]) == place


def promise(start: int, text: str, due: date | None = None) -> Promise:
    return Promise(start, start + len(text), text, text, (), due)


PROMISES = [
    promise(0, "打通断头路4条"),
    promise(20, "建成高标准农田4万亩"),
    promise(40, "新建公厕17座"),
    promise(60, "新增绿地4万亩"),
]


def aligned(*rows: str, due: date | None = None) -> list[tuple[int, int]]:
    return [(pair.row, pair.promise.start) for pair in align([Row(text) for text in rows], PROMISES, 2021)]


def test_rows_find_their_promises() -> None:
    assert aligned("高标准农田建设4万亩", "断头路：打通4条", "加强党风廉政建设") == [(0, 20), (1, 0)]
    assert aligned("打通断头路4条、建成高标准农田4万亩") == [(0, 0), (0, 20)]


def test_goals_of_a_later_term_are_left_out() -> None:
    later = promise(0, "打通断头路4条", date(2025, 12, 31))
    assert align([Row("打通断头路4条")], [later], 2021) == []
    (pair,) = align([Row("打通断头路4条")], [promise(0, "打通断头路4条", date(2022, 12, 31))], 2021)
    assert pair.reasons[0][1] > 0


def statements(tmp_path: Path) -> Path:
    text = (REPORTS / "500112-2021.txt").read_text(encoding="utf-8")
    file = tmp_path / "statements.jsonl"
    lines = (json.dumps(one.as_dict(), ensure_ascii=False) for one in extract(text, year=2021))
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_the_command_prints_the_fixed_form(tmp_path: Path) -> None:
    document = tmp_path / "tasks.csv"
    document.write_text(
        "2021年渝北区政府工作报告任务分解表,,,\n序号,目标任务,责任单位,完成时限\n"
        "1,打通断头路4条,区住房城乡建委,12月底前\n2,推进党风廉政建设,区政府办,长期坚持\n",
        encoding="utf-8",
    )
    out = StringIO()
    report = REPORTS / "500112-2021.txt"
    call_command("align", document, report=report, statements=statements(tmp_path), stdout=out)
    head, first, second = map(json.loads, out.getvalue().splitlines())
    assert head == {"kind": "task_table", "place": "500112", "year": 2021, "document_date": None, "report_score": None}
    (found,) = first.pop("commitments")
    assert report.read_text(encoding="utf-8")[found[0] : found[1]] == "打通断头路4条"
    assert first == {
        "row": "1", "text": "打通断头路4条", "lead": ["区住房城乡建委"], "cooperating": [],
        "due_on": "2021-12-31", "outcome": None,
    }  # fmt: skip
    assert (second["commitments"], second["due_on"]) == ([], None)


def test_statements_of_another_report_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="同一份报告"):
        call_command(
            "align", "README.md", report=REPORTS / "500112-2025.txt", statements=statements(tmp_path), stdout=StringIO()
        )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "第 1 行不是 JSON"),
        ("[]", "JSON 对象"),
        ('{"kind":"commitment","start":3,"end":1}', "start"),
        ('{"kind":"commitment","start":0,"end":2,"quote":"学校","due_on":"明年"}', "due_on"),
    ],
)
def test_statements_that_cannot_be_used_name_line_and_field(line: str, message: str) -> None:
    with pytest.raises(StatementsError, match=message):
        promises_of(line, "学校建成")


def test_kinds_are_those_of_the_interface() -> None:
    assert KINDS == ("report", "task_table", "outcome_table", "outcome_notice", "livelihood_list")
