"""What the columns of an official table mean, told by their headers, and by their cells where a header is unusual."""

import re
from collections.abc import Iterable, Sequence

from seeds.reading.blocks import Cell
from seeds.sheets import cells
from seeds.sheets.vocabulary import headers

NUMBER, SECTION, TASK, TARGET, LEAD, COOPERATING, DEADLINE = (
    "number", "section", "task", "target", "lead", "cooperating", "deadline",
)  # fmt: skip
PROGRESS, STAGE, PERCENT, WORD, NOTES, IGNORED = "progress", "stage", "percent", "word", "notes", "ignored"
ADDRESS = "address"
OUTCOME = frozenset({PROGRESS, STAGE, PERCENT, WORD})

_SECTION_FIRST = re.compile(r"(?!.*(?:完成|进度|进展|办理|结果)).*(?:类别|分类|领域|板块|类型)$")
_LONGEST_HEADER = 24
_MARKS = re.compile(r"[\s　★☆*：:]+")
_MOSTLY = 0.6
_LEAST = 3


def plain(header: str) -> str:
    """A header without blanks, which often space out its characters, and without marks."""
    return _MARKS.sub("", header)


def meaning_of(header: str) -> str | None:
    """What a header says its column holds; ``None`` for words that are no known header."""
    words = plain(header)
    if not words or len(words) > _LONGEST_HEADER or "。" in words or "；" in words:
        return None
    if _SECTION_FIRST.fullmatch(words):
        return SECTION
    return next((meaning for meaning, pattern in headers() if pattern.fullmatch(words)), None)


def meaning_of_path(path: Sequence[str]) -> str | None:
    """What a column under several headers holds: the lowest decides, unless only the ones above it tell."""
    meanings = [meaning_of(header) for header in path]
    if len(path) > 1 and meanings[-1] in (STAGE, None) and PROGRESS in meanings[:-1]:
        return STAGE if meanings[-1] == STAGE else PROGRESS
    if len(path) > 1 and meanings[-1] in (LEAD, None) and LEAD in meanings[:-1]:
        return LEAD
    return next((meaning for meaning in reversed(meanings) if meaning), None)


def inferred(column: Iterable[Cell | None]) -> str | None:
    """What a column holds by its cells alone."""
    texts = [cell.text for cell in column if cell is not None]
    if len(texts) < _LEAST:
        return None
    for meaning, fits in _BY_CELLS:
        if sum(map(fits, texts)) >= _MOSTLY * len(texts):
            return meaning
    return None


_BY_CELLS = (
    (NUMBER, cells.is_number),
    (DEADLINE, cells.is_deadline),
    (PERCENT, cells.is_percent),
    (WORD, cells.is_official_word),
    (LEAD, cells.is_unit),
)
