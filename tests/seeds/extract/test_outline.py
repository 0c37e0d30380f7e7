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
    ],
)
def test_titles_give_role_and_period(title: str, role: str, due: date) -> None:
    assert {found[:2] for found in parts(f"{title}\n{WORK}\n")} == {(role, due)}


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
