"""Which part of the report a sentence stands in: its role, its period and its section title."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from seeds.extract import roles
from seeds.extract.normalise import SITE
from seeds.extract.roles import NONE, PLAN, REVIEW, YEARLY, Evidence, Stretch
from seeds.extract.rules import rule
from seeds.extract.wordlist import one_of

__all__ = ["NONE", "PLAN", "REVIEW", "YEARLY", "Outline", "Part", "Sentence", "is_heading", "level_of"]

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
_LEAD = re.compile(rf"[{_NUMBERS}]{{1,3}}是|——|[-*•●◆■▪·◇□○▶➤★☆]\s*|第[{_NUMBERS}]+[，、]")
# A list member counts something, or opens with a verb that builds, opens or finishes it.
_COUNTED = re.compile(
    r"\d[\d.,]{0,14}[余多]?[百千万亿]{0,2}[余多]?[个所条座家人户亩套张处栋部台名%公平吨辆场项元件]|全覆盖|全部"
)
_BUILDS = re.compile(f"{one_of('urging')}?(?:{one_of('building')}|[新改扩续迁重]建|新?改造|新?开工|完成[^全各年])")
# A sentence that ends so tells of one thing done; no title does.
_DONE = re.compile(
    f"(?:投入(?:使用|运营|运行)|(?:建成|交付|正式){one_of('use')}|{one_of('closing_deed')}"
    r"|完成(?:改造|扩建|迁建|验收))[。；]?$"
)
# What counts the members of a list within a paragraph; it is no part of a sentence.
_ENUMERATED = re.compile(
    rf"(?:{_LEAD.pattern}|（[{_NUMBERS}\d]{{1,2}}）|\d{{1,2}}[.、．)）](?!\d)|[①-⒛㈠-㈩❶-❿])+(?=.)"
)
_MARKDOWN = re.compile(r"#{1,6}\s*")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；”’）]*")

# Behind these nothing is told any more.
_GLOSSARY = re.compile(
    rf"(?:附[件录]?[：:、\d一二三]{{0,3}})?[《“]?(?:市?政府工作报告)?[》”]?{one_of('glossary')}*"
    r"(?:名词|用语|术语|注\s*释|注\s*解|情况说明$)|责任编辑|相关附件"
)
_ANNEX = re.compile(
    r"附[件表录](?:\d{1,2}|[一二三四五六])?[：:]?$|附[件表录]?[：:]?\d{0,2}[.、．]?[^，。]{0,4}[12]\d{3}年"
)
# Of a table whose cells stand on lines of their own, few lines have a mark; it tells nothing row by row.
_TELLS = re.compile("[。；：]")
# What a line of an annex tells of its project: how far it is, what this year brings, or what and whose it is.
_FAR = re.compile(r"[^，。：]{0,8}(?:进展|进度|完成情况|实施情况|落实情况)[^，。：]{0,4}：")
_AHEAD = re.compile(r"[^，。：]{0,4}(?:今年|本年|年度|下一?步|[12]\d{3}年)[^，。：]{0,4}(?:计划|打算|安排|目标|任务)：")
_ABOUT = re.compile(
    f"[^，。：]{{0,4}}(?:{one_of('annex_label')}单位|责任人|完成时[限间]|(?:项目|建设|主要)内容|总?投资)[^，。：]{{0,4}}："
)
_NUMBER = re.compile(r"\d{2}")
# No title counts anything or greets anyone.
_TOLD = re.compile(r"\d+(?:\.\d+)?[^\d年月日.、]|各位代表")

# Problems are told behind these; what only names the hardships of a year is no paragraph of problems.
_PROBLEMS = re.compile(
    "|".join(word + "[^。]{0,8}(?:认识|看|意识)到" for word in ("清醒", "深刻", "充分", "也要", "同时", "也", "必须"))
    + "|"
    + "|".join(
        word + "[^。，]{0,16}(?:困难|问题|不足|短板)"
        for word in ("还存在", "仍存在", "也存在", "存在不少", "仍然存在", "还面临", "存在一些")
    )
    + "|(?:问题|困难|不足|挑战|短板)[，：]?主要(?:是|有|表现|体现)|看到(?:存在的|面临的)?(?:问题|不足)"
)
_THANKS = re.compile(r"衷心(?:的)?感谢|崇高(?:的)?敬意|(?:成绩|成就)的?取得|来之不易|的结果(?:[，。]|$)")
_CONDUCT = re.compile(r"政府自身(?:建设|改革)|自身建设|从严治党要求|自身硬|加强政府建设")
_GREETING = re.compile(
    r"(?:各位代表|同志们)[，：！]?$|(?:各位代表[，：！])?(?:现在，)?我代表[^。]{2,30}(?:报告|作工作|作政府)|(?:source|title|date|author|url)[：:]|<[!！]-"
)
# The report's own title and the lines below it are no section titles.
_OWN_TITLE = re.compile(r"工作报告|人民代表大会|次会议|^[^，。]{0,20}[省市区县州盟旗]长[\u4e00-\u9fff·]{2,8}$")
_HEAD_LINES = 12
_LONGEST_OWN = 200
_LONGEST_LEAD = 40
_VISION = re.compile(r"(?:展望|到|面向)?(?:2035|二[〇○零]三五)年?")
_IDEOLOGY = re.compile(r"指导思想|总体要求|总体思路|以习近平[^。]{0,40}为指导|基本思路|工作总基调")
# A paragraph so long has lost the line ends between its titles and sentences.
_LONG = 1500
_LOST_BREAK = re.compile(
    rf"(?<=[。！；）])(?=(?:[{_NUMBERS}]{{1,3}}、|（[{_NUMBERS}]{{1,3}}）|各位代表))|(?=[{_NUMBERS}]、[12]\d{{3}}年[^，。]{{0,8}}(?:回顾|工作))"
)
_RUN_IN = 24


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
        return self.path[-1][1] if self.path else ""

    @property
    def section(self) -> str:
        """The titles above, outermost first."""
        return _joined(self.path)


_part = lru_cache(1024)(Part)


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


@rule(
    "sec.heading", must=["二、2030年重点工作\n（一）办好教育\n新建学校3所。"], never=["新建学校3所。\n新增学位900个。"]
)
def is_heading(line: str, level: int) -> bool:
    """Whether a whole paragraph is a title (sec.heading)."""
    if line.startswith("#"):
        return len(line) <= 60
    if line[-1] in "。！；：，" or ("，" in line and not level) or len(line) > (45 if level else 24):
        return False
    if not level and (_BUILDS.match(line) or _LEAD.match(line)):
        return False
    return bool(level) or not _TOLD.search(line) or line.endswith("实事")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that may hold statements: where it stands, what is read of it, and the titles above it."""

    start: int
    body: str
    offset: int
    path: tuple[tuple[int, str], ...]
    silent: bool
    listed: bool
    # What a line's own label says of it, against all around it.
    role: str | None = None


@dataclass(slots=True)
class _Line:
    """A line of text with its numbering."""

    start: int
    body: str
    level: int
    number: int
    annexed: bool = False


def _annexed(lines: list[_Line], annex: int | None) -> list[_Line]:
    """The lines up to now without those of the last annex, from line ``annex`` on, if it is a table cell by cell."""
    cells = lines[annex:] if annex is not None else []
    told = sum(_TELLS.search(line.body) is not None for line in cells)
    return lines[:annex] if told * 3 < len(cells) else lines


def _labelled(line: _Line, offset: int) -> tuple[str | None, int]:
    """The role that the label of an annex's line gives it, and where what it tells begins."""
    if line.annexed:
        for pattern, role in ((_FAR, REVIEW), (_AHEAD, YEARLY), (_ABOUT, NONE)):
            if label := pattern.match(line.body, max(offset, line.number)):
                return role, label.end()
    return None, offset


class Outline:
    """Walks the paragraphs of a report and yields the sentences of its parts that speak of work."""

    def __init__(self, text: str, year: int | None) -> None:
        """``text`` is clean text; ``year`` the report's year, without which nothing has an implied date."""
        self.text, self.year = text, year
        self.path: tuple[tuple[int, str], ...] = ()
        self.listed = 0
        # The level of the title that silences what stands below it; 0 where none does.
        self.quiet = 0
        self.problems = self.titled = self.headed = False
        self.stretches: list[Stretch] = []
        self.spoken: list[_Paragraph | str] = []

    def _lines(self) -> list[_Line]:
        found: list[_Line] = []
        annex: int | None = None
        at, half = 0, len(self.text) // 2
        for line in self.text.splitlines(keepends=True):
            start, at = at, at + len(line)
            body = line.strip()
            if not body:
                continue
            if start > half and len(body) < _LONGEST_LEAD:
                if _GLOSSARY.match(body):
                    break
                if _ANNEX.match(body):
                    found = _annexed(found, annex)
                    annex = len(found)
            start += line.index(body[0])
            cuts = [cut.start() for cut in _LOST_BREAK.finditer(body)] if len(body) > _LONG else []
            for left, right in zip([0, *cuts], [*cuts, len(body)], strict=True):
                if left < right:
                    found.append(
                        _Line(start + left, body[left:right], *enumerator(body[left:right]), annex is not None)
                    )
        return _annexed(found, annex)

    def sentences(self) -> list[Sentence]:
        """The sentences in order, each with its part; titles, greetings, problems and conduct are left out."""
        lines = self._lines()
        for at, line in enumerate(lines):
            following = lines[at + 1].level if at + 1 < len(lines) else 1
            self._walk(line, following, first=at < _HEAD_LINES)
        found: list[Sentence] = []
        goal = self.year + 4 if self.year else None
        for role, spoken in zip(roles.settle(self.stretches), self.spoken, strict=True):
            told = spoken if isinstance(spoken, str) else spoken.body[:40]
            if role == PLAN:
                goal = roles.goal_year(told, self.year) or goal
            if not isinstance(spoken, str) and not spoken.silent:
                self._read(spoken, role, goal, found)
        return found

    def _walk(self, line: _Line, following: int, *, first: bool) -> None:
        """Take one line: a title with what it says of its part, or a paragraph."""
        body, was_titled = line.body, self.titled
        self.titled = False
        offset = self._paragraph(line, following, first=first, titled=was_titled)
        if offset >= len(body):
            return
        if first and _OWN_TITLE.search(body) and len(body) < _LONGEST_OWN:
            return
        role, offset = _labelled(line, offset)
        start, end = line.start + offset, line.start + len(body)
        listed = bool(line.level) or _LEAD.match(body) is not None
        silent = role == NONE or self._silent(body, listed=listed)
        self.stretches.append(Stretch(Evidence(), roles.AT_ITEM) if silent else self._weighed(line, start, end, listed))
        self.spoken.append(_Paragraph(line.start, body, offset, self.path, silent or bool(self.quiet), listed, role))

    def _weighed(self, line: _Line, start: int, end: int, listed: bool) -> Stretch:
        """What a paragraph that may speak says of its part."""
        evidence = roles.of_paragraph(self.text, start, end, self.year, headed=self.headed)
        if line.level == 1 and end - start > _LONG // 5:
            # A title whose line end is lost.
            lead = roles.of_title(line.body[:_RUN_IN], self.year, deeper=True)
            if any(lead):
                return Stretch(evidence.plus(*lead), roles.AT_TOP)
        if listed:
            return Stretch(evidence, roles.AT_ITEM)
        return Stretch(evidence, roles.AT_CUE if roles.turns(line.body) else roles.AT_PARAGRAPH)

    @rule(
        "sec.silent",
        must=["二、2030年重点工作\n也要清醒地认识到，还存在不少困难，学校只有3所。"],
        never=["二、2030年重点工作\n新建学校3所。"],
    )
    def _silent(self, body: str, *, listed: bool) -> bool:
        """Whether a paragraph greets, thanks, or tells of problems or of the government's own conduct (sec.silent)."""
        if _GREETING.match(body) or SITE.match(body):
            return True
        if not listed and _PROBLEMS.search(body, 0, 60):
            self.problems = True
            return True
        if self.problems:
            if listed or not roles.turns(body):
                return True
            self.problems = False
        if self.quiet > 1 and roles.turns(body):
            self.quiet = 0
        if _CONDUCT.search(body, 0, 90) and not listed:
            return True
        thanks = _THANKS.search(body)
        return thanks is not None and (thanks.start() < 60 or len(body) < 300)

    @rule(
        "sec.member",
        must=["二、2030年重点工作\n1.新建学校3所。\n2.新增学位900个。"],
        never=["二、2030年重点工作\n新建学校3所。"],
    )
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
        return (alone and not roles.tells(body, self.year)) or (closed and _DONE.search(body, number) is not None)

    def _paragraph(self, line: _Line, following: int, *, first: bool, titled: bool) -> int:
        """Take the title that a line is or begins with; where its sentences begin."""
        body, level, number = line.body, line.level, line.number
        mark = _MARKDOWN.match(body)
        offset = mark.end() if mark else 0
        title = body[offset:]
        if mark:
            level, number = enumerator(title)
        if not level and (SITE.match(title) or (first and (_OWN_TITLE.search(title) or _GREETING.match(title)))):
            return 0
        opening = _SENTENCE.match(title) if level else None
        lead = opening[0] if opening else title
        behind = enumerator(title[len(lead) :])[0] if len(lead) < len(title) else following
        whole = behind == level or len(lead) == len(title)
        member = bool(level) and not mark and self._member(lead, level, number, behind or following, whole=whole)
        self.listed = level if member else 0
        if title and not member and is_heading(body, level):
            self._enter(title, level, titled=titled)
            return len(body)
        if member:
            offset += number
        elif level and len(lead) <= _LONGEST_LEAD and not _NUMBER.search(lead, 4):
            self._enter(lead.rstrip("。；"), level, titled=titled)
            offset += len(lead)
        return offset

    def _enter(self, title: str, level: int, *, titled: bool) -> None:
        """Take a title: drop those it replaces, and what it says of what stands below it."""
        depth = level or 1
        self.path = (*(item for item in self.path if item[0] < depth), (depth, title[:80]))
        self.problems, self.titled = False, True
        self._hush(title, level, titled=titled)
        evidence = roles.of_title(title, self.year, deeper=depth > 1, headed=depth > 1 and self.headed)
        if depth == 1 and (level or evidence.clear):
            self.headed = evidence.clear
        border = roles.AT_DEEPER if level > 1 else roles.AT_TOP if level else roles.AT_PLAIN_TITLE
        self.stretches.append(Stretch(Evidence() if self.quiet else evidence, border))
        self.spoken.append(title)

    def _hush(self, title: str, level: int, *, titled: bool) -> None:
        """Whether a title silences what stands below it, or ends the silence of the one before."""
        if roles.silent_title(title):
            self.quiet = self.quiet or level or 1
        elif self.quiet and (0 < level <= self.quiet or (not level and not titled and roles.tells(title, self.year))):
            self.quiet = 0

    def _read(self, paragraph: _Paragraph, role: str, goal: int | None, found: list[Sentence]) -> None:
        start, body, offset = paragraph.start, paragraph.body, paragraph.offset
        if role != REVIEW and not paragraph.listed and roles.looks_back(body, offset, len(body)):
            role = REVIEW
        role, year = paragraph.role or role, self.year
        end = {REVIEW: year - 1 if year else None, YEARLY: year, PLAN: goal}[role]
        part = _part(role, roles.year_end(end), paragraph.path)
        # Hardly a paragraph holds these: one look at the whole of it spares a look at each sentence.
        ideology = _IDEOLOGY.search(body, offset)
        problems = role == REVIEW and _PROBLEMS.search(body, offset)
        thanks = _THANKS.search(body, offset)
        for match in _SENTENCE.finditer(body, offset):
            left, right = match.span()
            if ideology and _IDEOLOGY.search(body, left, right):
                continue
            if part.role == PLAN and _VISION.match(body, left, right):
                part = replace(part, due_on=date(2035, 12, 31))
            elif (problems and _PROBLEMS.search(body, left, right)) or (thanks and _THANKS.search(body, left, right)):
                return
            marked = _ENUMERATED.match(body, left, right)
            found.append(Sentence(start + (marked.end() if marked else left), start + right, part))
