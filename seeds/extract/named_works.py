"""Statements without a figure: a named facility, project or line with an end state (M) or a movement (P)."""

import re

from seeds.extract import categories, milestones, names
from seeds.extract.candidate import Candidate, Context, listed_noun, object_span
from seeds.extract.categories import HEAD, Noun
from seeds.extract.clauses import Document, Segment
from seeds.extract.honours import honour
from seeds.extract.intent import TASK, TENDED, forbidden, intent
from seeds.extract.lexicon import ACTS, TRADE
from seeds.extract.milestones import Milestone
from seeds.extract.prefilter import WORKS
from seeds.extract.wordlist import having, one_of

# The object ends in something that stands somewhere.
_FACILITY = re.compile(
    rf"(?:{one_of('facility')}|示范[区省]|村(?<![乡农]村)|(?<=[一二三四五六七八九十附])[中小幼]|(?:教育|医疗|公交|水务|环卫)集团"
    r"|[医大职教学育]城)(?=$|[、等（”和及与开改扩建整修迁新二一三四五六七八九主全已均将])"
)
_ONE = re.compile(
    f"^{one_of('manner_of_building')}*(?:建设|推进|加快)"
    r"(?:[^、和与及等]{5,}(?:试验区|示范区|基地|中心|平台|系统|数据库|云|岛)(?:核心区)?|[^、和与及等]{2,}(?:医学|大学|职教|体育)城)(?:建设)?$"
)
# 市民文化中心, 污水深度处理厂: told from others of its kind by what stands before the facility.
_DEFINITE = re.compile(
    "(?:省级|国家级)?(?:[^、和与及等的“所两级]{3,}|(?:滨[河江湖海]|人民|中央|儿童|植物|湿地|体育|文化)(?=公园))(?:中心|厂|馆|医院|学院|站|大楼|综合楼|公园|广场|[校院]区|实验室|平台|(?:建设|改造|提升|保护|扩建)项目)"
    "(?:(?:改造|提升|建设|迁建|扩建|二期|一期)(?:工程|项目)?)?"
)
_QUOTED_THING = re.compile(
    f"”[^”的]{{0,8}}(?:{one_of('quoted_thing')}|示范[带县区]|水系|[绿步]道|风景线|绿化工程)|天网”"
    r"|[馆场园区站校院房屋](?=”建设)|(?:中心|服务网络|小区)(?=”建设)"
)
_QUOTED_WORK = re.compile(r"“[^”]{2,10}工程”$")
# 完成雨污混接排查: works on a class, done as a whole.
_DEED = re.compile(f"(?:{one_of('deed')}|环[保境](?:保护)?督察[^，。；]{{0,10}}整改)(?:任务|工作|工程|项目)?$")
# 扫黑除恶专项斗争圆满收官: a campaign that is over.
_OVER = re.compile("(?:专项斗争|专项行动|攻坚战?|三年行动)(?:如期|全面|基本|圆满|胜利)*(?:收官|完成)$")
# 老城区排水管网改造: works of a kind, but of one place.
_LOCAL = re.compile("(?:主城|老城|中心城|城|市|镇)区|县城")
# A rating before a name: 220千伏…输变电工程.
_RATED = re.compile(r"±?\d+(?:千伏|[kK][vV])|[A-Z]+\d*")
# 花渡卫生院迁建工程、柳湾幼儿园工程: works, not programmes.
_WORK = re.compile(r"(?:[新迁扩重改]建|改造(?:提升)?|提升改造|治理|修复|整治|绿化|连通|贯通)工程")
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
_SEVERAL = re.compile(r"[、和与及等]")
_EVENT = re.compile(one_of("event"))
# 办好花渡大学 is intent, 办好花渡艺术节 a promise.
_RUN_WELL = frozenset(having("run_well"))
_PLURAL = re.compile(one_of("plural"))
_PROGRAMME = re.compile(r"(?:行动|计划|工程(?<!等工程)|专项整治|三年行动)$|“[^”]*”(?:行动|计划|工程|战略)")
# A policy put into force first of all.
_FIRST = re.compile(one_of("first") + r"[^，。；]{4,}(?:制度|补贴|津贴|补助|补偿|保险)$")
# An event with its rank or its circle is one particular event.
_HELD = re.compile(
    r"(?:全国|中国|国际|世界|亚洲|全[省市区县州]|首届|青少年|大学生|\d+周年)[^，。；、]{0,20}(?:赛|运动会|[文艺音戏电影体][化术乐剧影育]节|马拉松|展演|晚会|纪念活动|大典|艺术展|视听周)(?!事)"
    r"|[^，。；、]{2,12}(?:公开赛|锦标赛|大奖赛|巡回赛|邀请赛|挑战赛|马拉松)"
)
_SHORTEST_SINGLE = 4
# So near its start an object names its place: 花渡水库工程, but 生态共保工程.
_PLACE = 3
_SHORTEST_DEED = 5
# The works of whatever was spoken of.
_ANY_WORK = re.compile("(?:(?:项目|工程)?主体(?:工程|结构)?|(?:整体|全部)?(?:工程|项目))[已均将]?")
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
_INCLUDED = re.compile("(?:纳入|列入)(?:国家|省|全国|交通运输部)[^，。；]{0,14}(?:规划|路网|铁路网|计划|盘子)$")
_PERFORMED = re.compile(r"(?:进行|实施|开展)了?[^，。；]{0,8}?(?:改造|整治|修缮|修复|[改扩重]建|治理|加固|维修|升级)")
# Behind these a particular thing needs no telling end: 改造花渡医院发热门诊.
_REMADE = frozenset(having("remade"))
_WORK_ENDS = having("work_end")


def _one_of_its_kind(text: str, start: int, end: int) -> bool:
    """Whether an object without a proper name is told from others of its kind by its words or its place."""
    if _DEFINITE.fullmatch(text, start, end):
        return True
    return _LOCAL.match(text, start, end) is not None and _WORK.search(text, start, end) is not None


def _single(document: Document, segment: Segment, mark: Milestone, start: int, end: int) -> str | None:
    """name.single: one facility without a proper name, definite by itself (建成区级托育指导中心)."""
    if mark.code not in ("progress", "complete", "start", "plan"):
        return None
    if mark.code in ("start", "plan") and not mark.strong and not _one_of_its_kind(document.text, start, end):
        return None
    if end - start < _SHORTEST_SINGLE or _PLURAL.search(document.masked, segment.start, segment.end):
        return None
    if _ANY_WORK.fullmatch(document.text, start, end):
        return None
    if mark.strong and TASK.search(document.text, start, end):
        return "name.single"
    if mark.strong and _whole_deed(document, segment, mark):
        return "name.deed"
    return "name.single" if _facility(document.text, mark, start, end) else None


def _whole_deed(document: Document, segment: Segment, mark: Milestone) -> bool:
    """Whether a segment tells that works on a whole class were, or will be, done: 完成入河排污口整治 (name.deed)."""
    text = document.text
    done = text.rfind("完成", segment.start, segment.end)
    start, end = (done, segment.end) if 0 <= done < segment.end - 2 else object_span(segment)
    over = _OVER.search(text, segment.start, segment.end)
    deed = over or (_DEED.search(text, start, end) if done >= 0 else None)
    if deed is None or mark.code != "complete" or _SEVERAL.search(document.masked, segment.start, segment.end):
        return False
    if over is None and deed.start() - segment.start < _SHORTEST_DEED:
        return False
    noun = categories.head(text, segment.phrase(), segment.start, segment.end)
    return noun is not None and noun.weight > HEAD and noun.slug not in TRADE


def _facility(text: str, mark: Milestone, start: int, end: int) -> bool:
    """Whether an object ends in something that stands somewhere, or is a system that is built."""
    if mark.rule == "ms.lead" and text.endswith("系统", start, end):
        return True
    return _FACILITY.search(text, start, end) is not None


def _programme(text: str, segment: Segment, why: str, start: int, end: int, *, strong: bool) -> bool:
    """Whether the object is a programme, not a work: …行动, …计划, 实施医疗卫生强基工程."""
    if why == "name.quoted" and _QUOTED_THING.search(text, start, end):
        return False
    if why == "name.single" and (_WORK.search(text, start, end) or _DEFINITE.fullmatch(text, start, end)):
        return False
    if strong and _WORK.search(text, start, end):
        return False
    start = max(start, text.rfind("的", start, end) + 1)
    if why in ("name.quoted", "name.weak", "name.single") and _PROGRAMME.search(text, start, end):
        return names.summed(text, start, end) is None or not text.endswith("工程", start, end)
    rated = _RATED.match(text, start, end)
    start = rated.end() if rated else start
    if why not in ("name.unknown", "name.weak") or not text.endswith("工程", start, end):
        return False
    if names.summed(text, start, end) is not None:
        return False
    if text.find("、", start, end) > 0 and (strong or _WORK.search(text, start, end)):
        return False
    return not names.unknown(text, segment.phrase(), start, min(end, start + _PLACE))


def _moves(document: Document, segment: Segment, mark: Milestone, why: str, noun: Noun, span: tuple[int, int]) -> bool:
    """Whether a progress verb speaks of a particular work."""
    text, masked = document.text, document.masked
    start, end = span
    works = bool(WORKS.search(text, segment.start, segment.end))
    if why == "name.single" or noun.weight < HEAD:
        return _stands(document, segment, mark, why, noun, span) and _facility(text, mark, start, end)
    kinds = why == "name.listed" and _KIND_OF_WORKS.search(text, start, segment.end)
    if kinds and not names.holds_instance(text, start, kinds.start()):
        return False
    if why == "name.listed" and _GENERAL.match(_KINDS.sub("", text[start : segment.end])):
        return False
    if mark.rule == "ms.final":
        return True
    named = why != "name.quoted" or bool(_QUOTED_THING.search(text, start, segment.end))
    return named and (works or masked.find("等", start, end) >= 0)


def _stands(document: Document, segment: Segment, mark: Milestone, why: str, noun: Noun, span: tuple[int, int]) -> bool:
    """Whether a thing without a telling name or a telling noun is still one particular thing."""
    masked = document.masked
    if why == "name.single" and mark.rule == "ms.final" and noun.weight >= HEAD:
        return not _SEVERAL.search(masked, *span)
    if not WORKS.search(document.text, segment.start, segment.end):
        return False
    if why in ("name.unknown", "name.numbered"):
        return True
    if why == "name.single" and noun.weight >= HEAD and _one_of_its_kind(document.text, *span):
        return True
    return noun.weight >= HEAD and _ONE.match(masked[segment.start : segment.end]) is not None


def _cared_for(document: Document, segment: Segment, why: str, noun: Noun, span: tuple[int, int]) -> bool:
    """Whether a verb of care (加强) still speaks of particular works: a list of names, a round, a quoted platform."""
    start, end = span
    particular = (
        why == "name.numbered"
        or (why == "name.unknown" and TENDED.search(document.text, start, segment.end) is not None)
        or (why == "name.unknown" and document.masked.find("等", start, end) >= 0)
        or (why == "name.quoted" and _QUOTED_THING.search(document.text, start, segment.end) is not None)
    )
    return noun.weight >= HEAD and particular and bool(WORKS.search(document.text, segment.start, segment.end))


def _qualifies(
    document: Document, segment: Segment, mark: Milestone, why: str, noun: Noun, span: tuple[int, int]
) -> bool:
    """M and P: a name, and an end state or a movement."""
    start, end = span
    if _programme(document.text, segment, why, start, end, strong=mark.strong):
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
    return begins or remade or bool(_FACILITY.search(document.text, start, end))


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
    told = _ROUND.match(text, start, end) or (mark.strong and _FACILITY.search(text, start, end))
    return context.resolve() if told else None


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
    if noun is None or noun.weight < HEAD or why not in ("name.unknown", "name.numbered", "name.listed"):
        return None
    return Candidate(
        segment.start,
        segment.end,
        noun,
        Milestone("plan", "ms.final", strong=True),
        None,
        found,
        ("ms.final", noun.rule, why),
    )


def _known(document: Document, segment: Segment, context: Context) -> Candidate | None:
    """What goes by its own name without a place: a national pilot (name.pilot), carbon's peak reached (name.goal)."""
    text = document.text
    for sign, pattern, mark, rule in _OWN_NAMES:
        named = text.find(sign, segment.start, segment.end) >= 0
        found = pattern.search(text, segment.start, segment.end) if named else None
        if found is None:
            continue
        noun = categories.head(text, segment.phrase(), segment.start, found.end())
        if noun is not None and noun.slug not in TRADE:
            return Candidate(
                segment.start, segment.end, noun, mark, None, (found["name"],), (mark.rule, noun.rule, rule)
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
    return found, why or _single(document, segment, mark, start, end)


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
