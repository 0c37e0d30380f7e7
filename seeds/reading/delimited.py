"""Tables in plain text: comma-separated values, and lines whose cells are parted by tabs."""

import csv
import io
from collections.abc import Iterator
from itertools import groupby

from seeds.reading.blocks import MOST_ROWS, Block, Paragraph, table_of
from seeds.reading.limits import Limits
from seeds.reading.messages import UnreadableDocumentError

_MARKS = (",", "\t", ";", "，")
_SAMPLE = 65_536


def read_delimited(text: str, limits: Limits) -> list[Block]:
    """Return the table that a file of comma-separated values holds; the mark is whichever parts it into most fields."""
    text = text.removeprefix("\ufeff")
    limits.check_length(text)
    mark = max(_MARKS, key=text[:_SAMPLE].count)
    try:
        rows = list(_rows(text, mark))
    except csv.Error as error:
        raise UnreadableDocumentError("broken", format="CSV", reason=str(error)) from error
    return [table_of(rows)]


def _rows(text: str, mark: str) -> Iterator[list[str]]:
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark)):
        if number == MOST_ROWS:
            return
        yield ["\n".join(filter(None, map(str.strip, field.splitlines()))) for field in row]


def blocks_of_text(text: str) -> list[Block]:
    """The paragraphs of a plain text, a line each; lines of cells parted by tabs make a table."""
    blocks: list[Block] = []
    lines = (line.strip(" \u3000\r") for line in text.removeprefix("\ufeff").split("\n"))
    for is_row, run in groupby((line for line in lines if line.strip()), key=lambda line: "\t" in line.strip()):
        rows = list(run)
        if is_row and len(rows) > 1:
            blocks.append(table_of([[cell.strip() for cell in row.split("\t")] for row in rows]))
        else:
            blocks += [Paragraph(row.strip()) for row in rows]
    return blocks
