"""An Excel workbook: a table for each visible sheet, its cells as they are shown."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Protocol, cast

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from seeds.reading.archive import Unpacker, opened, transitional
from seeds.reading.blocks import MOST_COLUMNS, MOST_ROWS, Block, Cell, Table
from seeds.reading.limits import Limits
from seeds.reading.messages import UnreadableDocumentError

# What holds cells and their looks; pictures, charts and links to other files are left packed.
_WANTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml|docProps/(?:core|app)\.xml"
)
_DAMAGE = (
    InvalidFileException,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
)
_MERGED = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_DECIMALS = re.compile(r"\.(0+)")
_MOST_MERGED = 50_000
# Excel itself keeps 64,000 looks of cells; the library takes a kilobyte for each.
_STYLES, _STYLE_LIMITS = "xl/styles.xml", Limits(max_elements=200_000)


def read_workbook(data: bytes, limits: Limits) -> list[Block]:
    """Return a table for each sheet that is shown and holds anything."""
    packed = _copy(data, limits)
    try:
        book = openpyxl.load_workbook(io.BytesIO(packed), read_only=True, data_only=True)
        return [table for sheet in _sheets(book) if (table := _table(sheet, limits)).cells]
    except _DAMAGE as error:
        raise UnreadableDocumentError("broken", format="XLSX", reason=str(error) or type(error).__name__) from error


def _copy(data: bytes, limits: Limits) -> bytes:
    """The workbook with the entries that are read, so that nothing else is ever unpacked."""
    out = io.BytesIO()
    with opened(data, "XLSX") as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        unpacker = Unpacker(archive, limits)
        for name in filter(_WANTED.fullmatch, dict.fromkeys(archive.namelist())):
            part = unpacker.read(name)
            if name == _STYLES:
                _STYLE_LIMITS.check_elements(part)
            copy.writestr(name, transitional(part))
    return out.getvalue()


class _Cell(Protocol):
    """What the library gives of a cell."""

    value: object
    number_format: str
    row: int
    column: int


class _Sheet(Protocol):
    """A sheet that the library reads as a stream; its own annotations are those of the sheets that it holds whole."""

    title: str
    sheet_state: str

    def iter_rows(self, *, max_row: int, max_col: int) -> Iterable[Iterable[_Cell]]:
        """The cells, row by row."""

    def _get_source(self) -> AbstractContextManager[IO[bytes]]:
        """The sheet's XML."""


def _sheets(book: Workbook) -> Iterator[_Sheet]:
    return (sheet for sheet in cast("list[_Sheet]", book.worksheets) if sheet.sheet_state == "visible")


def _table(sheet: _Sheet, limits: Limits) -> Table:
    merged = dict(_merged(sheet))
    cells: list[Cell] = []
    held = 0
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for cell in (cell for row in rows for cell in row):
        text = _shown(cell)
        if text:
            row, column = cell.row - 1, cell.column - 1
            cells.append(Cell(text, row, column, *merged.get((row, column), (1, 1))))
            held += len(text)
            if held > limits.max_characters:
                raise UnreadableDocumentError("too_long", limit=limits.max_characters)
    return Table(tuple(cells), sheet.title)


def _merged(sheet: _Sheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where each merged range begins, with its rows and columns; when the library streams, it skips them."""
    with sheet._get_source() as source:
        for _, element in islice(etree.iterparse(source, tag=_MERGED, resolve_entities=False), _MOST_MERGED):
            found = _RANGE.fullmatch(element.get("ref", ""))
            element.clear()
            if found:
                left, right = _column(found[1]), _column(found[3])
                top, bottom = int(found[2]), int(found[4])
                yield (top - 1, left - 1), (max(1, bottom - top + 1), max(1, right - left + 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _shown(cell: _Cell) -> str:
    """A cell's value as the sheet shows it: 0.543 as 54.3%, a day as 2025年6月30日, a whole number without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "")
    if isinstance(value, (date, datetime)):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.isoformat("minutes")
    lines = (line.strip() for line in str(value).replace("_x000D_", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def _number(value: float, form: str) -> str:
    if "%" not in form:
        return f"{value:.12g}"
    decimals = _DECIMALS.search(form)
    return f"{value * 100:.{len(decimals[1]) if decimals else 0}f}%"
