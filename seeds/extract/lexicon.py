"""The word lists as one tree, looked up character by character."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from sys import intern

from seeds.extract import wordlist
from seeds.extract.wordlist import Word, having

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
MILESTONES = ("complete", "start", "plan", "progress", "level")
# Categories outside the livelihood: what they claim is found, but no promise to the people.
TRADE = frozenset(("economy", "governance"))
LIVELIHOOD = frozenset(row[1] for row in wordlist.rows("nouns")) - TRADE
# The traits that are fields of an Entry.
_PROPERTIES = ("adverb", "end_state", "weak", "nominal", "honour", "modifier", "staff")
_PREPARING = having("preparation")


def _single(trait: str) -> frozenset[str]:
    return frozenset(word for word in having(trait) if len(word) == 1)


GENERAL_CHARACTERS, ADVERB_CHARACTERS = _single("general"), _single("adverb")


def _traits(word: Word, verb: str) -> int:
    """What a word can do, as bits."""
    prepares = verb == "plan" and word.word.endswith(_PREPARING)
    wins = not word.traits.isdisjoint(("honour", "granted", "titled"))
    return ACTS * bool(verb) | ENDS * ("end_state" in word.traits) | PREPARES * prepares | WINS * wins


def _entry(word: Word, listed: frozenset[str], following: dict[str, set[str]]) -> Entry:
    verb = next((code for code in MILESTONES if code in word.traits), "")
    slug = word.meaning if word.weight else ""
    text = word.word
    rests = [text[size:] for size in range(2, len(text)) if text[:size] in listed]
    return Entry(
        text,
        len(text),
        slug,
        word.weight,
        verb,
        opens=verb not in ("", "level"),
        strong=not word.traits.isdisjoint(("end_state", "strong")),
        ambiguous_with=frozenset[str]().union(*(following.get(rest, ()) for rest in rests)),
        rule="cat." + slug,
        traits=_traits(word, verb),
        **{name: name in word.traits for name in _PROPERTIES},
    )


def entries() -> dict[str, Entry]:
    """Every word of two characters and more that is a noun, a verb, an adverb or general vocabulary."""
    told = {"adverb", "general", *MILESTONES}
    words = [word for word in wordlist.listed().values() if len(word.word) > 1]
    words = [word for word in words if word.weight or not told.isdisjoint(word.traits)]
    listed = frozenset(word.word for word in words)
    following = _following(listed)
    return {word.word: _entry(word, listed, following) for word in words}


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


def _endings(everyday: Iterable[str]) -> dict[str, frozenset[str]]:
    """By two characters: the third ones of everyday words, and nothing as one of them where the two are a word."""
    found: dict[str, set[str]] = {}
    for word in everyday:
        found.setdefault(word[:2], set()).add(word[2:])
    return {pair: frozenset(thirds) for pair, thirds in found.items()}


EVERYDAY = wordlist.everyday()
EVERYDAY_ENDINGS = _endings(EVERYDAY)
