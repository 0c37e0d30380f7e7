"""The words are data: sorted, each in one place, with traits that rules ask for; no list stands beside the code."""

import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest

from seeds.extract import wordlist
from seeds.extract.wordlist import LISTS, any_of, having, listed, measures, one_of, pattern, shortest

PACKAGE = Path(wordlist.__file__).parent
FILES = sorted(path.stem for path in (PACKAGE / "words").glob("*.tsv"))
TRAITS = {trait for trait, _ in wordlist.rows("traits")}
# So many words in a row are a list; fewer are grammar.
FEW = 6
ALTERNATIVES = re.compile(r"(?:[\u4e00-\u9fffA-Za-z0-9]+\|)+[\u4e00-\u9fffA-Za-z0-9]+")


@pytest.mark.parametrize("name", FILES)
def test_sorted_with_a_remark_and_nothing_twice(name: str) -> None:
    rows = wordlist.rows(name)
    keys = [row[:2] if name == "suffixes" else row[0] for row in rows]
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys)
    assert (PACKAGE / "words" / f"{name}.tsv").read_text(encoding="utf-8").startswith("# ")


def test_no_word_stands_in_two_places() -> None:
    counts = Counter(row[0] for name in (*LISTS, "everyday") for row in wordlist.rows(name))
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", [*LISTS, "everyday", "measures"])
def test_a_line_is_a_word_and_what_it_means(name: str) -> None:
    for row in wordlist.rows(name):
        assert all(field and field == field.strip() for field in row), row
        assert not re.search(r"[\s|]", row[0]), row
        assert row[-1] != "-", row


def test_nouns_weigh_one_to_three_and_other_words_nothing() -> None:
    weights = {name: {row[2] for row in wordlist.rows(name) if len(row) > 2} for name in LISTS}
    assert weights == {"nouns": {"1", "2", "3"}, "verbs": {"-"}, "general": {"-"}, "phrases": {"-"}}


def test_every_trait_is_told_and_asked_for() -> None:
    categories = {row[1] for row in wordlist.rows("nouns")}
    used = {trait for word in listed().values() for trait in word.traits} - categories
    used |= {trait for row in wordlist.rows("measures") for trait in " ".join(row[1:]).split()}
    assert used == TRAITS
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    assert {trait for trait in TRAITS if not re.search(rf"""["']{trait}["']""", code)} == set()


def lists(text: str) -> list[str]:
    """The alternatives of a pattern that are a list of words rather than grammar."""
    found = [match[0].split("|") for match in ALTERNATIVES.finditer(text)]
    return ["|".join(words) for words in found if sum(len(word) > 1 for word in words) >= FEW]


def test_no_list_of_words_stands_beside_the_code() -> None:
    for path in sorted(PACKAGE.glob("*.py")):
        with path.open("rb") as source:
            strings = [token.string for token in tokenize.tokenize(source.readline) if token.type == tokenize.STRING]
        assert [found for text in strings for found in lists(text)] == [], path.name


def test_a_list_is_told_from_grammar() -> None:
    assert lists("(?:甲乙|丙丁|戊己|庚辛|子丑|寅卯)(?=地)") == ["甲乙|丙丁|戊己|庚辛|子丑|寅卯"]
    assert lists("(?:甲|乙|丙|丁|戊|己|庚|辛|壬)") == []
    assert lists("甲乙|丙丁[戊己]|庚辛|(?:子丑|寅卯)|辰巳|午未|申酉") == []


def test_words_are_found_by_trait_the_longest_first() -> None:
    assert "建成投用" in having("opened")
    assert list(having("opened")) == sorted(having("opened"), key=lambda word: (-len(word), word))
    assert set(having("supporting", "run_well")) == {*having("supporting"), *having("run_well")}
    assert measures("project") == {"个", "项"}
    with pytest.raises(KeyError):
        having("no such trait")


def test_patterns_prefer_the_longest_word() -> None:
    match = re.match(one_of("opened"), "建成通车了")
    assert match is not None
    assert match[0] == "建成通车"
    assert pattern(["建成通车", "建成", "通车"]) == "建(?:成通车|成)|通(?:车)"
    assert any_of("建成.*\n  投用") == "(?:建成.*|投用)"


def test_of_words_that_hold_others_the_shortest_are_kept() -> None:
    assert shortest(["建成投用", "建成", "投用", "开工"]) == ["建成", "开工", "投用"]
