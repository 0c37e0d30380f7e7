"""Tables within a report's text: which of their cells promise something, and by when each row does.

In the text a row is a line and a tab parts two cells. What is no task (numbers, units, days, results) is blanked, and
each cell's edge becomes the end of a sentence, so that nothing that is found goes beyond its cell; lengths stay.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from seeds.reading.blocks import table_of
from seeds.sheets import columns
from seeds.sheets.dates import deadline
from seeds.sheets.rows import Stretch, stretches

_TABLE = re.compile(r"(?:[^\n]*\t[^\n]*(?:\n|\Z))+")
_LINE = re.compile(r"[^\n]*")
_END = "。"
_LONGEST_TITLES = 200


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which a row's tasks are due, and where the row stands in the text."""

    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True)
class NamedTask:
    """A task of which the cell before names the thing: where its name and where its own words stand in the text."""

    name: "Span"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text of the same length in which tables hold their tasks alone, and the deadlines of their rows."""

    text: str
    deadlines: tuple[Deadline, ...] = ()
    named: tuple[NamedTask, ...] = ()

    def with_names(self, text: str, tasks: Iterable[NamedTask]) -> str:
        """The masked text with the names of some tasks before them, as ``text`` has them."""
        shown = list(self.text)
        for task in tasks:
            shown[slice(*task.name)] = text[slice(*task.name)]
            shown[task.name[1] : task.start] = " " * (task.start - task.name[1])
        return "".join(shown)

    def due(self, start: int, end: int) -> date | None:
        """The deadline of the row that holds a span."""
        return next((one.day for one in self.deadlines if one.start <= start and end <= one.end), None)


def masked(text: str, year: int | None) -> Masked:
    """Mask the tables of a text whose header says which cells are tasks; all else stays as it is."""
    if "\t" not in text:
        return Masked(text)
    parts: list[str] = []
    deadlines: list[Deadline] = []
    named: list[NamedTask] = []
    at = 0
    known: Stretch | None = None
    for found in _TABLE.finditer(text):
        between = text[at : found.start()]
        # The titles of a table's sections stand on lines of their own, and its header is not said again below them.
        known = known if len(between) <= _LONGEST_TITLES and _END not in between else None
        rows = _rows_of(text, *found.span())
        stretched = stretches(table_of([[text[left:right].strip() for left, right in row] for row in rows]).grid())
        under = [Stretch(0, len(rows), known.columns)] if known and not stretched else stretched
        if not any(columns.TASK in part.meanings for part in under):
            continue
        known = under[-1]
        parts += [between, _blanked(text, *found.span(), set(_tasks(rows, under)))]
        deadlines += _deadlines(text, rows, under, year)
        named += _named(rows, under)
        at = found.end()
    return Masked("".join([*parts, text[at:]]), tuple(deadlines), tuple(named))


Span = tuple[int, int]


def _rows_of(text: str, start: int, end: int) -> list[list[Span]]:
    return [list(_cells(text, *line.span())) for line in _LINE.finditer(text, start, end) if line.start() < line.end()]


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for cell in text[start:end].split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1


def _below(rows: list[list[Span]], parts: Sequence[Stretch], meaning: str) -> Iterator[tuple[list[Span], Span]]:
    """Each row with its cells of a meaning."""
    for part in parts:
        for row in rows[part.start : part.end]:
            for span, told in zip(row, part.meanings, strict=False):
                if told == meaning and span[0] < span[1]:
                    yield row, span


def _tasks(rows: list[list[Span]], parts: Sequence[Stretch]) -> Iterator[Span]:
    """The cells that say what is to be done."""
    return (span for _, span in _below(rows, parts, columns.TASK))


def _named(rows: list[list[Span]], parts: Sequence[Stretch]) -> Iterator[NamedTask]:
    """The tasks that stand right behind the cell that names their thing."""
    for part in parts:
        for row in rows[part.start : part.end]:
            for (name, told), (task, meaning) in pairwise(zip(row, part.meanings, strict=False)):
                if (told, meaning) == (columns.TARGET, columns.TASK) and name[0] < name[1] and task[0] < task[1]:
                    yield NamedTask(name, *task)


def _deadlines(text: str, rows: list[list[Span]], parts: Sequence[Stretch], year: int | None) -> Iterator[Deadline]:
    for row, (left, right) in _below(rows, parts, columns.DEADLINE):
        if year is not None and (day := deadline(text[left:right], year)):
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
