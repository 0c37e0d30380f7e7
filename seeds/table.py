"""Statements as a table for a terminal, where a Chinese character takes two columns."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

ELLIPSIS = "…"
_GAP = "  "


def width(text: str) -> int:
    """How many columns a terminal needs for the text."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitted(text: str, columns: int) -> str:
    """The text cut with … or padded with spaces to exactly so many columns."""
    if width(text) > columns:
        kept, used = "", width(ELLIPSIS)
        for character in text:
            used += _columns(character)
            if used > columns:
                break
            kept += character
        text = kept + ELLIPSIS
    return text + " " * (columns - width(text))


def rows(header: Sequence[str], body: Iterable[Sequence[str]], columns: int) -> Iterator[str]:
    """Lines with every column as wide as its widest cell; the last one gets what is left of ``columns``."""
    cells = [header, *body]
    widths = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    rest = columns - sum(widths[:-1]) - len(_GAP) * (len(widths) - 1)
    widths[-1] = min(widths[-1], max(rest, width(header[-1])))
    for row in cells:
        yield _GAP.join(fitted(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()
