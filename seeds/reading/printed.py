"""The tables of printed pages: characters into the cells that lines rule, and parts on several pages into one table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from seeds.reading.blocks import Block, Cell, Paragraph, Table, stacked
from seeds.reading.glyphs import Glyphs
from seeds.reading.lattice import Lattice, Rule, lattices
from seeds.reading.layout import Page, PrintedTable, cell_text, join
from seeds.reading.unruled import unruled

_LEAST_CELLS = 4
_HIGHEST_HEADER = 5
# How much the edges of a table may differ from page to page, in points.
_SAME_EDGE = 6.0
Place = tuple[int, int]


def printed(
    glyphs: Glyphs, rules: Iterable[Rule], size: tuple[float, float], number: int, above: Page | None = None
) -> Page:
    """A page's lines and tables; ``number`` is the page's, counted from 1, ``above`` the page before."""
    taken: set[int] = set()
    tables = []
    for lattice in lattices(rules):
        cells = _cells(glyphs, lattice, taken)
        if len(cells) >= _LEAST_CELLS:
            taken.update(index for indices in cells.values() for index in indices)
            table = Table(tuple(_table_cells(glyphs, lattice, cells)), page=number)
            tables.append(PrintedTable(table, number, lattice.top, lattice.columns))
    if tables:
        return Page(tuple(glyphs.lines(taken)), *size, tuple(tables))
    last = above.tables[-1] if above and above.tables and not above.tables[-1].ruled else None
    found = unruled(glyphs.pieces(), number, last)
    if found is None:
        return Page(tuple(glyphs.lines()), *size)
    return Page(tuple(piece for piece in glyphs.pieces() if piece not in found[1]), *size, found[:1])


def _cells(glyphs: Glyphs, lattice: Lattice, taken: set[int]) -> dict[Place, list[int]]:
    """The indices of the characters in each cell, in reading order."""
    cells: dict[Place, list[int]] = defaultdict(list)
    for index, character in enumerate(glyphs.characters):
        if character.strip() and index not in taken:
            left, bottom, right, top = glyphs.box(index)
            place = lattice.at((left + right) / 2, (bottom + top) / 2)
            if place is not None:
                cells[place].append(index)
    return cells


def _table_cells(glyphs: Glyphs, lattice: Lattice, cells: dict[Place, list[int]]) -> list[Cell]:
    spans = lattice.spans()
    made = []
    for place, indices in sorted(cells.items()):
        text = cell_text(
            [line for run in glyphs.by_line(indices) for line in glyphs.line(run)], lattice.right_of(place)
        )
        if text:
            made.append(Cell(text, *place, *spans[place]))
    return made


def joined(blocks: Iterable[Paragraph | PrintedTable]) -> list[Block]:
    """The blocks, a table that goes on over page ends as one, its header said once and its cut rows whole."""
    whole: list[Paragraph | PrintedTable] = []
    for block in blocks:
        above = whole[-1] if whole else None
        if isinstance(block, PrintedTable) and isinstance(above, PrintedTable) and _goes_on(above, block):
            whole[-1] = replace(block, table=_one_table(above.table, block.table))
        else:
            whole.append(block)
    return [block.table if isinstance(block, PrintedTable) else block for block in whole]


def _goes_on(above: PrintedTable, below: PrintedTable) -> bool:
    return (
        above.page + 1 == below.page
        and len(above.columns) == len(below.columns)
        and all(abs(one - other) <= _SAME_EDGE for one, other in zip(above.columns, below.columns, strict=True))
    )


def _one_table(above: Table, below: Table) -> Table:
    upper, lower = _rows(above), _rows(below)
    first = next((at for at in range(min(_HIGHEST_HEADER, len(upper))) if upper[at] == lower[0]), None)
    skip = 0
    if first is not None:
        while skip < len(lower) and first + skip < len(upper) and upper[first + skip] == lower[skip]:
            skip += 1
    if skip < len(lower) and _is_cut(upper, lower[skip]):
        return stacked(_with_rest(above, below, skip), below, skip + 1)
    return stacked(above, below, skip)


def _rows(table: Table) -> list[dict[int, str]]:
    rows: list[dict[int, str]] = [{} for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def _is_cut(upper: list[dict[int, str]], row: dict[int, str]) -> bool:
    """Whether a row goes on with the last one of the page before: it has no number, and the others have."""
    numbered = sum(0 in other for other in upper)
    return bool(row) and 0 not in row and 0 in upper[-1] and len(upper[-1]) > 1 and 2 * numbered > len(upper)


def _with_rest(above: Table, below: Table, row: int) -> Table:
    """The upper part with a row of the lower one added to its last."""
    last = above.height - 1
    rest = {cell.column: cell for cell in below.cells if cell.row == row}
    cells = [
        replace(cell, text=join(cell.text, rest.pop(cell.column).text))
        if cell.row == last and cell.column in rest
        else cell
        for cell in above.cells
    ]
    cells += [replace(cell, row=last, rows=1) for cell in rest.values()]
    return replace(above, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
