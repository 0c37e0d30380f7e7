"""A list as an XLSX workbook: real dates and numbers, a header that stays, written row by row at flat memory."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import chain
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from projects.api.exports.rows import Batch
from projects.api.exports.table import Column, cells

# What the format allows in one cell; XLSX has no place for more.
_LONGEST = 32_767
_WIDE, _NARROW = 40, 14
_WIDE_COLUMNS = frozenset({"quote", "title", "title_en", "note", "note_en", "delay_note", "section", "name", "name_en"})
_OPTIONS = {
    "constant_memory": True,
    # Text stays text: nothing in a report becomes a formula or a link.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(file: IO[bytes], columns: list[Column], header: list[str], batches: Iterable[Batch], *, sheet: str) -> None:
    """Write the workbook to an open file."""
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            page.set_column(number, number, _WIDE if column.path[-1] in _WIDE_COLUMNS else _NARROW)
        page.write_row(0, 0, header, book.add_format({"bold": True}))
        last = _write_rows(page, columns, batches, _writers(book))
        page.autofilter(0, 0, last, len(columns) - 1)


_Writer = Callable[[Worksheet, int, int, Any], object]


def _writers(book: xlsxwriter.Workbook) -> dict[type[Any], _Writer]:
    """Return how each type of cell is written."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    return {
        str: lambda page, row, column, cell: page.write_string(row, column, cell[:_LONGEST]),
        bool: lambda page, row, column, cell: page.write_boolean(row, column, cell),
        int: lambda page, row, column, cell: page.write_number(row, column, cell),
        float: lambda page, row, column, cell: page.write_number(row, column, cell),
        date: lambda page, row, column, cell: page.write_datetime(row, column, cell, day),
        datetime: lambda page, row, column, cell: page.write_datetime(row, column, cell, moment),
    }


def _write_rows(
    page: Worksheet, columns: list[Column], batches: Iterable[Batch], writers: dict[type[Any], _Writer]
) -> int:
    """Write the rows below the header; return the number of the last one."""
    last = 0
    for row in chain.from_iterable(batches):
        last += 1
        for place, cell in enumerate(cells(columns, row)):
            if cell is not None and cell != "":
                writers[type(cell)](page, last, place, cell)
    return last
