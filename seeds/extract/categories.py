"""The category of a piece, by the head of its object: the last of its weightiest nouns.

Rules: ``cat.<slug>`` (a listed noun), ``cat.suffix`` (an unknown name that ends in 路, 桥, 湖 …), ``cat.first``
(a list of names: the first decides), ``cat.inherited`` (an object left out), ``cat.none`` (no known noun: economy).
"""

import re
from typing import NamedTuple

from seeds.extract.tokens import Token, gaps

# What the last character of an unknown name says.
SUFFIXES = {
    "路": "transport",
    "街": "transport",
    "巷": "transport",
    "桥": "transport",
    "港": "transport",
    "站": "transport",
    "线": "transport",
    "段": "transport",
    "河": "water_sanitation",
    "江": "water_sanitation",
    "湖": "water_sanitation",
    "渠": "water_sanitation",
    "溪": "water_sanitation",
    "馆": "culture_sports",
    "村": "rural",
    "镇": "rural",
    "校": "education",
    "苑": "housing",
    "山": "environment",
}
_SUFFIX = re.compile(rf"[{''.join(SUFFIXES)}](?=$|[^\u4e00-\u9fff]|[等和及与])")
HEAD = 2


class Noun(NamedTuple):
    """A word that speaks for a category: where it ends, how much it weighs, the rule."""

    end: int
    weight: int
    slug: str
    rule: str


def _suffixed(text: str, tokens: list[Token], start: int, end: int) -> list[Noun]:
    """The unknown names that end in a telling character; one that only modifies the word behind it weighs less."""
    found = []
    for left, right in gaps(tokens, start, end):
        if right - left < 2:
            continue
        for match in _SUFFIX.finditer(text, left + 1, right):
            modifies = match.end() == right and any(token.start == right and not token.entry.verb for token in tokens)
            found.append(Noun(match.end(), 1 if modifies else HEAD, SUFFIXES[match[0]], "cat.suffix"))
    return found


def nouns(text: str, tokens: list[Token], start: int, end: int) -> list[Noun]:
    """Every word between ``start`` and ``end`` that speaks for a category, in order."""
    inside = [token for token in tokens if token.entry.slug and token.start >= start and token.end <= end]
    found = [Noun(token.end, token.entry.weight, token.entry.slug, "cat." + token.entry.slug) for token in inside]
    suffixed = _suffixed(text, tokens, start, end)
    return sorted(found + suffixed) if suffixed else found


def decide(found: list[Noun]) -> Noun | None:
    """The last of the weightiest."""
    best: Noun | None = None
    for noun in found:
        if best is None or noun.weight >= best.weight:
            best = noun
    return best


def head(text: str, tokens: list[Token], start: int, end: int) -> Noun | None:
    """The noun that decides the category of ``text[start:end]``."""
    return decide(nouns(text, tokens, start, end))
