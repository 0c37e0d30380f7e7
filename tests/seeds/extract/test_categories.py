import pytest

from seeds.extract.categories import decide, head, nouns
from seeds.extract.tokens import tokenize


def category(text: str) -> tuple[str, str] | None:
    noun = head(text, tokenize(text, 0, len(text)), 0, len(text))
    return (noun.slug, noun.rule) if noun else None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("公办幼儿园106所", "education"),
        ("信息与物联网学院", "education"),
        ("社区卫生服务中心2个", "health"),
        ("每千人床位数达到5.7张", "health"),
        ("学校周边道路3条", "transport"),
        ("四好农村路100公里", "transport"),
        ("公共停车位915个", "transport"),
        ("农村危房4254户", "housing"),
        ("老旧小区加装电梯315台", "housing"),
        ("医养结合机构2家", "elderly_childcare"),
        ("普惠托位占比80%", "elderly_childcare"),
        ("殡仪馆迁建", "social_security"),
        ("城镇登记失业率", "social_security"),
        ("社区体育公园3个", "culture_sports"),
        ("城市书房20个", "culture_sports"),
        ("农村户厕3.6万户", "water_sanitation"),
        ("污水管网48公里", "water_sanitation"),
        ("口袋公园10个", "environment"),
        ("空气质量优良天数", "environment"),
        ("高标准农田4万亩", "rural"),
        ("超充站59座", "utilities"),
        ("森林消防水箱300口", "public_safety"),
        ("农产品加工产值", "economy"),
        ("固定资产投资", "economy"),
        ("违法建筑30万平方米", "governance"),
    ],
)
def test_the_head_of_the_object_decides(text: str, slug: str) -> None:
    assert category(text) == (slug, f"cat.{slug}")


@pytest.mark.parametrize(
    ("text", "slug"), [("渝湖路", "transport"), ("肖家河", "water_sanitation"), ("龘靐桥", "transport")]
)
def test_an_unknown_name_speaks_by_its_last_character(text: str, slug: str) -> None:
    assert category(text) == (slug, "cat.suffix")


@pytest.mark.parametrize("text", ["渝湖路片区", "龘靐", ""])
def test_a_name_that_only_modifies_weighs_little(text: str) -> None:
    noun = decide(nouns(text, tokenize(text, 0, len(text)), 0, len(text)))
    assert noun is None or noun.weight == 1
