"""Report text without page breaks, wraps and stray spaces, with a map back to the source."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import sub

from seeds.extract.rules import rule
from seeds.radicals import unified

# norm.width: full-width digits, letters and marks become ASCII, ASCII punctuation becomes Chinese; lengths stay.
_LETTERS = {chr(0x2080 + digit): str(digit) for digit in range(10)} | {
    chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0xFF01 + i).isalnum()
}
_LETTER = re.compile("[０-９Ａ-Ｚａ-ｚ₀-₉]")
_MARKS = dict(
    zip("％﹪．＋;()?!﹣「」『』〔〕∶\r\f\v\x85\u2028\u2029", "%%.+；（）？！-“”“”（）:\n\n\n\n\n\n", strict=True)
)
# A pattern that begins with a character or a set of them is searched several times faster: what may stand before is
# looked at from behind it.
_THOUSANDS = re.compile(r"\d(?<!\d\d)\d{0,2}(?:，\d{3})+(?![\d年])")
_COMMA = re.compile(r",(?:(?<!\d,)|(?!\d))")
_COLON = re.compile(r":(?:(?<!\d:)|(?!\d))")
_RATIO = re.compile(r"：(?<=\d：)(?=\d)")
_STRAIGHT_QUOTES = re.compile(r'"([^"\n]{1,60})"')

# norm.space: a blank beside a character that is not ASCII carries no meaning, nor do marks of emphasis and footnotes.
_BLANKS = r"[ \t\u00a0\u2000-\u200f\u3000\ufeff]"
_BLANK = re.compile(
    rf"[_*［\[ \t\u00a0\u2000-\u200f\u3000\ufeff]"
    rf"(?:(?<={_BLANKS}){_BLANKS}*|(?<=\*)\*+|(?<=[A-Za-z]_)(?=\d)|(?<=[［\[])\d{{1,3}}[］\]])"
)
# norm.apart: digits set apart (1 2 所, 12 500套) are one number; 12 50 is not.
_APART = re.compile(r"\d(?<![\d.]\d)(?:(?:[ \u3000]\d)+(?![\d.])|\d{0,2}(?:[ \u3000]\d{3})+(?!\d))(?![ \u3000]\d)")
_LINE = re.compile(r"[^\n]+")
# norm.page: a line that only marks a page: a rule, a number, 第 3 页.
_PAGE_MARK = re.compile(
    r"[-—－*_=·•]{3,}|[-—－]?\s{0,3}第?\s{0,3}\d{1,3}\s{0,3}页?\s{0,3}[-—－/，,]?\s{0,3}(?:共\s{0,3})?(?:\d{1,3}\s{0,3}页?)?"
)
_NUMBERED = re.compile(
    r"(?:#|[-*•·]\s|[●◆■▪◇□○▶➤★☆①-⒛㈠-㈩❶-❿]|0\d\s{0,3}[\u4e00-\u9fff]|——|[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十\d]+）|第[一二三四五六七八九十]+[章节条、，部]|\d{1,2}[.、．)）](?!\d))"
)
_CLAUSES = re.compile("[，。；]")
_STOPS = re.compile("[。；！]")
_TERMINALS = "。！？；：…!?;:"
# What a site writes around a report.
SITE = re.compile(
    r"[【（]?(?:发布(?:时间|日期)|(?:信息|稿件|文章)?来源|浏览(?:次数|量)|点击(?:率|数|量|次数)|字[体号]|阅读(?:次数|量)|责任编辑|索引号|打印)[：:]"
)
# A link set on a line of its own: 《⏎无障碍环境建设法⏎》.
_OPENERS = "《"
_CLOSES_FIRST = "》，。；、"
_CLOSERS = "”’）)》"
_WRAP_MIN = 16
# Lines that a wrap broke off are of one length, but for a character that may not stand at the end of a line.
_WRAP_SLACK = 2


@dataclass(frozen=True, slots=True)
class Normalised:
    """Clean text and, for each kept run of it, where the run begins and how much further on it stands in the source."""

    text: str
    begins: list[int]
    shifts: list[int]

    def source(self, position: int) -> int:
        return position + self.shifts[bisect_right(self.begins, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``; the span must not be empty."""
        begins = self.begins
        following = bisect_right(begins, start)
        shift = self.shifts[following - 1]
        if following == len(begins) or end <= begins[following]:
            return start + shift, end + shift
        return start + shift, self.source(end - 1) + 1


@rule("norm.width", must=["新建学校１２所。"], never=["新建学校12所。"])
def widths(text: str) -> str:
    """Unify full-width and half-width forms and look-alike radicals; the length stays the same."""
    text = unified(text)
    if _LETTER.search(text):
        text = _LETTER.sub(lambda match: _LETTERS[match[0]], text)
    for wide, narrow in _MARKS.items():
        if wide in text:
            text = text.replace(wide, narrow)
    # 5，000个: a full-width comma between digits and three more.
    text = _THOUSANDS.sub(lambda match: match[0].replace("，", ","), text)
    if "," in text:
        text = _COMMA.sub("，", text)
    if ":" in text:
        text = _COLON.sub("：", text)
    if "：" in text:
        text = _RATIO.sub(":", text)
    return _STRAIGHT_QUOTES.sub(r"“\1”", text) if '"' in text else text


def _finished(line: str) -> bool:
    return line[-1] in _TERMINALS or (line[-1] in _CLOSERS and len(line) > 1 and line[-2] in _TERMINALS)


def wrap_width(lines: list[str]) -> int | None:
    """How long the lines are that a wrap broke off; ``None`` where lines end anywhere, as in a list without marks."""
    open_ended = sorted(len(line) for line in lines if len(line) >= _WRAP_MIN and not _finished(line))
    if not open_ended:
        return None
    longest = open_ended[-1]
    full = sum(size >= longest - _WRAP_SLACK for size in open_ended)
    return longest if 2 * full > len(open_ended) else None


@rule(
    "norm.wrap",
    must=["二、2030年重点工作\n新建学校3所，新增公办幼儿园学\n位900个。"],
    never=["二、2030年重点工作\n新建学校3所。\n新增学位900个。"],
)
def continues(line: str, following: str, width: int | None) -> bool:
    """Whether ``following`` is the rest of ``line``, broken off by a wrap at ``width`` (norm.wrap)."""
    if line[-1] in _OPENERS or following[0] in _CLOSES_FIRST:
        return True
    if _finished(line) or _NUMBERED.match(following) or SITE.match(line) or SITE.match(following):
        return False
    if line[0] in "#—" or (_NUMBERED.match(line) and len(line) < 40 and not line.count("，") > 1):
        return line.startswith("——") and line[-1] != "上"
    if _CLAUSES.search(line):
        return True
    if width is None or len(line) < width - _WRAP_SLACK:
        return False
    return len(following) <= len(line) + 4 and not line.endswith(("通知", "报告", "上"))


@rule(
    "norm.parted",
    must=["二、2030年重点工作\n新建花渡小学和柳湾中学3所\n\n新增公办幼儿园学位900个"],
    never=["二、2030年重点工作\n新建学校3所。\n\n新增学位900个。"],
)
def _parted(text: str, start: int, end: int, following: int) -> bool:
    """Whether a blank line ends a line that holds no full stop, as in a list without punctuation (norm.parted)."""
    if text.find("\n", text.find("\n", end) + 1, following) < 0 or text[end - 1] in "，、":
        return False
    return text[end:following].isspace() and not _STOPS.search(text, start, end)


@rule("norm.page", must=["二、2030年重点工作\n- 12 -\n新建学校3所。"], never=["二、2030年重点工作\n新建学校3所。"])
def _marks_page(line: str) -> bool:
    """A line that only marks a page: a rule, a number, 第 3 页."""
    return _PAGE_MARK.fullmatch(line) is not None


@rule("norm.apart", must=["新建学校1 2所。", "新建住房12 500套。"], never=["新建住房12 50套。"])
def _gaps(text: str) -> list[tuple[int, int]]:
    """The blanks within a number whose digits are set apart: 1 2 所, 12 500套; not 12 50."""
    return [(at, at + 1) for apart in _APART.finditer(text) for at in range(*apart.span()) if not text[at].isdigit()]


def _runs(text: str) -> list[tuple[int, int, bool]]:
    """The lines that carry text: (start, end, the next one continues it)."""
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        raw = match[0]
        body = raw.strip()
        if body and not _marks_page(body):
            start = match.start() + len(raw) - len(raw.lstrip())
            lines.append((start, start + len(body)))
    width = wrap_width([text[start:end] for start, end in lines])
    joined = [
        not _parted(text, start, end, left) and continues(text[start:end], text[left:right], width)
        for (start, end), (left, right) in pairwise(lines)
    ]
    return [(start, end, goes_on) for (start, end), goes_on in zip(lines, [*joined, False], strict=False)]


@rule(
    "norm.space",
    must=["新建 学校3所。"],
    never=["ab cd。"],
    meaning="A blank, a mark of emphasis or of a note beside a character that is not ASCII means nothing.",
)
def _meaningless(source: str, span: tuple[int, int]) -> bool:
    left, right = span
    if source[left] in "_*[［\u200b\ufeff":
        return True
    return source[left - 1] > "\x7f" or source[right : right + 1] > "\x7f"


def _breaks(source: str, runs: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """What lies between the lines: nothing of it stays where a line goes on, else its one line feed."""
    cuts = [(0, runs[0][0])] if runs[0][0] else []
    for (_, end, joined), (start, _, _) in pairwise(runs):
        feed = start if joined else source.index("\n", end)
        cuts += [(end, feed), (feed + 1, start)] if feed < start else [(end, start)]
    cuts.append((runs[-1][1], len(source)))
    return cuts


def normalise(text: str) -> Normalised:
    """Drop page marks, wraps and stray blanks; paragraphs end in one line feed."""
    source = widths(text)
    runs = _runs(source)
    if not runs:
        return Normalised("", [0], [0])
    cuts = _breaks(source, runs) + _gaps(source)
    cuts += [span for blank in _BLANK.finditer(source) if _meaningless(source, span := blank.span())]
    cuts.sort()
    there = [0]
    parts = []
    for left, right in cuts:
        if left > there[-1]:
            parts.append(source[there[-1] : left])
            there.append(right)
        elif right > there[-1]:
            there[-1] = right
    begins = [0, *accumulate(map(len, parts))][: len(there)]
    return Normalised("".join(parts), begins, list(map(sub, there, begins)))
