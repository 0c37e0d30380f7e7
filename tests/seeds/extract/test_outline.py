from datetime import date

import pytest

from seeds.extract import extract
from seeds.extract.outline import NONE, PLAN, REVIEW, YEARLY, Outline, is_heading, level_of

WORK = "新建学校3所，新增学位900个。"


def parts(text: str, year: int | None = 2026) -> list[tuple[str, date | None, str]]:
    return [
        (sentence.part.role, sentence.part.due_on, sentence.part.section)
        for sentence in Outline(text, year).sentences()
    ]


@pytest.mark.parametrize(
    ("title", "role", "due"),
    [
        ("一、2025年工作回顾", REVIEW, date(2025, 12, 31)),
        ("一、过去五年工作总结", REVIEW, date(2025, 12, 31)),
        ("第一部分 2025年和“十四五”时期主要成绩", REVIEW, date(2025, 12, 31)),
        ("## 二、“十五五”时期主要目标任务", PLAN, date(2030, 12, 31)),
        ("二、今后五年工作的总体要求和目标任务", PLAN, date(2030, 12, 31)),
        ("三、2026年重点工作", YEARLY, date(2026, 12, 31)),
        ("2026年工作安排", YEARLY, date(2026, 12, 31)),
        ("三、下一步工作打算", YEARLY, date(2026, 12, 31)),
        ("一、三年来的主要工作", REVIEW, date(2025, 12, 31)),
        ("二、2025年以来主要工作", REVIEW, date(2025, 12, 31)),
        ("一、2025年的政府工作", REVIEW, date(2025, 12, 31)),
        ("四、“十五”期间国民经济和社会发展主要情况", REVIEW, date(2025, 12, 31)),
        ("一、跨越赶超的“十三五”", REVIEW, date(2025, 12, 31)),
        ("五、上年度工作情况", REVIEW, date(2025, 12, 31)),
        ("二、今后三年的奋斗目标", PLAN, date(2028, 12, 31)),
        ("三、奋力前行的二〇二六年", YEARLY, date(2026, 12, 31)),
    ],
)
def test_titles_give_role_and_period(title: str, role: str, due: date) -> None:
    assert {found[:2] for found in parts(f"{title}\n{WORK}\n")} == {(role, due)}


LOOKING_BACK = "一年来，累计建成学校3所，成功创建花渡书院，率先通过省级验收，教育支出增长7.9%，位居全市第一。"
LOOKING_FORWARD = "着力办好教育，力争新建学校5所，加快柳湾中学建设，推动花渡小学扩建，确保年内开工。"


def test_the_text_tells_where_titles_say_nothing() -> None:
    """Neither title names a year or a part; the tense of what stands below does."""
    text = f"一、花渡迈出坚实步伐\n{LOOKING_BACK}\n二、在新常态下办好教育\n{LOOKING_FORWARD}\n"
    assert [role for role, _, _ in parts(text)] == [REVIEW, YEARLY]


def test_hardships_in_the_opening_words_do_not_silence_a_review() -> None:
    lead = "过去的一年，花渡面临多年来少有的困难和挑战。"
    assert [role for role, _, _ in parts(f"一、2025年工作回顾\n{lead}{WORK}\n一是{WORK}")] == [REVIEW] * 3


@pytest.mark.parametrize(
    "line", ["浏览次数：1024次　【字体：大 中 小】", "发布时间：2026-01-20　来源：花渡区政府办公室"]
)
def test_what_the_site_writes_around_a_report_tells_nothing(line: str) -> None:
    text = f"三、2026年重点工作\n{line}\n{WORK}"
    assert [one.quote for one in extract(text, year=2026)] == ["新建学校3所", "新增学位900个"]


def test_conduct_is_left_out_where_it_stands_and_no_further() -> None:
    text = f"一、2025年工作回顾\n（一）加强政府自身建设。{WORK}\n一年来，{WORK}\n（二）改善民生。{WORK}"
    assert len(parts(text)) == 2


def test_a_retrospect_inside_a_plan_is_a_review() -> None:
    text = f"二、“十五五”时期主要目标\n过去五年，我们成功建成学校12所，累计新增学位9000个。\n到2030年，{WORK}\n"
    assert [role for role, _, _ in parts(text)] == [REVIEW, PLAN]


def test_titles_run_into_a_text_without_line_ends_are_found() -> None:
    back, forward = LOOKING_BACK * 15, LOOKING_FORWARD * 20
    text = f"各位代表：我代表区人民政府报告工作。一、2025年工作回顾{back}二、2026年工作安排{forward}"
    roles = [role for role, _, _ in parts(text)]
    assert roles.index(YEARLY) == roles.count(REVIEW)


def test_an_annex_in_prose_tells_what_is_done_and_what_the_year_brings() -> None:
    text = (
        f"三、2026年重点工作\n{LOOKING_FORWARD}\n"
        * 3
        + "附件\n花渡区2025年重点工程进展情况\n一、花渡医院新院\n1.建设内容：门诊楼、住院楼，床位300张。\n"
        "2.责任单位：区卫生健康局、花渡医院\n"
        "3.进展情况：门诊楼已建成，累计完成床位200张的安装调试。\n4.今年计划：住院楼6月底前建成，新增床位100张并投入使用。\n"
    )
    found = [(one.kind, one.quantity) for one in extract(text, year=2026) if one.unit == "张"]
    assert found == [("achievement", 200), ("commitment", 100)]


@pytest.mark.parametrize("title", ["四、加强政府自身建设", "（四）提高行政效能，加强自身建设。", "名词解释"])
def test_conduct_and_glossary_hold_nothing(title: str) -> None:
    assert parts(f"三、2026年重点工作\n{WORK}\n{title}\n{WORK}")[1:] == []


@pytest.mark.parametrize(
    "lead",
    [
        "同时，我们也清醒地认识到，发展中还存在不少困难和问题。",
        "各位代表！成绩来之不易，向全区人民表示衷心的感谢！",
        "一年来，我们加强政府自身建设。",
    ],
)
def test_problems_thanks_and_conduct_hold_nothing(lead: str) -> None:
    assert parts(f"一、2025年工作回顾\n{lead}仍有学校3所需要改造。\n") == []


def test_numbering_styles_nest() -> None:
    text = f"三、2026年重点工作\n（一）改善民生。{WORK}\n1.办好教育\n{WORK}\n二是{WORK}"
    assert [section for _, _, section in parts(text)] == [
        "三、2026年重点工作 / （一）改善民生",
        "三、2026年重点工作 / （一）改善民生 / 1.办好教育",
        "三、2026年重点工作 / （一）改善民生 / 1.办好教育",
    ]


def test_cues_serve_where_there_are_no_titles() -> None:
    text = f"过去一年，全县各项事业取得新进步。{WORK}\n今年是关键之年。{WORK}\n"
    assert [role for role, _, _ in parts(text)] == [REVIEW, REVIEW, YEARLY, YEARLY]


def test_the_vision_is_due_in_2035() -> None:
    text = f"二、“十五五”时期主要目标\n到2030年，建成学校3所。展望2035年，{WORK}"
    assert [found.due_on for found in extract(text, year=2026)][-1] == date(2035, 12, 31)


def test_without_a_year_nothing_is_implied() -> None:
    assert {due for _, due, _ in parts(f"一、今年重点工作\n{WORK}", None)} == {None}


@pytest.mark.parametrize(
    ("line", "level"),
    [("一、目标", 1), ("第二部分 任务", 1), ("（三）民生", 2), ("4.教育", 3), ("2.5公里", 0), ("民生", 0)],
)
def test_levels(line: str, level: int) -> None:
    assert level_of(line) == level


@pytest.mark.parametrize("line", ["新建学校3所", "各位代表：", "过去一年，成绩来之不易", "建成学校。"])
def test_no_titles(line: str) -> None:
    assert not is_heading(line, level_of(line))


def test_guiding_ideology_is_left_out() -> None:
    text = "三、2026年重点工作\n总体要求是：以新思想为指导，建成3个高地。\n"
    assert parts(text) == []
    assert NONE == "none"


@pytest.mark.parametrize(
    ("items", "spans"),
    [
        ("3.开工建设花渡水厂。\n4.建成柳湾中学。", ["开工建设花渡水厂", "建成柳湾中学"]),
        ("1．新建小学5所\n2．加装电梯30部\n", ["新建小学5所", "加装电梯30部"]),
        ("①解决2万人饮水问题。\n②改造危房300户。", ["解决2万人饮水问题", "改造危房300户"]),
        ("（1）新建小学5所；（2）建成柳湾中学；", ["新建小学5所", "建成柳湾中学"]),
        ("（一）开工建设花渡水厂\n（二）竣工柳湾中学", ["开工建设花渡水厂", "竣工柳湾中学"]),
        ("●开工建设花渡水厂\n●建成柳湾中学", ["开工建设花渡水厂", "建成柳湾中学"]),
        ("⑴新建小学5所\n⑵加装电梯30部", ["新建小学5所", "加装电梯30部"]),
        ("★新建小学5所\n★加装电梯30部", ["新建小学5所", "加装电梯30部"]),
        ("1 新建小学5所\n2 改造医院2家", ["新建小学5所", "改造医院2家"]),
        ("01 新建小学5所，新增学位900个\n\n02 加装电梯30部", ["新建小学5所", "新增学位900个", "加装电梯30部"]),
        ("建成柳湾中学\n\n加装电梯30部", ["建成柳湾中学", "加装电梯30部"]),
        ("1.花渡医院新院区投入使用。\n2.柳湾大道建成通车；", ["花渡医院新院区投入使用", "柳湾大道建成通车"]),
        ("（1）推进柳湾大道建设；（2）花渡医院开工。", ["推进柳湾大道建设", "花渡医院开工"]),
        ("1.推进柳湾大道建设。\n2.加快花渡医院建设。\n", ["推进柳湾大道建设", "加快花渡医院建设"]),
        ("重点办好：一是新建小学5所；二是加装电梯30部。", ["新建小学5所", "加装电梯30部"]),
    ],
)
def test_members_of_a_list_are_read_without_their_numbers(items: str, spans: list[str]) -> None:
    found = extract(f"三、2026年重点工作\n（一）改善民生\n{items}", year=2026)
    assert [one.quote for one in found] == spans


@pytest.mark.parametrize(
    "title",
    [
        "1.办好10件民生实事",
        "（二）新建学校",
        "（二）建成花渡新城，改善民生。",
        "（二）花渡新城投入使用。",
        "（二）推进花渡片区开发建设。",
    ],
)
def test_titles_of_what_stands_below_are_not_read(title: str) -> None:
    text = f"三、2026年重点工作\n（一）改善民生\n{title}\n（1）{WORK}"
    assert [one.quote for one in extract(text, year=2026)] == ["新建学校3所", "新增学位900个"]


def test_a_numbered_sentence_before_what_tells_more_is_a_title() -> None:
    text = "三、2026年重点工作\n（一）推进花渡片区开发建设。建成学校3所。\n（二）加快柳湾新区建设。\n新增学位900个。"
    assert [one.quote for one in extract(text, year=2026)] == ["建成学校3所", "新增学位900个"]
