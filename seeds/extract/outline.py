"""Which part of the report a sentence stands in: its role, its period and its section title.

Rules: ``sec.heading`` (a title line or a numbered lead sentence), ``sec.member`` (a numbered line that is a statement,
not a title), ``sec.cue`` (the first words of a paragraph).
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

REVIEW, YEARLY, PLAN, NONE = "review", "yearly", "plan", "none"

_NUMBERS = "一二三四五六七八九十"
_LEVELS = (
    (1, re.compile(rf"(?:第[{_NUMBERS}]+(?:部分|章|篇)|[{_NUMBERS}]+、)")),
    (2, re.compile(rf"（[{_NUMBERS}]+）|第[{_NUMBERS}]+节")),
    (3, re.compile(r"\d{1,2}[.、．](?!\d)")),
    (4, re.compile(r"（\d{1,2}）|\d{1,2}[)）]|[①-⒛㈠-㈩❶-❿]")),
    (5, re.compile(r"0\d(?=[\u4e00-\u9fff])|\d{1,2}(?=[新改扩续]建|改造|建成|完成|新?开工|实施|推进|启动|加装)")),
)
# Below the levels stand the marks of a list whose members are never titles of what follows in their line.
_DEEPEST_TITLE = 4
_FIRST = frozenset(f"{_NUMBERS}第（0123456789")
_LEAD = re.compile(rf"[{_NUMBERS}]是|——|[-*•●◆■▪·◇□○▶➤★☆]\s*|第[{_NUMBERS}]+[，、]")
# A list member counts something, or opens with a verb that builds, opens or finishes it.
_COUNTED = re.compile(
    r"\d[\d.,]{0,14}[余多]?[百千万亿]{0,2}[余多]?[个所条座家人户亩套张处栋部台名%公平吨辆场项元件]|全覆盖|全部"
)
_BUILDS = re.compile(
    r"(?:全面|正式|力争|确保|如期|推动)?"
    r"(?:[新改扩续迁重]建|新?改造|建成|新?开工|动工|启动建设|竣工|完工|投用|打通|加装|完成[^全各年])"
)
# A sentence that ends so tells of one thing done; no title does.
_DONE = re.compile(
    r"(?:投入(?:使用|运营|运行)|(?:建成|交付|正式)(?:使用|招生|开放|启用|运营|运行)|投用|投运|投产|启用|通车|通水|通气|通电|通航|竣工|完工|开工"
    r"|开工建设|开园|开馆|开诊|开学|招生|贯通|封顶|建成|完成(?:改造|扩建|迁建|验收))[。；]?$"
)
# What counts the members of a list within a paragraph; it is no part of a sentence.
_ENUMERATED = re.compile(
    rf"(?:{_LEAD.pattern}|（[{_NUMBERS}\d]{{1,2}}）|\d{{1,2}}[.、．)）](?!\d)|[①-⒛㈠-㈩❶-❿])+(?=.)"
)
_MARKDOWN = re.compile(r"#{1,6}\s*")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；”’）]*")

_REVIEW_HEAD = re.compile(
    r"回顾|总结|过去[一五]年|成绩|成就|成效|[一五]年来|完成情况|20\d\d年(?:政府)?工作(?:情况|报告)?$"
)
_CONDUCT_HEAD = re.compile(
    r"政府自身|自身建设|政府建设|政府治理效能|施政|从严治党|廉洁政府|法治政府|服务型政府|人民满意的?(?:服务型)?政府|政府系统|履职"
)
_PLAN_HEAD = re.compile(r"十[二三四五六]五|[今未]来五年|今后五年|远景|五年规划|未来[三五]年|今后[三五]年")
_YEARLY_HEAD = re.compile(
    r"今年|20\d\d年|[12]\d{3}年|重点工作|工作(?:安排|任务|部署|重点|建议|打算)|主要(?:任务|目标)|预期目标|下一步"
)
_GLOSSARY = re.compile(
    r"(?:名词|用语|相关|有关|部分)*(?:名词|用语|术语)(?:解释|说明|注释|释义)|附[件录表注]?[：:1-9]|注释|责任编辑|附件|相关附件"
)
_YEAR = re.compile(r"(20\d\d)年")
_NUMBER = re.compile(r"\d{2}")
# No title counts anything or greets anyone.
_TOLD = re.compile(r"\d+(?:\.\d+)?[^\d年月日.、]|各位代表")

_PROBLEMS = re.compile(
    "|".join(word + "[^。]{0,8}(?:认识|看|意识)到" for word in ("清醒", "深刻", "充分", "也要", "同时"))
    + "|"
    + "|".join(word + "[^。]{0,20}(?:困难|问题|不足|短板|挑战)" for word in ("存在", "面临"))
    + "|问题和不足|困难和(?:问题|挑战)"
)
_THANKS = re.compile(r"衷心(?:的)?感谢|崇高(?:的)?敬意|(?:成绩|成就)的?取得|来之不易|的结果")
_CONDUCT = re.compile(r"政府自身(?:建设|改革)|自身建设|从严治党要求|自身硬|加强政府建设")
_REVIEW_CUE = re.compile(
    r"(?:各位代表[！，：])?(?:[^。]{0,6})?(?:过去(?:的)?(?:一|五|[这]?几)年|[一五]年来|回顾|刚刚过去|本届政府|“?十[二三四]五”?(?:时期|期间|以来))"
)
_YEARLY_CUE = re.compile(
    r"(?:各位代表[！，：])?(?:做好|抓好|实现|完成)?(?:今年|(?P<year>20\d\d)年(?:是|，?我们将|，?(?:全[省市区县州]|我们)?要|经济社会发展|政府工作|工作))"
)
_VISION = re.compile(r"(?:展望|到|面向)?(?:2035|二[〇○零]三五)年?")
_IDEOLOGY = re.compile(r"指导思想|总体要求|总体思路|以习近平[^。]{0,40}为指导|基本思路|工作总基调")
_FIVE_YEARS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_FIVE = re.compile(r"十[二三四五六]五")


@lru_cache(256)
def _joined(path: tuple[tuple[int, str], ...]) -> str:
    return " / ".join(title for _, title in path)


@dataclass(frozen=True, slots=True)
class Part:
    """The role and period of a stretch of the report, and the titles above it."""

    role: str = NONE
    due_on: date | None = None
    path: tuple[tuple[int, str], ...] = ()

    @property
    def title(self) -> str:
        """The nearest title."""
        return self.path[-1][1] if self.path else ""

    @property
    def section(self) -> str:
        """The titles above, outermost first."""
        return _joined(self.path)


@dataclass(slots=True)
class Sentence:
    """A sentence of the clean text that may hold statements."""

    start: int
    end: int
    part: Part


def enumerator(line: str) -> tuple[int, int]:
    """The depth that a line's numbering style gives it and the length of its number; 0 and 0 where it has none."""
    if line and (line[0] in _FIRST or "①" <= line[0] <= "㈩"):
        for level, pattern in _LEVELS:
            if number := pattern.match(line):
                return level, number.end()
    return 0, 0


def level_of(line: str) -> int:
    """The depth that a line's numbering style gives it; 0 where it has none."""
    return enumerator(line)[0]


def is_heading(line: str, level: int) -> bool:
    """Whether a whole paragraph is a title (sec.heading)."""
    if line.startswith("#"):
        return len(line) <= 60
    if line[-1] in "。！；：，" or ("，" in line and not level) or len(line) > (45 if level else 24):
        return False
    if not level and (_BUILDS.match(line) or _LEAD.match(line)):
        return False
    return bool(level) or not _TOLD.search(line)


class Outline:
    """Walks the paragraphs of a report and yields the sentences of its parts that speak of work."""

    def __init__(self, text: str, year: int | None) -> None:
        """``text`` is clean text; ``year`` the report's year, without which nothing has an implied date."""
        self.text, self.year = text, year
        self.part = Part()
        self.top = Part()
        self.listed = 0

    def _end(self, year: int | None) -> date | None:
        return date(year, 12, 31) if year and 1 <= year <= 9999 else None

    def _plan_end(self, title: str) -> date | None:
        named = [_FIVE_YEARS[word] for word in _FIVE.findall(title) if not self.year or _FIVE_YEARS[word] >= self.year]
        return self._end(named[0] if named else self.year + 4 if self.year else None)

    def _as(self, role: str, due: date | None = None) -> Part:
        year = self.year
        implied = {REVIEW: self._end(year - 1 if year else None), YEARLY: self._end(year), PLAN: due}.get(role)
        return Part(role, implied, self.part.path)

    def _headed(self, title: str) -> Part | None:
        if _CONDUCT_HEAD.search(title):
            return self._as(NONE)
        past = [int(year) for year in _YEAR.findall(title)]
        if _REVIEW_HEAD.search(title) and not (self.year in past and "总结" not in title and "回顾" not in title):
            return self._as(REVIEW)
        if self.year in past:
            return self._as(YEARLY)
        if _PLAN_HEAD.search(title):
            return self._as(PLAN, self._plan_end(title))
        return self._as(YEARLY) if _YEARLY_HEAD.search(title) else None

    def _enter(self, title: str, level: int) -> None:
        """Take a title: drop the titles it replaces, then the role that it or the title above it gives."""
        depth = level or 1
        kept = tuple(item for item in self.part.path if item[0] < depth)
        path = (*kept, (depth, title[:80]))
        above = self.part if self.part.role != NONE or level else self.top
        self.part = Part(above.role, above.due_on, path)
        headed = self._headed(title)
        if depth <= 1:
            self.part = self.top = headed or self.part
            return
        if headed is not None and (
            headed.role == NONE or self.top.role == NONE or (headed.role == YEARLY and self.top.role == PLAN)
        ):
            self.part = headed
        else:
            self.part = Part(self.top.role, self.top.due_on, path)

    def _cue(self, paragraph: str) -> None:
        """What the first words of a paragraph say (sec.cue)."""
        lead = paragraph[:60]
        if (
            (_CONDUCT.search(paragraph[:90]) and not _LEAD.match(paragraph))
            or _PROBLEMS.search(lead)
            or (len(paragraph) < 1500 and _THANKS.search(paragraph))
        ):
            self.part = self._as(NONE)
        elif self.top.role in (REVIEW, NONE) and _REVIEW_CUE.match(lead):
            self.part = self._as(REVIEW)
        elif (cue := _YEARLY_CUE.match(lead)) and cue["year"] in (None, str(self.year)) and self.top.role != REVIEW:
            self.part = self._as(YEARLY)

    def sentences(self) -> list[Sentence]:
        """The sentences in order, each with its part; titles, greetings, problems and conduct are left out."""
        found: list[Sentence] = []
        at = 0
        lines: list[tuple[int, str, int, int]] = []
        for line in self.text.splitlines(keepends=True):
            start, at = at, at + len(line)
            body = line.strip()
            if not body:
                continue
            if _GLOSSARY.match(body) and len(body) < 20 and start > len(self.text) // 2:
                break
            lines.append((start + line.index(body[0]), body, *enumerator(body)))
        for (start, body, level, number), following in zip(lines, [*(line[2] for line in lines[1:]), 1], strict=False):
            offset = self._paragraph(body, level, number, following)
            if offset < len(body) and self.part.role != NONE:
                self._read(start, body, offset, found)
        return found

    def _member(self, body: str, level: int, number: int, following: int, *, whole: bool) -> bool:
        """Whether a numbered lead is a member of a list, not the title of what stands below it (sec.member).

        ``whole`` where nothing stands behind it in its paragraph.
        """
        if level > _DEEPEST_TITLE:
            return True
        if level < following <= _DEEPEST_TITLE:
            return False
        if _COUNTED.search(body, number):
            return True
        sibling = level in (following, self.listed) or 0 < following < level
        closed = body[-1] in "。；"
        if sibling and (level > 1 or level == self.listed or closed) and _BUILDS.match(body, number):
            return True
        # A title has something below it; a sentence right before its sibling has nothing.
        alone = whole and closed and (level == following or (sibling and level == self.listed))
        return (alone and self._headed(body) is None) or (closed and _DONE.search(body, number) is not None)

    def _paragraph(self, body: str, level: int, number: int, following: int) -> int:
        """Take what a paragraph says of its part; where its sentences begin."""
        mark = _MARKDOWN.match(body)
        offset = mark.end() if mark else 0
        title = body[offset:]
        if mark:
            level, number = enumerator(title)
        first = _SENTENCE.match(title) if level else None
        lead = first[0] if first else title
        behind = enumerator(title[len(lead) :])[0] if len(lead) < len(title) else following
        whole = behind == level or len(lead) == len(title)
        member = bool(level) and not mark and self._member(lead, level, number, behind or following, whole=whole)
        self.listed = level if member else 0
        if title and not member and is_heading(body, level):
            self._enter(title, level)
            return len(body)
        if member:
            offset += number
        elif level:
            if len(lead) <= 40 and not _NUMBER.search(lead, 4):
                self._enter(lead.rstrip("。；"), level)
                offset += len(lead)
        else:
            self._cue(title)
        return offset

    def _read(self, start: int, body: str, offset: int, found: list[Sentence]) -> None:
        part = self.part
        # Hardly a paragraph holds these: one look at the whole of it spares a look at each sentence.
        ideology = _IDEOLOGY.search(body, offset)
        problems = part.role == REVIEW and _PROBLEMS.search(body, offset)
        for match in _SENTENCE.finditer(body, offset):
            left, right = match.span()
            if ideology and _IDEOLOGY.search(body, left, right):
                continue
            if part.role == PLAN and _VISION.match(body, left, right):
                part = replace(part, due_on=date(2035, 12, 31))
            elif problems and _PROBLEMS.search(body, left, right):
                return
            marked = _ENUMERATED.match(body, left, right)
            found.append(Sentence(start + (marked.end() if marked else left), start + right, part))
