"""From the lines of a page as printed to paragraphs: headers, footers and line wraps undone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from seeds.radicals import unified
from seeds.reading.blocks import Paragraph, Table

# Distances in units of the line's height (one em).
_INDENT = 0.8
_SLACK = 1.0
_NARROW = 0.55
_EXTRA_GAP = 1.35
_OTHER_SIZE = 0.2
# So many lines must reach a common right edge, and it must be so much of the page's width away from the left one,
# before it counts as the margin: fewer or shorter lines may be a list.
_FULL_LINES = 5
_LEAST_WIDTH = 0.3
# Two columns: at least so many lines on each side of the page, and at most such a share across its middle.
_ONE_SIDE = 5
_CROSSING = 0.2
# Headers and footers lie in the outer parts of a page and recur on at least this many pages.
_OUTER = 0.12
_LONGEST_FURNITURE = 40
_RECURS = 3
# Notes at a page's foot are in print so much smaller; a page has at least so many lines of its own.
_NOTE_SIZE = 0.92
_LEAST_LINES = 3
_NOTE = re.compile(r"[\[［〔【(（]?(?:\d{1,3}|[①-⓿❶-➓*＊※])[\]］〕】)）]?[.．、]?\s*(?=[“”‘’《\u4e00-\u9fff])")
PAGE_NUMBER = re.compile(r"[-—–－_·.\s]*第?\s*\d{1,4}\s*页?[-—–－_·.\s]*(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?\s*")
# A Latin word, a figure or one character, with the marks that may not be parted from it.
_UNBREAKABLE = re.compile(r"[“‘（《「『〈【]*(?:[!-~]+|.)[，。、；：！？”’）》」』〉】%％]*")
_SENTENCE_END = "。！？；：!?;:"
# A new paragraph even where nothing is indented: 一、 （一） 1. 第一章 —— ##
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、](?!\d)|第[一二三四五六七八九十]+[章节部]|——|#"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its characters and its box in points, the origin at the page's lower left.

    ``marked`` says that a raised note mark, left out of the text, stood before it.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    marked: bool = False

    @property
    def em(self) -> float:
        """The height of the line's characters, never zero."""
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table, the last page it stands on, the height at which it begins there and the edges of its columns.

    ``ruled`` says that lines are drawn between its cells.
    """

    table: Table
    page: int
    top: float
    columns: tuple[float, ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page outside tables in reading order, its tables from top to bottom, and its size."""

    lines: tuple[Line, ...]
    width: float
    height: float
    tables: tuple[PrintedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    """The edges between which a page's text runs."""

    left: float
    right: float


def blocks(pages: Sequence[Page]) -> Iterator[Paragraph | PrintedTable]:
    """The paragraphs and tables of all pages, paragraphs joined over line and page ends.

    A line whose role is unclear stays by itself.
    """
    furniture = _recurring(pages)
    bodies = [
        (number, column)
        for number, page in enumerate(pages, 1)
        for column in _columns(
            without_footnotes([line for line in page.lines if not _is_furniture(line, page, furniture)]), page.width
        )
    ]
    width = _text_width([body for _, body in bodies], max((page.width for page in pages), default=0.0))
    waiting = [table for page in pages for table in page.tables][::-1]
    paragraph, begun = "", 1
    last: tuple[Line, _Column] | None = None
    for number, body in bodies:
        column = _column(body, width)
        pitch = _pitch(body)
        for position, line in enumerate(body):
            above = list(_above(waiting, number, line))
            if last and not above and _continues(*last, line, column, pitch if position else None):
                paragraph = join(paragraph, line.text)
            else:
                yield from _said(paragraph, begun)
                yield from above
                paragraph, begun = line.text, number
            last = (line, column)
    yield from _said(paragraph, begun)
    yield from reversed(waiting)


def _said(paragraph: str, page: int) -> Iterator[Paragraph]:
    if paragraph:
        yield Paragraph(paragraph, page)


def _above(waiting: list[PrintedTable], page: int, line: Line) -> Iterator[PrintedTable]:
    """The tables that stand before a line, taken from those that wait."""
    while waiting and (waiting[-1].page < page or (waiting[-1].page == page and waiting[-1].top > line.bottom)):
        yield waiting.pop()


def without_footnotes(body: list[Line]) -> list[Line]:
    """The lines of a page without the notes in smaller print at its foot, the first of which bears a note's mark."""
    if len(body) < _LEAST_LINES:
        return body
    usual = median(line.em for line in body)
    for at in range(len(body) - 1, 0, -1):
        if body[at].em > _NOTE_SIZE * usual:
            return body
        if _is_note(body[at]) and body[at - 1].em > _NOTE_SIZE * usual and body[at].top < body[at - 1].bottom:
            return body[:at]
    return body


def _is_note(line: Line) -> bool:
    return line.marked or _NOTE.match(line.text) is not None


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", text))


def _may_be_furniture(line: Line, page: Page) -> bool:
    outer = line.bottom > page.height * (1 - _OUTER) or line.top < page.height * _OUTER
    return outer and len(line.text) <= _LONGEST_FURNITURE


def _recurring(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Shape and rounded height of the outer lines that many pages share."""
    seen = Counter(
        place for page in pages for place in {_place(line) for line in page.lines if _may_be_furniture(line, page)}
    )
    enough = max(_RECURS, len(pages) // 3)
    return {place for place, count in seen.items() if count >= enough}


def _place(line: Line) -> tuple[str, int]:
    return _shape(line.text), round(line.bottom / 4)


def _is_furniture(line: Line, page: Page, recurring: set[tuple[str, int]]) -> bool:
    if not _may_be_furniture(line, page):
        return False
    outermost = line.bottom <= min(other.bottom for other in page.lines) or line.top >= max(
        other.top for other in page.lines
    )
    return _place(line) in recurring or bool(outermost and PAGE_NUMBER.fullmatch(line.text))


def _columns(body: list[Line], page_width: float) -> list[list[Line]]:
    """The lines of the page's columns, left before right; lines across both, such as a title, come first."""
    middle = page_width / 2
    right = [line for line in body if line.left >= middle]
    left = [line for line in body if line.right <= middle]
    across = len(body) - len(left) - len(right)
    if min(len(left), len(right)) < _ONE_SIDE or across > _CROSSING * len(body):
        return [body]
    return [[line for line in body if line.left < middle], right]


def _text_width(bodies: Sequence[Sequence[Line]], page_width: float) -> float:
    """The width of the text: what all but the widest few lines keep within, or, for lack of full lines, the page's."""
    edges = [_left_edge(body) for body in bodies if body]
    lines = [
        (line.right - edge, line.em) for edge, body in zip(edges, filter(None, bodies), strict=True) for line in body
    ]
    if not lines:
        return 0.0
    width, em = sorted(lines)[int(len(lines) * 0.97)]
    full = sum(reach >= width - 2 * em for reach, _ in lines)
    # Printed margins are mostly alike on both sides. Too wide an estimate leaves a wrap in the text, which does no
    # harm; too narrow a one would join headings to what follows.
    is_margin = full >= _FULL_LINES and width >= _LEAST_WIDTH * page_width
    return width if is_margin else max(width, page_width - 2 * min(edges))


def _left_edge(body: Sequence[Line]) -> float:
    """The leftmost edge that several lines of the page share."""
    edges = Counter(round(line.left / 2) * 2 for line in body)
    shared = [edge for edge, count in edges.items() if count >= max(2, len(body) // 10)]
    return float(min(shared or edges, default=0))


def _column(body: Sequence[Line], width: float) -> _Column:
    left = _left_edge(body)
    return _Column(left, left + width)


def _pitch(body: Sequence[Line]) -> float:
    """The usual distance from line to line on a page."""
    steps = sorted(above.bottom - below.bottom for above, below in pairwise(body) if above.bottom > below.bottom)
    return steps[len(steps) // 2] if steps else 0.0


def _continues(line: Line, column: _Column, following: Line, column_below: _Column, pitch: float | None) -> bool:
    """Whether the following line goes on with the paragraph; ``pitch`` is ``None`` over a page end."""
    if following.left > column_below.left + _INDENT * following.em:
        return False
    if line.right + (first_word(following.text) + _SLACK) * line.em <= column.right:
        return False
    if abs(line.em - following.em) > _OTHER_SIZE * line.em:
        return False
    if pitch is not None and not 0 < line.bottom - following.bottom <= _EXTRA_GAP * pitch:
        return False
    return not (line.text.endswith(tuple(_SENTENCE_END)) and _NUMBERED.match(following.text))


def first_word(text: str) -> float:
    """Width in em of what cannot be parted at the line's beginning: had it fitted above, it would stand there."""
    word = _UNBREAKABLE.match(text)
    return sum(_NARROW if character.isascii() else 1.0 for character in word[0]) if word else 0.0


def cell_text(lines: Sequence[Line], right: float) -> str:
    """A cell's text: a line that reaches the cell's edge goes on in the next, any other ends a paragraph."""
    text = lines[0].text if lines else ""
    for above, line in pairwise(lines):
        goes_on = above.right + (first_word(line.text) + _SLACK) * above.em > right
        text = join(text, line.text) if goes_on else f"{text}\n{line.text}"
    return text


def join(paragraph: str, text: str) -> str:
    latin = paragraph[-1:].isascii() and paragraph[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha()
    return f"{paragraph} {text}" if latin else paragraph + text


_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\ufeff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """A printed line's text without control marks; look-alike radicals become the characters they stand for."""
    # PDFium can return the halves of a surrogate pair; a half alone is no character.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _NOT_TEXT.sub("", unified(text)).replace("\u00a0", " ").strip(" \t\u3000")
