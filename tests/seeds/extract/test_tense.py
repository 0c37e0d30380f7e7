import pytest

from seeds.extract.tense import tense


@pytest.mark.parametrize(
    "text", ["一年来，成功举办花渡马拉松", "累计建成学校3所，位居全市前列", "财政收入增长7.9%", "柳湾大桥顺利竣工"]
)
def test_what_was_done(text: str) -> None:
    assert tense(text) > 0


@pytest.mark.parametrize(
    "text", ["力争建成学校3所", "确保柳湾大桥年内通车", "财政收入增长8%左右", "着力办好教育，加快柳湾中学建设"]
)
def test_what_is_to_be_done(text: str) -> None:
    assert tense(text) < 0


def test_what_says_nothing_of_time() -> None:
    assert tense("柳湾中学") == 0
