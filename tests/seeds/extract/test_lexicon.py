from collections import Counter

from seeds.extract.lexicon import EVERYDAY, VERBS, WORDS, actions, business, people, works

LIVELIHOOD = {**people.WORDS, **works.WORDS}


def test_each_weighty_noun_belongs_to_one_category() -> None:
    owners: dict[str, set[str]] = {}
    for table in (LIVELIHOOD, business.WORDS):
        for slug, weights in table.items():
            for word in weights.get(3, "").split():
                owners.setdefault(word, set()).add(slug)
    assert {word: slugs for word, slugs in owners.items() if len(slugs) > 1} == {}


def test_no_word_is_listed_twice() -> None:
    for slug, weights in (*LIVELIHOOD.items(), *business.WORDS.items()):
        counts = Counter(word for listed in weights.values() for word in listed.split())
        assert [word for word, count in counts.items() if count > 1] == [], slug
    for code, listed in VERBS.items():
        counts = Counter(listed.split())
        assert [word for word, count in counts.items() if count > 1] == [], code


def test_each_verb_has_one_milestone() -> None:
    codes: dict[str, set[str]] = {}
    for code, listed in VERBS.items():
        for word in listed.split():
            codes.setdefault(word, set()).add(code)
    assert {word: found for word, found in codes.items() if len(found) > 1} == {}


def test_every_property_is_one_of_a_verb() -> None:
    for listed in (actions.END_STATES, actions.STRONG, actions.WEAK, actions.HONOURS):
        assert {word for word in listed.split() if len(word) > 1 and not WORDS[word].verb} == set()


def test_the_guidelines_twelve_livelihood_categories_are_covered() -> None:
    assert len(LIVELIHOOD) == 12
    assert set(business.WORDS) == {"economy", "governance"}


def test_everyday_words_are_short_and_plenty() -> None:
    assert {len(word) for word in EVERYDAY} == {2, 3}
    assert len(EVERYDAY) > 5000
