"""A PDF's report: its lines with their places from PDFium, put together into paragraphs."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from seeds.reading.layout import Line, Page, cleaned, paragraphs
from seeds.reading.limits import Limits
from seeds.reading.messages import Message, UnreadableDocumentError
from seeds.reading.plain import reads_like_text

_LINE_ENDS = frozenset("\r\n")
_LISTED = 10
# PDFium puts a space into every wide gap. Letters that are merely spaced out, or a justified line, are narrower gaps.
_WORD_GAP = 0.9


def read_pdf(data: bytes, limits: Limits) -> tuple[str, list[Message]]:
    """Return the text, a line for each paragraph, and a note on pages that hold none."""
    document = _open(data)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise UnreadableDocumentError("too_many_pages", size=count, limit=limits.max_pages)
        pages = list(_pages(document, limits.max_characters))
    finally:
        document.close()
    bare = [number for number, page in enumerate(pages, 1) if not page.lines]
    if len(bare) == count:
        raise UnreadableDocumentError("scanned", pages=count)
    text = "".join(f"{paragraph}\n" for paragraph in paragraphs(pages))
    if not reads_like_text(text):
        raise UnreadableDocumentError("garbled")
    return text, [_without_text(bare)] if bare else []


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableDocumentError("encrypted") from error
        raise UnreadableDocumentError("broken", format="PDF", reason=str(error)) from error


def _without_text(numbers: list[int]) -> Message:
    listed = "、".join(map(str, numbers[:_LISTED]))
    return Message("pages_without_text", {"pages": f"{listed}…" if len(numbers) > _LISTED else listed})


def _pages(document: pypdfium2.PdfDocument, most: int) -> Iterator[Page]:
    """The pages one by one, up to ``most`` characters: a small file can hold very many."""
    held = 0
    for number in range(len(document)):
        page = _page(document, number)
        held += sum(len(line.text) for line in page.lines)
        if held > most:
            raise UnreadableDocumentError("too_long", limit=most)
        yield page


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocumentError("broken", format="PDF", reason=f"{error} (page {number + 1})") from error
    try:
        width, height = page.get_size()
        text_page = page.get_textpage()
        lines = tuple(_lines(text_page))
        text_page.close()
    finally:
        page.close()
    return Page(lines, width, height)


def _lines(text_page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    # One call a character, because PDFium's whole-page call is limited to the first 65,536 code points of Unicode.
    characters = [chr(raw.FPDFText_GetUnicode(text_page, index)) for index in range(text_page.count_chars())]
    for index in range(1, len(characters) - 1):
        if characters[index] == " " and _is_mere_spacing(text_page, characters, index):
            characters[index] = ""
    start = 0
    for index, character in enumerate([*characters, "\n"]):
        if character in _LINE_ENDS:
            yield from _line(text_page, characters, start, index)
            start = index + 1


def _is_mere_spacing(text_page: pypdfium2.PdfTextPage, characters: list[str], index: int) -> bool:
    """Whether a space is PDFium's own, and stands between characters of one word, figure or Chinese sentence."""
    before, after = characters[index - 1], characters[index + 1]
    if not raw.FPDFText_IsGenerated(text_page, index) or (_is_letter(before) and _is_letter(after)):
        return False
    left, bottom, _, top = text_page.get_charbox(index + 1, loose=True)
    return bool(left - text_page.get_charbox(index - 1, loose=True)[2] < _WORD_GAP * (top - bottom))


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _line(text_page: pypdfium2.PdfTextPage, characters: list[str], start: int, end: int) -> Iterator[Line]:
    text = cleaned("".join(characters[start:end]))
    inked = [index for index in range(start, end) if characters[index].strip()]
    if text and inked:
        # A dash or digit of another font can be small: the tallest of three tells the line's size.
        boxes = [text_page.get_charbox(inked[at], loose=True) for at in (0, len(inked) // 2, -1)]
        tallest = max(boxes, key=lambda box: box[3] - box[1])
        yield Line(text, boxes[0][0], boxes[2][2], tallest[1], tallest[3])
