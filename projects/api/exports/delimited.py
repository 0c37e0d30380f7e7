"""A list as CSV (RFC 4180, UTF-8) that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from projects.api.exports.rows import Batch
from projects.api.exports.table import Cell, Column, cells

BOM = "\ufeff"
# A spreadsheet takes text that begins so for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: Cell) -> str | int | float:
    """Return a cell as it is written; text that a spreadsheet would run gets an apostrophe in front."""
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


def lines(columns: list[Column], header: list[str], batches: Iterable[Batch], *, bom: bool) -> Iterator[bytes]:
    """Yield the header, then the rows batch by batch."""
    yield (BOM if bom else "").encode() + _written([header])
    for batch in batches:
        yield _written([[harmless(cell) for cell in cells(columns, row)] for row in batch])


def _written(rows: Iterable[Iterable[str | int | float]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
