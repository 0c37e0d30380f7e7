"""A PDF's report: its lines with their places from PDFium, put together into paragraphs and tables."""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from seeds.reading import layout
from seeds.reading.blocks import Block, text_of
from seeds.reading.glyphs import Glyphs
from seeds.reading.layout import Page
from seeds.reading.limits import Limits
from seeds.reading.messages import Message, UnreadableDocumentError
from seeds.reading.plain import reads_like_text
from seeds.reading.printed import joined, printed
from seeds.reading.streams import measure_streams
from seeds.reading.strokes import rules_of

_LISTED = 10
# A page of so few characters, most of it one picture, is a scan with the mark of the program that made it.
_FEW = 40
_MOSTLY = 0.5
# So large a share of characters that the fonts give no meaning makes the text unusable: headings alone are a tenth.
_BEARABLE = 0.05


@dataclass(frozen=True, slots=True)
class _Read:
    """A page and what tells how well it was read."""

    page: Page
    is_scan: bool
    characters: int
    without_meaning: int


def read_pdf(data: bytes, limits: Limits) -> tuple[list[Block], list[Message]]:
    """Return the paragraphs and tables, and notes on the pages that could not be read."""
    measure_streams(data, limits)
    document = _open(data)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise UnreadableDocumentError("too_many_pages", size=count, limit=limits.max_pages)
        pages = list(_pages(document, limits.max_characters))
    finally:
        document.close()
    notes = [*_scans(pages), *_garbled(pages)]
    blocks = joined(layout.blocks([one.page for one in pages]))
    if not reads_like_text(text_of(blocks)):
        raise UnreadableDocumentError("garbled")
    return blocks, notes


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableDocumentError("encrypted") from error
        raise UnreadableDocumentError("broken", format="PDF", reason=str(error)) from error


def _scans(pages: list[_Read]) -> Iterator[Message]:
    scans = [number for number, one in enumerate(pages, 1) if one.is_scan]
    if len(scans) == len(pages):
        raise UnreadableDocumentError("scanned", pages=len(pages))
    if scans:
        yield Message("pages_without_text", {"pages": _listed(scans)})


def _garbled(pages: list[_Read]) -> Iterator[Message]:
    """Refuse a file whose fonts leave too much without a meaning; a little of it is told, with the pages."""
    lost = sum(one.without_meaning for one in pages)
    total = sum(max(one.characters, one.without_meaning) for one in pages)
    if lost > _BEARABLE * total:
        raise UnreadableDocumentError("garbled_fonts", count=lost, total=total)
    if lost:
        numbers = [number for number, one in enumerate(pages, 1) if one.without_meaning]
        yield Message("without_meaning", {"count": lost, "total": total, "pages": _listed(numbers)})


def _listed(numbers: list[int]) -> str:
    listed = "、".join(map(str, numbers[:_LISTED]))
    return f"{listed}…" if len(numbers) > _LISTED else listed


def _pages(document: pypdfium2.PdfDocument, most: int) -> Iterator[_Read]:
    """The pages one by one, up to ``most`` characters: a small file can hold very many."""
    held = 0
    above: Page | None = None
    for number in range(len(document)):
        page = _page(document, number, above)
        above = page.page
        held += page.characters
        if held > most:
            raise UnreadableDocumentError("too_long", limit=most)
        yield page


def _page(document: pypdfium2.PdfDocument, number: int, above: Page | None) -> _Read:
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocumentError("broken", format="PDF", reason=f"{error} (page {number + 1})") from error
    try:
        text_page = page.get_textpage()
        glyphs = Glyphs(text_page)
        inked = sum(1 for character in glyphs.characters if character.strip())
        read = printed(glyphs, rules_of(page), page.get_size(), number + 1, above)
        scan = not inked or (inked <= _FEW and _is_picture(page))
        text_page.close()
    finally:
        page.close()
    return _Read(read, scan, inked, glyphs.without_meaning)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture covers most of the page."""
    width, height = page.get_size()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _MOSTLY * width * height:
            return True
    return False
