"""Quantified statements: a segment with a figure that counts the deliverable or measures the outcome."""

import re

from seeds.extract import categories, milestones
from seeds.extract.candidate import Candidate, Context, object_span
from seeds.extract.categories import Noun
from seeds.extract.clauses import Document, Segment
from seeds.extract.figures import Figure
from seeds.extract.lexicon import TRADE
from seeds.extract.milestones import Milestone
from seeds.extract.names import items, named
from seeds.extract.rules import rule
from seeds.extract.segmentation import is_growth
from seeds.extract.wordlist import having, measures, one_of

# A share of the budget, or of a target, is no outcome for anyone.
_OF_TARGET = re.compile(
    f"(?:已|累计|提前|超额|均|实际|分别)*(?:完成|占)(?:了)?(?:[^，]{{0,10}}{one_of('aim')}数?的?)?$"
)
# …任务的306%、205%: what follows is of a target, too.
_OF_TARGETS = re.compile(r"(?:任务|目标|计划|进度)数?的(?:\d[\d.]*%[、和])+$")
# 以打造15个综合体为抓手: how, not what.
_MEANS = re.compile(f"为{one_of('means')}$")
# 等5项国家级试点: pilots that a higher level grants are counted.
_PILOTS = re.compile("(?:国家级?|全国|省级|市级)[^，。；]{0,16}试点$")
# Papers are counted, but nothing comes of it yet.
_ISSUED = re.compile(f"{one_of('issuing')}.*{one_of('paper')}")
# 在36个大中城市考核中名列第一: how many others a rank was won among.
_RANKED = re.compile(
    r"[^、，。；\d]{0,4}(?:[省市县区州]|城市|国家|地区|单位)[^、，。；\d]{0,8}(?:[名位]列|排名|排在|位居)"
)
# 连续6年排名全省第1, 连续3年全省优秀: a rank, not an outcome.
_RANKED_FOR_YEARS = re.compile(
    rf"[^，。；]{{0,4}}(?:排名|位居|位列|名列|优秀|第[一二三四五六七八九十\d]|居(?!民)|{one_of('repeated')})"
)
_CHANGED_BY = re.compile(r"(?:同比|[比较](?:上年|去年|同期|[12]\d{3}年)|净)?(?:增加|减少|净增)了?")
_BENEFITED = re.compile("(?:全面|累计|共)?惠及")
_POLICY = re.compile(
    f"(?:实施|落实|推行|建立|执行)[^，。；]*{one_of('policy')}$|(?:政策|制度)(?:全面)?(?:落地|落实|实施)$"
)
_LONGEST_SUBJECT = 24
_BARE_LEVEL = re.compile(r"(?:[已均]|目前)?达到?")
# Money invested in a field, or that something comes to.
_INVESTED = re.compile("(?!完成)[^，。；]{0,12}投资额?(?:翻番、|分别|累计)?(?:达|超|突破|增长|为)|(?:涉及|总)?金额")
# Money that is spent on everything.
_SPENDING = re.compile("民生[^，。；]{0,10}(?:支出|投入|资金)|财政[^，。；]{0,6}支出")
_OF_BUDGET = re.compile(r"用于民生|财力|财政|公共预算|民生支出")
# Words that measure an object without naming it: a segment of these and a figure leaves its object out.
_MEASURES = re.compile(rf"{one_of('measured')}|示范[村镇县户点片]|示范园?区|月人均|[受参]训人?[数员次]?|[的了和中等]")
_INTENT_TAILS = having("vague_end")
_INTENT_ENDS = frozenset(tail[-1] for tail in _INTENT_TAILS)
_NO_DESCRIPTION = measures("participation")
_BENEFITING = frozenset(having("benefiting"))
# A task, a lesson learnt or a partnership is no part of the thing its sentence speaks of; nor is money.
_NO_PART = re.compile(one_of("no_part"))
_OUTSIDE = measures("outside")
_PAPERS = measures("paper")
_CHANGED = re.compile("减少|增加(?!值)")
_STANDING_UNITS = measures("standing")


@rule("out.vague", must=["提升8个山区县帮扶质效。"], never=["完成800个行政村户厕改造提升行动。"])
def _vague(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """A figure that only describes the object of an intent: 提升8个县帮扶质效."""
    end = segment.end
    if figure.end >= end or text[end - 1] not in _INTENT_ENDS or text[figure.end] == "并":
        return False
    if segment.lead and segment.lead[-1][2].word == "完成":
        return False
    if _PILOTS.search(text, figure.end, end):
        return False
    # 85%的医院达到三级水平, 16处固废回填试点; and …标准842元、均超过全国平均水平 says it before.
    if "达到" in text[figure.end : end] or text.find("、", figure.end, end) >= 0 or figure.unit in ("处", "所", "家"):
        return False
    # 连续9年提高…水平 is a run of years, 开展100万人次…行动 counts those who take part.
    return figure.unit not in _NO_DESCRIPTION and text.endswith(_INTENT_TAILS, figure.end, end)


def _unsaid(noun: Noun, segment: Segment) -> bool:
    """Whether a noun may also be the deed (治理, 交付) or the place (园区), so that it need not be the object."""
    trade = noun.slug in TRADE
    return (noun.weight == 1 and (trade or not segment.lead)) or (trade and noun.modifier)


@rule("cat.context", must=["新建敬老院2所，安装呼叫器300台。"], never=["建成学校3所，更新制度3项。"])
def _spoken(text: str, segment: Segment, figure: Figure, context: Context) -> Noun | None:
    """What the sentence spoke of, for a part of it that no listed noun names: 改造学校9所，安装空调300台."""
    if figure.unit in _OUTSIDE or _NO_PART.search(text, segment.start, segment.end):
        return None
    spoken = context.resolve()
    return spoken._replace(rule="cat.context") if spoken and spoken.slug not in TRADE else None


def _elliptical(text: str, segment: Segment, figure: Figure) -> bool:
    """Whether the segment has no object of its own: 完工10个, 突破300公里, 21140元."""
    rest = text[segment.start : figure.start] + text[figure.end : segment.end].partition("、")[0]
    for _, _, entry in segment.tokens:
        if entry.verb or entry.adverb:
            rest = rest.replace(entry.word, "", 1)
    return len(_MEASURES.sub("", rest)) <= 2


@rule(
    "ms.level",
    must=["学前教育普惠率保持在92%以上。"],
    never=["新建学校12所。"],
    meaning="A rate, stock or ceiling that is reached or kept.",
)
def _milestone(
    text: str, segment: Segment, figure: Figure, shared: Segment | None, final: str, before: str
) -> Milestone:
    """The milestone; ``final`` closes the clause, ``before`` is what the inherited object already said."""
    if figure.rule == "fig.told" or text.endswith("全覆盖", segment.start, segment.end):
        return milestones.LEVEL
    lead = segment.lead or (shared.lead if shared else [])
    mark = milestones.milestone(segment.phrase(), lead, segment.final, counted=True)
    if before and mark.rule == "ms.none":
        mark = milestones.made(before, mark.rule, mark.strong, mark.weak)
    elif not mark.code or mark.rule == "ms.mid":
        mark = milestones.made(final or "complete", mark.rule, mark.strong, mark.weak)
    if text[segment.start] in "减增" and figure.unit not in _STANDING_UNITS and _CHANGED.match(text, segment.start):
        return milestones.made("complete", mark.rule, mark.strong, mark.weak)
    if segment.lead or mark.rule == "ms.final" or "新增" in text[segment.start : figure.start]:
        return mark
    listed = bool(before or final or (shared and shared.lead))
    if _standing(text, segment, figure) or (not listed and _reaches(text, segment, figure, mark)):
        return milestones.made("level", "ms.level", mark.strong, mark.weak)
    return mark


def _standing(text: str, segment: Segment, figure: Figure) -> bool:
    """Whether the figure is a rate or a stock by its measure word or its noun."""
    return figure.unit in _STANDING_UNITS or milestones.LEVEL_NOUN.search(text, segment.start, segment.end) is not None


def _reaches(text: str, segment: Segment, figure: Figure, mark: Milestone) -> bool:
    """Whether a figure behind its subject says how much there is: 农村公路达2300公里, 观众超2万人次."""
    if figure.start <= segment.start:
        return False
    return text[figure.start - 1] in "达数" or (
        mark.rule == "ms.none" and text.startswith(("超", "突破"), figure.start)
    )


def _reached(text: str, segment: Segment, figure: Figure, context: Context) -> int:
    """Where the clause begins that lacks its figure; 0 where the figure belongs to none.

    A bare level (健康素养稳步提升，达33.5%), or those whom a policy reached (实施免费教育政策，惠及6万儿童).
    """
    if not context.unread:
        return 0
    start, end = context.unread[-1]
    if end != segment.start - 1 or segment.start - start > _LONGEST_SUBJECT:
        return 0
    if _BENEFITED.match(text, segment.start) and _POLICY.search(text, start, end):
        return start
    return start if _BARE_LEVEL.fullmatch(text, segment.start, figure.start) else 0


@rule("out.change", must=["全县共有医疗机构320间，增加25间。"], never=["全县新增医疗机构25间。"])
def _explains(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """Whether a figure only tells by how much the stock before it changed: 共有医疗机构320间，增加25间."""
    before = context.segment.figures[-1:] if context.segment else []
    changed = (
        figure.unit != "天"
        and figure.end == segment.end
        and _CHANGED_BY.fullmatch(text, segment.start, figure.start) is not None
    )
    return changed and [stock.unit for stock in before] == [figure.unit]


@rule("out.means", must=["以建设12个综合体为抓手。"], never=["以新建学校12所。"])
def _means(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """The figure tells how, not what: 以打造15个综合体为抓手."""
    return text[segment.start] == "以" and _MEANS.search(text, segment.start, segment.end) is not None


@rule("out.growth", must=["同比增长5.5%。"], never=["新建学校12所、同比增长5.5%。"])
def _grows(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """A rise without the outcome that rose: 同比增长5.5%."""
    return is_growth(text, segment) and not _reached(text, segment, figure, context)


@rule("out.target", must=["完成年度任务的142%。", "80%的财力投向民生。"], never=["农村危房改造完成85%。"])
def _of_target(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """A share of a target or of the budget is no outcome for anyone: 完成年度任务的142%."""
    if figure.unit != "%":
        return False
    return (
        _OF_TARGET.fullmatch(text, segment.start, figure.start)
        or _OF_TARGETS.search(text, max(0, figure.start - _LONGEST_SUBJECT), figure.start)
        or _OF_BUDGET.search(text, segment.start, segment.end)
    ) is not None


@rule(
    "out.rank",
    must=["污水处理在36个大中城市考核中名列第一。", "连续6年排名全省第一。"],
    never=["连续14年提高退休人员养老金水平。"],
)
def _ranks(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """The figure tells how many others a rank was won among, or for how many years: 连续6年排名全省第1."""
    if _RANKED.match(text, figure.end, segment.end):
        return True
    return figure.unit == "度" or (
        figure.unit == "年" and _RANKED_FOR_YEARS.match(text, figure.end, segment.end) is not None
    )


@rule("out.money", must=["民生支出达到120亿元。"], never=["发放救助资金3亿元。"])
def _spends(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """Money invested in a field, or spent on everything: 民生支出120亿元."""
    if figure.unit != "元":
        return False
    return (_SPENDING.search(text, segment.start, segment.end) or _INVESTED.match(text, segment.start)) is not None


@rule("out.papers", must=["出台就业政策12条。"], never=["建成公交线路12条。"])
def _papers(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """Papers are counted, of which nothing comes yet: 出台就业政策12条."""
    return figure.unit in _PAPERS and _ISSUED.search(text, segment.start, segment.end) is not None


@rule("out.benefit", must=["惠及居民约6万户。"], never=["实施学前免费教育政策，惠及近6万儿童。"])
def _benefits(text: str, segment: Segment, figure: Figure, context: Context) -> bool:
    """The figure counts those who benefit, and nothing says of what: 惠及居民约6万户."""
    if not segment.lead or segment.lead[-1][2].word not in _BENEFITING:
        return False
    return not _reached(text, segment, figure, context)


# What makes a figure count nothing that is promised or reported; the order is that of cost.
_VETOES = (_means, _grows, _vague, _of_target, _ranks, _explains, _spends, _papers, _benefits)


@rule(
    "cat.inherited",
    must=["新开工老旧小区改造项目15个、完工10个。"],
    never=["新建学校15所、医院10所。"],
    meaning="A segment leaves its object out, and takes the one spoken of before.",
)
def _object(text: str, segment: Segment, figure: Figure, context: Context) -> tuple[Noun | None, bool]:
    """What decides the category, and whether the segment left it out; a part takes what the sentence spoke of."""
    noun = categories.head(text, segment.phrase(), segment.start, segment.end)
    vague = noun is None or ((noun.weight == 1 or noun.modifier) and _unsaid(noun, segment))
    # 建成5G基站6万个、覆盖92%以上行政村: whom it reaches is not what it is.
    reaches = bool(segment.lead) and segment.lead[-1][2].word == "覆盖" and context.noun is not None
    if reaches or (vague and _elliptical(text, segment, figure)):
        left_out = context.partner() or context.resolve()
        if left_out is not None:
            return left_out._replace(rule="cat.inherited"), True
    return noun or _spoken(text, segment, figure, context), False


def _first_named(document: Document, segment: Segment, start: int, figure: Figure, why: str | None) -> Noun | None:
    """What the first of several proper names tells: 花渡体育公园、柳湾广场等5个公园 (cat.first)."""
    members = items(document.masked, start, figure.start) if why in ("name.unknown", "name.numbered") else []
    if len(members) < 2:
        return None
    noun = categories.head(document.text, segment.phrase(), *members[0])
    decides = noun is not None and noun.weight >= categories.HEAD and noun.rule != "cat.suffix"
    return noun._replace(rule="cat.first") if noun is not None and decides else None


@rule("cat.none", must=["新增铹钫锇3000套。"], never=["新建学校12所。"], meaning="No noun decides: the economy.")
def quantified(
    document: Document, segment: Segment, figure: Figure, context: Context, shared: Segment | None, final: str
) -> Candidate | None:
    """The candidate that a segment makes with a figure; ``shared`` opened the clause, ``final`` closes it."""
    text = document.text
    if any(veto(text, segment, figure, context) for veto in _VETOES):
        return None
    begin = _reached(text, segment, figure, context)
    if begin:
        noun, inherited = context.resolve(), False
    else:
        begin, (noun, inherited) = segment.start, _object(text, segment, figure, context)
    if figure.rule in ("fig.told", "fig.zero") and (noun is None or inherited or noun.rule == "cat.context"):
        return None
    mark = _milestone(text, segment, figure, shared, final, context.code if inherited else "")
    found: tuple[str, ...] = ()
    why = None
    if document.masked.find("等", segment.start, figure.start) >= 0:
        start, end = object_span(segment)
        if document.masked.find("等", start, figure.start) > 0:
            found, why = named(text, document.masked, segment.phrase(), start, min(end, figure.start))
            if noun is not None and noun.slug not in TRADE:
                noun = _first_named(document, segment, start, figure, why) or noun
    rules: tuple[str, ...] = (figure.rule, noun.rule if noun else "cat.none", mark.rule)
    if why:
        rules = (*rules, why)
    return Candidate(begin, segment.end, noun, mark, figure, found, rules, inherited)
