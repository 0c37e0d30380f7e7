"""The word lists as one index, looked up by the first two characters of a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from seeds.extract.lexicon import actions, business, modifiers, people, works


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a word can be: a noun of a category (with its weight), a verb of a milestone, an adverb, a general word."""

    word: str
    size: int
    slug: str = ""
    weight: int = 0
    verb: str = ""
    adverb: bool = False
    end_state: bool = False
    firm: bool = False
    soft: bool = False
    nominal: bool = False
    honour: bool = False
    contested: bool = False
    modifier: bool = False
    staff: bool = False
    rule: str = ""


# A word of two characters with which no other begins; or that word, if it is one, and the longer ones by their third.
Start = Entry | tuple[Entry | None, dict[str, tuple[Entry, ...]]]
VERBS = {
    "complete": actions.COMPLETE,
    "start": actions.START,
    "plan": actions.PLAN,
    "progress": actions.PROGRESS,
    "level": actions.LEVEL,
}
GENERAL_CHARACTERS = frozenset(word for word in actions.GENERIC.split() if len(word) == 1)
ADVERB_CHARACTERS = frozenset(word for word in actions.ADVERBS.split() if len(word) == 1)


def _nouns() -> dict[str, tuple[str, int]]:
    nouns: dict[str, tuple[str, int]] = {}
    for table in (business.WORDS, people.WORDS, works.WORDS):
        for slug, weights in table.items():
            for weight, words in weights.items():
                for word in words.split():
                    if word not in nouns or nouns[word][1] < weight:
                        nouns[word] = (slug, weight)
    return nouns


def _sets() -> dict[str, frozenset[str]]:
    """The yes-or-no properties of words, by the field of :class:`Entry` that holds them."""
    end_states = frozenset(actions.END_STATES.split())
    return {
        "adverb": frozenset(actions.ADVERBS.split()),
        "end_state": end_states,
        "firm": end_states | frozenset(actions.FIRM.split()),
        "soft": frozenset(actions.SOFT.split()),
        "nominal": frozenset(actions.NOMINAL.split()),
        "honour": frozenset(actions.HONOURS.split()),
        "modifier": modifiers.WORDS,
        "staff": modifiers.STAFF,
    }


def entries() -> dict[str, Entry]:
    """Every listed word of two characters and more."""
    nouns, sets = _nouns(), _sets()
    verbs = {word: milestone for milestone, words in VERBS.items() for word in words.split()}
    found = {}
    listed = {word for word in {*nouns, *verbs, *sets["adverb"], *actions.GENERIC.split()} if len(word) > 1}
    beginnings = _beginnings(listed)
    for word in listed:
        slug, weight = nouns.get(word, ("", 0))
        traits = {key: word in words for key, words in sets.items()}
        contested = any(word[:size] in listed and word[size:] in beginnings for size in range(2, len(word)))
        found[word] = Entry(
            word, len(word), slug, weight, verbs.get(word, ""), contested=contested, rule="cat." + slug, **traits
        )
    return found


def _starts(words: dict[str, Entry]) -> dict[str, Start]:
    """All words by their first two characters, the longer ones by their third, the longest first."""
    longer: dict[str, dict[str, list[Entry]]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_third = longer.setdefault(word[:2], {})
        if len(word) > 2:
            by_third.setdefault(word[2], []).append(words[word])
    return {
        pair: (words.get(pair), {third: tuple(found) for third, found in by_third.items()}) if by_third else words[pair]
        for pair, by_third in longer.items()
    }


def _beginnings(listed: Iterable[str]) -> frozenset[str]:
    """What words begin with."""
    return frozenset(word[:size] for word in listed for size in range(1, len(word)))


def _rivals(words: dict[str, Entry]) -> dict[str, tuple[Entry, ...]]:
    """For a word that begins with another word, the shorter ones: 建成区 → 建成.

    Left out is a rival behind which no word could begin that reaches beyond the longer word.
    """
    beginnings = _beginnings(words)
    return {
        word: tuple(
            words[word[:size]]
            for size in range(len(word) - 1, 1, -1)
            if word[:size] in words and word[size:] in beginnings
        )
        for word, entry in words.items()
        if entry.contested
    }


WORDS = entries()
STARTS = _starts(WORDS)
RIVALS = _rivals(WORDS)


def _everyday() -> frozenset[str]:
    text = files("seeds.extract.lexicon").joinpath("everyday.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


EVERYDAY = _everyday()
