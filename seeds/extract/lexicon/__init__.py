"""The word lists as one index, looked up by the first two characters of a word."""

from dataclasses import dataclass
from importlib.resources import files

from seeds.extract.lexicon import actions, business, people, works


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word can be: a noun of a category (with its weight), a verb of a milestone, an adverb, a generic word."""

    word: str
    slug: str = ""
    weight: int = 0
    verb: str = ""
    adverb: bool = False
    generic: bool = False


SINGLES = frozenset(word for word in actions.GENERIC.split() if len(word) == 1)
SINGLE_ADVERBS = frozenset(word for word in actions.ADVERBS.split() if len(word) == 1)
VERBS = {
    "complete": actions.COMPLETE,
    "start": actions.START,
    "plan": actions.PLAN,
    "progress": actions.PROGRESS,
    "level": actions.LEVEL,
}


def _nouns() -> dict[str, tuple[str, int]]:
    nouns: dict[str, tuple[str, int]] = {}
    for table in (business.WORDS, people.WORDS, works.WORDS):
        for slug, weights in table.items():
            for weight, words in weights.items():
                for word in words.split():
                    if word not in nouns or nouns[word][1] < weight:
                        nouns[word] = (slug, weight)
    return nouns


def _verbs() -> dict[str, str]:
    return {word: milestone for milestone, words in VERBS.items() for word in words.split()}


def _index() -> dict[str, tuple[Entry, ...]]:
    nouns, verbs = _nouns(), _verbs()
    adverbs, generic = set(actions.ADVERBS.split()), set(actions.GENERIC.split())
    index: dict[str, list[Entry]] = {}
    for word in {*nouns, *verbs, *adverbs, *generic}:
        if len(word) > 1:
            slug, weight = nouns.get(word, ("", 0))
            entry = Entry(word, slug, weight, verbs.get(word, ""), word in adverbs, word in generic)
            index.setdefault(word[:2], []).append(entry)
    return {key: tuple(sorted(entries, key=lambda entry: -len(entry.word))) for key, entries in index.items()}


INDEX = _index()


def _everyday() -> frozenset[str]:
    text = files("seeds.extract.lexicon").joinpath("everyday.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


EVERYDAY = _everyday()
