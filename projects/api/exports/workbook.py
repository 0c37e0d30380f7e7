"""A list as an XLSX workbook: real dates and numbers, a header that stays, written row by row at flat memory."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import FastExcel, Format

from projects.api.exports.rows import Batch
from projects.api.exports.table import Cell, Column, cells

# What the format allows in one cell, and its first year; XLSX has no place for more.
_LONGEST, _FIRST_YEAR = 32_767, 1900
_WIDE, _NARROW = 40, 14
_WIDE_COLUMNS = frozenset({"quote", "title", "title_en", "note", "note_en", "delay_note", "section", "name", "name_en"})
_PATTERNS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss"}


def write(path: Path, columns: list[Column], header: list[str], batches: Iterable[Batch], *, sheet: str) -> None:
    """Write the workbook to a file; what the rows raise comes through. A header is unlike any other in its row."""
    rows = _rows(columns, header, batches)
    # The writer learns the columns from the first row: where there is none, an empty one tells them.
    first = next(rows, dict.fromkeys(header))
    named = list(zip(header, columns, strict=True))
    book = FastExcel(str(path), output_format="xlsx").freeze(row=1)
    book.sheet(
        sheet,
        chain([first], rows),
        autofilter=True,
        header_format=Format().set_bold(),
        column_widths={name: _WIDE if column.path[-1] in _WIDE_COLUMNS else _NARROW for name, column in named},
        column_formats={
            name: Format().set_num_format(_PATTERNS[column.kind]) for name, column in named if column.kind is not None
        },
    ).save()


def _rows(columns: list[Column], header: list[str], batches: Iterable[Batch]) -> Iterator[dict[str, Any]]:
    for row in chain.from_iterable(batches):
        yield {name: _fitting(cell) for name, cell in zip(header, cells(columns, row), strict=True)}


def _fitting(cell: Cell) -> Cell:
    """Return a cell that XLSX has a place for: a text cut where it ends, an older day than it knows as text."""
    if isinstance(cell, str):
        return cell[:_LONGEST]
    return cell.isoformat() if isinstance(cell, date) and cell.year < _FIRST_YEAR else cell
