"""Works without a proper name: one thing told from others of its kind, a class done as a whole, or a programme."""

import re

from seeds.extract import categories, names
from seeds.extract.candidate import object_span
from seeds.extract.categories import HEAD
from seeds.extract.clauses import Document, Segment
from seeds.extract.intent import TASK
from seeds.extract.lexicon import TRADE
from seeds.extract.milestones import Milestone
from seeds.extract.rules import rule
from seeds.extract.wordlist import one_of

# The object ends in something that stands somewhere.
FACILITY = re.compile(
    rf"(?:{one_of('facility')}|示范[区省]|村(?<![乡农]村)|(?<=[一二三四五六七八九十附])[中小幼]|(?:教育|医疗|公交|水务|环卫)集团"
    r"|[医大职教学育]城)(?=$|[、等（”和及与开改扩建整修迁新二一三四五六七八九主全已均将])"
)
# 市民文化中心, 污水深度处理厂: told from others of its kind by what stands before the facility.
_DEFINITE = re.compile(
    f"(?:省级|国家级)?(?:[^、和与及等的“所两级]{{3,}}|(?:滨[河江湖海]|{one_of('park_kind')})(?=公园))(?:{one_of('definite_thing')}|[校院]区|实验室|平台|(?:建设|改造|提升|保护|扩建)项目)"
    f"(?:{one_of('remaking')}(?:工程|项目)?)?"
)
QUOTED_THING = re.compile(
    f"”[^”的]{{0,8}}(?:{one_of('quoted_thing')}|示范[带县区]|水系|[绿步]道|风景线|绿化工程)|天网”"
    r"|[馆场园区站校院房屋](?=”建设)|(?:中心|服务网络|小区)(?=”建设)"
)
# 完成雨污混接排查: works on a class, done as a whole.
_DEED = re.compile(f"(?:{one_of('deed')}|环[保境](?:保护)?督察[^，。；]{{0,10}}整改)(?:年度)?(?:任务|工作|工程|项目)?$")
# 中央和省环保督察: who inspects is no list of works.
_INSPECTORS = re.compile("(?:国家|中央)[和及、](?=省)")
# 扫黑除恶专项斗争圆满收官: a campaign that is over.
_OVER = re.compile("(?:专项斗争|专项行动|攻坚战?|三年行动)(?:如期|全面|基本|圆满|胜利)*(?:收官|完成)$")
# 老城区排水管网改造: works of a kind, but of one place.
_LOCAL = re.compile("(?:主城|老城|中心城|城|市|镇)区|县城")
# A rating before a name: 220千伏…输变电工程.
_RATED = re.compile(r"±?\d+(?:千伏|[kK][vV])|[A-Z]+\d*")
# 花渡卫生院迁建工程、柳湾幼儿园工程: works, not programmes.
_WORK = re.compile(f"(?:[新迁扩重改]建|改造(?:提升)?|{one_of('work_kind')})工程")
# What runs or carries is a work, whatever it is called: 特高压工程建成运行.
_RUNS = ("建成", "投入运", "投入使用", "投运", "通水", "通车", "通气", "并网", "竣工")
SEVERAL = re.compile(r"[、和与及等]")
_PLURAL = re.compile(one_of("plural"))
_PROGRAMME = re.compile(r"(?:行动|计划|工程(?<!等工程)|专项整治|三年行动)$|“[^”]*”(?:行动|计划|工程|战略)")
_SHORTEST_SINGLE = 4
# So near its start an object names its place: 花渡水库工程, but 生态共保工程.
_PLACE = 3
_SHORTEST_DEED = 5
# The works of whatever was spoken of.
_ANY_WORK = re.compile("(?:(?:项目|工程)?主体(?:工程|结构)?|(?:整体|全部)?(?:工程|项目))[已均将]?")


def one_of_its_kind(text: str, start: int, end: int) -> bool:
    """Whether an object without a proper name is told from others of its kind by its words or its place."""
    if _DEFINITE.fullmatch(text, start, end):
        return True
    return _LOCAL.match(text, start, end) is not None and _WORK.search(text, start, end) is not None


@rule(
    "name.single",
    must=["建成区级托育综合服务指导中心。", "启动省级区域医疗中心建设。"],
    never=["主体工程已完工。", "建成一批中心。"],
    meaning="One facility without a proper name, definite by itself: 建成区级托育指导中心.",
)
@rule(
    "name.deed",
    must=["完成入河排污口整治。", "扫黑除恶专项斗争圆满收官。"],
    never=["推进入河排污口整治。"],
    meaning="Works on a whole class that were, or will be, done: 完成入河排污口整治.",
)
def single(document: Document, segment: Segment, mark: Milestone, start: int, end: int) -> str | None:
    """name.single: one facility without a proper name, definite by itself (建成区级托育指导中心)."""
    if mark.code not in ("progress", "complete", "start", "plan"):
        return None
    if mark.code in ("start", "plan") and not mark.strong and not one_of_its_kind(document.text, start, end):
        return None
    if end - start < _SHORTEST_SINGLE or _PLURAL.search(document.masked, segment.start, segment.end):
        return None
    if _ANY_WORK.fullmatch(document.text, start, end):
        return None
    if mark.strong and TASK.search(document.text, start, end):
        return "name.single"
    if mark.strong and _whole_deed(document, segment, mark):
        return "name.deed"
    return "name.single" if ends_in_facility(document.text, mark, start, end) else None


def _whole_deed(document: Document, segment: Segment, mark: Milestone) -> bool:
    """Whether a segment tells that works on a whole class were, or will be, done: 完成入河排污口整治 (name.deed)."""
    text = document.text
    done = text.rfind("完成", segment.start, segment.end)
    start, end = (done, segment.end) if 0 <= done < segment.end - 2 else object_span(segment)
    over = _OVER.search(text, segment.start, segment.end)
    deed = over or (_DEED.search(text, start, end) if done >= 0 else None)
    several = SEVERAL.search(_INSPECTORS.sub("", document.masked[segment.start : segment.end]))
    if deed is None or mark.code != "complete" or several:
        return False
    if over is None and deed.start() - segment.start < _SHORTEST_DEED:
        return False
    noun = categories.head(text, segment.phrase(), segment.start, segment.end)
    return noun is not None and noun.weight > HEAD and noun.slug not in TRADE


def ends_in_facility(text: str, mark: Milestone, start: int, end: int) -> bool:
    """Whether an object ends in something that stands somewhere, or is a system that is built."""
    if mark.rule == "ms.lead" and text.endswith("系统", start, end):
        return True
    return FACILITY.search(text, start, end) is not None


@rule(
    "out.programme",
    must=["实施基层医疗卫生强基工程。"],
    never=["实施花渡卫生院迁建工程。", "特高压工程建成运行。"],
)
def programme(text: str, segment: Segment, why: str, start: int, end: int, *, strong: bool) -> bool:
    """Whether the object is a programme, not a work: …行动, …计划, 实施医疗卫生强基工程."""
    if why == "name.quoted" and QUOTED_THING.search(text, start, end):
        return False
    runs = text.startswith(_RUNS, segment.final[-1][0] if segment.final else segment.end)
    if why == "name.single" and (runs or _WORK.search(text, start, end) or _DEFINITE.fullmatch(text, start, end)):
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
