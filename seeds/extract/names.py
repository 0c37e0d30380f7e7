"""Proper names of facilities, projects, lines and places in an object."""

import re

from seeds.extract.lexicon import EVERYDAY_ENDINGS, GENERAL_CHARACTERS
from seeds.extract.rules import rule
from seeds.extract.tokens import Phrase
from seeds.extract.wordlist import any_of, having, one_of

# 等 that sums a list up, not that of 甲等 or 高等.
_AND_OTHERS = re.compile(r"等(?<![甲同平中高初优]等)")
_SEPARATOR = re.compile(r"、|以及|和|及|与")
# “引龘济靐”工程: water is led from one river to another.
_TRANSFERS = "引(?![进导领育金资智才企客])[^，。、“”]{1,2}[济入补润][^，。、“”]{1,2}(?=[”工调供引前一二三四]|$)"
TRANSFER = re.compile(_TRANSFERS)
NUMBERED = re.compile(
    any_of(
        rf"""
        {_TRANSFERS} 环(?<=[东西南北内外二三四五六七]环)(?=[路线高快]) 环(?<=[二三四五六七]环)(?=[东西南北])
        引[\u4e00-\u9fff](?=延伸|工程|供水|一期|二期) 环(?<=[东西南北]外环)(?=[、和及与等大工]|$)
        \d+号线 第[一二三四五六七八九十\d]+[次届轮批跑航中小医高实人初幼职敬污净福完]
        第[一二三四五六七八九十\d]+{one_of("ordinal_thing")}
        \d{{3}}[国省县]道 (?<!\d)[一二三四五六七八九十1-9]期 [A-Z]\d+ \d号 国道\d+ [A-Z]段
        [一二三四五六七八九十附实][中小幼](?=[等、和及与迁扩改建搬整异]) [一二三四五六七八九十附实][中小幼]$
        江水置换(?=工程|项目) [一二三四五六七八九十]+运会
        电[入外](?=[^，、]{{1,3}}(?:工程|项目|通道|$|[等、和及与建投])) [A-Z]{{3}}项目
        """
    )
)
# 渡河流域综合治理: a river of one character, as 河流 is a word; but 中小河流域.
_BASIN = re.compile(r"[河江湖]流域(?<=[^小要点大江条级主\W][河江湖]流域)(?=[^，。；]{0,6}(?:治理|整治|防治|修复))")
# What such a name begins with: one look at each character spares most texts the patterns.
_NUMBER = re.compile(r"[\dA-Z第国一二三四五六七八九十附实环引电江]")
# A character that is not general vocabulary, and another one.
_UNLISTED = re.compile(rf"[\u4e00-\u9fff](?<![{''.join(sorted(GENERAL_CHARACTERS))}])[\u4e00-\u9fff]")
_QUOTED = re.compile(r"“[^”]{2,20}”")
_PROJECTS = re.compile(r"等(?:一批)?[^、，“]{0,6}(?:项目|工程)")
# How and when a thing is done, between its name and the verb behind it.
_MANNER = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}}){one_of('manner')}+$")
_MANNER_ENDS = frozenset(word[-1] for word in having("manner"))
_STREET_KINDS = frozenset(("education", "health", "culture_sports", "environment"))
_NO_NAMES = frozenset(having("no_name"))
_TITLED = re.compile(r"《[^》]{2,40}》")
_DEFINITE = re.compile(
    r"^(?:[全我](?:[国省市区县州]))?首[条座所家]|^国家(?!级)[\u4e00-\u9fff]{2,10}(?:中心|学院|大学|博物馆|图书馆)|^(?:[市区县省州旗盟镇](?![级域内属外直区郊政容辖])|新(?!型|建|增))"
    r"(?=[\u4e00-\u9fff]{1,12}"
    f"{one_of('definite_kind')})"
)
_INSTANCE = re.compile(
    one_of("instance") + r"(?=等|[一二三四]期|$|[、和及与项工片段东西南北改扩建整更综提升市省国主全北延环])"
)


def numbered(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is told from others of its kind by a number, a letter or a ring (name.numbered)."""
    first = _NUMBER.search(text, start, end)
    return first is not None and NUMBERED.search(text, first.start(), end) is not None


def _unfamiliar(text: str, left: int, right: int) -> bool:
    """Whether two characters in a row are neither general vocabulary nor part of an everyday word."""
    known, run = left, 0
    for at in range(left, right):
        endings = EVERYDAY_ENDINGS.get(text[at : at + 2]) if at + 1 < right else None
        if endings is not None:
            if at + 2 < right and text[at + 2] in endings:
                known = at + 3
            elif "" in endings:
                known = at + 2
        char = text[at]
        if at < known or not "\u4e00" <= char <= "\u9fff" or (not run and char in GENERAL_CHARACTERS):
            run = 0
        elif run:
            return True
        else:
            run = 1
    return False


def unknown(text: str, phrase: Phrase, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds a stretch of two characters and more without a known word."""
    return any(_unfamiliar(text, left, right) for left, right in phrase.gaps_within(start, end))


def _unlisted(text: str, phrase: Phrase, start: int, end: int) -> bool:
    """The same where everyday words may be part of a name, as they may in a list of names."""
    return any(_UNLISTED.search(text, left, right) for left, right in phrase.gaps_within(start, end))


@rule(
    "name.unknown",
    must=["建成花渡中学。"],
    never=["建成中心学校。"],
    meaning="A word that is no general vocabulary: 花渡中学.",
)
@rule(
    "name.numbered",
    must=["建成第三中学。", "开通9号线。"],
    never=["建成三所中学。"],
    meaning="A number, a letter or a ring: 9号线, 二期, 第四次.",
)
@rule(
    "name.definite",
    must=["区妇幼保健院建成投用。", "新中医院建成投用。"],
    never=["区级医院建成投用。"],
    meaning="One of its kind in the place: 区殡仪馆, 新中医院.",
)
@rule("name.titled", must=["编制《教育强区规划》。"], never=["编制教育规划。"], meaning="A title in its marks: 《…》.")
@rule("name.quoted", must=["推进“三馆两中心”建设。"], never=["推进三馆建设。"], meaning="A name in quotation marks.")
@rule(
    "name.weak",
    must=["建成体育路。", "向阳中学建成投用。"],
    never=["推进学校道路建设。"],
    meaning="Everyday words before a facility that commonly bears a name: 和平大道.",
)
def name_rule(text: str, phrase: Phrase, start: int, end: int) -> str | None:
    """Why ``text[start:end]`` names a particular thing; ``None`` where it does not."""
    if numbered(text, start, end):
        return "name.numbered"
    quoted = _QUOTED.search(text, start, end)
    if unknown(text, phrase, start, quoted.start() if quoted else end):
        return "name.unknown"
    if quoted and unknown(text, phrase, quoted.end(), end):
        return "name.unknown"
    if text.find("流域", start, end) >= 0 and _BASIN.search(text, start, end):
        return "name.unknown"
    if _DEFINITE.match(text[start:end]):
        return "name.definite"
    if _TITLED.search(text, start, end):
        return "name.titled"
    if quoted:
        return "name.quoted"
    weak = (phrase.gaps and _weak(text, phrase, start, end)) or _street(text, phrase, start, end)
    return "name.weak" if weak else None


def _street(text: str, phrase: Phrase, start: int, end: int) -> bool:
    """Whether a street is called after what stands in it: 体育路, 学院路, 人民医院巷; but 学校道路."""
    for left, right, entry in phrase.nouns:
        if left != start or entry.slug not in _STREET_KINDS:
            continue
        behind = min((at for at, _, _ in phrase.tokens if at >= right), default=end)
        return right < end and text[right] in "路街巷" and behind in (right + 1, end) and right + 1 <= behind
    return False


def _weak(text: str, phrase: Phrase, start: int, end: int) -> bool:
    """Whether everyday words stand right before a facility that commonly bears a name: 和平大道, 花卉园."""
    for match in _INSTANCE.finditer(text, start, end):
        if any(text[left:right] not in _NO_NAMES for left, right in phrase.gaps_within(start, match.end())):
            return True
    return False


def holds_instance(text: str, start: int, end: int) -> bool:
    return _INSTANCE.search(text, start, end) is not None


def ends_in_instance(text: str, start: int, end: int) -> bool:
    return any(match.end() in (end, end - 2) for match in _INSTANCE.finditer(text, start, end))


def summed(text: str, start: int, end: int) -> re.Match[str] | None:
    """The 等 that sums up a list in ``text[start:end]``."""
    return _AND_OTHERS.search(text, start + 1, end)


def items(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list of names, up to 等."""
    closed = _AND_OTHERS.search(masked, start + 1, end)
    stop = closed.start() if closed else end
    found, at = [], start
    for cut in _SEPARATOR.finditer(masked, start, stop):
        if cut.start() > at:
            found.append((at, cut.start()))
        at = cut.end()
    if stop > at:
        found.append((at, stop))
    return found


def _bare(name: str) -> str:
    """A name without the marks around it."""
    bare = name.strip("的").lstrip("了").rstrip("在于")
    if bare and bare[-1] in _MANNER_ENDS:
        bare = _MANNER.sub("", bare)
    name = bare or name
    if (name[0], name[-1]) in (("“", "”"), ("《", "》")) and len(name) > 2:
        return name[1:-1]
    return name


@rule(
    "name.listed",
    must=["推进学校扩建、道路亮化等项目建设。"],
    never=["推进学校扩建。"],
    meaning="A member of a list that 等 closes.",
)
def named(
    text: str, masked: str, phrase: Phrase, start: int, end: int, reach: int = 0
) -> tuple[tuple[str, ...], str | None]:
    """The names in an object and the rule that found the first.

    Up to ``reach`` is looked for 等…项目, which makes names of a list's members.
    """
    found: list[str] = []
    first = None
    listed = _AND_OTHERS.search(masked, start, end) is not None
    projects = listed and _PROJECTS.search(masked, start, reach or end) is not None
    for left, right in items(masked, start, end):
        why = name_rule(text, phrase, left, right)
        if why is None and listed and (projects or _unlisted(text, phrase, left, right)):
            why = "name.listed"
        if why is not None:
            found.append(_bare(text[left:right]))
            first = first or why
    return tuple(found), first
