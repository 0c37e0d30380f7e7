"""Tables as files: CSV (RFC 4180, UTF-8) that a spreadsheet opens without running anything, and XLSX workbooks."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import FastExcel, Format

from projects.api.exports.row_batches import Batch
from projects.api.exports.table import OFFICE_HEADER, Cell, Column, cells

BOM = "\ufeff"
# A spreadsheet takes text that begins so for a formula.
# Where Chinese is written, full-width signs count as well.
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# What XLSX allows in one cell, and its first year; it has no place for more.
_LONGEST, _FIRST_YEAR = 32_767, 1900
_WIDE, _NARROW = 40, 14
_WIDE_COLUMNS = frozenset({"quote", "title", "title_en", "note", "note_en", "delay_note", "section", "name", "name_en"})
_PATTERNS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss"}


def harmless(cell: Cell) -> str | int | float:
    """Return a cell as CSV writes it; text that a spreadsheet would run gets an apostrophe in front."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return f"{cell.isoformat()}Z"
        case str():
            return f"'{cell}" if cell.startswith(_FORMULAS) else cell
        case int() | float():
            return cell
    return cell.isoformat()


def csv_lines(columns: list[Column], header: list[str], batches: Iterable[Batch], *, bom: bool) -> Iterator[bytes]:
    """Yield the header, then the rows batch by batch."""
    yield (BOM if bom else "").encode() + _csv([header])
    for batch in batches:
        yield _csv([[harmless(cell) for cell in cells(columns, row)] for row in batch])


def _csv(rows: Iterable[Iterable[str | int | float]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def write_workbook(
    path: Path, columns: list[Column], header: list[str], batches: Iterable[Batch], *, sheet: str
) -> None:
    """Write an XLSX file row by row at flat memory, with real dates and numbers and a header that stays.

    What the rows raise comes through. A header is unlike any other in its row.
    """
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


def write_office_sheet(path: Path, rows: Iterable[dict[str, Cell]], title: str) -> None:
    """Write the offices' own sheet: a title above the header, made for paper in landscape, one answer a cell."""
    widths: dict[str, float] = dict(zip(OFFICE_HEADER, (6, 44, 18, 18, 16, 40, 12, 12, 14), strict=True))
    first = iter(rows)
    book = FastExcel(str(path), output_format="xlsx").freeze(row=2)
    book.sheet(
        "任务推进情况",
        chain([next(first, dict.fromkeys(OFFICE_HEADER))], first),
        header_row=1,
        merge_ranges=[(0, 0, 0, len(OFFICE_HEADER) - 1, title, Format().set_bold().set_align("center"))],
        header_format=Format().set_bold().set_border("thin").set_align("center"),
        column_widths=widths,
        column_formats={name: Format().set_text_wrap().set_border("thin").set_align("top") for name in OFFICE_HEADER},
        page_setup={"landscape": True, "paper_size": 9, "fit_to_pages": (1, 0), "repeat_rows": 1},
        data_validations={"是否达序时": {"type": "list", "values": ["是", "否"], "ignore_blank": True}},
    ).save()
