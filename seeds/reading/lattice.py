"""Ruled tables on a printed page: from the lines drawn to the cells between them, merged ones as one."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# In points: lines nearer than this are one, and a line that ends so near another one meets it.
_NEAR = 3.0
_SHORTEST = 5.0
_MOST_RULES = 20_000
_MOST_EDGES = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, horizontal or vertical, in points, the origin at the page's lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        """Whether the line runs from top to bottom."""
        return self.top - self.bottom > self.right - self.left

    @property
    def length(self) -> float:
        """How long the line is."""
        return max(self.top - self.bottom, self.right - self.left)


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the edges of its columns from left to right and of its rows from top to bottom.

    ``owners`` gives for each position the first position, (row, column), of the cell that covers it.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    owners: dict[tuple[int, int], tuple[int, int]]

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.rows[-1]

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The first position of the cell at a point, or ``None`` outside."""
        column = bisect_right(self.columns, x) - 1
        row = bisect_right([-edge for edge in self.rows], -y) - 1
        return self.owners.get((row, column))

    def right_of(self, place: tuple[int, int]) -> float:
        """The right edge of the cell that begins at a position."""
        row, column = place
        last = column
        while self.owners.get((row, last + 1)) == place:
            last += 1
        return self.columns[last + 1]

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """How many rows and columns each cell covers, by its first position."""
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for (row, column), first in self.owners.items():
            rows, columns = spans.get(first, (1, 1))
            spans[first] = max(rows, row - first[0] + 1), max(columns, column - first[1] + 1)
        return spans


def lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """The tables that the lines of a page rule, from top to bottom; a frame around one text is none."""
    drawn = [rule for rule in rules if rule.length >= _SHORTEST]
    if len(drawn) > _MOST_RULES:
        return []
    upright = [rule for rule in drawn if rule.is_upright]
    level = [rule for rule in drawn if not rule.is_upright]
    found = (_lattice(upright, level, bottom, top) for bottom, top in _heights(upright))
    return sorted(filter(None, found), key=lambda lattice: -lattice.top)


def _heights(upright: Sequence[Rule]) -> Iterator[tuple[float, float]]:
    """The stretches of the page's height that upright lines cover without a gap."""
    bottom = top = None
    for rule in sorted(upright, key=lambda rule: rule.bottom):
        if bottom is None or top is None:
            bottom, top = rule.bottom, rule.top
        elif rule.bottom <= top + _NEAR:
            top = max(top, rule.top)
        else:
            yield bottom, top
            bottom, top = rule.bottom, rule.top
    if bottom is not None and top is not None:
        yield bottom, top


def _lattice(upright: Sequence[Rule], level: Sequence[Rule], bottom: float, top: float) -> Lattice | None:
    upright = [rule for rule in upright if bottom <= rule.bottom and rule.top <= top]
    level = [rule for rule in level if bottom - _NEAR <= rule.bottom and rule.top <= top + _NEAR]
    columns = _edges(rule.left for rule in upright)
    rows = _edges([bottom, top, *(rule.bottom for rule in level)])[::-1]
    if not 3 <= len(columns) <= _MOST_EDGES or not 3 <= len(rows) <= _MOST_EDGES:
        return None
    walls = _by_edge(((rule.left, rule.bottom, rule.top) for rule in upright), columns)
    floors = _by_edge(((rule.bottom, rule.left, rule.right) for rule in level), rows[::-1])
    return Lattice(tuple(columns), tuple(rows), _owners(columns, rows, walls, floors))


def _edges(values: Iterable[float]) -> list[float]:
    """The values, those that lie near each other as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


Stretches = dict[float, list[tuple[float, float]]]


def _by_edge(lines: Iterable[tuple[float, float, float]], edges: Sequence[float]) -> Stretches:
    """What stretch of each edge is drawn."""
    found: Stretches = defaultdict(list)
    for place, start, end in lines:
        at = bisect_left(edges, place - _NEAR)
        if at < len(edges):
            found[edges[at]].append((start - _NEAR, end + _NEAR))
    return found


def _is_drawn(stretches: Stretches, edge: float, middle: float) -> bool:
    return any(start <= middle <= end for start, end in stretches.get(edge, ()))


def _owners(
    columns: Sequence[float], rows: Sequence[float], walls: Stretches, floors: Stretches
) -> dict[tuple[int, int], tuple[int, int]]:
    """Join each position to the one on its left and above where no line parts them."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            first = (row, column)
            if column and not _is_drawn(walls, left, (top + bottom) / 2):
                first = owners[row, column - 1]
            elif row and not _is_drawn(floors, top, (left + right) / 2):
                first = owners[row - 1, column]
            owners[row, column] = first
    return owners
