"""What a document is made of: paragraphs and tables, a table's cells with their place and extent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

# A merged range may claim a million rows; nothing of an official table lies further out than this.
MOST_COLUMNS = 256
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, its paragraphs parted by line feeds, and the rows and columns it covers, counted from 0."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; ``page`` counts from 1 and is ``None`` where the format has no pages."""

    text: str
    page: int | None = None

    @property
    def lines(self) -> Iterator[str]:
        """The paragraph's lines in the document's text."""
        return iter(self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells, row by row; ``name`` is a sheet's, ``page`` the first that it stands on.

    ``header`` says how many rows at its beginning the format itself marks as the header; 0 where it does not say.
    """

    cells: tuple[Cell, ...]
    name: str = ""
    page: int | None = None
    header: int = 0

    @property
    def lines(self) -> Iterator[str]:
        """The table's lines in the document's text: one a row, the cells parted by tabs, a merged one said once."""
        for _, row in groupby(self.cells, key=lambda cell: cell.row):
            line = _line(list(row))
            if line:
                yield line

    @property
    def width(self) -> int:
        """The number of columns."""
        return min(MOST_COLUMNS, max((cell.column + cell.columns for cell in self.cells), default=0))

    @property
    def height(self) -> int:
        """The number of rows that hold anything."""
        return min(MOST_ROWS, max((cell.row + 1 for cell in self.cells), default=0))

    def grid(self) -> list[list[Cell | None]]:
        """Every position with the cell that covers it, so that a merged cell stands in each of its rows and columns."""
        height, width = self.height, self.width
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            for row in grid[cell.row : cell.row + cell.rows]:
                for column in range(cell.column, min(cell.column + cell.columns, width)):
                    row[column] = cell
        return grid


Block = Paragraph | Table


def text_of(blocks: Iterable[Block]) -> str:
    """The document's text: a line for each paragraph and each table row."""
    return "".join(f"{line}\n" for block in blocks for line in block.lines)


def table_of(rows: Iterable[Sequence[str]], name: str = "", page: int | None = None) -> Table:
    """A table without merged cells, from the texts of its rows."""
    cells = (
        Cell(text, number, column)
        for number, row in enumerate(rows)
        for column, text in enumerate(row[:MOST_COLUMNS])
        if text
    )
    return Table(tuple(cells), name, page)


def stacked(above: Table, below: Table, skip: int = 0) -> Table:
    """Two parts of one table as a whole; ``skip`` rows at the lower one's beginning repeat the header."""
    shift = above.height - skip
    moved = (replace(cell, row=cell.row + shift) for cell in below.cells if cell.row >= skip)
    return replace(above, cells=(*above.cells, *moved))


def _line(cells: Sequence[Cell]) -> str:
    parts: list[str] = []
    for cell in cells:
        parts += [""] * (cell.column - len(parts))
        parts.append(" ".join(part for part in cell.text.split("\n") if part))
    return "\t".join(parts).rstrip("\t")
