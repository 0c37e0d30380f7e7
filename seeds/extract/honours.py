"""Titles and honours that a facility, a place or the government won or seeks (ms.honour)."""

import re

from seeds.extract import categories
from seeds.extract.candidate import Candidate, Context
from seeds.extract.categories import Noun
from seeds.extract.clauses import Document, Segment
from seeds.extract.lexicon import TRADE, WINS
from seeds.extract.milestones import Milestone
from seeds.extract.names import named
from seeds.extract.rules import rule
from seeds.extract.tokens import Token
from seeds.extract.wordlist import having, one_of

_TITLE = re.compile(
    rf"{one_of('title')}|卫生[城县镇乡]|[县村]城?$|[一二三][甲乙]|大学$|[冠亚季]军$|举办权$|名城$|美丽河湖$|(?<!地)[县市区]$|县市$"
    r"|[二三]级[甲乙]?等?|校$|高职$|学院$|重点[村镇]"
)
# General-governance titles, praise and business honours are left out.
_CIVIL = re.compile(
    rf"{one_of('civil_title')}|文明城[区市]|平安[中县区市建]|(?<!第)一批|第[1-9]名|A级|(?<!农业)科技|(?<!风)景区|工业[强互百大]"
)
# Praise in an appraisal; whom the government only supports is not named.
_APPRAISED = re.compile("成效考核|支持符合条件")
# A title is given by someone or stands in quotation marks; a mere 成为 needs more than that.
_GRANTED = re.compile(
    f"“[^”]{{3,}}”|国家级|省级|市级|(?:全国|国家|中国|世界|联合国|全[省市]).*{one_of('title_holder')}”?$"
)
_BECOME = re.compile(
    f"首[个批座家]|唯一|试点[市县区]$|中国.*(?:乡村|[村镇])$|国家.*试点(?:城市|县|区|地区)$|“[^”]{{3,}}”$|[二三]级(?:甲等)?(?:综合|专科|中医)?医院|[二三]甲医院|(?:国家|全国|省级).*{one_of('national_theme')}"
    f"|(?:国家|全[国省市州区]|[省市]级).*{one_of('title_theme')}"
    r".*(?:[县市区镇乡村]|社区|学校|单位|基地)$"
)
# What a place or a facility is admitted to: a list of titles given by a higher level.
_ADMITTED = re.compile(
    r"(?:国家|全[国省市州]|[省市]级|中国|世界|联合国).*(?:试点|试验区|示范[区县市镇村]|名录|名单|遗产|基地|先行区)$"
)
# 建成国家森林城市, 争取建设国家中医药综合改革试验区: what is built is a title.
_BUILT_TITLE = re.compile(
    r"(?:国家级?|全国|全[省市州]|省级|市级).*(?:城市|城区|县城|模范[县市区]|示范[县市区镇村]|样板|试验区|先进[县市区])$"
)
_ASKED = {
    "成为": _BECOME,
    "纳入": _ADMITTED,
    "列为": _ADMITTED,
    "建成": _BUILT_TITLE,
    "争取建设": _BUILT_TITLE,
}
# Who gives the title, without which 创建示范卫生院 names no title.
_BY_WHOM = re.compile(r"[“国省市]|世界|县级|区级|五星|三甲|[二三]级|\d")
# 话剧《…》获文华奖.
_PRIZED = re.compile(r"(?<![荣喜收授])获(?=[^得评批授悉胜取利益，。；、]{2,20}(?:奖|称号|荣誉|认证)$)")
# 被省政府授予“…先进单位”.
_GIVEN = re.compile(f"被[^，。；“]{{2,12}}{one_of('conferring')}")
# What passes an examination: a title, not a building.
_PASSES = re.compile(one_of("examination"))
_SHORTEST_TITLE = 4
# What may stand behind 创建 where it is a noun: 启动国家森林城市创建工作.
_CREATION = re.compile("(?:工作|步伐)?")
# 开展创建“平安校园”活动 seeks no title.
_CAMPAIGN = having("campaign")


def _before_final(segment: Segment, behind: int) -> int:
    """Where the closing verbs begin, if they stand behind ``behind``; else where the segment ends."""
    first = segment.final[-1][0] if segment.final else segment.end
    return first if first > behind else segment.end


# Where the verb that wins or seeks a title starts and ends, and where the title ends.
_Win = tuple[int, int, int]
_NO_TITLE: _Win = (0, 0, 0)


def _created(text: str, segment: Segment, token: Token) -> _Win | None:
    """A title whose creation is a noun behind it (启动国家森林城市创建), or a success (示范县创建成功)."""
    left, right, entry = token
    if entry.word == "创建成功" and right == segment.end:
        return segment.start, segment.start, left
    if not entry.nominal or not _CREATION.fullmatch(text, right, _before_final(segment, left)):
        return None
    opened = [token for token in segment.lead if token[1] < left]
    # 巩固国家卫生城市创建成果 seeks nothing.
    if any(token[2].weak for token in opened):
        return _NO_TITLE
    return (opened[0][0], opened[-1][1], left) if opened else (segment.start, segment.start, left)


def _examined(text: str, segment: Segment) -> _Win | None:
    """A title that passes an examination (通过…复评); it may also stand before the verb."""
    passed = text.find("通过", segment.start, segment.end)
    examined = _PASSES.search(text, passed, segment.end) if passed >= 0 else None
    if examined is None:
        return None
    if _TITLE.search(text, passed + 2, examined.start()):
        return passed, passed + 2, examined.start()
    return segment.start, segment.start, passed


def _won(document: Document, segment: Segment) -> _Win | None:
    """The verb that wins or seeks a title, and the title."""
    text = document.text
    for token in segment.tokens if segment.phrase().traits & WINS else ():
        _, right, entry = token
        if entry.traits & WINS:
            created = _created(text, segment, token)
            if created is not None:
                return created
            asked = _ASKED.get(entry.word)
            return (token[0], right, segment.end) if asked is None or asked.search(text, right, segment.end) else None
    granted = _GIVEN.search(text, segment.start, segment.end)
    if granted is not None:
        return granted.start(), granted.end(), segment.end
    at = text.find("获", segment.start + 1, segment.end)
    prized = _PRIZED.search(text, at, segment.end) if at >= 0 else None
    if prized is not None:
        return prized.start(), prized.start() + 1, segment.end
    return _examined(text, segment)


def _speaks_up(noun: Noun) -> tuple[bool, int]:
    """Of a title and whose it is the weightier decides, but a word of government only where nothing else does."""
    return noun.slug != "governance", noun.weight


def _other_title(document: Document, segment: Segment, start: int, end: int) -> Candidate | None:
    """The title behind one of general government in a list: 创建全国文明城市、国家森林城市."""
    text = document.text
    titled = _TITLE.search(text, start, end) or _GRANTED.search(text, start, end)
    noun = categories.head(text, segment.phrase(), start, end)
    if titled is None or noun is None or noun.slug in TRADE:
        return None
    mark = Milestone("complete", "ms.honour", strong=True)
    return Candidate(start, end, noun, mark, None, (text[start:end],), ("ms.honour", noun.rule))


@rule(
    "ms.honour",
    must=["争创全国卫生城市。", "花渡公园荣获“最美公园”称号。", "创建全国文明城市、国家森林城市。"],
    never=["开展创建“平安校园”活动。", "创建全国文明城市、法治政府示范市。"],
    meaning="A livelihood title that a facility, a place or the government wins or seeks.",
)
def honour(document: Document, segment: Segment, context: Context) -> Candidate | None:
    """The candidate that a segment makes whose verb wins or seeks a livelihood title."""
    verb = _won(document, segment) if document.text[segment.start] not in "让使以" else None
    if verb is None or document.text.endswith(_CAMPAIGN, segment.start, segment.end):
        return None
    text, (before, behind, end) = document.text, verb
    if end - behind < (_SHORTEST_TITLE if text[before:behind] not in ("通过", "获") else len("二甲")):
        return None
    titled = _TITLE.search(text, behind, end) or _GRANTED.search(text, behind, end)
    first = document.masked.find("、", behind, end)
    if first > 0 and titled is not None and _CIVIL.search(text, behind, first) and not _CIVIL.search(text, first, end):
        return _other_title(document, segment, first + 1, end)
    if (
        titled is None
        or _CIVIL.search(text, behind, first if first > 0 else end)
        or _APPRAISED.search(text, segment.start, before)
    ):
        return None
    title = categories.head(text, segment.phrase(), behind, end)
    subject = categories.head(text, segment.phrase(), segment.start, before)
    noun = max((item for item in (title, subject) if item), key=_speaks_up, default=None)
    noun = noun or context.resolve()
    if noun is None:
        return None
    passive = text.find("被", segment.start, before)
    before = passive if passive > segment.start else before
    found, _ = named(text, document.masked, segment.phrase(), segment.start, before)
    sought = text[before:behind].endswith("创建") or text.startswith("创建", end)
    if not found and sought and not _BY_WHOM.search(text, behind, end):
        return None
    sought_first = text[before:behind].endswith(("申报", "申办")) and not text.startswith("成功", before)
    mark = Milestone("plan" if sought_first else "complete", "ms.honour", strong=True)
    won = found or (text[behind:end].removesuffix("顺利").strip("为"),)
    return Candidate(segment.start, segment.end, noun, mark, None, won, ("ms.honour", noun.rule))
