"""A clause into segments that can each be one statement: cut at its joints, then joined where two say one thing."""

import re

from seeds.extract.clauses import Document, Segment
from seeds.extract.figures import Figure
from seeds.extract.lexicon import ACTS, ENDS
from seeds.extract.names import ends_in_instance, numbered, unknown
from seeds.extract.rules import rule
from seeds.extract.tokens import Token, read
from seeds.extract.wordlist import having, measures, one_of

# It begins with a set of characters, which makes the search fast: what stands before is looked at from behind it.
_CUT = re.compile(
    r"[、以和及与](?:(?<=、)(?!(?<=[新改扩续迁重]、)(?:[新改扩续迁重]、?){1,2}建)|(?:(?<=以)及|(?<=[和与])|(?<![惠普涉波]及)(?<=及))"
    r"(?=(?:约|近|超)?\d|[两三四五六七八九十]+[所座条家处栋个]))"
)
_NUMBER = re.compile(r"(?:约|近|超)?\d")
# 新建日间中心83家和助餐点217个: what joins an object and its count to the next object with a count of its own.
_JOINT = re.compile("[和及与]|以及|并(?![网入购轨行发])且?")


@rule("cl.list", must=["建成公园4个，停车场3个、车位915个。"], never=["建成花渡公园4个。"])
def _cuts(masked: str, start: int, end: int, found: list[Figure]) -> list[tuple[int, int]]:
    """The joints between the parts of a clause, in order."""
    # 婴儿死亡率和5岁以下儿童死亡率: a number that counts nothing begins no part.
    counts = {figure.start for figure in found}
    cuts = [
        span
        for cut in _CUT.finditer(masked, start, end)
        if masked[(span := cut.span())[0]] == "、" or span[1] in counts or not _NUMBER.match(masked, span[1])
    ]
    # Behind the last count nothing else is counted.
    joints = [joint.span() for figure in found[:-1] if (joint := _JOINT.match(masked, figure.end))]
    return sorted({*cuts, *joints}) if joints else cuts


def _parts(
    document: Document, start: int, cuts: list[tuple[int, int]], tokens: list[Token], found: list[Figure]
) -> list[Segment]:
    """The stretches between the joints; the last cut ends them."""
    parts: list[Segment] = []
    at, joint, first, count = start, "", 0, len(tokens)
    for left, right in cuts:
        if left > at:
            last = first
            while last < count and tokens[last][1] <= left:
                last += 1
            counted = [figure for figure in found if at <= figure.start and figure.end <= left] if found else []
            parts.append(document.segment(at, left, tokens[first:last], counted, joint))
            first = last
        at, joint = right, document.masked[left:right]
        # No word holds a mark, but one may hold 和 or 与; it belongs to neither side.
        while first < count and tokens[first][0] < at:
            first += 1
    return parts


def _merge(first: Segment, second: Segment) -> Segment:
    """Two neighbours as one segment; the joint between them ends the verbs that open the first and close the second."""
    tokens, found = first.tokens + second.tokens, first.figures + second.figures
    return Segment(first.start, second.end, tokens, found, first.joined_by, first.lead, second.final)


def _only_verbs(segment: Segment) -> bool:
    return bool(segment.lead) and segment.lead[-1][1] >= segment.end - 1


# A rise that only explains the outcome before it: 同比增加11天, 年均增长7.9%, 提高31.8个百分点.
_GROWTH = re.compile(
    rf"(?:{one_of('comparing')}|[比较]?(?:上年|去年|20\d\d年)(?:同期)?|五年"
    r"|占[^\d]{0,10}|位?居(?:全[国省市州县]|世界|[中东]?[西中东]部)?第?|比重达?到?|[高低快]于[^\d]{0,12}|高出[^\d]{0,12})*"
    f"{one_of('change')}?(?:了|近|超|约|到|至|超过|达)?$"
)
_RATES = measures("relative")
_RISING = having("rising")
_COMPARED = having("comparison")
_PROJECT_UNITS = measures("project")
_UNITS_OF_WORKS = _PROJECT_UNITS | measures("works")
_CONTENT_UNITS = measures("content")
# Where counted works lie, before how many they hold: 18个区块、9000户.
_PLACES = having("holder")


@rule("cl.growth", must=["农村居民收入达到2.1万元、增长7.9%。"], never=["新增就业2万人。"])
def is_growth(text: str, segment: Segment) -> bool:
    """Whether a segment only says by how much the outcome before it changed (cl.growth)."""
    if not segment.figures:
        return False
    start, first = segment.start, segment.figures[0]
    if first.start == start or not (first.unit in _RATES or text.startswith(_COMPARED, start, first.start)):
        return False
    return _GROWTH.fullmatch(text, start, first.start) is not None


def _bare(segment: Segment) -> bool:
    if not segment.figures:
        return False
    first = segment.figures[0]
    return first.unit in _RATES and (first.start, first.end) == (segment.start, segment.end)


# 新建学校12所、总投资3.5亿元: what the counted thing costs.
_COST = re.compile(r"(?:预计|计划|概算|年度|总|完成)*投资额?(?:约|近|超过?|达到?)?")


@rule(
    "cl.same",
    must=["建成保交楼项目12个、11052套。"],
    never=["建成学校12所、医院3所。"],
    meaning="What counted works hold or cost belongs to the same statement: 624宗、236万平方米.",
)
def _same_deliverable(masked: str, first: Segment, second: Segment) -> bool:
    """12个保交楼项目、11052套房屋: projects and what they hold; 624宗、236万平方米; 完成5万平方米、3000户旧房改造."""
    if not first.figures or not second.figures or second.lead:
        return False
    one, two = first.figures[-1], second.figures[0]
    if two.unit == "元" and two.end == second.end and _COST.fullmatch(masked, second.start, two.start):
        return True
    if (one.unit, two.unit) == ("户", "人") and (one.end, two.start) == (first.end, second.start):
        return True
    if two.unit not in _CONTENT_UNITS or two.start > second.start + 1:
        return False
    if one.unit in _CONTENT_UNITS and one.unit != two.unit and two.end < second.end:
        return one.end == first.end and bool(first.lead) and first.lead[-1][1] >= one.start
    if one.unit in _PROJECT_UNITS and masked.endswith(_PLACES, first.start, first.end):
        return True
    if one.end == first.end and masked.endswith("等", first.start, one.start):
        return True
    return one.unit in _UNITS_OF_WORKS and (one.end, two.end) == (first.end, second.end)


@rule("cl.reached", must=["耕地耕层厚度提升2.8%、达到19.5厘米。"], never=["耕地耕层厚度达到19.5厘米。"])
def _reached(masked: str, first: Segment, second: Segment) -> bool:
    """Whether a rise is followed by what it came to: 耕层厚度提升2.8%、达到19.5厘米."""
    if second.joined_by != "、" or len(first.figures) != 1 or not second.figures:
        return False
    rise, level = first.figures[0], second.figures[0]
    if rise.end != first.end or rise.unit not in _RATES or level.end != second.end:
        return False
    return masked.endswith(_RISING, first.start, rise.start) and masked[second.start : level.start] in ("达", "达到")


def _absorb(document: Document, done: list[Segment]) -> list[Segment]:
    """Join each segment that says no more of the same deliverable to the segment before it."""
    if len(done) == 1:
        return done
    masked = document.masked
    out: list[Segment] = []
    growing = False
    for segment in done:
        growth = is_growth(masked, segment) or (growing and _bare(segment))
        explains = growth and (growing or segment.joined_by == "、")
        if out and (explains or _same_deliverable(masked, out[-1], segment) or _reached(masked, out[-1], segment)):
            out[-1] = _merge(out[-1], segment)
        else:
            out.append(segment)
        growing = growth
    return out


# What an opened line brought about belongs to no statement: …大桥贯通|带动两岸发展.
_EFFECT = re.compile(one_of("effect"))
# What a count brought about: …3家、让老年人吃上热饭.
_BENEFIT = having("benefit")
# 集中供养率、配建率均达100%: all of them share the figure, or have one each.
_TOGETHER = re.compile("分别|均")
# How a count ranks among others: …全部开放、走在全国前列.
_RANKED = having("rank")
_OPENED = frozenset(having("opened"))


@rule("cl.effect", must=["花渡大桥建成通车带动两岸发展。"], never=["花渡大桥建成通车。", "花渡产业带动中心建成。"])
def _effect(masked: str, tokens: list[Token], end: int) -> int:
    """Where what an opened line brought about begins, which belongs to no statement: …大桥贯通|带动两岸发展; else 0."""
    for _, behind, entry in tokens:
        if entry.end_state and behind < end and _EFFECT.match(masked, behind):
            return behind if entry.word in _OPENED else 0
    return 0


def _moves_only(segment: Segment) -> bool:
    """Whether a segment opens with no verb, or only with verbs of movement, so that its closing verb is its own."""
    if not segment.lead:
        return True
    done = segment.final[0][2]
    return (done.end_state or done.verb == "start") and all(entry.verb == "progress" for _, _, entry in segment.lead)


def _names_end(document: Document, waiting: Segment, part: Segment) -> bool:
    """Whether names end before a counted thing of its own: 花渡路、柳湾路、3条支路."""
    if part.figures[0].start != part.start:
        return False
    text = document.text
    last = max(waiting.start, text.rfind("、", waiting.start, waiting.end) + 1)
    if not (numbered(text, last, waiting.end) or ends_in_instance(text, last, waiting.end)):
        return False
    return unknown(text, waiting.phrase(), last, waiting.end)


# 建成国家森林城市、全国绿化模范城市: who gives a title, not a verb, opens the next one.
_BY_WHOM = ("全国", "国家")


@rule(
    "cl.and",
    must=["花渡小学、柳湾小学和3所幼儿园建成投用。"],
    never=["花渡小学、柳湾小学等3所学校建成投用。"],
    meaning="Names before a counted thing are a statement of their own: 花渡小学、柳湾小学|和3所幼儿园.",
)
def _split_off(document: Document, waiting: Segment, part: Segment) -> bool:
    """Whether the segment that waits for its figure is a statement of its own."""
    masked = document.masked
    if part.figures and _TOGETHER.search(masked, part.start, part.figures[0].start) and not waiting.lead:
        return False
    if part.figures and part.joined_by == "、" and _names_end(document, waiting, part):
        return True
    if part.lead and not _only_verbs(part) and not document.text.startswith(_BY_WHOM, part.start):
        return not _only_verbs(waiting)
    if _ends_in_deed(waiting) and not _only_verbs(waiting) and _moves_only(waiting):
        return True
    return (
        bool(part.figures)
        and part.joined_by not in ("、", "")
        and "等" not in masked[waiting.start : part.figures[0].start]
    )


def _ends_in_deed(segment: Segment) -> bool:
    if not segment.final:
        return False
    last = segment.final[0][2]
    return last.verb in ("complete", "start", "progress", "plan") and not last.nominal


def _named(document: Document, segment: Segment) -> bool:
    """Whether a segment names a thing of its own, to be built or not: …、花渡车站建设, …、花渡公园二期."""
    acts = segment.final and segment.final[0][2].nominal
    if not acts and not ends_in_instance(document.text, segment.start, segment.end):
        return False
    return unknown(document.text, segment.phrase(), segment.start, segment.end)


def _graded(document: Document, segment: Segment) -> bool:
    """Whether a segment ends in a grade that is reached or kept: 花渡河水质达到Ⅱ类."""
    graded = document.text.endswith(("类", "级标准"), segment.start, segment.end)
    level = document.coverage(segment.start, segment.end) if graded else None
    return level is not None and level.end == segment.end


def _doers(document: Document, counted: Segment, waiting: Segment) -> bool:
    """Whether a counted thing without a verb shares that of the things behind it: 60名校长|、教师、班主任接受培训."""
    if counted.lead or counted.final or counted.phrase().traits & ACTS:
        return False
    return not unknown(document.text, waiting.phrase(), waiting.start, waiting.end)


def _gathered(document: Document, parts: list[Segment]) -> list[Segment]:
    """Names without a figure join the counted object behind them, or, as the last, the one before."""
    done: list[Segment] = []
    waiting: Segment | None = None
    for part in parts:
        if waiting is not None and _split_off(document, waiting, part):
            done.append(waiting)
            waiting = None
        whole = part if waiting is None else _merge(waiting, part)
        full = document.text.endswith("全覆盖", whole.start, whole.end)
        told = bool(whole.figures) or full or _graded(document, whole)
        waiting = None if told else whole
        if told:
            done.append(whole)
    if waiting is not None and not (done and document.masked.startswith((*_BENEFIT, *_RANKED), waiting.start)):
        alone = _ends_in_deed(waiting) and not (done and _doers(document, done[-1], waiting))
        if done and not waiting.lead and not alone and not _named(document, waiting):
            done[-1] = _merge(done[-1], waiting)
        else:
            done.append(waiting)
    return done


def segments(document: Document, start: int, end: int) -> list[Segment]:
    """One segment for each statement that the clause may hold, in order."""
    masked = document.masked
    whole = read(masked, start, end)
    tokens = whole.tokens
    stop = (_effect(masked, tokens, end) if whole.traits & ENDS else 0) or end
    if stop < end:
        tokens = [token for token in tokens if token[1] <= stop]
    found = document.figures(start, stop)
    listed = found or masked.find("、", start, stop) >= 0
    cuts = _cuts(masked, start, stop, found) if listed else []
    if not cuts:
        segment = document.segment(start, stop, tokens, found)
        if stop == end:
            segment.read = whole
        return [segment]
    parts = _parts(document, start, [*cuts, (stop, stop)], tokens, found)
    return parts if len(parts) == 1 else _absorb(document, _gathered(document, parts))
