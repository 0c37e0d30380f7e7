"""Whether a segment is concrete enough to be a statement, and what it says."""

import re
from datetime import date

from seeds.extract import categories
from seeds.extract.candidate import Candidate, Context, object_span
from seeds.extract.clauses import Document, Segment
from seeds.extract.deliverable import main_figure
from seeds.extract.figures import Figure
from seeds.extract.lexicon import TRADE
from seeds.extract.milestones import Milestone, milestone
from seeds.extract.named_works import named_work
from seeds.extract.names import named, numbered, unknown
from seeds.extract.quantified import quantified
from seeds.extract.rules import rule
from seeds.extract.wordlist import having, one_of

# Words before a statement that are no part of it.
_STRIP = re.compile(
    rf"(?:{one_of('opening')}|并(?![网购入轨行发联列存])|还(?![建迁款贷林草湖湿原田绿路滩])|也|到\d{{4}}年[底度]?|\d{{4}}年[底度]?|年内|年底前|上半年|下半年"
    f"|我[省市区县州盟旗]|(?:计划|拟)(?=[新改扩]建|{one_of('intended')})"
    r"|[一二三四]季度|期间|“十[三四五六]五”(?:期间|时期)|通过(?![^，]{0,30}(?:[复国省]检|验收|复[评审核]))|预计|举全[省市区县]之力|[一二三四五六七八九十]是"
    r"|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.．）](?!\d)|[①-⒛㈠-㈩❶-❿])+[，、]?"
)
# 全面完成农村危房改造: works on a whole class, none of them named (fig.full).
_WHOLE = "全面完成"
_WHOLE_WORKS = re.compile(f"(?:{one_of('class_work')}|保交[楼房]”?)(?:任务|工作|工程)?$")
_BOUNDS = ("以上", "以下")
_ALL_DONE = having("all_done")
_BY_WHEN = re.compile(rf"(?:{one_of('by_when')}|\d{{4}}年|\d{{1,2}}月(?:份|底|末)?|底|前|将|已)*")
_WORKS_OF_ONE = ("工程", "项目")
_MANY = re.compile("[、和及与等]|各|所有")
# 投资2亿元|建设花渡公园: the work is promised, not the money.
_INVESTED = re.compile(r"(?:总|计划|拟|每年|[市区县省]财政)?(?:投资|投入|斥资|总投资)(?:资金)?(?:约|近|超)?$")
_WORKS = re.compile(f"的?(?:用于|全面|正式)?(?=[新改扩续迁重]|建[设成]|{one_of('spent_on')})")
_STRIP_CHARACTERS = frozenset(
    "我计拟其同此另今全去力确以并还也到年上下一二三四五六七八九十期“通预举（0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
)


def _stripped(document: Document, segment: Segment) -> Segment:
    """The segment without words of time and order before it."""
    match = _STRIP.match(document.text, segment.start, segment.end)
    if match is None or match.end() >= segment.end:
        return segment
    start = match.end()
    tokens = [token for token in segment.tokens if token[0] >= start]
    found = [figure for figure in segment.figures if figure.start >= start]
    return document.segment(start, segment.end, tokens, found, segment.joined_by)


def _whole(document: Document, segment: Segment) -> Figure | None:
    """The full coverage that 全面完成 tells of a whole class of livelihood works, before or behind it."""
    text, size = document.text, len(_WHOLE)
    start, end, at = segment.start + size, segment.end, segment.start
    if not text.startswith(_WHOLE, at):
        start, end, at = segment.start, segment.end - size, segment.end - size
    if not _WHOLE_WORKS.search(text, start, end):
        return None
    noun = categories.head(text, segment.phrase(), start, end)
    if noun is None or noun.weight <= categories.HEAD or noun.slug in TRADE:
        return None
    if numbered(text, start, end) or unknown(text, segment.phrase(), start, end):
        return None
    return Figure(at, at + size, 100, "%", "eq", "fig.full")


def _sizes(text: str, figure: Figure, covered: Figure, segment: Segment) -> bool:
    """Whether a figure only tells the size of what is covered in full: 3000人以上乡镇…实现全覆盖."""
    if segment.lead or figure.end >= covered.start or text[figure.end] in "、和":
        return False
    return text.endswith(_BOUNDS, figure.start, figure.end)


def _spared(text: str, figure: Figure, covered: Figure) -> bool:
    """Whether a run of years only tells how long something did not happen: 连续14年未发生重大事故."""
    return covered.rule == "fig.told" and figure.unit in ("年", "个月") and text[covered.start] in "无未没"


def _worked(document: Document, segment: Segment, figure: Figure, context: Context, final: str) -> Candidate | None:
    """The work that money at the head of a segment is spent on, where nothing else is counted (ruling: no quantity)."""
    text = document.text
    behind = _WORKS.match(text, figure.end, segment.end)
    if figure.unit != "元" or behind is None or not _INVESTED.fullmatch(text, segment.start, figure.start):
        return None
    tokens = [token for token in segment.tokens if token[0] >= behind.end()]
    work = document.segment(behind.end(), segment.end, tokens, [], segment.joined_by)
    candidate = named_work(document, work, context, None, final)
    if candidate is not None:
        candidate.start = segment.start
    return candidate


def _one_work(document: Document, segment: Segment, covered: Figure, context: Context, final: str) -> Candidate | None:
    """A single named work that is done as a whole, which is no full coverage: 花渡河整治工程全部完成."""
    text = document.text
    if not text.startswith(_ALL_DONE, covered.start) or covered.end != segment.end:
        return None
    if not text.endswith(_WORKS_OF_ONE, segment.start, covered.start) or _MANY.search(
        text, segment.start, covered.start
    ):
        return None
    if not unknown(text, segment.phrase(), segment.start, covered.start):
        return None
    return named_work(document, segment, context, None, final)


@rule("name.context", must=["推进花渡医院建设，预计8月底全部完工。"], never=["道路全部完工。"])
def _finished(document: Document, segment: Segment, covered: Figure, context: Context) -> Candidate | None:
    """What was spoken of before, done as a whole: …，预计8月底全部完工 (name.context)."""
    text = document.text
    if not text.startswith(_ALL_DONE, covered.start) or not _BY_WHEN.fullmatch(text, segment.start, covered.start):
        return None
    noun = context.resolve()
    if noun is None or noun.slug in TRADE:
        noun = context.heading or noun
    if noun is None:
        return None
    mark = Milestone("start" if text.endswith("开工", 0, covered.end) else "complete", "ms.final", strong=True)
    return Candidate(
        segment.start, segment.end, noun, mark, None, (), (mark.rule, noun.rule, "name.context"), inherited=True
    )


def classify(
    document: Document, segment: Segment, context: Context, shared: Segment | None, final: str
) -> Candidate | None:
    """The candidate that one segment makes, or ``None`` where it is not concrete enough."""
    text = document.text
    if text[segment.start] in _STRIP_CHARACTERS:
        segment = _stripped(document, segment)
    figure = main_figure(text, segment) if segment.figures else None
    covered = document.coverage(segment.start, segment.end)
    if figure is None or (
        covered is not None and (_sizes(text, figure, covered, segment) or _spared(text, figure, covered))
    ):
        figure = covered
    if figure is covered and covered is not None:
        one = _one_work(document, segment, covered, context, final) or _finished(document, segment, covered, context)
        if one is not None:
            return one
    whole = text.startswith(_WHOLE, segment.start) or text.endswith(_WHOLE, segment.start, segment.end)
    if figure is None and whole:
        figure = _whole(document, segment)
    if figure is None:
        return named_work(document, segment, context, shared, final)
    worked = _worked(document, segment, figure, context, final) if figure.unit == "元" else None
    if worked is not None:
        return worked
    return quantified(document, segment, figure, context, shared, final)


def assumed(document: Document, segment: Segment, shared: Segment | None, stated: tuple[date, str] | None) -> Candidate:
    """What a segment that makes no candidate would say if it were one."""
    text = document.text
    if text[segment.start] in _STRIP_CHARACTERS:
        segment = _stripped(document, segment)
    figure = main_figure(text, segment) if segment.figures else None
    figure = figure or document.coverage(segment.start, segment.end)
    noun = categories.head(text, segment.phrase(), segment.start, segment.end)
    lead = segment.lead or (shared.lead if shared else [])
    mark = milestone(segment.phrase(), lead, segment.final, counted=figure is not None)
    mark = mark if mark.code else Milestone("complete" if figure else "progress", mark.rule)
    found, why = named(text, document.masked, segment.phrase(), *object_span(segment))
    rules = (figure.rule if figure else mark.rule, noun.rule if noun else "cat.none", *((why,) if why else ()))
    own = text[segment.start : segment.end]
    return Candidate(segment.start, segment.end, noun, mark, figure, found, rules, due=stated, title=own)
