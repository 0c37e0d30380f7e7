import pytest

from seeds.extract.names import items, name_rule, named
from seeds.extract.tokens import read


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("花渡沟中学", "name.unknown"),
        ("轨道9号线", "name.numbered"),
        ("第四次全国文物普查", "name.numbered"),
        ("悦港大道二期", "name.numbered"),
        ("区殡仪馆", "name.definite"),
        ("新中医院", "name.definite"),
        ("《教育强县规划》", "name.titled"),
        ("“智慧天网”", "name.quoted"),
        ("和平大道", "name.weak"),
        ("四环路", "name.numbered"),
        ("新107国道", "name.numbered"),
        ("第二水厂", "name.numbered"),
    ],
)
def test_must_name(text: str, rule: str) -> None:
    assert name_rule(text, read(text, 0, len(text)), 0, len(text)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "学校",
        "城市公园",
        "农村公路",
        "省级公共卫生中心",
        "新型社区",
        "优质医疗资源",
        "教师队伍",
        "新建学校",
        "市区道路收费站",
        "引进人才",
        "内循环",
    ],
)
def test_must_not_name(text: str) -> None:
    assert name_rule(text, read(text, 0, len(text)), 0, len(text)) is None


def test_a_list_ends_at_its_sum() -> None:
    text = "清河、东山和柳湾等片区"
    assert [text[start:end] for start, end in items(text, 0, len(text))] == ["清河", "东山", "柳湾"]


def test_the_members_of_a_list_of_projects_are_names() -> None:
    text = "区域医疗中心、疾病防治基地等项目"
    found, rule = named(text, text, read(text, 0, len(text)), 0, len(text))
    assert (found, rule) == (("区域医疗中心", "疾病防治基地"), "name.listed")


def test_names_are_given_without_their_quotes() -> None:
    text = "“花渡绿廊”"
    assert named(text, text, read(text, 0, len(text)), 0, len(text))[0] == ("花渡绿廊",)
