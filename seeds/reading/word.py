"""A Word document's report: paragraphs with their numbers and tables in their order, changes as accepted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from docx.oxml.ns import qn
from lxml import etree

from seeds.reading.archive import Unpacker, opened, transitional
from seeds.reading.blocks import Block, Cell, Paragraph, Table
from seeds.reading.limits import Limits
from seeds.reading.messages import UnreadableDocumentError
from seeds.reading.notemarks import is_note_mark
from seeds.reading.numbering import Numbering

_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT, _RUN = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "t", "r"))
_TEXT_BOX = qn("w:txbxContent")
_VALUE = qn("w:val")
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Deleted and moved-away words; the reading aid above a character; the drawing that Word repeats for old versions; tab
# stops, which are no tabs.
_SILENT = frozenset(
    {
        *(qn(f"w:{name}") for name in ("del", "moveFrom", "rt", "pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_OFF = frozenset({"0", "false", "off"})
_MAIN, _NUMBERS, _STYLES = "/officeDocument", "/numbering", "/styles"
_DEEPEST_STYLE = 20


@dataclass(frozen=True, slots=True)
class _Parts:
    """The XML of a document that carries its text."""

    body: etree._Element
    styles: Mapping[str, etree._Element]
    numbering: Numbering


def read_word(data: bytes, limits: Limits) -> list[Block]:
    """Return the document's paragraphs and tables."""
    try:
        parts = _parts(data, limits)
        return list(_blocks(parts.body, parts))
    except (etree.XMLSyntaxError, RecursionError) as error:
        raise UnreadableDocumentError("broken", format="DOCX", reason=str(error) or type(error).__name__) from error


def _parts(data: bytes, limits: Limits) -> _Parts:
    """Only the parts that hold text are unpacked; broken relations to pictures and the like do no harm."""
    with opened(data, "DOCX") as archive:
        unpacker = Unpacker(archive, limits)
        main = _related(unpacker, "", _MAIN) or "word/document.xml"
        root = _parsed(unpacker, main)
        numbers, sheet = (_related(unpacker, main, kind) for kind in (_NUMBERS, _STYLES))
        body = root.find(qn("w:body"))
        if body is None:
            raise UnreadableDocumentError("broken", format="DOCX", reason=f"{main}: no w:body")
        found = _parsed(unpacker, sheet).iter(qn("w:style")) if sheet else ()
        styles = {style.get(qn("w:styleId"), ""): style for style in found}
        numbering = Numbering.of(styles, _parsed(unpacker, numbers) if numbers else None)
    return _Parts(body, styles, numbering)


def _parsed(unpacker: Unpacker, name: str) -> etree._Element:
    return etree.fromstring(transitional(unpacker.read(name)), etree.XMLParser(resolve_entities=False))


def _related(unpacker: Unpacker, part: str, kind: str) -> str | None:
    """The name of the part to which another one is related so; ``None`` where there is none."""
    place = PurePosixPath(part)
    relations = str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels"
    names = set(unpacker.archive.namelist())
    if relations not in names:
        return None
    for relation in _parsed(unpacker, relations):
        target = relation.get("Target", "")
        name = target[1:] if target.startswith("/") else str(place.parent / target)
        if relation.get("Type", "").endswith(kind) and name in names:
            return name
    return None


def _blocks(parent: etree._Element, parts: _Parts) -> Iterator[Block]:
    """Blocks of a body; content controls and other wrappers are looked into."""
    pending = ""
    for child in _children(parent):
        if child.tag == _PARAGRAPH:
            # A deleted paragraph mark joins a paragraph with the next.
            pending += _text(child, parts)
            if _has_mark(child):
                yield from _paragraphs(pending, child, parts)
                pending = ""
        elif child.tag == _TABLE:
            yield from filter(lambda table: table.cells, [_table(child, parts)])
    if pending:
        yield Paragraph(pending)


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag not in _SILENT:
            yield from _children(child)


def _paragraphs(text: str, paragraph: etree._Element, parts: _Parts) -> Iterator[Paragraph]:
    text = text.strip(" \t\n\u3000")
    # An empty paragraph shows its number too, but says nothing.
    if text:
        yield Paragraph(parts.numbering.label(paragraph) + text)


def _has_mark(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is None or (mark.find(qn("w:del")) is None and mark.find(qn("w:moveFrom")) is None)


def _lines(parent: etree._Element, parts: _Parts) -> Iterator[str]:
    """The lines of a cell or a text box, those of tables within it too."""
    for block in _blocks(parent, parts):
        yield from block.lines


def _table(table: etree._Element, parts: _Parts) -> Table:
    cells: list[Cell] = []
    begun: dict[int, int] = {}
    header = 0
    for number, row in enumerate(_rows(table)):
        header += header == number and row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for place in _places(row):
            if place.continues and place.column in begun:
                above = cells[begun[place.column]]
                cells[begun[place.column]] = replace(above, rows=number - above.row + 1)
            else:
                begun[place.column] = len(cells)
                text = "\n".join(filter(None, _lines(place.element, parts)))
                cells.append(Cell(text, number, place.column, 1, place.columns))
    return Table(tuple(cell for cell in cells if cell.text), header=header)


@dataclass(frozen=True, slots=True)
class _Place:
    element: etree._Element
    column: int
    columns: int

    @property
    def continues(self) -> bool:
        """Whether the cell goes on with the one above it."""
        merge = self.element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        return merge is not None and merge.get(_VALUE, "continue") == "continue"


def _places(row: etree._Element) -> Iterator[_Place]:
    column = _whole(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    for cell in _wrapped(row, _CELL):
        columns = max(1, _whole(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1))
        yield _Place(cell, column, columns)
        column += columns


def _whole(element: etree._Element | None, default: int) -> int:
    text = "" if element is None else element.get(_VALUE, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else default


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows; those of a table inside a cell belong to the cell, and deleted ones to nobody."""
    for row in _wrapped(table, _ROW):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def _wrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _SILENT and child.tag not in (_PARAGRAPH, _TABLE):
            yield from _wrapped(child, tag)


def _text(paragraph: etree._Element, parts: _Parts) -> str:
    text = ""
    for piece, raised in _pieces(paragraph, parts):
        if not (raised and is_note_mark(text, piece)):
            text += piece
    return text


def _pieces(parent: etree._Element, parts: _Parts) -> Iterator[tuple[str, bool]]:
    """The texts of a paragraph, and whether each is raised above the line."""
    for child in parent:
        if child.tag == _RUN:
            marks = set(_run_marks(child, parts))
            if "vanish" not in marks:
                yield from ((text, raised or "raised" in marks) for text, raised in _pieces(child, parts))
        elif child.tag == _TEXT:
            yield child.text or "", False
        elif child.tag in _MARKS:
            yield _MARKS[child.tag], False
        elif child.tag == _TEXT_BOX:
            yield from ((f"\n{line}\n", False) for line in _lines(child, parts))
        elif child.tag not in _SILENT:
            yield from _pieces(child, parts)


def _run_marks(run: etree._Element, parts: _Parts) -> Iterator[str]:
    """Whether a run is hidden or raised, by itself or by its character style."""
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return
    yield from _marks(properties)
    style = _style_of(properties.find(qn("w:rStyle")))
    for _ in range(_DEEPEST_STYLE):
        if style not in parts.styles:
            return
        yield from _marks(parts.styles[style].find(qn("w:rPr")))
        style = _style_of(parts.styles[style].find(qn("w:basedOn")))


def _style_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get(_VALUE, "")


def _marks(properties: Iterable[etree._Element] | None) -> Iterator[str]:
    for one in properties if properties is not None else ():
        if one.tag == qn("w:vanish") and one.get(_VALUE, "1") not in _OFF:
            yield "vanish"
        elif one.tag == qn("w:vertAlign") and one.get(_VALUE) == "superscript":
            yield "raised"
