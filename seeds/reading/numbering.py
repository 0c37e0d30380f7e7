"""The numbers that Word puts before paragraphs by itself: 一、 （一） 1. — they are part of what a reader sees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

_VALUE = qn("w:val")
_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = ("chinese", "taiwanese", "japanese", "ideograph")
# A list inside a list inside a list …: Word has nine levels.
_LEVELS = 9
_DEEPEST_STYLE = 20


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: its first number, its way of writing and its pattern, such as ``（%2）``."""

    start: int
    form: str
    pattern: str
    style: str | None


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted; ask ``label`` for the paragraphs in their order."""

    lists: dict[str, dict[int, _Level]]
    instances: dict[str, str]
    restarts: dict[str, dict[int, int]]
    styles: Mapping[str, etree._Element]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, styles: Mapping[str, etree._Element], root: etree._Element | None) -> "Numbering":
        """The numbering of a document by its styles and its ``w:numbering``; without that nothing has a label."""
        if root is None:
            return cls({}, {}, {}, styles)
        lists = {one.get(qn("w:abstractNumId"), ""): dict(_levels(one)) for one in root.iter(qn("w:abstractNum"))}
        nums = {one.get(qn("w:numId"), ""): one for one in root.iter(qn("w:num"))}
        instances = {name: _child(one, "w:abstractNumId") or "" for name, one in nums.items()}
        return cls(lists, instances, {name: dict(_restarts(one)) for name, one in nums.items()}, styles)

    def label(self, paragraph: etree._Element) -> str:
        """The paragraph's number as Word shows it, or nothing; counts on."""
        number, depth = self._place(paragraph)
        name = self.instances.get(number or "", "")
        levels = self.lists.get(name, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(name, [None] * _LEVELS)
        if number and number not in self._begun:
            self._begun.add(number)
            for at, start in self.restarts.get(number, {}).items():
                counts[at] = start - 1
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _written(levels, depth, counts)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """Which list the paragraph counts in, and at which level: said by itself or by its style."""
        own = paragraph.find(qn("w:pPr"))
        if own is None:
            return None, 0
        number, depth = _number_of(own)
        if number is not None:
            return number, depth or 0
        style = _child(own, "w:pStyle")
        for _ in range(_DEEPEST_STYLE):
            if style is None or style not in self.styles:
                break
            properties = self.styles[style].find(qn("w:pPr"))
            number, inherited = _number_of(properties) if properties is not None else (None, None)
            if number is not None:
                return number, self._linked(number, style) if inherited is None else inherited
            style = _child(self.styles[style], "w:basedOn")
        return None, 0

    def _linked(self, number: str, style: str) -> int:
        levels = self.lists.get(self.instances.get(number, ""), {})
        return next((depth for depth, level in levels.items() if level.style == style), 0)


def _child(parent: etree._Element, name: str) -> str | None:
    child = parent.find(qn(name))
    return None if child is None else child.get(_VALUE)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else default


def _depth(element: etree._Element) -> int:
    return min(_whole(element.get(qn("w:ilvl")), 0), _LEVELS - 1)


def _levels(definition: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in definition.iter(qn("w:lvl")):
        yield (
            _depth(level),
            _Level(
                start=_whole(_child(level, "w:start"), 1),
                form=_child(level, "w:numFmt") or "decimal",
                pattern=_child(level, "w:lvlText") or "",
                style=_child(level, "w:pStyle"),
            ),
        )


def _restarts(instance: etree._Element) -> Iterator[tuple[int, int]]:
    for override in instance.iter(qn("w:lvlOverride")):
        start = _child(override, "w:startOverride")
        if start is not None:
            yield _depth(override), _whole(start, 1)


def _number_of(properties: etree._Element) -> tuple[str | None, int | None]:
    numbering = properties.find(qn("w:numPr"))
    if numbering is None:
        return None, None
    depth = _child(numbering, "w:ilvl")
    return _child(numbering, "w:numId"), None if depth is None else min(_whole(depth, 0), _LEVELS - 1)


def _written(levels: dict[int, _Level], depth: int, counts: list[int | None]) -> str:
    """The level's pattern with every ``%n`` replaced by that level's count; a bullet is no number."""
    if levels[depth].form in {"bullet", "none"}:
        return ""
    label = levels[depth].pattern
    for at, level in levels.items():
        count = counts[at]
        label = label.replace(f"%{at + 1}", written(level.start if count is None else count, level.form))
    return label


def written(count: int, form: str) -> str:
    """A count in one of Word's forms; a form that reports do not use is written in digits."""
    if form.startswith(_CHINESE) and 0 < count < 100:
        tens, ones = divmod(count, 10)
        return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"
    if form.startswith("decimalEnclosedCircle") and 0 < count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if form in {"upperLetter", "lowerLetter"} and 0 < count <= 26:
        return chr((ord("A") if form == "upperLetter" else ord("a")) + count - 1)
    return str(count)
