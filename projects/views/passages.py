"""A report's text cut into headings and paragraphs, and these into stretches that statements mark.

Pure functions: offsets in, offsets and strings out. Source texts carry marks of their page breaks, some in the middle
of a word: "全年空\\n\\n---\\n\\n气质量"; what such a mark tears apart is one paragraph again here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

_CHUNK = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
_PAGE_BREAK = re.compile(r"-{3,}\s*\Z")
_HASHES = re.compile(r"#{1,6}\s*")
_NUMBERED = (
    (1, re.compile(r"第?[一二三四五六七八九十]+(?:、|部分|章|篇)")),
    (2, re.compile(r"（[一二三四五六七八九十]+）")),
)
_LONGEST_HEADING = 45
_OPENING = re.compile(rf"(（[一二三四五六七八九十]+）[^。]{{1,{_LONGEST_HEADING}}})。")
_SENTENCE_END = "。！？：；”）》…"
# A line of the source that ends a sentence keeps its end; any other was only wrapped, between Latin words at a space.
_LATIN_WRAP = re.compile(r"(?<=[!-~])[ \t]*\n[ \t]*(?=[!-~])")
_WRAP = re.compile(rf"(?<![{_SENTENCE_END}\s])[ \t]*\n[ \t]*")


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
    """A heading (level 1 to 3) or a paragraph (level 0): one stretch of the text, or several torn by page breaks."""

    level: int
    ranges: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the block begins."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """Where the block ends."""
        return self.ranges[-1][1]

    def joined(self, other: Self) -> "Block":
        """Return the paragraph of both sides of a page break."""
        return Block(self.level, self.ranges + other.ranges)


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


def blocks(text: str) -> list[Block]:
    """Return the headings and paragraphs of a report, in order."""
    found: list[Block] = []
    torn = False
    for match in _CHUNK.finditer(text):
        if _PAGE_BREAK.match(match.group()):
            torn = bool(found) and _goes_on(text, found[-1])
            continue
        block = _block(match)
        if torn and not block.level:
            found[-1] = found[-1].joined(block)
        else:
            found.append(block)
        torn = False
    return found


def _goes_on(text: str, block: Block) -> bool:
    return not block.level and text[block.end - 1] not in _SENTENCE_END


def _block(match: re.Match[str]) -> Block:
    line = match.group().rstrip()
    start, end = match.start(), match.start() + len(line)
    hashes = _HASHES.match(line)
    words = line[hashes.end() :] if hashes else line
    level = _numbered_level(words)
    if hashes or (level and len(words) <= _LONGEST_HEADING and words[-1] not in _SENTENCE_END):
        # The numbering tells the depth better than the hashes, which converters of documents guess.
        return Block(level or min(len(hashes.group().strip()) if hashes else 1, 3), ((start + len(line) - len(words), end),))
    return Block(0, ((start, end),))


def _numbered_level(words: str) -> int:
    return next((level for level, pattern in _NUMBERED if pattern.match(words)), 0)


def passages(text: str, spans: Iterable[Span]) -> list[Passage]:
    """Return the whole report, each block cut at the spans that lie in it."""
    ordered = sorted(spans, key=_start)
    longest = max((span.end - span.start for span in ordered), default=0)
    found = []
    for block in blocks(text):
        first = bisect_left(ordered, block.start - longest, key=_start)
        last = bisect_left(ordered, block.end, key=_start)
        found.append(Passage(block, tuple(pieces(text, block, ordered[first:last]))))
    return found


def _start(span: Span) -> int:
    return span.start


def passage_around(text: str, span: Span) -> Passage | None:
    """Return the block that holds a span, with the span as its only mark; None when the text has no such place."""
    for block in blocks(text):
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
    return [match.group() for match in _CHUNK.finditer(quote) if not _PAGE_BREAK.match(match.group())]


def unwrapped(text: str) -> str:
    """Return the text without the line breaks that its source put into sentences."""
    return _WRAP.sub("", _LATIN_WRAP.sub(" ", text))
