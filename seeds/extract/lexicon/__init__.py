"""The word lists as one index, looked up by the first two characters of a word."""

from dataclasses import dataclass
from importlib.resources import files

from seeds.extract.lexicon import actions, business, people, works


@dataclass(frozen=True, slots=True)
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
    """The yes-or-no properties of verbs, by the field of :class:`Entry` that holds them."""
    end_states = frozenset(actions.END_STATES.split())
    return {
        "adverb": frozenset(actions.ADVERBS.split()),
        "end_state": end_states,
        "firm": end_states | frozenset(actions.FIRM.split()),
        "soft": frozenset(actions.SOFT.split()),
        "nominal": frozenset(actions.NOMINAL.split()),
        "honour": frozenset(actions.HONOURS.split()),
    }


def entries() -> dict[str, Entry]:
    """Every listed word of two characters and more."""
    nouns, sets = _nouns(), _sets()
    verbs = {word: milestone for milestone, words in VERBS.items() for word in words.split()}
    found = {}
    for word in {*nouns, *verbs, *sets["adverb"], *actions.GENERIC.split()}:
        if len(word) > 1:
            slug, weight = nouns.get(word, ("", 0))
            found[word] = Entry(word, len(word), slug, weight, verbs.get(word, ""), **{key: word in words for key, words in sets.items()})
    return found


def _sizes(words: dict[str, Entry]) -> dict[str, tuple[int, ...]]:
    """The lengths of the words that begin with the same two characters, the longest first."""
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[:2], set()).add(len(word))
    return {pair: tuple(sorted(found, reverse=True)) for pair, found in sizes.items()}


def _rivals(words: dict[str, Entry]) -> dict[str, tuple[Entry, ...]]:
    """For a word that begins with another word, the shorter ones: 建成区 → 建成."""
    found = {}
    for word in words:
        shorter = tuple(words[word[:size]] for size in range(len(word) - 1, 1, -1) if word[:size] in words)
        if shorter:
            found[word] = shorter
    return found


WORDS = entries()
SIZES = _sizes(WORDS)
RIVALS = _rivals(WORDS)


def _everyday() -> frozenset[str]:
    text = files("seeds.extract.lexicon").joinpath("everyday.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


EVERYDAY = _everyday()
