"""Tables that a page does not rule: the columns that its header's words and the blank strips below them tell."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from seeds.reading.blocks import Cell, Table
from seeds.reading.layout import PAGE_NUMBER, Line, PrintedTable, cell_text

_LEAST_COLUMNS, _LEAST_ROWS = 3, 3
# Widths and heights in em: a strip between columns, and the difference in height of what stands in one line.
_STRIP = 0.6
_LEVEL = 0.5
# A gap between rows is so much wider than one between lines.
_WIDER, _GAP = 1.3, 0.75
_NUMBER = re.compile(r"[（(]?(?:\d{1,3}(?:[-—.]\d{1,2})?|[一二三四五六七八九十]{1,3})[)）]?[.、．]?")
_LONGEST_HEADER = 16
_PROSE = re.compile(r"[，。；：]")
_MOSTLY = 0.6
# In em: how far from its column's edge a full line may end, and how wide a column of sentences is at least.
_SLACK, _PROSE_WIDTH = 2.0, 12.0
# So many lines in a row that cross columns end the table; fewer are the titles of its sections.
_CROSSING = 2

Band = list[Line]


@dataclass(frozen=True, slots=True)
class _Region:
    """The lines of a table from its header down, the edges of its columns, and whether it begins with its header."""

    bands: list[Band]
    edges: tuple[float, ...]
    headed: bool

    def column(self, piece: Line) -> int:
        """The column that holds a piece's middle."""
        return min(len(self.edges) - 2, max(0, bisect_right(self.edges, (piece.left + piece.right) / 2) - 1))

    def crosses(self, piece: Line) -> bool:
        """Whether a piece reaches over the edge of its column by more than a character."""
        column = self.column(piece)
        return piece.left < self.edges[column] - piece.em or piece.right > self.edges[column + 1] + piece.em


def unruled(pieces: Iterable[Line], page: int, above: PrintedTable | None) -> tuple[PrintedTable, set[Line]] | None:
    """The table that the pieces of a page's lines make, and the pieces in it; ``None`` where they make none.

    ``above`` is such a table at the end of the page before, which may go on here without its header.
    """
    bands = list(_bands(pieces))
    while bands and len(bands[-1]) == 1 and PAGE_NUMBER.fullmatch(bands[-1][0].text):
        bands.pop()
    region = _headed(bands, above) or _continued(bands, above)
    if region is None:
        return None
    cells = list(_cells(region))
    if len({cell.row for cell in cells}) < (_LEAST_ROWS if region.headed else 1):
        return None
    top = max(piece.top for piece in region.bands[0])
    table = PrintedTable(Table(tuple(cells), page=page), page, top, region.edges, ruled=False)
    return table, {piece for band in region.bands for piece in band}


def _bands(pieces: Iterable[Line]) -> Iterator[Band]:
    """The pieces line by line, from top to bottom and from left to right."""
    band: Band = []
    for piece in sorted(pieces, key=lambda one: -_middle(one)):
        if band and _middle(band[0]) - _middle(piece) > _LEVEL * piece.em:
            yield sorted(band, key=lambda one: one.left)
            band = []
        band.append(piece)
    if band:
        yield sorted(band, key=lambda one: one.left)


def _middle(piece: Line) -> float:
    return (piece.bottom + piece.top) / 2


def _headed(bands: Sequence[Band], above: PrintedTable | None) -> _Region | None:
    """The table below the first line that may be a header, if its columns stand apart."""
    for at, header in enumerate(bands):
        if len(header) < _LEAST_COLUMNS or not all(map(_is_header, header)):
            continue
        body = list(bands[at : at + 1 + _length(bands[at + 1 :], header)])
        edges = _edges(body, header)
        if edges is not None:
            known = above.columns if above is not None and len(above.columns) == len(edges) else edges
            return _Region(body, known, headed=True)
    return None


def _is_header(piece: Line) -> bool:
    return len(piece.text) <= _LONGEST_HEADER and not _PROSE.search(piece.text) and not _NUMBER.fullmatch(piece.text)


def _length(bands: Sequence[Band], header: Band) -> int:
    """How many lines belong to the table: up to where several in a row run across the header's words."""
    crossing = 0
    for at, band in enumerate(bands):
        across = any(sum(_meet(piece, word) for word in header) > 1 for piece in band)
        crossing = crossing + 1 if across else 0
        if crossing == _CROSSING:
            return at + 1 - _CROSSING
    return len(bands) - crossing


def _meet(piece: Line, word: Line) -> bool:
    return piece.left < word.right and word.left < piece.right


def _edges(bands: Sequence[Band], header: Band) -> tuple[float, ...] | None:
    """The edges of the columns: the middles of the strips that no piece crosses, one between two words at the most."""
    inside = [piece for band in bands for piece in band if sum(_meet(piece, word) for word in header) <= 1]
    inside = [piece for piece in inside if piece in header or not _is_title(piece, header)]
    columns: list[tuple[float, float]] = []
    for piece in sorted(inside, key=lambda one: one.left):
        if columns and piece.left - columns[-1][1] < _STRIP * piece.em:
            columns[-1] = columns[-1][0], max(columns[-1][1], piece.right)
        else:
            columns.append((piece.left, piece.right))
    named = list(_named(columns, header))
    if len(named) != len(header):
        return None
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(named)]
    return (named[0][0], *middles, named[-1][1])


def _is_title(piece: Line, header: Band) -> bool:
    """Whether a piece begins left of the second column and is no number: the title of a section."""
    return piece.left < header[0].right and piece.right > header[0].right + piece.em and len(header) > 1


def _named(columns: Sequence[tuple[float, float]], header: Band) -> Iterator[tuple[float, float]]:
    """The columns, each with one word of the header; what stands apart below no word belongs to the nearer one."""
    words = [[word for word in header if left <= (word.left + word.right) / 2 <= right] for left, right in columns]
    if any(len(within) > 1 for within in words):
        return
    whole: list[tuple[float, float]] = []
    owned: list[bool] = []
    for column, within in zip(columns, words, strict=True):
        if whole and not (owned[-1] and within):
            whole[-1] = whole[-1][0], column[1]
            owned[-1] = owned[-1] or bool(within)
        else:
            whole.append(column)
            owned.append(bool(within))
    yield from whole


def _continued(bands: Sequence[Band], above: PrintedTable | None) -> _Region | None:
    """The lines at a page's beginning that stand in the columns of the table that ended the page before."""
    if above is None:
        return None
    region = _Region([], above.columns, headed=False)
    for band in bands:
        if any(map(region.crosses, band)):
            break
        region.bands.append(band)
    columns = {region.column(piece) for band in region.bands for piece in band}
    return region if len(columns) >= _LEAST_COLUMNS else None


def _cells(region: _Region) -> Iterator[Cell]:
    """The cells, row by row."""
    rights = [_right(region, column) for column in range(len(region.edges) - 1)]
    for number, row in enumerate(_rows(region)):
        title = row[0] if len(row) == 1 and region.crosses(row[0]) else None
        if title is not None:
            yield Cell(title.text, number, 0, 1, len(region.edges) - 1)
        else:
            for column, right in enumerate(rights):
                if text := cell_text([piece for piece in row if region.column(piece) == column], right):
                    yield Cell(text, number, column)


def _right(region: _Region, column: int) -> float:
    """Where a column's full lines end; further out where a wide strip, or short names, show that none is full."""
    pieces = [piece for band in region.bands for piece in band if region.column(piece) == column]
    if not pieces:
        return region.edges[column + 1]
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    slack = _SLACK * pieces[0].em
    if column == len(region.edges) - 2:
        return right if right - left > _PROSE_WIDTH * pieces[0].em else right + slack
    return right if region.edges[column + 1] - right < slack else region.edges[column + 1]


def _rows(region: _Region) -> Iterator[list[Line]]:
    """The pieces of each row: from one beginning of a row to the next, parted where the gap is widest."""
    bands = region.bands
    starts = list(_starts(region))
    if not starts:
        yield from _by_gap(bands)
        return
    cuts = [0, *(_cut(bands, above, below) for above, below in pairwise(starts)), len(bands)]
    for start, end in pairwise(cuts):
        if row := [piece for band in bands[start:end] for piece in band]:
            yield row


def _starts(region: _Region) -> Iterator[int]:
    """The lines in which rows begin: the header, titles of sections, and numbers where most rows have one."""
    first = [piece for band in region.bands for piece in band if region.column(piece) == 0]
    numbers = sum(_NUMBER.fullmatch(piece.text) is not None for piece in first)
    if numbers < _MOSTLY * max(1, len(first) - region.headed):
        return
    for at, band in enumerate(region.bands):
        if (
            (at == 0 and region.headed)
            or (len(band) == 1 and region.crosses(band[0]))
            or (region.column(band[0]) == 0 and _NUMBER.fullmatch(band[0].text))
        ):
            yield at


def _cut(bands: Sequence[Band], above: int, below: int) -> int:
    """The line with which the row of the lower number begins: behind the widest gap, or with the number itself."""
    gaps = [
        (min(piece.bottom for piece in bands[at - 1]) - max(piece.top for piece in bands[at]), at)
        for at in range(above + 1, below + 1)
    ]
    widest, at = max(gaps)
    rest = [gap for gap, other in gaps if other != at]
    return at if not rest or widest > _WIDER * max(*rest, 0.0) + 1 else below


def _by_gap(bands: Sequence[Band]) -> Iterator[list[Line]]:
    """Rows parted by gaps that are wider than those between lines."""
    row: list[Line] = []
    for at, band in enumerate(bands):
        if at and min(piece.bottom for piece in bands[at - 1]) - max(piece.top for piece in band) > _GAP * band[0].em:
            yield row
            row = []
        row += band
    if row:
        yield row
