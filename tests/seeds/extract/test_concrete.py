from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]

MUST_FIRE = [
    ("建成花渡沟中学。", "education", "complete", "name.unknown"),
    ("推动区妇幼保健院、二院等扩建项目开工。", "health", "start", "name.definite"),
    ("加快花渡大道建设。", "transport", "progress", "name.unknown"),
    ("花渡大道全线贯通。", "transport", "complete", "name.unknown"),
    ("推进花渡河流域水污染防治工程。", "water_sanitation", "progress", "name.unknown"),
    ("启动进港铁路前期工作。", "transport", "plan", "name.weak"),
    ("建成区级托育综合服务指导中心。", "elderly_childcare", "complete", "name.single"),
    ("加强花渡河、柳叶沟等流域治理保护。", "water_sanitation", "progress", "name.unknown"),
    ("开展第四次全国文物普查。", "culture_sports", "progress", "name.numbered"),
    ("举办区第三届运动会等赛事。", "culture_sports", "complete", "name.numbered"),
    ("推动花渡佳园创建现代社区。", "housing", "complete", "ms.honour"),
    ("武汉路医院、龙渡智能产业园等项目加快建设。", "health", "progress", "name.unknown"),
]

MUST_NOT_FIRE = [
    "加强教师队伍建设。",
    "完善应急体系。",
    "提高救助水平。",
    "加快建设学校。",
    "推进农村公益性公墓建设。",
    "实施医疗卫生强基工程。",
    "深入开展“花渡行动”。",
    "开展道路病害、积水点等专项整治。",
    "建设一批特色学校。",
    "支持建设社区文体中心。",
    "推动“无废城市”建设走在全省前列。",
    "把安全生产责任落实到最小单元。",
    "打造生态环境治理高地。",
]


@pytest.mark.parametrize(("sentence", "category", "milestone", "rule"), MUST_FIRE)
def test_must_fire(plan: Read, sentence: str, category: str, milestone: str, rule: str) -> None:
    (found,) = plan(sentence)
    assert (found.category, found.milestone, found.quantity) == (category, milestone, None)
    assert rule in found.rules


@pytest.mark.parametrize("sentence", MUST_NOT_FIRE)
def test_must_not_fire(plan: Read, sentence: str) -> None:
    assert plan(sentence) == []


def test_a_quoted_programme_takes_the_topic_of_its_sentence(review: Read) -> None:
    found = review("农村面貌焕然一新，“花果工程”加快建设。")
    assert [(one.category, one.milestone) for one in found] == [("rural", "progress")]


def test_a_named_part_and_a_counted_part_of_one_list(review: Read) -> None:
    names, counted = review("花渡小学、柳湾小学和3所幼儿园建成投用。")
    assert (names.quote, names.names, names.title) == (
        "花渡小学、柳湾小学",
        ("花渡小学", "柳湾小学"),
        "花渡小学、柳湾小学建成投用",
    )
    assert (counted.quote, counted.quantity) == ("3所幼儿园建成投用", 3)
