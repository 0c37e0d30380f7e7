"""The word lists as one tree, looked up character by character."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from sys import intern

from seeds.extract.lexicon import actions, business, modifiers, people, works
from seeds.extract.words import words

# What the words of a stretch can do, as bits: one look at their union spares most stretches a search word by word.
ACTS, ENDS, PREPARES, WINS = 1, 2, 4, 8


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a word can be: a noun of a category (with its weight), a verb of a milestone, an adverb, a general word.

    It is ``ambiguous_with`` by a shorter word where one of these characters stands behind it: 建成区|医 by 建成|区医院.
    """

    word: str
    size: int
    slug: str = ""
    weight: int = 0
    verb: str = ""
    opens: bool = False
    adverb: bool = False
    end_state: bool = False
    strong: bool = False
    weak: bool = False
    nominal: bool = False
    honour: bool = False
    ambiguous_with: frozenset[str] = frozenset()
    modifier: bool = False
    staff: bool = False
    rule: str = ""
    traits: int = 0


# By the next character: the word that ends with it, if one does, and what may follow it in longer words, if any.
Branch = dict[str, tuple[Entry | None, "Branch | None"]]
VERBS = {
    "complete": actions.COMPLETE,
    "start": actions.START,
    "plan": actions.PLAN,
    "progress": actions.PROGRESS,
    "level": actions.LEVEL,
}
GENERAL_CHARACTERS = frozenset(word for word in actions.GENERIC.split() if len(word) == 1)
_PREPARING = tuple(actions.PREPARING.split())
ADVERB_CHARACTERS = frozenset(word for word in actions.ADVERBS.split() if len(word) == 1)


def _nouns() -> dict[str, tuple[str, int]]:
    nouns: dict[str, tuple[str, int]] = {}
    for table in (business.WORDS, people.WORDS, works.WORDS):
        for slug, weights in table.items():
            for weight, listed in weights.items():
                for word in listed.split():
                    if word not in nouns or nouns[word][1] < weight:
                        nouns[word] = (slug, weight)
    return nouns


def _sets() -> dict[str, frozenset[str]]:
    """The yes-or-no properties of words, by the field of :class:`Entry` that holds them."""
    end_states = frozenset(actions.END_STATES.split())
    return {
        "adverb": frozenset(actions.ADVERBS.split()),
        "end_state": end_states,
        "strong": end_states | frozenset(actions.STRONG.split()),
        "weak": frozenset(actions.WEAK.split()),
        "nominal": frozenset(actions.NOMINAL.split()),
        "honour": frozenset(actions.HONOURS.split()),
        "modifier": modifiers.WORDS,
        "staff": modifiers.STAFF,
    }


def entries() -> dict[str, Entry]:
    """Every listed word of two characters and more."""
    nouns, sets = _nouns(), _sets()
    verbs = {word: milestone for milestone, listed in VERBS.items() for word in listed.split()}
    found = {}
    wins = sets["honour"] | words(actions.GRANTED) | words(actions.TITLED)
    listed = {word for word in {*nouns, *verbs, *sets["adverb"], *actions.GENERIC.split()} if len(word) > 1}
    following = _following(listed)
    for word in listed:
        slug, weight = nouns.get(word, ("", 0))
        verb = verbs.get(word, "")
        properties = {key: word in members for key, members in sets.items()}
        rests = [word[size:] for size in range(2, len(word)) if word[:size] in listed]
        ambiguous_with = frozenset[str]().union(*(following.get(rest, ()) for rest in rests))
        opens = verb not in ("", "level")
        prepares = verb == "plan" and word.endswith(_PREPARING)
        traits = ACTS * bool(verb) | ENDS * (word in sets["end_state"]) | PREPARES * prepares | WINS * (word in wins)
        found[word] = Entry(
            word,
            len(word),
            slug,
            weight,
            verb,
            opens,
            ambiguous_with=ambiguous_with,
            rule="cat." + slug,
            traits=traits,
            **properties,
        )
    return found


def _branch(words: list[Entry], depth: int) -> Branch:
    """The words, which are alike in their first ``depth`` characters, by the next one."""
    found: Branch = {}
    for char, alike in groupby(words, key=lambda entry: entry.word[depth]):
        first, *longer = alike
        ends = first.size == depth + 1
        rest = longer if ends else [first, *longer]
        found[intern(char)] = (first if ends else None, _branch(rest, depth + 1) if rest else None)
    return found


def _tree(words: dict[str, Entry]) -> dict[str, Branch]:
    """All words by their first character, then one by one by those that follow."""
    by_word = sorted(words.values(), key=attrgetter("word"))
    return {char: branch for char, (_, branch) in _branch(by_word, 0).items() if branch is not None}


def _following(listed: Iterable[str]) -> dict[str, set[str]]:
    """By what words begin with: the characters that follow in them."""
    found: dict[str, set[str]] = {}
    for word in listed:
        for size in range(1, len(word)):
            found.setdefault(word[:size], set()).add(word[size])
    return found


def _rivals(words: dict[str, Entry]) -> dict[str, tuple[Entry, ...]]:
    """For a word that begins with another word, the shorter ones: 建成区 → 建成.

    Left out is a rival behind which no word could begin that reaches beyond the longer word.
    """
    following = _following(words)
    return {
        word: tuple(
            words[word[:size]]
            for size in range(len(word) - 1, 1, -1)
            if word[:size] in words and word[size:] in following
        )
        for word, entry in words.items()
        if entry.ambiguous_with
    }


WORDS = entries()
TREE = _tree(WORDS)
RIVALS = _rivals(WORDS)


def _everyday() -> frozenset[str]:
    text = files("seeds.extract.lexicon").joinpath("everyday.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _endings(everyday: Iterable[str]) -> dict[str, frozenset[str]]:
    """By two characters: the third ones of everyday words, and nothing as one of them where the two are a word."""
    found: dict[str, set[str]] = {}
    for word in everyday:
        found.setdefault(word[:2], set()).add(word[2:])
    return {pair: frozenset(thirds) for pair, thirds in found.items()}


EVERYDAY = _everyday()
EVERYDAY_ENDINGS = _endings(EVERYDAY)
