"""Words of a clause, by the longest known word, one word of look-ahead where words overlap."""

from typing import NamedTuple

from seeds.extract.lexicon import ALONE, SHARED, Entry


class Token(NamedTuple):
    """One known word of the text; what lies between two tokens is unknown, so most likely a name."""

    start: int
    end: int
    entry: Entry


def _longest(text: str, at: int, end: int) -> int:
    pair = text[at:at + 2]
    if pair in ALONE:
        return 2
    for entry in SHARED.get(pair, ()):
        if text.startswith(entry.word, at) and at + entry.size <= end:
            return entry.size
    return 0


def _choose(text: str, at: int, end: int, listed: tuple[Entry, ...]) -> Entry | None:
    """The word at ``at`` that, with the word behind it, covers most; the longer first word on a tie."""
    fitting = [entry for entry in listed if text.startswith(entry.word, at) and at + entry.size <= end]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    return max(fitting, key=lambda entry: entry.size + _longest(text, at + entry.size, end))


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The known words of ``text[start:end]`` in order."""
    found: list[Token] = []
    alone, shared = ALONE.get, SHARED.get
    at, last = start, end - 1
    while at < last:
        pair = text[at:at + 2]
        entry = alone(pair)
        if entry is None:
            listed = shared(pair)
            entry = _choose(text, at, end, listed) if listed is not None else None
            if entry is None:
                at += 1
                continue
        found.append(Token(at, at + entry.size, entry))
        at += entry.size
    return found


def gaps(tokens: list[Token], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of ``start`` to ``end`` between the known words."""
    found, at = [], start
    for token in tokens:
        if token.end <= start:
            continue
        if token.start >= end:
            break
        if token.start > at:
            found.append((at, token.start))
        at = token.end
    if end > at:
        found.append((at, end))
    return found
