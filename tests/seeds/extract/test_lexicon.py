from seeds.extract.lexicon import ACTS, ENDS, EVERYDAY, LIVELIHOOD, MILESTONES, TRADE, WORDS
from seeds.extract.wordlist import having, listed


def test_each_verb_has_one_milestone() -> None:
    codes = {word: word_.traits & set(MILESTONES) for word, word_ in listed().items()}
    assert {word: found for word, found in codes.items() if len(found) > 1} == {}


def test_every_property_is_one_of_a_verb() -> None:
    properties = having("end_state", "strong", "weak", "honour")
    assert {word for word in properties if len(word) > 1 and not WORDS[word].verb} == set()


def test_the_guidelines_twelve_livelihood_categories_are_covered() -> None:
    assert len(LIVELIHOOD) == 12
    assert {"economy", "governance"} == TRADE
    assert {entry.slug for entry in WORDS.values()} == {"", *LIVELIHOOD, *TRADE}


def test_an_entry_says_what_its_line_says() -> None:
    school, built, planting = WORDS["学校"], WORDS["建成投用"], WORDS["种植"]
    assert (school.slug, school.weight, school.verb) == ("education", 2, "")
    assert (built.slug, built.verb, built.opens, built.strong) == ("", "complete", True, True)
    assert built.traits & ENDS
    # A noun that is a verb, too.
    assert (planting.slug, planting.verb) == ("rural", "complete")
    assert planting.traits & ACTS


def test_words_that_only_rules_look_for_are_no_words_of_clauses() -> None:
    assert "主线" in listed()
    assert "主线" not in WORDS


def test_everyday_words_are_short_and_plenty() -> None:
    assert {len(word) for word in EVERYDAY} == {2, 3}
    assert len(EVERYDAY) > 5000
