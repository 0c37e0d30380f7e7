"""The characters of a PDF page as PDFium gives them: their places, the lines they make, and which of them are marks."""

from collections.abc import Collection, Iterable, Iterator, Sequence, Set as AbstractSet
from ctypes import c_double
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from seeds.reading.layout import Line, cleaned, join
from seeds.reading.notemarks import is_note_mark

_LINE_ENDS = frozenset("\r\n")
# PDFium puts a space into every wide gap. Letters that are merely spaced out, or a justified line, are narrower gaps.
_WORD_GAP = 0.9
_MARK_SIGNS = frozenset("0123456789[]［］〔〕【】（）()①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*＊※注")
# A mark is so much smaller than its line, and stands so much of the line's height above it.
_SMALLER, _RAISED = 0.85, 0.15


@dataclass(slots=True)
class Glyphs:
    """The characters of one page, by their index; a space that PDFium made within a word is empty."""

    text_page: pypdfium2.PdfTextPage
    characters: list[str] = field(init=False)
    without_meaning: int = field(init=False)

    def __post_init__(self) -> None:
        """Ask for every character."""
        page = self.text_page
        # One call a character, because PDFium's whole-page call is limited to the first 65,536 code points of Unicode.
        indices = range(page.count_chars())
        self.characters = [chr(raw.FPDFText_GetUnicode(page, index)) for index in indices]
        self.without_meaning = sum(raw.FPDFText_HasUnicodeMapError(page, index) == 1 for index in indices)
        for index in range(1, len(self.characters) - 1):
            if self.characters[index] == " " and self._is_mere_spacing(index):
                self.characters[index] = ""

    def _is_mere_spacing(self, index: int) -> bool:
        """Whether a space is PDFium's own, and stands between characters of one word, figure or Chinese sentence."""
        before, after = self.characters[index - 1], self.characters[index + 1]
        if not raw.FPDFText_IsGenerated(self.text_page, index) or (_is_letter(before) and _is_letter(after)):
            return False
        left, bottom, _, top = self.box(index + 1)
        return bool(left - self.box(index - 1)[2] < _WORD_GAP * (top - bottom))

    def box(self, index: int) -> tuple[float, float, float, float]:
        """The left, bottom, right and top edge of a character with its font's height, in points."""
        left, bottom, right, top = self.text_page.get_charbox(index, loose=True)
        return left, bottom, right, top

    def lines(self, taken: Collection[int] = ()) -> Iterator[Line]:
        """The lines of the page without the characters at some indices; a note mark within a line does not part it."""
        return _whole(line for run in self._runs(taken, _LINE_ENDS) for line in self.line(run))

    def pieces(self) -> Iterator[Line]:
        """The pieces of the page's lines between wide gaps."""
        parts = (part for run in self._runs((), _LINE_ENDS | {" "}) if run for part in self.by_line(run))
        return _whole(line for part in parts for line in self.line(part))

    def by_line(self, indices: Sequence[int]) -> list[list[int]]:
        """Characters by line: one that stands lower than the one before, or back to the left, begins one."""
        lines = [[indices[0]]]
        for before, index in pairwise(indices):
            left, bottom, _, top = self.box(before)
            here = self.box(index)
            if here[0] < left or not bottom <= (here[1] + here[3]) / 2 <= top:
                lines.append([])
            lines[-1].append(index)
        return lines

    def _runs(self, taken: Collection[int], ends: AbstractSet[str]) -> Iterator[range]:
        start = 0
        for index, character in enumerate([*self.characters, "\n"]):
            if character in ends or index in taken:
                yield range(start, index)
                start = index + 1

    def line(self, indices: range | list[int]) -> Iterator[Line]:
        """The line that characters make, if they say anything; raised note marks are left out."""
        inked = [index for index in indices if self.characters[index].strip()]
        if not inked:
            return
        # A dash or digit of another font can be small: the tallest of three tells the line's size.
        boxes = [self.box(inked[at]) for at in (0, len(inked) // 2, -1)]
        tallest = max(boxes, key=lambda box: box[3] - box[1])
        marks = self._marks(inked, tallest[3] - tallest[1])
        text = cleaned("".join(self.characters[index] for index in indices if index not in marks))
        if text:
            begins = bool(marks) and inked[0] in marks
            yield Line(text, boxes[0][0], boxes[2][2], tallest[1], tallest[3], marked=begins)

    def _marks(self, inked: list[int], height: float) -> set[int]:
        """The indices of small, raised signs that point to a note."""
        signs = [index for index in inked if self.characters[index] in _MARK_SIGNS]
        if not signs or len(signs) == len(inked):
            return set()
        plain = next((index for index in inked if self.characters[index] not in _MARK_SIGNS), inked[0])
        size, ground = self._size(plain), self._ground(plain)
        raised = [
            index
            for index in signs
            if self._size(index) < _SMALLER * size and self._ground(index) > ground + _RAISED * height
        ]
        marks: set[int] = set()
        for run in _runs(raised):
            before = "".join(self.characters[max(0, run[0] - 4) : run[0]])
            if is_note_mark(before, "".join(self.characters[index] for index in run)):
                marks |= set(run)
        return marks

    def _size(self, index: int) -> float:
        _, bottom, _, top = self.box(index)
        return top - bottom

    def _ground(self, index: int) -> float:
        """The height on which a character stands."""
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(self.text_page, index, x, y)
        return float(y.value)


def _whole(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those that stand on one level with hardly a gap as one."""
    above: Line | None = None
    for line in lines:
        if above is not None and _is_one_line(above, line):
            above = replace(above, text=join(above.text, line.text), right=line.right)
            continue
        if above is not None:
            yield above
        above = line
    if above is not None:
        yield above


def _runs(indices: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in indices:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _is_one_line(line: Line, following: Line) -> bool:
    """Whether PDFium parted what stands on one line with hardly a gap."""
    level = abs(line.bottom - following.bottom) < _RAISED * line.em and abs(line.em - following.em) < _RAISED * line.em
    return level and -_RAISED * line.em <= following.left - line.right < _WORD_GAP * line.em


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
