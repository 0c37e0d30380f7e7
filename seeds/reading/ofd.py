"""An OFD document (GB/T 33190), the format in which Chinese offices publish: its pages as printed lines and tables."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from seeds.reading import layout
from seeds.reading.archive import Unpacker, opened
from seeds.reading.blocks import Block, Cell, Table
from seeds.reading.lattice import Lattice, Rule, lattices
from seeds.reading.layout import Line, Page, PrintedTable, cell_text, cleaned
from seeds.reading.limits import Limits
from seeds.reading.messages import UnreadableDocumentError
from seeds.reading.printed import joined
from seeds.reading.unruled import unruled

_POINTS = 72 / 25.4
_A4 = (210.0, 297.0)
_STEPS = re.compile(r"g\s+(\d+)\s+(-?[\d.]+)|(-?[\d.]+)")
_PATH = re.compile(r"([MLSC])\s*(-?[\d.]+)\s+(-?[\d.]+)|C")
_THIN = 1.0
_LEAST_CELLS = 4
_MOST_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class _Text:
    """A run of characters on one line, each with its left edge, in points from the page's lower left."""

    text: str
    lefts: tuple[float, ...]
    bottom: float
    size: float


def read_ofd(data: bytes, limits: Limits) -> list[Block]:
    """Return the document's paragraphs and tables."""
    try:
        with opened(data, "OFD") as archive:
            pages = list(_pages(Unpacker(archive, limits), limits))
    except etree.XMLSyntaxError as error:
        raise UnreadableDocumentError("broken", format="OFD", reason=str(error)) from error
    if not any(page.lines or page.tables for page in pages):
        raise UnreadableDocumentError("scanned", pages=len(pages))
    return joined(layout.blocks(pages))


def _pages(unpacker: Unpacker, limits: Limits) -> Iterator[Page]:
    for root in _values(_parsed(unpacker, "OFD.xml"), "DocRoot"):
        document = _parsed(unpacker, root)
        default = _box(next(_values(document, "PhysicalBox"), "")) or (0.0, 0.0, *_A4)
        locations = [element.get("BaseLoc", "") for element in _named(document, "Page")]
        if len(locations) > limits.max_pages:
            raise UnreadableDocumentError("too_many_pages", size=len(locations), limit=limits.max_pages)
        for number, location in enumerate(locations, 1):
            name = location.lstrip("/") if location.startswith("/") else str(PurePosixPath(root).parent / location)
            yield _page(_parsed(unpacker, name), default, number)


def _parsed(unpacker: Unpacker, name: str) -> etree._Element:
    return etree.fromstring(unpacker.read(name.lstrip("/")), etree.XMLParser(resolve_entities=False))


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter(f"{{*}}{name}"))


def _values(root: etree._Element, name: str) -> Iterator[str]:
    return ((element.text or "").strip() for element in _named(root, name))


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        x, y, width, height = map(float, text.split())
    except ValueError:
        return None
    return x, y, width, height


def _page(root: etree._Element, default: tuple[float, float, float, float], number: int) -> Page:
    _, _, width, height = _box(next(_values(root, "PhysicalBox"), "")) or default
    texts = [text for element in _named(root, "TextObject") for text in _texts(element, height)]
    rules = [rule for element in _named(root, "PathObject") for rule in _rules(element, height)]
    tables = []
    for lattice in lattices(rules):
        table, rest = _table(lattice, texts, number)
        if len(table.cells) >= _LEAST_CELLS:
            tables.append(PrintedTable(table, number, lattice.top, lattice.columns))
            texts = rest
    if not tables:
        pieces = {piece: run for run in _runs(texts) for piece in _line(run)}
        if found := unruled(pieces, number, None):
            tables.append(found[0])
            texts = [text for piece, run in pieces.items() if piece not in found[1] for text in run]
    return Page(tuple(_lines(texts)), width * _POINTS, height * _POINTS, tuple(tables))


def _texts(element: etree._Element, height: float) -> Iterator[_Text]:
    box = _box(element.get("Boundary", ""))
    size = _float(element.get("Size"), 4.0)
    if box is None:
        return
    x = y = 0.0
    for code in _named(element, "TextCode"):
        x, y = _float(code.get("X"), x), _float(code.get("Y"), y)
        text = code.text or ""
        steps = _steps(code.get("DeltaX", ""), size)
        lefts = [box[0] + x]
        for _ in text[1:]:
            lefts.append(lefts[-1] + next(steps))
        # The text's own origin lies on its base line; a fifth of the print goes below it.
        bottom = height - (box[1] + y) - size / 5
        yield _Text(text, tuple(left * _POINTS for left in lefts), bottom * _POINTS, size * _POINTS)


def _steps(text: str, size: float) -> Iterator[float]:
    """From one character to the next: ``g 3 5.6`` is three times 5.6; where nothing is said, a character's width."""
    for count, repeated, single in _STEPS.findall(text):
        for _ in range(min(int(count), _MOST_STEPS) if count else 1):
            yield _float(repeated or single, size)
    while True:
        yield size


def _float(text: str | None, default: float) -> float:
    try:
        return float(text) if text is not None else default
    except ValueError:
        return default


def _rules(element: etree._Element, height: float) -> Iterator[Rule]:
    box = _box(element.get("Boundary", ""))
    if box is None:
        return
    x, y, width, tall = box
    if min(width, tall) <= _THIN:
        yield _rule((x, y), (x + width, y + tall), height)
        return
    begun = here = None
    for name, across, down in _PATH.findall(next(_values(element, "AbbreviatedData"), "")):
        there = begun if not name else (x + _float(across, 0), y + _float(down, 0))
        if name in ("M", "S"):
            begun = there
        elif here is not None and there is not None and min(abs(here[0] - there[0]), abs(here[1] - there[1])) < _THIN:
            yield _rule(here, there, height)
        here = there


def _rule(start: tuple[float, float], end: tuple[float, float], height: float) -> Rule:
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Rule(left * _POINTS, (height - bottom) * _POINTS, right * _POINTS, (height - top) * _POINTS)


def _table(lattice: Lattice, texts: list[_Text], page: int) -> tuple[Table, list[_Text]]:
    """The lattice's table and the texts outside it."""
    inside: dict[tuple[int, int], list[_Text]] = defaultdict(list)
    rest: list[_Text] = []
    for text in texts:
        place = lattice.at(text.lefts[0] + text.size / 2, text.bottom + text.size / 2)
        (rest if place is None else inside[place]).append(text)
    spans = lattice.spans()
    cells = []
    for place, within in sorted(inside.items()):
        said = cell_text(list(_lines(within)), lattice.right_of(place))
        if said:
            cells.append(Cell(said, *place, *spans[place]))
    return Table(tuple(cells), page=page), rest


def _lines(texts: list[_Text]) -> Iterator[Line]:
    """The lines of a page from top to bottom: runs of one height as one."""
    return (line for level in _levels(texts) for line in _line(level))


def _levels(texts: list[_Text]) -> Iterator[list[_Text]]:
    """The texts that stand at one height, from the left."""
    level: list[_Text] = []
    for text in sorted(texts, key=lambda one: (-round(one.bottom / 2), one.lefts[0])):
        if level and abs(level[0].bottom - text.bottom) > level[0].size / 2:
            yield sorted(level, key=lambda one: one.lefts[0])
            level = []
        level.append(text)
    yield sorted(level, key=lambda one: one.lefts[0])


def _runs(texts: list[_Text]) -> Iterator[list[_Text]]:
    """The texts of a line between wide gaps."""
    for level in _levels(texts):
        run: list[_Text] = []
        for text in level:
            if run and _is_apart(run[-1], text):
                yield run
                run = []
            run.append(text)
        yield run


def _is_apart(left: _Text, right: _Text) -> bool:
    return right.lefts[0] - (left.lefts[-1] + left.size) > right.size


def _line(texts: list[_Text]) -> Iterator[Line]:
    said = cleaned(
        "".join((" " if at and _is_apart(texts[at - 1], text) else "") + text.text for at, text in enumerate(texts))
    )
    if said:
        size = max(text.size for text in texts)
        yield Line(said, texts[0].lefts[0], texts[-1].lefts[-1] + size, texts[0].bottom, texts[0].bottom + size)
