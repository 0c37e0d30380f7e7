"""Quantified statements: a piece with a figure that counts the deliverable or measures the outcome."""

import re

from seeds.extract import categories, milestones
from seeds.extract.clauses import Document, Piece, is_growth
from seeds.extract.figures import Figure
from seeds.extract.milestones import Milestone
from seeds.extract.names import named
from seeds.extract.verdict import Context, Verdict, object_span
from seeds.extract.words import one_of, words

# The figure behind these counts those who benefit, or the places reached.
_BENEFIT = re.compile(r"(?:为|对|向|给|使|让|惠及|帮助|带动|服务|覆盖)(?:约|近|超)?$")
# The figure behind these sizes the thing that stands behind 的.
_SIZED = re.compile(r"(?:投资|面积|[总全]?长|规模|容量|库容|能力|占地|收入|产值|产能|造价|金额)(?:约|近|超|达|在)?$")
# A share of the budget, or of a target, is no outcome for anyone.
_OF_TARGET = re.compile(
    r"(?:已|累计|提前|超额|均|实际)?(?:完成|占)(?:了)?(?:[^，]{0,10}(?:任务|目标|计划|进度|指标|预算)数?的?)?$"
)
# Papers are counted, but nothing comes of it yet.
_ISSUED = re.compile(
    r"(?:出台|制定|制订|印发|推出|发布|修订).*(?:政策|措施|举措|法规|规章|条例|办法|意见|文件|标准|制度)"
)
_OF_BUDGET = re.compile(r"财力|财政|公共预算|民生支出")
_PLACES = re.compile(r"个?(?:国家|省|地区|县|城市|市州|镇街|市（州）)")
# Words that measure an object without naming it: a piece of these and a figure leaves its object out.
_MEASURES = re.compile(
    one_of(
        """
        总量 总数 总里程 面积 规模 里程 经营 收入 净收益 收益 实现 项目 其中 以上 左右 累计 示范[村镇县户点片]
        [的了和中等]
        """
    )
)
_TO = re.compile(r"[^，]{0,12}(?:提高|增|降|提升|上升|扩大|减少|达|为|至|到)")
_RAISED = re.compile(r"(?:[提增调]高|提升|增加|上调|扩大|上升|下降|降低|减少|[增升降减])[到至为]")
_RATE = re.compile(r"[率比]")
_INTENT_TAILS = (
    "质效",
    "水平",
    "能力",
    "政策",
    "要求",
    "措施",
    "成果",
    "作用",
    "优势",
    "行动",
    "试点",
    "振兴发展",
    "协调发展",
    "高质量发展",
)
_INTENT_ENDS = frozenset(tail[-1] for tail in _INTENT_TAILS)
_BENEFITING = words("惠及 受益 带动")
_PAPERS = words("条 项 个 件 部")
_STANDING_UNITS = words("% 天 岁")


def _describes(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether a figure stands in a clause that describes the object: 惠及50万人的工程, 总投资3亿元的医院."""
    if text[figure.end : figure.end + 1] != "的":
        return False
    return bool(_SIZED.search(text, max(piece.start, figure.start - 6), figure.start)) or _benefits(text, piece, figure)


def _benefits(text: str, piece: Piece, figure: Figure) -> bool:
    return bool(_BENEFIT.search(text, max(piece.start, figure.start - 3), figure.start))


def main_figure(text: str, piece: Piece) -> Figure | None:
    """The first figure that counts the deliverable itself."""
    found = piece.figures
    if len(found) < 2:
        return found[0] if found and not _describes(text, piece, found[0]) else None
    found = [figure for figure in found if not _describes(text, piece, figure)]
    if len(found) > 1 and _raised(text, piece, found[0]):
        return found[1]
    usable = [figure for figure in found if not _benefits(text, piece, figure)] or found
    return _weightier(text, piece, usable) if usable else None


def _raised(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether a figure is what another replaces: 由每月120元提高到135元."""
    if _RAISED.match(text, figure.end):
        return True
    near = text[max(piece.start, figure.start - 8) : figure.start]
    return ("从" in near or "由" in near) and _TO.match(text, figure.end) is not None


def _weightier(text: str, piece: Piece, usable: list[Figure]) -> Figure:
    """A rate before what it is a rate of, a count before the number of places it spans, else the first."""
    first = usable[0]
    if first.unit != "%":
        for figure in usable:
            if figure.unit == "%" and _RATE.search(text, max(piece.start, figure.start - 8), figure.start):
                return figure
    if len(usable) > 1 and first.unit == "个" and usable[1].unit != "%" and _PLACES.match(text, first.end - 1):
        return usable[1]
    return first


def _vague(text: str, piece: Piece, figure: Figure) -> bool:
    """A figure that only describes the object of an intent: 提升8个县帮扶质效."""
    end = piece.end
    return figure.end < end and text[end - 1] in _INTENT_ENDS and text.endswith(_INTENT_TAILS, figure.end, end)


def _elliptical(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether the piece has no object of its own: 完工10个, 突破300公里, 21140元."""
    rest = text[piece.start : figure.start] + text[figure.end : piece.end].partition("、")[0]
    for _, _, entry in piece.tokens:
        if entry.verb or entry.adverb:
            rest = rest.replace(entry.word, "", 1)
    return len(_MEASURES.sub("", rest)) <= 2


def _milestone(text: str, piece: Piece, figure: Figure, shared: Piece | None, final: str, before: str) -> Milestone:
    """The milestone; ``final`` closes the clause, ``before`` is what the inherited object already said."""
    if figure.rule == "fig.told" or text.endswith("全覆盖", piece.start, piece.end):
        return milestones.LEVEL
    lead = piece.lead or (shared.lead if shared else [])
    mark = milestones.milestone(piece.phrase(), lead, piece.final, counted=True)
    if before and mark.rule == "ms.none":
        mark = milestones.made(before, mark.rule, mark.firm, mark.soft)
    elif not mark.code or mark.rule == "ms.mid":
        mark = milestones.made(final or "complete", mark.rule, mark.firm, mark.soft)
    if piece.lead or mark.rule == "ms.final" or "新增" in text[piece.start : figure.start]:
        return mark
    listed = bool(before or final or (shared and shared.lead))
    if _standing(text, piece, figure) or (not listed and _reaches(text, piece, figure, mark)):
        return milestones.made("level", "ms.level", mark.firm, mark.soft)
    return mark


def _standing(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether the figure is a rate or a stock by its measure word or its noun."""
    return figure.unit in _STANDING_UNITS or milestones.LEVEL_NOUN.search(text, piece.start, piece.end) is not None


def _reaches(text: str, piece: Piece, figure: Figure, mark: Milestone) -> bool:
    """Whether a figure behind its subject says how much there is: 农村公路达2300公里, 观众超2万人次."""
    if figure.start <= piece.start:
        return False
    return text[figure.start - 1] in "达数" or (
        mark.rule == "ms.none" and text.startswith(("超", "突破"), figure.start)
    )


def _uncounted(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether the figure tells a rise, describes an intent or counts who benefits."""
    if is_growth(text, piece) or _vague(text, piece, figure):
        return True
    if figure.unit == "%" and (
        _OF_TARGET.fullmatch(text, piece.start, figure.start) or _OF_BUDGET.search(text, piece.start, piece.end)
    ):
        return True
    if figure.unit in _PAPERS and _ISSUED.search(text, piece.start, piece.end):
        return True
    return bool(piece.lead) and piece.lead[-1][2].word in _BENEFITING


def counted(
    document: Document, piece: Piece, figure: Figure, context: Context, shared: Piece | None, final: str
) -> Verdict | None:
    """The verdict on a piece with a figure; ``shared`` opened the clause, ``final`` closes it."""
    text = document.text
    if _uncounted(text, piece, figure):
        return None
    noun = categories.head(text, piece.phrase(), piece.start, piece.end)
    inherited = False
    if (noun is None or (noun.weight == 1 and not piece.lead)) and _elliptical(text, piece, figure):
        left_out = context.resolve()
        if left_out is not None:
            noun, inherited = left_out._replace(rule="cat.inherited"), True
    if figure.rule == "fig.told" and (noun is None or inherited):
        return None
    mark = _milestone(text, piece, figure, shared, final, context.code if inherited else "")
    found: tuple[str, ...] = ()
    why = None
    if document.masked.find("等", piece.start, figure.start) >= 0:
        start, end = object_span(piece)
        if document.masked.find("等", start, figure.start) > 0:
            found, why = named(text, document.masked, piece.phrase(), start, min(end, figure.start))
    rules: tuple[str, ...] = (figure.rule, noun.rule if noun else "cat.none", mark.rule)
    if why:
        rules = (*rules, why)
    return Verdict(piece.start, piece.end, noun, mark, figure, found, rules, inherited)
