import pytest
from hypothesis import given, strategies as st

from seeds.extract.lexicon import ACTS, PREPARES, WINS, WORDS
from seeds.extract.tokens import SHORTEST_GAP, phrase, read


def known(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in read(text, 0, len(text)).tokens]


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
    assert [text[start:end] for start, end in read(text, 0, len(text)).gaps] == ["清河"]


def test_a_single_character_between_words_is_no_gap() -> None:
    assert read("建成的小学", 0, 5).gaps == []


def test_a_phrase_tells_its_nouns_and_what_its_words_can_do() -> None:
    text = "清河医院获批开展前期工作"
    found = read(text, 0, len(text))
    assert [text[start:end] for start, end, _ in found.nouns] == ["医院"]
    assert found.traits == ACTS | PREPARES | WINS
    assert read("清河医院", 0, 4).traits == 0


@given(st.text(alphabet="建成区级学校医院道路改造提升公园绿地新增一二", max_size=40))
def test_words_never_overlap_and_gaps_are_all_long_stretches_between_them(text: str) -> None:
    found = read(text, 0, len(text))
    edges = [0, *(edge for start, end, _ in found.tokens for edge in (start, end)), len(text)]
    assert edges == sorted(edges)
    between = list(zip(edges[::2], edges[1::2], strict=True))
    assert found.gaps == [(start, end) for start, end in between if end - start >= SHORTEST_GAP]
    assert phrase(found.tokens, 0, len(text)) == found


def test_gaps_of_a_part_end_with_it() -> None:
    found = read("清河和平大道柳湾小学", 0, 10)
    assert found.gaps_within(0, 10) == found.gaps == [(0, 4), (6, 8)]
    assert found.gaps_within(1, 7) == [(1, 4)]
    assert found.gaps_within(3, 6) == []


@pytest.mark.parametrize("text", ["建成区医院", "建成区人民医院", "建成区面积扩大", "农民工会堂"])
def test_a_longer_word_gives_way_only_where_the_shorter_one_reaches_further(text: str) -> None:
    (_, first, entry), *_ = read(text, 0, len(text)).tokens
    assert first == entry.size
    longest = max((word for word in WORDS if text.startswith(word)), key=len)
    assert entry.word == longest or text[len(longest)] in WORDS[longest].ambiguous_with
