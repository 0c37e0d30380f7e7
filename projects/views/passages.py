r"""A report's text cut into headings and paragraphs, and these into stretches that statements mark.

Pure functions: offsets in, offsets and strings out. Source texts carry marks of their page breaks, some in the middle
of a word: "全年空\n\n---\n\n气质量"; what such a mark tears apart is one paragraph again here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\r\n]+")
_PAGE_MARK = re.compile(r"[-—－*_=]{3,}|[-—－]?\s*(?:第\s*)?\d{1,3}\s*页?\s*[-—－]?")
_HEADING_SIGN = re.compile(r"#{1,6}\s*")
_SENTENCE_END = "。！？：；…”）》"
# A heading that opens its paragraph: （一）稳住经济基本盘。出台十条政策…
_OPENING = re.compile(r"(（[一二三四五六七八九十]+）[^。]{1,45})。")
# A line that is not finished was only wrapped: between Latin words at a space, beside Chinese anywhere.
_LATIN_WRAP = re.compile(r"(?<=[!-~])[ \t]*[\r\n]+[ \t]*(?=[!-~])")
_WRAP = re.compile(r"[ \t\u3000]*[\r\n]+[ \t\u3000]*")

# Where headings begin, and how deep each stands: 1 is the outermost.
Headings = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """A statement's stretch of the text, end exclusive; ``key`` is the anchor, ``target`` what it links to."""

    start: int
    end: int
    key: str
    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that the same spans cover. ``anchors`` name the spans that begin here."""

    text: str
    span: Span | None = None
    anchors: tuple[str, ...] = ()
    after_page_break: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 and deeper) or a paragraph (level 0): one stretch of the text, or several torn apart."""

    level: int
    ranges: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        return self.ranges[-1][1]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with its pieces."""

    block: Block
    pieces: tuple[Piece, ...]

    @property
    def anchor(self) -> str:
        """The fragment that leads to the block."""
        return f"p{self.block.start}"

    @property
    def text(self) -> str:
        """The words of the block."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def level(self) -> int:
        """How deep the heading stands in the outline; 0 for a paragraph without one."""
        return self.block.level or (2 if self.heading else 0)

    @property
    def heading(self) -> str:
        """The heading, also one that opens its paragraph: （一）稳住经济基本盘。出台…; empty when there is none."""
        if self.block.level:
            return self.text
        opening = _OPENING.match(self.text)
        return opening.group(1) if opening else ""


def blocks(text: str, headings: Headings) -> list[Block]:
    """Return the headings and paragraphs of a report, in order.

    A line ends its paragraph when it ends a sentence or an empty line follows; a page break between two lines only
    separates what was separate.
    """
    found: list[Block] = []
    before = 0
    torn = False
    for line in _LINE.finditer(text):
        words = line.group().strip()
        if _PAGE_MARK.fullmatch(words):
            torn = True
        elif words:
            block = _block(text, line, headings)
            goes_on = torn or text.count("\n", before, block.start) < 2
            if goes_on and _unfinished(text, found) and not block.level:
                found[-1] = _joined(found[-1], block, torn)
            else:
                found.append(block)
            before, torn = block.end, False
    return found


def _block(text: str, line: re.Match[str], headings: Headings) -> Block:
    words = line.group()
    start = line.start() + len(words) - len(words.lstrip())
    end = line.start() + len(words.rstrip())
    sign = _HEADING_SIGN.match(text, start, end)
    if sign and sign.end() in headings:
        start = sign.end()
    return Block(headings.get(start, 0), ((start, end),))


def _unfinished(text: str, found: list[Block]) -> bool:
    return bool(found) and not found[-1].level and text[found[-1].end - 1] not in _SENTENCE_END


def _joined(block: Block, rest: Block, torn: bool) -> Block:
    """Return a paragraph with what a wrap or a page break cut off."""
    if torn:
        return Block(0, block.ranges + rest.ranges)
    first, _end = block.ranges[-1]
    return Block(0, (*block.ranges[:-1], (first, rest.end)))


def passages(text: str, headings: Headings, spans: Iterable[Span]) -> list[Passage]:
    """Return the whole report, each block cut at the spans that lie in it."""
    ordered = sorted(spans, key=_start)
    longest = max((span.end - span.start for span in ordered), default=0)
    found = []
    for block in blocks(text, headings):
        first = bisect_left(ordered, block.start - longest, key=_start)
        last = bisect_left(ordered, block.end, key=_start)
        found.append(Passage(block, tuple(pieces(text, block, ordered[first:last]))))
    return found


def _start(span: Span) -> int:
    return span.start


def passage_around(text: str, headings: Headings, span: Span) -> Passage | None:
    """Return the block that holds a span, with the span as its only mark; None when the text has no such place."""
    for block in blocks(text, headings):
        if block.start <= span.start < block.end:
            return Passage(block, tuple(pieces(text, block, [span])))
    return None


def pieces(text: str, block: Block, spans: Sequence[Span]) -> Iterator[Piece]:
    """Yield the pieces of a block. Where spans overlap, the shortest one gives the piece its mark."""
    for number, (start, end) in enumerate(block.ranges):
        cuts = {cut for span in spans for cut in (span.start, span.end) if start < cut < end}
        for at, (left, right) in enumerate(pairwise(sorted({start, end, *cuts}))):
            covering = [span for span in spans if span.start <= left and right <= span.end]
            yield Piece(
                text=unwrapped(text[left:right]),
                span=min(covering, key=lambda span: span.end - span.start, default=None),
                anchors=tuple(span.key for span in spans if span.start == left),
                after_page_break=number > 0 and at == 0,
            )


def parts(quote: str) -> list[str]:
    """Return what stands between the page breaks of a quote."""
    return [quote[start:end] for block in blocks(quote, {}) for start, end in block.ranges]


def unwrapped(text: str) -> str:
    """Return the text without the line breaks that its source put into sentences."""
    return _WRAP.sub("", _LATIN_WRAP.sub(" ", text))
