"""Statements without a figure: a named facility, project or line with an end state (M) or a movement (P)."""

import re

from seeds.extract import categories, milestones, names
from seeds.extract.candidate import Candidate, Context, listed_noun, object_span
from seeds.extract.categories import HEAD, Noun
from seeds.extract.clauses import Document, Segment
from seeds.extract.honours import honour
from seeds.extract.intent import TENDED, forbidden, intent
from seeds.extract.lexicon import ACTS, TRADE
from seeds.extract.milestones import Milestone
from seeds.extract.prefilter import WORKS
from seeds.extract.rules import rule
from seeds.extract.single_works import (
    FACILITY,
    QUOTED_THING,
    SEVERAL,
    ends_in_facility,
    one_of_its_kind,
    programme,
    single,
)
from seeds.extract.wordlist import having, one_of

_ONE = re.compile(
    f"^{one_of('manner_of_building')}*(?:建设|推进|加快)"
    f"(?:[^、和与及等]{{5,}}{one_of('base')}(?:核心区)?|[^、和与及等]{{2,}}(?:医学|大学|职教|体育)城)(?:建设)?$"
)
_QUOTED_WORK = re.compile(r"“[^”]{2,10}工程”$")
# 能效提升、节能照明等工程: works of a kind, none of them at a place.
_GENERAL = re.compile(
    "[^路街桥库河湖江山厂湾村镇园馆场站港岛区县市渠心地线引]+等[^，、]{0,8}(?:工程|项目)(?:建设)?(?![^，、]{0,2}前期)"
)
# 道路扬尘、垃圾焚烧等治理: common nouns summed up as works name none of them.
_KIND_OF_WORKS = re.compile(f"等(?:重点|各项|系列)?{one_of('kind_of_work')}")
# Kinds of places, none of them a place.
_KINDS = re.compile(one_of("kind_of_place"))
_PHASE = re.compile(r"[一二三四五]期")
_ROUND = re.compile(r"第[一二三四五六七八九十\d]+[轮批次]")
_EVENT = re.compile(one_of("event"))
# 办好花渡大学 is intent, 办好花渡艺术节 a promise.
_RUN_WELL = frozenset(having("run_well"))
# A policy put into force first of all.
_FIRST = re.compile(one_of("first") + f"[^，。；]{{4,}}{one_of('entitlement')}$")
# An event with its rank or its circle is one particular event.
_HELD = re.compile(
    rf"(?:全国|中国|国际|世界|亚洲|全[省市区县州]|首届|青少年|大学生|\d+周年)[^，。；、]{{0,20}}(?:赛|运动会|[文艺音戏电影体][化术乐剧影育]节|{one_of('festivity')})(?!事)"
    f"|[^，。；、]{{2,12}}{one_of('contest')}"
)
_PILOT = re.compile(
    f"(?P<name>{one_of('pilot_scope')}(?:(?!改革|机制|制度)[^，。；、的]){{2,24}}试点(?=$|工作|建设|范围|任务|项目)"
    "|[^，。；、]{2,12}、[^，。；]{2,12}等(?:国家级?|全国|省级)试点|(?:职业伤害保障|海绵城市(?:建设)?|减污降碳协同创新|气候适应型城市(?:建设)?|长期护理保险(?:国家|制度)?)试点)"
)
_GOAL = re.compile(
    f"(?P<name>{one_of('goal')})(?:战略)?(?:目标)?(?:(?<=实现碳达峰)|(?<=实现碳达峰目标)|(?<=实现碳达峰战略目标)|(?:如期|按期|全面|提前)?实现)$"
)
_OWN_NAMES = (
    ("试点", _PILOT, Milestone("progress", "ms.lead"), "name.pilot"),
    ("碳达峰", _GOAL, Milestone("complete", "ms.lead", strong=True), "name.goal"),
)
_SIGNS = [sign for sign, *_ in _OWN_NAMES]
_INCLUDED = re.compile(
    "(?:纳入|列入)(?:国家|省|全国|交通运输部)[^，。；]{0,14}(?:规划|路网|铁路网|计划|盘子)(?:[^，。；]{0,4}方案)?$"
    "|进入[^，。；]{2,12}(?:评审|审批|审查)阶段$"
    "|(?:(?:工可|可研|初步设计|环评|选址)(?:报告)?)?(?:顺利|成功)?通过[^，。；、]{0,10}(?:评审|审查|审批)$"
)
_PERFORMED = re.compile(r"(?:进行|实施|开展)了?[^，。；]{0,8}?(?:改造|整治|修缮|修复|[改扩重]建|治理|加固|维修|升级)")
# Behind these a particular thing needs no telling end: 改造花渡医院发热门诊.
_REMADE = frozenset(having("remade"))
_WORK_ENDS = having("work_end")


def _moves(document: Document, segment: Segment, mark: Milestone, why: str, noun: Noun, span: tuple[int, int]) -> bool:
    """Whether a progress verb speaks of a particular work."""
    text, masked = document.text, document.masked
    start, end = span
    works = bool(WORKS.search(text, segment.start, segment.end))
    if why == "name.single" or noun.weight < HEAD:
        return _stands(document, segment, mark, why, noun, span) and ends_in_facility(text, mark, start, end)
    kinds = why == "name.listed" and _KIND_OF_WORKS.search(text, start, segment.end)
    if kinds and not (names.holds_instance(text, start, kinds.start()) or names.TRANSFER.search(text, start, end)):
        return False
    if why == "name.listed" and _GENERAL.match(_KINDS.sub("", text[start : segment.end])):
        return False
    if mark.rule == "ms.final":
        return True
    named = why != "name.quoted" or bool(QUOTED_THING.search(text, start, segment.end))
    return named and (works or masked.find("等", start, end) >= 0)


def _stands(document: Document, segment: Segment, mark: Milestone, why: str, noun: Noun, span: tuple[int, int]) -> bool:
    """Whether a thing without a telling name or a telling noun is still one particular thing."""
    masked = document.masked
    if why == "name.single" and mark.rule == "ms.final" and noun.weight >= HEAD:
        return not SEVERAL.search(masked, *span)
    if not WORKS.search(document.text, segment.start, segment.end):
        return False
    if why in ("name.unknown", "name.numbered"):
        return True
    if why == "name.single" and noun.weight >= HEAD and one_of_its_kind(document.text, *span):
        return True
    return noun.weight >= HEAD and _ONE.match(masked[segment.start : segment.end]) is not None


def _cared_for(document: Document, segment: Segment, why: str, noun: Noun, span: tuple[int, int]) -> bool:
    """Whether a verb of care (加强) still speaks of particular works: a list of names, a round, a quoted platform."""
    start, end = span
    particular = (
        why == "name.numbered"
        or (why == "name.unknown" and TENDED.search(document.text, start, segment.end) is not None)
        or (why == "name.unknown" and document.masked.find("等", start, end) >= 0)
        or (why == "name.quoted" and QUOTED_THING.search(document.text, start, segment.end) is not None)
    )
    return noun.weight >= HEAD and particular and bool(WORKS.search(document.text, segment.start, segment.end))


def _qualifies(
    document: Document, segment: Segment, mark: Milestone, why: str, noun: Noun, span: tuple[int, int]
) -> bool:
    """M and P: a name, and an end state or a movement."""
    start, end = span
    if programme(document.text, segment, why, start, end, strong=mark.strong):
        return False
    if mark.weak:
        return _cared_for(document, segment, why, noun, span)
    if mark.code == "progress":
        return _moves(document, segment, mark, why, noun, span)
    if why == "name.single":
        return mark.strong or (noun.weight >= HEAD and mark.code in ("start", "plan"))
    if mark.strong:
        return True
    phase = why == "name.numbered" and _PHASE.search(document.text, start, end) is not None
    if (noun.weight < HEAD and not phase) or why == "name.quoted":
        return False
    begins = mark.code == "start" and (phase or document.text.endswith(_WORK_ENDS, start, segment.end))
    remade = why != "name.single" and any(entry.word in _REMADE for _, _, entry in segment.lead + segment.final)
    return begins or remade or bool(FACILITY.search(document.text, start, end))


def _speaks(document: Document, segment: Segment) -> bool:
    """Whether a segment has a verb or stands in a list, the least that a statement needs."""
    if segment.joined_by or segment.lead or segment.final or segment.phrase().traits & ACTS:
        return True
    text = document.text
    return any(text.find(word, segment.start, segment.end) >= 0 for word in ("通过", "获", *_SIGNS))


def _mark(segment: Segment, shared: Segment | None, final: str) -> Milestone | None:
    """The milestone of a segment that may be a statement without a figure."""
    mark = milestones.milestone(segment.phrase(), segment.lead or (shared.lead if shared else []), segment.final)
    if not mark.code and final:
        return Milestone(final, "ms.final", strong=True, weak=mark.weak)
    vague = mark.code in ("", "level") or (mark.rule == "ms.mid" and not mark.strong)
    return None if vague else mark


def _noun(document: Document, segment: Segment, mark: Milestone, context: Context, start: int, end: int) -> Noun | None:
    """What decides the category; a thing that does not tell takes what the sentence or its title speaks of."""
    text = document.text
    noun = listed_noun(document, segment, start, end) or categories.head(
        text, segment.phrase(), segment.start, segment.end
    )
    if noun is not None and noun.weight < HEAD and mark.code == "plan":
        return context.resolve() or noun
    if noun is not None or mark.weak:
        return noun
    if _QUOTED_WORK.match(text[start:end]):
        return context.resolve() or context.heading
    told = _ROUND.match(text, start, end) or (mark.strong and FACILITY.search(text, start, end))
    return context.resolve() if told else None


@rule(
    "name.first",
    must=["率先实施长期护理保险制度。"],
    never=["率先发展保险。"],
    meaning="A livelihood policy put into force before others did: 率先实施….",
)
def _first(document: Document, segment: Segment, first: int) -> Candidate | None:
    """A livelihood policy that the words at ``first`` (率先) say was put into force before others did (name.first)."""
    text = document.text
    found = _FIRST.match(text, first, segment.end)
    if found is None:
        return None
    noun = max(
        (item for item in categories.nouns(text, segment.phrase(), found.start(), segment.end) if item.weight >= HEAD),
        key=lambda item: (item.slug not in TRADE, item.end),
        default=None,
    )
    if noun is None or noun.slug in TRADE:
        return None
    mark = Milestone("complete", "ms.lead", strong=True)
    return Candidate(segment.start, segment.end, noun, mark, None, (), (mark.rule, noun.rule, "name.first"))


@rule(
    "name.done",
    must=["对花渡路、柳湾路实施维修改造。"],
    never=["对学校进行改造。"],
)
def _performed(document: Document, segment: Segment, context: Context) -> Candidate | None:
    """Works that are done to a named thing: 对花渡公墓、柳湾公墓进行修缮 (name.done)."""
    text = document.text
    deed = _PERFORMED.search(text, segment.start, segment.end) if text[segment.start] == "对" else None
    if deed is None:
        return None
    mark = Milestone("complete", "ms.final", strong=True)
    noun = _noun(document, segment, mark, context, segment.start + 1, deed.start())
    found, why = names.named(text, document.masked, segment.phrase(), segment.start + 1, deed.start())
    if noun is None or noun.weight < HEAD or why in (None, "name.quoted", "name.weak"):
        return None
    return Candidate(segment.start, segment.end, noun, mark, None, found, (mark.rule, noun.rule, "name.done"))


def _included(document: Document, segment: Segment, context: Context) -> Candidate | None:
    """What a higher level took into its plans, the first step of its way: 花柳高铁纳入国家路网规划."""
    text = document.text
    taken = _INCLUDED.search(text, segment.start, segment.end)
    if taken is None:
        return None
    start, end = segment.lead[-1][1] if segment.lead else segment.start, taken.start()
    noun = listed_noun(document, segment, start, end) or categories.head(text, segment.phrase(), start, end)
    found, why = names.named(text, document.masked, segment.phrase(), start, end)
    standing = FACILITY.search(text, start, end) or text.endswith(_WORK_ENDS, start, end)
    if noun is None or noun.weight < HEAD or why in ("name.quoted", "name.weak") or not (why or standing):
        return None
    return Candidate(
        segment.start,
        segment.end,
        noun,
        Milestone("plan", "ms.final", strong=True),
        None,
        found,
        ("ms.final", noun.rule, why or "name.single"),
    )


@rule(
    "name.pilot",
    must=["推进紧密型城市医疗集团试点。"],
    never=["开展各类试点。"],
    meaning="A national pilot goes by its own name without a place.",
)
@rule(
    "name.goal",
    must=["如期实现碳达峰目标。"],
    never=["推进碳达峰行动。"],
    meaning="A goal that is one thing without a place: carbon's peak reached.",
)
def _known(document: Document, segment: Segment, context: Context) -> Candidate | None:
    """What goes by its own name without a place: a national pilot (name.pilot), carbon's peak reached (name.goal)."""
    text = document.text
    for sign, pattern, mark, own in _OWN_NAMES:
        named = text.find(sign, segment.start, segment.end) >= 0
        found = pattern.search(text, segment.start, segment.end) if named else None
        if found is None:
            continue
        noun = categories.head(text, segment.phrase(), segment.start, found.end())
        if noun is not None and noun.slug not in TRADE:
            return Candidate(
                segment.start, segment.end, noun, mark, None, (found["name"],), (mark.rule, noun.rule, own)
            )
    return None


def _named(
    document: Document, segment: Segment, mark: Milestone, span: tuple[int, int], *, held: bool
) -> tuple[tuple[str, ...], str | None]:
    """The names in an object and the rule that finds it particular; ``held`` where it is an event of culture."""
    text, (start, end) = document.text, span
    found, why = names.named(text, document.masked, segment.phrase(), start, end, segment.end)
    if why is None and held and _HELD.search(text, start, end):
        return tuple(text[left:right] for left, right in names.items(document.masked, start, end)), "name.definite"
    return found, why or single(document, segment, mark, start, end)


def named_work(
    document: Document, segment: Segment, context: Context, shared: Segment | None, final: str
) -> Candidate | None:
    """The candidate that a segment makes without a figure."""
    if not (shared or final or _speaks(document, segment)):
        return None
    won = honour(document, segment, context)
    first = document.text.find("率先", segment.start, segment.end) if won is None else -1
    if first >= 0:
        won = _first(document, segment, first)
    won = won or _performed(document, segment, context) or _known(document, segment, context)
    won = won or _included(document, segment, context)
    if won is not None:
        return won
    mark = _mark(segment, shared, final)
    if mark is None:
        return None
    start, end = object_span(segment)
    event = _EVENT.search(document.text, segment.start, segment.end)
    if (event is None and intent(document, segment, mark, start, end)) or forbidden(document.text, segment):
        return None
    noun = _noun(document, segment, mark, context, start, end)
    held = event is not None and noun is not None and noun.slug == "culture_sports"
    if noun is None or (event is not None and not held and event[0] in _RUN_WELL):
        return None
    found, why = _named(document, segment, mark, (start, end), held=held)
    if why is None or not (held or _qualifies(document, segment, mark, why, noun, (start, end))):
        return None
    return Candidate(segment.start, segment.end, noun, mark, None, found, (mark.rule, noun.rule, why))
