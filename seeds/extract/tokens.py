"""Words of a clause, by the longest known word, one word of look-ahead where words overlap."""

from typing import NamedTuple

from seeds.extract.lexicon import INDEX, Entry


class Token(NamedTuple):
    """One known word of the text; what lies between two tokens is unknown, so most likely a name."""

    start: int
    end: int
    entry: Entry


def _longest(text: str, at: int, end: int) -> int:
    for entry in INDEX.get(text[at:at + 2], ()):
        if text.startswith(entry.word, at) and at + len(entry.word) <= end:
            return len(entry.word)
    return 0


def _choose(text: str, at: int, end: int, entries: tuple[Entry, ...]) -> Entry | None:
    """The word at ``at`` that, with the word behind it, covers most; the longer first word on a tie."""
    best: Entry | None = None
    best_reach = 0
    for entry in entries:
        size = len(entry.word)
        if at + size > end or not text.startswith(entry.word, at):
            continue
        if best is None and size == 2:
            return entry
        reach = size + _longest(text, at + size, end)
        if reach > best_reach:
            best, best_reach = entry, reach
    return best


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The known words of ``text[start:end]`` in order."""
    found: list[Token] = []
    get = INDEX.get
    at = start
    last = end - 1
    while at < last:
        entries = get(text[at:at + 2])
        if entries is not None:
            entry = _choose(text, at, end, entries)
            if entry is not None:
                found.append(Token(at, at + len(entry.word), entry))
                at += len(entry.word)
                continue
        at += 1
    return found
