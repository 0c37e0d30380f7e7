"""Words of a clause, by the longest known word, one word of look-ahead where words overlap."""

from typing import NamedTuple

from seeds.extract.lexicon import RIVALS, STARTS, Entry


class Token(NamedTuple):
    """One known word of the text; what lies between two tokens is unknown, so most likely a name."""

    start: int
    end: int
    entry: Entry


def _longest(text: str, at: int, end: int) -> int:
    start = STARTS.get(text[at : at + 2])
    if start is None or at + 2 > end:
        return 0
    if isinstance(start, Entry):
        return 2
    alone, longer = start
    for entry in longer.get(text[at + 2 : at + 3], ()):
        if text.startswith(entry.word, at, end):
            return entry.size
    return 2 if alone else 0


def _contested(text: str, end: int, at: int, entry: Entry) -> Entry:
    """Of words that begin alike, the one that covers most together with the word behind it; the longest on a tie."""
    best, reach = entry, 0
    for rival in RIVALS[entry.word]:
        covered = rival.size + _longest(text, at + rival.size, end)
        if covered > entry.size:
            # Only now it matters what stands behind the longest word.
            reach = reach or entry.size + _longest(text, at + entry.size, end)
            if covered > reach:
                best, reach = rival, covered
    return best


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The known words of ``text[start:end]`` in order."""
    found: list[Token] = []
    begins = STARTS.get
    new = tuple.__new__  # half the time of Token(…), in the busiest loop of the extractor
    at, last = start, end - 1
    while at < last:
        entry = begins(text[at : at + 2])
        if isinstance(entry, tuple):
            entry, longer = entry
            third = text[at + 2 : at + 3]
            if third in longer:
                for candidate in longer[third]:
                    if text.startswith(candidate.word, at, end):
                        entry = _contested(text, end, at, candidate) if candidate.contested else candidate
                        break
        if entry is None:
            at += 1
            continue
        stop = at + entry.size
        found.append(new(Token, (at, stop, entry)))
        at = stop
    return found


def gaps(tokens: list[Token], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of ``start`` to ``end`` between the known words."""
    found, at = [], start
    for left, right, _ in tokens:
        if right <= start:
            continue
        if left >= end:
            break
        if left > at:
            found.append((at, left))
        at = right
    if end > at:
        found.append((at, end))
    return found
