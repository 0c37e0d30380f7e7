"""A Word document's report: paragraphs with their numbers and tables in their order, changes as accepted."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from seeds.reading.limits import MEGABYTE, Limits
from seeds.reading.messages import UnreadableDocumentError
from seeds.reading.numbering import Numbering

_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
_TEXT_BOX = qn("w:txbxContent")
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Deleted and moved-away words; the drawing that Word repeats for old versions; tab stops, which are no tabs.
_SILENT = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        qn("w:pPr"),
        qn("w:rPr"),
    }
)

# What python-docx, zipfile and lxml raise for a damaged document.
_DAMAGE = (
    OpcError,
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
)


def read_word(data: bytes, limits: Limits) -> str:
    """Return the document's text, a line for each paragraph and each table row, whose cells are parted by tabs."""
    _check_size(data, limits)
    try:
        document: Document = docx.Document(io.BytesIO(data))
        body = document.element.body
        numbering = Numbering.of(document)
    except _DAMAGE as error:
        raise UnreadableDocumentError("broken", format="DOCX", reason=str(error) or type(error).__name__) from error
    return "".join(f"{line}\n" for line in _lines(body, numbering))


def _check_size(data: bytes, limits: Limits) -> None:
    """Refuse a zip bomb by the sizes it declares; zipfile never unpacks more of an entry than it declares."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise UnreadableDocumentError("encrypted")
    if size > limits.max_unpacked_bytes:
        raise UnreadableDocumentError("bomb", size=size // MEGABYTE, limit=limits.max_unpacked_bytes // MEGABYTE)


def _lines(parent: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Lines of a body or cell; content controls and other wrappers are looked into."""
    for child in parent:
        if child.tag == _PARAGRAPH:
            text = _text(child, numbering)
            # An empty paragraph shows its number too, but says nothing.
            yield numbering.label(child) + text if text else ""
        elif child.tag == _TABLE:
            yield from (_row(row, numbering) for row in _rows(child))
        elif child.tag not in _SILENT:
            yield from _lines(child, numbering)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows; those of a table inside a cell belong to the cell."""
    for child in table:
        if child.tag == _ROW:
            yield child
        elif child.tag not in _SILENT:
            yield from _rows(child)


def _row(row: etree._Element, numbering: Numbering) -> str:
    return "\t".join(" ".join(filter(None, _lines(cell, numbering))) for cell in row.iterchildren(_CELL)).strip("\t")


def _text(paragraph: etree._Element, numbering: Numbering) -> str:
    return "".join(_pieces(paragraph, numbering)).strip(" \t\n\u3000")


def _pieces(parent: etree._Element, numbering: Numbering) -> Iterator[str]:
    for child in parent:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == _TEXT_BOX:
            yield from (f"\n{line}\n" for line in _lines(child, numbering))
        elif child.tag not in _SILENT:
            yield from _pieces(child, numbering)
