"""The category of a piece, by the head of its object: the last of its weightiest nouns.

Rules: ``cat.<slug>`` (a listed noun), ``cat.suffix`` (an unknown name that ends in 路, 桥, 湖 …), ``cat.first`` (a list of
names: the first decides), ``cat.inherited`` (an object left out), ``cat.none`` (no known noun: economy).
"""

import re
from typing import NamedTuple

from seeds.extract.tokens import Token

# What the last character of an unknown name says.
SUFFIXES = {
    "路": "transport", "街": "transport", "巷": "transport", "桥": "transport", "港": "transport", "站": "transport", "线": "transport", "段": "transport",
    "河": "water_sanitation", "江": "water_sanitation", "湖": "water_sanitation", "渠": "water_sanitation", "溪": "water_sanitation",
    "馆": "culture_sports", "村": "rural", "镇": "rural", "校": "education", "苑": "housing", "府": "", "山": "environment",
}
_NAME_LIST = re.compile(r"等")


class Noun(NamedTuple):
    """A word that speaks for a category: where it ends, how much it weighs, the rule."""

    end: int
    weight: int
    slug: str
    rule: str


def gaps(tokens: list[Token], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between the known words."""
    found, at = [], start
    for token in tokens:
        if token.start > at:
            found.append((at, token.start))
        at = token.end
    if end > at:
        found.append((at, end))
    return found


def nouns(text: str, tokens: list[Token], start: int, end: int) -> list[Noun]:
    """Every word between ``start`` and ``end`` that speaks for a category, in order."""
    inside = [token for token in tokens if token.start >= start and token.end <= end]
    found = [Noun(t.end, t.entry.weight, t.entry.slug, "cat." + t.entry.slug) for t in inside if t.entry.slug]
    for left, right in gaps(inside, start, end):
        for at in range(left + 1, right):
            slug = SUFFIXES.get(text[at])
            if slug and (at + 1 == right or not "\u4e00" <= text[at + 1] <= "\u9fff" or text[at + 1] in "等和及与"):
                bare = at + 1 == right and any(token.start == right and not token.entry.verb for token in inside)
                found.append(Noun(at + 1, 1 if bare else 2, slug, "cat.suffix"))
    found.sort()
    return found


def decide(found: list[Noun]) -> Noun | None:
    """The last of the weightiest."""
    best: Noun | None = None
    for noun in found:
        if best is None or noun.weight >= best.weight:
            best = noun
    return best
