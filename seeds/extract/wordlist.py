"""The words of ``words/``: a word stands in one line, with its meaning, its weight and all its traits.

The meaning is a category (``nouns.tsv``), a milestone (``verbs.tsv``), ``general`` or ``adverb`` (``general.tsv``) or
the trait for which a rule looks (``phrases.tsv``); ``traits.tsv`` tells what each trait means. Beside these stand the
measure words, the endings of names, the everyday words and the weights of tense, which are tables of their own.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from seeds import tsv

LISTS = ("nouns", "verbs", "general", "phrases")
_NONE = "-"


class Word(NamedTuple):
    """One line; ``traits`` holds the meaning, too."""

    word: str
    meaning: str
    weight: int
    traits: frozenset[str]


def _word(word: str, meaning: str, weight: str = _NONE, traits: str = "") -> Word:
    return Word(word, meaning, 0 if weight == _NONE else int(weight), frozenset((meaning, *traits.split())))


def rows(name: str) -> tuple[tsv.Row, ...]:
    """The lines of one list."""
    return tsv.rows("seeds.extract", name)


@cache
def listed() -> dict[str, Word]:
    """Every word of the four lists."""
    return {row[0]: _word(*row) for name in LISTS for row in rows(name)}


@cache
def _by_trait() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in listed().values():
        for trait in entry.traits:
            found.setdefault(trait, []).append(entry.word)
    return found


def having(*traits: str) -> tuple[str, ...]:
    """The words that have one of the traits, the longest first; a trait that no word has is an error."""
    found = {word for trait in traits for word in _by_trait()[trait]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def one_of(*traits: str) -> str:
    """A pattern for any of the words that have one of the traits, the longest first."""
    return f"(?:{pattern(having(*traits))})"


def pattern(words: Iterable[str]) -> str:
    """Alternatives for the words, in their order but grouped by their first character, which makes the search fast."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(first + (f"(?:{'|'.join(rest)})" if rest != [""] else "") for first, rest in by_first.items())


def any_of(listed: str) -> str:
    """A pattern for any of the patterns that a text lists, in their order."""
    return f"(?:{'|'.join(listed.split())})"


def shortest(words: Iterable[str]) -> list[str]:
    """The words that contain none of the others."""
    kept: list[str] = []
    for word in sorted(set(words), key=lambda word: (len(word), word)):
        if not any(shorter in word for shorter in kept):
            kept.append(word)
    return kept


@cache
def _measures() -> dict[str, frozenset[str]]:
    return {word: frozenset(" ".join(traits).split()) for word, *traits in rows("measures")}


UNITS = tuple(sorted(_measures(), key=lambda unit: (-len(unit), unit)))


def measures(trait: str) -> frozenset[str]:
    return frozenset(word for word, traits in _measures().items() if trait in traits)


def suffixes(kind: str) -> dict[str, str]:
    """The category that the last character of a name tells: of any unknown name, or of a ``short`` one."""
    return {character: slug for character, written, slug in rows("suffixes") if written == kind}


def everyday() -> frozenset[str]:
    """Words so common that they are no names."""
    return frozenset((*having("everyday"), *(word for (word,) in rows("everyday"))))
