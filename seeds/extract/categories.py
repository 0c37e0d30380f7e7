"""The category of a segment, by the head of its object: the last noun of its noun phrase."""

import re
from typing import NamedTuple

from seeds.extract.lexicon import EVERYDAY, LIVELIHOOD, TRADE
from seeds.extract.names import TRANSFER
from seeds.extract.rules import rule
from seeds.extract.tokens import SHORTEST_GAP, Phrase, Token, read
from seeds.extract.wordlist import having, one_of, suffixes

# What the last character of an unknown name says; the short names of schools and hospitals: 三小, 附中, 二院.
SUFFIXES, SHORT = suffixes("name"), suffixes("short")
_ENDINGS = frozenset((*SUFFIXES, *SHORT))
# 幸福路, 便民桥: behind a known word a single character is no name, but it says what the thing is.
_WAY = re.compile(r"[路桥巷](?=$|[^\u4e00-\u9fff]|[等和及与])")
# “花超”, “村BA”: leagues are called after their place.
_LEAGUE = re.compile("“[^”]{1,3}(?:超|BA|VA)”")
# S280线花柳段改造工程: a road goes by its class and number.
_NUMBERED_ROAD = re.compile(r"(?<![A-Za-z])[GSXY]\d{3,4}(?!\d)(?:线|复线|国道|省道)")
_NUMBERS = "一二三四五六七八九十附实"
_SUFFIX = re.compile(
    rf"[{''.join(_ENDINGS)}](?:(?<=[{''.join(SUFFIXES)}])|(?<=[{_NUMBERS}].))(?=$|[^\u4e00-\u9fff]|[等和及与]|国庆|春节|元旦|五一|七一|[东西南北中]段)"
)
# 花渡河城区段治理: a section that is treated is one of a river, unless it is one of a road.
_RIVER_WORKS = re.compile(
    f"(?:[河江湖溪沟渠段淀域]|海(?<![近沿入远公出临环滨大]海))(?:源头|上游|下游|干流|支流)?(?:水?生态环境|综合|生态|系统)?{one_of('river_treatment')}"
)
_ROADS = re.compile("[路道线桥街]|高速")
# 107国道花河段: of a road it is a section, named after a county.
_REACH = "河段"
# 花渡片区与柳湾片区衔接开发.
_QUARTER = re.compile("片区[^，。；、产工业]{0,10}(?:开发|更新)")
# 龙山 and 九江 are most often places; a mountain or a river is cared for, or works stand by it.
_NATURE = frozenset("山江河溪")
_TENDED = re.compile(f"”|{one_of('tended')}|[两沿]?岸|贯通|工程|复流|段|水系|景观")
_WATER = re.compile("[河江湖溪]")
# 蓝莓3000亩: what is counted in acres and is no ground to build on is grown.
_ACRES = re.compile(r"\d[万千百余多]*亩")
# Lines that nobody travels on, in figures of speech.
_NO_WAYS = having("figurative_way")
_UNLISTED = re.compile(r"[^\W\da-zA-Z_万千百余多亩]{2}")
HEAD = 2
DECISIVE = 4
# A street called after what stands in it (学院路, 人民医院巷) or after a trade (科技路); but 文创街 is a trade's place.
_STREETS = frozenset("路街巷桥")
_THOROUGHFARES = frozenset("路桥")
# 线路, 铁路 and 道路 are words of their own.
_NO_STREET = frozenset("线铁公网道")
_BEHIND_STREET = re.compile("$|[^\u4e00-\u9fff]|[等和及与东西南北]")
# Behind whom a thing is for or where it stands a theme decides (农村教育, 小区监控), but not one that names no service
# (保障, 创新), nor care for the old and the young (老人床位) or for members (党员教育).
_VAGUE = TRADE | {"social_security"}
_NO_THEMES = {"elderly_childcare": _VAGUE | {"health"}, "governance": LIVELIHOOD}
_PAY = re.compile("补贴|津贴|待遇|工资|补助")
_JOINT = re.compile("、|以及|和|及|与")
# 12个中级版、6个高级版“绿色乡村”: the same measure word opens the next member.
_COUNTED = re.compile(r"\d[\d.万余多]*([\u4e00-\u9fff])")
_NEXT_COUNTED = re.compile(r"[\u4e00-\u9fff]{0,3}\d[\d.万余多]*([\u4e00-\u9fff])")
_CLAUSE_END = re.compile("[，。；：！？\n]")
# Words before the segment in its own sentence.
_SENTENCE_BEFORE = re.compile("[，、][^。；！？\n]*$")
_LONGEST_SERIES = 60
# 环境综合整治和…: so much may stand between the noun of a member and the joint.
_TAIL = 6
_SHORTEST_OBJECT = 2
_LONG_MODIFIER = 4
# 供热二级管网: pipes are those of what flows in them.
_PIPES = frozenset(having("pipe"))
_FLOWING = frozenset(("utilities", "water_sanitation"))
# 渝湖河综合治理: the river is what is treated.
_OVERALL = frozenset(having("overall"))


# 改燃关停7台煤电机组: who pollutes is closed.
_CLOSED = re.compile(f"[^，。；、]{{0,6}}?(?:关停|取缔|关闭)[^，。；]{{0,12}}?{one_of('polluter')}")
_TRADES = TRADE | {"utilities"}


_FORMS = ((_QUARTER, "housing"), (_LEAGUE, "culture_sports"), (_NUMBERED_ROAD, "transport"))


class Noun(NamedTuple):
    """A word that speaks for a category: where it ends, how much it weighs, the rule."""

    end: int
    weight: int
    slug: str
    rule: str
    modifier: bool = False


def _river_works(text: str, start: int, end: int) -> re.Match[str] | None:
    """The treatment of a river or of a section of it in ``text[start:end]``."""
    river = _RIVER_WORKS.search(text, start, end)
    return river if river is not None and not _ROADS.search(text, start, river.start()) else None


def _suffix_slug(text: str, suffix: str, left: int, stop: int, start: int, end: int) -> str:
    """What the last character of a name says; a section is one of a river where one is named or treated."""
    if suffix == "段":
        by_river = _WATER.search(text, left, stop) and not _ROADS.search(text, start, stop - 1)
        if by_river or _river_works(text, start, end):
            return "environment"
    return SUFFIXES.get(suffix) or SHORT[suffix]


def _place(text: str, suffix: str, stop: int, end: int) -> bool:
    """Whether a name in 江 or 山 is most likely that of a county or a town: nothing tends a river or a mountain."""
    return suffix in _NATURE and _TENDED.search(text, stop, end) is None


@rule("cat.suffix", must=["打通柳湾十四纵路。", "建成花渡沟闸。"], never=["守牢耕地底线。", "建成花渡中学。"])
def _suffixed(text: str, phrase: Phrase, start: int, end: int) -> list[Noun]:
    """The unknown names that end in a telling character; one that only modifies the word behind it weighs less."""
    found = []
    for left, right in phrase.gaps_within(start, end):
        # A gap of two characters can only end so; the search is for what stands before a mark or 等.
        if right - left == SHORTEST_GAP and text[right - 1] not in _ENDINGS:
            continue
        for match in _SUFFIX.finditer(text, left + 1, right):
            stop = match.end()
            if text[stop - 2 : stop] in EVERYDAY or text[stop - 2 : stop] in _NO_WAYS or text[stop - 2] == "全":
                continue
            modifies = stop == right and any(
                begin == right and not entry.verb and entry.word not in _OVERALL for begin, _, entry in phrase.tokens
            )
            weight = 1 if modifies or _place(text, match[0], stop, end) else HEAD
            found.append(Noun(stop, weight, _suffix_slug(text, match[0], left, stop, start, end), "cat.suffix"))
    return found


def _names_street(text: str, phrase: Phrase, token: Token, end: int) -> bool:
    """Whether the character behind a listed word, no part of a word itself, makes it the name of a street."""
    _, right, entry = token
    if text[right - 1] in _NO_STREET or (entry.slug in TRADE and text[right] not in _THOROUGHFARES):
        return False
    following = next((left for left, _, _ in phrase.tokens if left >= right), end)
    return following == right + 1 or (following > right and _BEHIND_STREET.match(text, right + 1, end) is not None)


@rule(
    "cat.transfer",
    must=["建成引花济柳工程。"],
    never=["引进花卉企业。"],
    meaning="Water is led from one river to another: 引…济….",
)
@rule(
    "cat.unit",
    must=["种下莓茶3000亩。"],
    never=["平整土地3000亩。"],
    meaning="An unknown thing counted in acres is grown: 莓茶3000亩.",
)
def _implied(text: str, phrase: Phrase, start: int, end: int) -> Noun | None:
    """What the form of an object without a head tells.

    Led water (cat.transfer), a river that is treated, a way or a league (cat.suffix: 柳湾沟治理, 便民桥, “花超”), what
    is grown (cat.unit: 莓茶3000亩).
    """
    transfer = TRANSFER.search(text, start, end) if text.find("引", start, end) >= 0 else None
    if transfer is not None:
        return Noun(transfer.end(), HEAD, "water_sanitation", "cat.transfer")
    river = _river_works(text, start, end)
    if river is not None:
        return Noun(river.start() + 1, HEAD, "environment", "cat.suffix")
    for form, slug in _FORMS:
        told = form.search(text, start, end)
        if told is not None:
            return Noun(told.start() + 2, HEAD, slug, "cat.suffix")
    for way in _WAY.finditer(text, start + 1, end):
        at = way.start()
        if any(right == at for _, right, _ in phrase.tokens) and text[at - 1 : at + 1] not in EVERYDAY:
            return Noun(at + 1, HEAD, "transport", "cat.suffix")
    grown = _ACRES.search(text, start, end) if text.find("地", start, end) < 0 else None
    if grown and any(_UNLISTED.search(text, left, right) for left, right in phrase.gaps_within(start, end)):
        return Noun(grown.end(), 1, "rural", "cat.unit")
    return None


def nouns(text: str, phrase: Phrase, start: int, end: int) -> list[Noun]:
    """Every word between ``start`` and ``end`` that speaks for a category, in order."""
    found: list[Noun] = []
    new = tuple.__new__  # half the time of Noun(…)
    for token in phrase.nouns:
        left, right, entry = token
        if left >= start and right <= end:
            if found and entry.word in _PIPES and found[-1].slug == "utilities":
                continue
            if entry.word == _REACH and _ROADS.search(text, start, left):
                found.append(Noun(right, HEAD, "transport", "cat.suffix"))
            elif right < end and text[right] in _STREETS and _names_street(text, phrase, token, end):
                found.append(Noun(right + 1, HEAD, "transport", "cat.suffix"))
            elif entry.staff and _PAY.search(text, right, end):
                found.append(Noun(right, DECISIVE, entry.slug, entry.rule))
            else:
                found.append(new(Noun, (right, entry.weight, entry.slug, entry.rule, entry.modifier)))
    suffixed = phrase.gaps and _suffixed(text, phrase, start, end)
    return sorted(found + suffixed) if suffixed else found


def _outweighs(noun: Noun, best: Noun) -> bool:
    """Whether a noun behind ``best`` is more of a head; whom a thing is for or where it stands is none."""
    if noun.weight >= best.weight:
        return True
    if noun.weight < HEAD:
        return best.modifier and not noun.modifier and noun.slug not in _NO_THEMES.get(best.slug, _VAGUE)
    return (
        noun.weight == HEAD
        and best.weight < DECISIVE
        and noun.modifier <= best.modifier
        and noun.rule != "cat.suffix"
        and not {noun.slug, best.slug} & TRADE
    )


def decide(found: list[Noun]) -> Noun | None:
    """The last head."""
    best: Noun | None = None
    for noun in found:
        if best is None or _outweighs(noun, best):
            best = noun
    return best


def _opening(text: str, tokens: list[Token], start: int, end: int) -> int:
    """Where 等, which closes a list, stands between ``start`` and ``end``; -1 where none does (高等, 等级)."""
    at = text.find("等", start, end)
    while at >= 0 and any(left <= at < right for left, right, _ in tokens):
        at = text.find("等", at + 1, end)
    return at


def _heads_all(tokens: list[Token], found: list[Noun], joint: int) -> bool:
    """Whether the member behind the last joint is a noun behind a modifier, the head of the whole series."""
    members = [noun for noun in found if noun.end > joint and noun.weight >= HEAD]
    if len(members) != 1:
        return bool(members)
    return any(right == members[0].end and left - joint >= _LONG_MODIFIER for left, right, _ in tokens)


@rule("cat.first", must=["新建学校、医院等设施12处。"], never=["新建学校12所。"])
def _first_member(text: str, tokens: list[Token], found: list[Noun], start: int, end: int) -> Noun | None:
    """The noun of a list's first member (cat.first), unless the last member ends in a head for all of them."""
    joints = list(_JOINT.finditer(text, start, end))
    for joint in joints:
        before = [noun for noun in found if noun.end <= joint.start()]
        if before:
            noun = before[-1]
            break
    else:
        return None
    if noun.weight < HEAD or noun.modifier or noun.rule == "cat.suffix" or noun.slug in TRADE:
        return None
    # 处置率、利用率: rates beside each other have a head each.
    rated = text[joint.start() - 1] == "率"
    if not rated and (joint.start() - noun.end > _TAIL or _heads_all(tokens, found, joints[-1].end())):
        return None
    return noun._replace(rule="cat.first")


@rule("cat.series", must=["创建12个中级版、6个高级版“绿色乡村”。"], never=["创建12个花渡公园、6个柳湾公园。"])
def _next_member(text: str, own: Noun | None, start: int, end: int) -> Noun | None:
    """The head behind a series of counted members: 12个中级版、6个高级版“绿色乡村” (cat.series).

    A member without an object of its own may mean one that was named before, if the sentence began before.
    """
    joint = _JOINT.match(text, end)
    count = _COUNTED.search(text, start, end) if joint else None
    if joint is None or count is None:
        return None
    if end - count.end() < _SHORTEST_OBJECT and _SENTENCE_BEFORE.search(text, max(0, start - _LONGEST_SERIES), start):
        return None
    following = _NEXT_COUNTED.match(text, joint.end())
    if following is None or following[1] != count[1]:
        return None
    stop = _CLAUSE_END.search(text, end)
    last = min(stop.start() if stop else len(text), end + _LONGEST_SERIES)
    found = nouns(text, read(text, following.end(), last), following.end(), last)
    if own is not None and not (len(found) > 1 and found[0].modifier):
        return None
    best = decide(found)
    return best._replace(rule="cat.series") if best is not None and best.weight >= HEAD else None


@rule(
    "cat.closed",
    must=["关停养殖场72个。"],
    never=["新建养殖场72个。"],
    meaning="Who pollutes and is closed is a matter of the environment: 关停养殖场.",
)
def _closed(text: str, best: Noun | None, start: int, end: int) -> Noun | None:
    """What is closed or banned, if nothing but its trade speaks of it."""
    closed = _CLOSED.match(text, start, end) if best is None or best.slug in _TRADES else None
    return Noun(closed.end(), HEAD, "environment", "cat.closed") if closed else None


def head(text: str, phrase: Phrase, start: int, end: int) -> Noun | None:
    """The noun that decides the category of ``text[start:end]``, which lies within the phrase."""
    found = nouns(text, phrase, start, end)
    best = decide(found)
    weak = best is None or best.weight < HEAD or best.modifier
    implied = _closed(text, best, start, end) or (_implied(text, phrase, start, end) if weak else None)
    if implied is not None:
        return implied
    if best is None or best.modifier:
        return _next_member(text, best, start, end) or best
    if len(found) == 1:
        return best
    flows = text[best.end - 2 : best.end] in _PIPES and found[0].slug in _FLOWING
    if flows and _JOINT.search(text, found[0].end, best.end):
        return found[0]._replace(rule="cat.first")
    tokens = phrase.tokens
    closed = _opening(text, tokens, found[0].end, end)
    if closed >= 0:
        summed = decide([noun for noun in found if noun.end > closed])
        if summed is not None and summed.weight >= HEAD:
            return summed
        return _first_member(text, tokens, found, start, closed) or best
    return _first_member(text, tokens, found, start, end) or best


# By category: what its nouns claim, and what only seems to be theirs.
_EXAMPLES = {
    "education": ("新建标准化幼儿园6所。", "改造学校周边道路6条。"),
    "health": ("改造乡镇卫生院14所。", "建成医养结合机构4家。"),
    "transport": ("改造危桥12座。", "新建停车场充电桩300个。"),
    "housing": ("改造老旧小区46个。", "改造小区供水管网30公里。"),
    "elderly_childcare": ("建成社区日间照料中心16个。", "发放养老金3亿元。"),
    "social_security": ("城镇新增就业2万人。", "招聘中小学教师600名。"),
    "culture_sports": ("建成农家书屋80个。", "新建中小学教室80间。"),
    "water_sanitation": ("新建城镇污水管网48公里。", "新建供热管网48公里。"),
    "environment": ("新增城市绿地60万平方米。", "建成体育公园3个。"),
    "rural": ("建成高标准农田8万亩。", "硬化村组道路150公里。"),
    "utilities": ("新建小区充电桩1200个。", "新建小区停车位1200个。"),
    "public_safety": ("建成防洪堤12公里。", "治理河道12公里。"),
    "economy": ("改造农贸市场5个。", "改造乡镇敬老院5个。"),
    "governance": ("办理人大代表建议240件。", "办理残疾人证240件。"),
}
for _slug, (_must, _never) in _EXAMPLES.items():
    rule(f"cat.{_slug}", must=[_must], never=[_never], meaning=f"A listed noun of {_slug} is the head of the object.")(
        head
    )
