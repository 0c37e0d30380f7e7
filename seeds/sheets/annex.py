"""Tables within a report's text: which of their cells promise something, and by when each row does.

In the text a row is a line and a tab parts two cells. What is no task (numbers, units, days, results) is blanked, and
each cell's edge becomes the end of a sentence, so that nothing that is found goes beyond its cell; lengths stay.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from seeds.reading.blocks import table_of
from seeds.sheets import columns
from seeds.sheets.dates import deadline
from seeds.sheets.rows import Stretch, stretches

_TABLE = re.compile(r"(?:[^\n]*\t[^\n]*(?:\n|\Z)){2,}")
_LINE = re.compile(r"[^\n]*")
_END = "。"
_TASKS = frozenset((columns.TASK, columns.TARGET))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which a row's tasks are due, and where the row stands in the text."""

    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True)
class Masked:
    """A text of the same length in which tables hold their tasks alone, and the deadlines of their rows."""

    text: str
    deadlines: tuple[Deadline, ...] = ()

    def due(self, start: int, end: int) -> date | None:
        """The deadline of the row that holds a span."""
        return next((one.day for one in self.deadlines if one.start <= start and end <= one.end), None)


def masked(text: str, year: int | None) -> Masked:
    """Mask the tables of a text whose header says which cells are tasks; all else stays as it is."""
    if "\t" not in text:
        return Masked(text)
    parts: list[str] = []
    deadlines: list[Deadline] = []
    at = 0
    for found in _TABLE.finditer(text):
        table = _table(text, found.start(), found.end(), year)
        if table is not None:
            parts += [text[at : found.start()], table.text]
            deadlines += table.deadlines
            at = found.end()
    return Masked("".join([*parts, text[at:]]), tuple(deadlines))


Span = tuple[int, int]


def _table(text: str, start: int, end: int, year: int | None) -> Masked | None:
    rows = [list(_cells(text, *line.span())) for line in _LINE.finditer(text, start, end) if line.start() < line.end()]
    table = table_of([[text[left:right].strip() for left, right in row] for row in rows])
    parts = [part for part in stretches(table.grid()) if _TASKS & set(part.meanings)]
    if not parts:
        return None
    kept = {span for part in parts for row in rows[part.start : part.end] for span in _tasks(row, part)}
    deadlines = [one for part in parts for row in rows[part.start : part.end] for one in _deadline(text, row, part, year)]
    return Masked(_blanked(text, start, end, kept), tuple(deadlines))


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans of a line's cells."""
    at = start
    for cell in text[start:end].split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1


def _tasks(row: Sequence[Span], part: Stretch) -> Iterator[Span]:
    """The cells of a row that say what is to be done, and by the thing that it is done to, if that stands apart."""
    spans = [span for span, meaning in zip(row, part.meanings, strict=False) if meaning == columns.TASK]
    return (span for span in spans if span[0] < span[1])


def _deadline(text: str, row: Sequence[Span], part: Stretch, year: int | None) -> Iterator[Deadline]:
    for (left, right), meaning in zip(row, part.meanings, strict=False):
        if meaning == columns.DEADLINE and year is not None and (day := deadline(text[left:right], year)):
            yield Deadline(row[0][0], row[-1][1], day)


def _blanked(text: str, start: int, end: int, kept: set[Span]) -> str:
    """The table as one paragraph: its tasks, each ended, and blanks."""
    characters = [" "] * (end - start)
    for left, right in kept:
        characters[left - start : right - start] = text[left:right].replace("\n", " ")
        if right < end:
            characters[right - start] = _END
    if text[end - 1] == "\n":
        characters[-1] = "\n"
    return "".join(characters)
