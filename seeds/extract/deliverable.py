"""The figure of a segment that counts the deliverable itself, among those that size, cost or describe it."""

import re

from seeds.extract.clauses import Segment
from seeds.extract.figures import Figure
from seeds.extract.wordlist import measures, one_of

# The figure behind these counts those who benefit, or the places reached.
_BENEFIT = re.compile(r"(?:涉及|串联|为|针?对|向|给|使|让|惠及|帮助|带动|服务|覆盖)(?:约|近|超)?$")
# The figure behind these sizes the thing that stands behind 的.
_SIZED = re.compile(f"(?:投资|面积|[总全]?长|{one_of('size')})(?:约|近|超|达|在)?$")
# 日处理120吨垃圾中心: a capacity before the thing that has it.
_CAPACITY = re.compile(r"[日年](?:处理|供[水热气]|产|接待|发电|吞吐|加工)[^，、\d]{0,5}$")
# 20立方米水窖90口: a class of size before what is counted.
_SIZES = measures("bulk")
_CLASS = re.compile(f"[^，、的\\d]{{0,4}}{one_of('size_class')}")
_GIVES = re.compile(f"(?:累计|共|集中|及时|足额)?{one_of('payment')}")
_SPENT = re.compile(r"(?:投资|投入|斥资|安排(?:资金|专项资金)?|整合资金|资金)(?:约|近|超)?$")
# 总投资5亿元的30公里道路: the count is the deliverable.
_TOTAL = re.compile("(?:总|计划|年度|概算)投资(?:约|近|超)?$")
_PLACES = re.compile(f"个?(?:重点)?(?:{one_of('place_level')}|市（州）)")
_TO = re.compile(r"[^，]{0,12}(?:提高|增|降|提升|上升|扩大|减少|达|为|至|到)")
_RAISED = re.compile(f"(?:[提增调]高|{one_of('raise')}|[增升降减])[到至为]")
_RATE = re.compile(r"率|比例|比重")
_CAPACITY_UNITS = measures("capacity")
_FACILITY = re.compile(f"{one_of('plant')}|[场馆院]")
_RECIPIENTS = measures("recipient")
# 10条以上的街巷: these count, others size.
_COUNTS = measures("counting")
_REACHED = measures("reached")
# 推动30个幼儿园新增托位600个: so near the start stands the count of those who do it.
_DOERS_START = 3
# 耕层厚度提升2.8%、达到19.5厘米: what is reached is the outcome.
_RISES = measures("rise")
_REACHES = re.compile("、?达到?")
_SIZE_UNITS = measures("sizing")
# 串联20个果园的环线: what a line links.
_LINKS = re.compile("(?:串联|涉及|连接)(?:约|近|超)?$")
# 24兆瓦热电项目, 20万千瓦光伏电站: how large a plant is stands in its name; 3000人规模的高中: in what it is like.
_PLANT = re.compile(rf"级?[^，、的在现已新]{{0,4}}{one_of('power_plant')}[^，、\d]{{0,6}}(?:项目|电站|电厂|工程|基地)")
_POWER = measures("power")


def _describes(text: str, segment: Segment, figure: Figure) -> bool:
    """Whether a figure stands in a clause that describes the object: 惠及50万人的工程, 总投资3亿元的医院."""
    if text.find("之一", figure.end, segment.end) >= 0 or text.startswith("规模的", figure.end):
        return True
    if figure.unit in _POWER and _PLANT.match(text, figure.end, segment.end):
        return True
    if figure.unit in _CAPACITY_UNITS and figure.end < segment.end and _holds(text, segment, figure):
        return True
    if "的" in text[figure.end : figure.end + 5] and _LINKS.search(
        text, max(segment.start, figure.start - 3), figure.start
    ):
        return True
    if text[figure.end : figure.end + 1] != "的":
        return False
    opens = bool(segment.lead) and figure.start - segment.lead[-1][1] <= 1
    if not (figure.unit == "%" or (opens and figure.unit in _COUNTS)) and text.endswith(
        ("以上", "以下"), figure.start, figure.end
    ):
        return True
    if figure.unit in _REACHED and text.endswith("覆盖", segment.start, figure.start):
        return False
    return bool(_SIZED.search(text, max(segment.start, figure.start - 6), figure.start)) or _benefits(
        text, segment, figure
    )


def _holds(text: str, segment: Segment, figure: Figure) -> bool:
    """Whether a figure is the capacity of the facility that stands behind it."""
    return (
        _CAPACITY.search(text, max(segment.start, figure.start - 9), figure.start) is not None
        and _FACILITY.search(text, figure.end, segment.end) is not None
    )


def _benefits(text: str, segment: Segment, figure: Figure) -> bool:
    if figure.unit == "个" and text.endswith("覆盖", segment.start, figure.start):
        return False
    return bool(_BENEFIT.search(text, max(segment.start, figure.start - 3), figure.start))


def _bounds(text: str, segment: Segment, figure: Figure) -> bool:
    """Whether a figure with 以上 or 以下 stands before a noun, as a class of size."""
    bound = figure.unit in _SIZE_UNITS and text.endswith(("以上", "以下"), figure.start, figure.end)
    return bound and figure.end < segment.end and "\u4e00" <= text[figure.end] <= "\u9fff"


def main_figure(text: str, segment: Segment) -> Figure | None:
    """The first figure that counts the deliverable itself."""
    found = segment.figures
    if len(found) < 2:
        return found[0] if found and not _describes(text, segment, found[0]) else None
    found = [figure for figure in found if figure.rule != "fig.class" and not _describes(text, segment, figure)]
    if len(found) > 1 and _raised(text, segment, found[0]):
        return found[1]
    # 为80所海拔1200米以上学校…: a bound before a noun tells which ones.
    found = [figure for figure in found if not _bounds(text, segment, figure)] or found
    usable = [figure for figure in found if not _benefits(text, segment, figure)] or found
    return _weightier(text, segment, usable) if usable else None


def _raised(text: str, segment: Segment, figure: Figure) -> bool:
    """Whether a figure is what another replaces: 由每月120元提高到135元."""
    if _RAISED.match(text, figure.end):
        return True
    near = text[max(segment.start, figure.start - 8) : figure.start]
    return ("从" in near or "由" in near) and _TO.match(text, figure.end) is not None


def _made(segment: Segment, money: Figure, figure: Figure) -> bool:
    """Whether a verb between money and a count tells what was made with it: 投入500万元新建校舍300平方米."""
    return any(entry.verb == "complete" and money.end <= left < figure.start for left, _, entry in segment.tokens)


def _settled(text: str, segment: Segment, usable: list[Figure]) -> Figure | None:
    """Of money and those who get it, the money; of money and what it made, what was made; a rate, not years."""
    first = usable[0]
    if len(usable) > 1 and first.unit in _RISES and _REACHES.fullmatch(text, first.end, usable[1].start):
        return usable[1]
    if first.unit == "年":
        return next((figure for figure in usable if figure.unit == "%"), first)
    for figure in usable:
        if figure.unit not in _RECIPIENTS:
            break
        if _GIVES.match(text, figure.end):
            return next((money for money in usable if money.unit == "元"), first)
    if first.unit == "元" and len(usable) > 1 and _TOTAL.search(text, max(segment.start, first.start - 6), first.start):
        return next((figure for figure in usable if figure.unit not in ("元", "%")), first)
    if first.unit == "元" and _SPENT.search(text, max(segment.start, first.start - 6), first.start):
        return next((figure for figure in usable if figure.unit != "元" and _made(segment, first, figure)), first)
    return None


def _weightier(text: str, segment: Segment, usable: list[Figure]) -> Figure:
    """A rate before what it is a rate of, money before who gets it, a count before its places, else the first."""
    first = usable[0]
    if (decided := _settled(text, segment, usable)) is not None:
        return decided
    if first.unit != "%":
        for figure in usable:
            if figure.unit == "%" and _RATE.search(text, max(segment.start, figure.start - 8), figure.start):
                return figure
    behind = usable[1] if len(usable) > 1 and usable[1].unit != "元" else None
    if behind and first.start - segment.start <= _DOERS_START and _made(segment, first, behind):
        return behind
    if len(usable) > 1 and first.unit in _SIZES and _CLASS.match(text, first.end):
        return usable[1]
    if len(usable) > 1 and first.unit == "个" and usable[1].unit != "%" and _PLACES.match(text, first.end - 1):
        return usable[1]
    return first
