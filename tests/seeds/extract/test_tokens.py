import pytest
from hypothesis import given, strategies as st

from seeds.extract.tokens import gaps, tokenize


def known(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokenize(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("建成投用清河体育公园", ["建成投用", "体育公园"]),
        ("建成区级托育中心", ["建成", "区级", "托育", "中心"]),
        ("建成区面积扩大", ["建成区面积"]),
        ("建成区人民医院", ["建成", "人民医院"]),
        ("建成区绿地率提高", ["建成区绿地率"]),
        ("学", []),
    ],
)
def test_longest_words_with_one_word_of_look_ahead(text: str, words: list[str]) -> None:
    assert known(text)[: len(words)] == words


def test_gaps_are_what_the_words_leave() -> None:
    text = "建成清河小学"
    assert [text[start:end] for start, end in gaps(tokenize(text, 0, len(text)), 0, len(text))] == ["清河"]


@given(st.text(alphabet="建成区级学校医院道路改造提升公园绿地新增一二", max_size=40))
def test_words_and_gaps_cover_a_text_once(text: str) -> None:
    tokens = tokenize(text, 0, len(text))
    spans = sorted([*((token.start, token.end) for token in tokens), *gaps(tokens, 0, len(text))])
    assert "".join(text[start:end] for start, end in spans) == text
