"""Whether a piece is concrete enough to be a statement, and what it says."""

import re

from seeds.extract import categories
from seeds.extract.clauses import Document, Piece
from seeds.extract.concrete import concrete
from seeds.extract.counted import counted
from seeds.extract.deliverable import main_figure
from seeds.extract.figures import Figure
from seeds.extract.lexicon import business
from seeds.extract.milestones import Milestone
from seeds.extract.names import numbered, unknown
from seeds.extract.verdict import Context, Verdict

# Words before a statement that are no part of it.
_STRIP = re.compile(
    r"(?:其中|同时|此外|另外|今年|全年|去年|以及|并且|并(?![网购入轨行发联列存])|还(?![建迁款贷林草湖湿原田绿路滩])|也|到\d{4}年[底度]?|\d{4}年[底度]?|年内|年底前|上半年|下半年"
    r"|我[省市区县州盟旗]|(?:计划|拟)(?=[新改扩]建|实施|建设|建成|开工|完成|投资|启动)"
    r"|[一二三四]季度|期间|“十[三四五六]五”(?:期间|时期)|通过(?![^，]{0,30}(?:[复国省]检|验收|复[评审核]))|预计|举全[省市区县]之力|[一二三四五六七八九十]是"
    r"|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.．）](?!\d)|[①-⒛㈠-㈩❶-❿])+[，、]?"
)
# 全面完成农村危房改造: works on a whole class, none of them named (fig.full).
_WHOLE = "全面完成"
_WHOLE_WORKS = re.compile(
    r"(?:改造|整治|搬迁|登记|治理|安置|清理|加固|接种|修复|确权|保交[楼房]”?)(?:任务|工作|工程)?$"
)
_BOUNDS = ("以上", "以下")
_ALL_DONE = ("全部完成", "全部完工", "全部竣工", "全部建成", "全部开工")
_BY_WHEN = re.compile(
    r"(?:预计|力争|确保|争取|今年|明年|年内|年底前?|\d{4}年|\d{1,2}月(?:份|底|末)?|底|前|上半年|下半年|将|已)*"
)
_WORKS_OF_ONE = ("工程", "项目")
_MANY = re.compile("[、和及与等]|各|所有")
# 投资2亿元|建设花渡公园: the work is promised, not the money.
_INVESTED = re.compile(r"(?:总|计划|拟|每年|[市区县省]财政)?(?:投资|投入|斥资|总投资)(?:资金)?(?:约|近|超)?$")
_WORKS = re.compile("的?(?:用于|全面|正式)?(?=[新改扩续迁重]|建[设成]|实施|完成|打造|加快|推进|推动|启动|开工)")
_STRIP_CHARACTERS = frozenset(
    "我计拟其同此另今全去力确以并还也到年上下一二三四五六七八九十期“通预举（0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
)


def _stripped(document: Document, piece: Piece) -> Piece:
    """The piece without words of time and order before it."""
    match = _STRIP.match(document.text, piece.start, piece.end)
    if match is None or match.end() >= piece.end:
        return piece
    start = match.end()
    tokens = [token for token in piece.tokens if token[0] >= start]
    found = [figure for figure in piece.figures if figure.start >= start]
    return document.piece(start, piece.end, tokens, found, piece.joined_by)


def _whole(document: Document, piece: Piece) -> Figure | None:
    """The full coverage that 全面完成 tells of a whole class of livelihood works, before or behind it."""
    text, size = document.text, len(_WHOLE)
    start, end, at = piece.start + size, piece.end, piece.start
    if not text.startswith(_WHOLE, at):
        start, end, at = piece.start, piece.end - size, piece.end - size
    if not _WHOLE_WORKS.search(text, start, end):
        return None
    noun = categories.head(text, piece.phrase(), start, end)
    if noun is None or noun.weight <= categories.HEAD or noun.slug in business.WORDS:
        return None
    if numbered(text, start, end) or unknown(text, piece.phrase(), start, end):
        return None
    return Figure(at, at + size, 100, "%", "eq", "fig.full")


def _sizes(text: str, figure: Figure, covered: Figure, piece: Piece) -> bool:
    """Whether a figure only tells the size of what is covered in full: 3000人以上乡镇…实现全覆盖."""
    if piece.lead or figure.end >= covered.start or text[figure.end] in "、和":
        return False
    return text.endswith(_BOUNDS, figure.start, figure.end)


def _spared(text: str, figure: Figure, covered: Figure) -> bool:
    """Whether a run of years only tells how long something did not happen: 连续14年未发生重大事故."""
    return covered.rule == "fig.told" and figure.unit in ("年", "个月") and text[covered.start] in "无未没"


def _worked(document: Document, piece: Piece, figure: Figure, context: Context, final: str) -> Verdict | None:
    """The work that money at the head of a piece is spent on, where nothing else is counted (ruling: no quantity)."""
    text = document.text
    behind = _WORKS.match(text, figure.end, piece.end)
    if figure.unit != "元" or behind is None or not _INVESTED.fullmatch(text, piece.start, figure.start):
        return None
    tokens = [token for token in piece.tokens if token[0] >= behind.end()]
    work = document.piece(behind.end(), piece.end, tokens, [], piece.joined_by)
    verdict = concrete(document, work, context, None, final)
    if verdict is not None:
        verdict.start = piece.start
    return verdict


def _one_work(document: Document, piece: Piece, covered: Figure, context: Context, final: str) -> Verdict | None:
    """A single named work that is done as a whole, which is no full coverage: 花渡河整治工程全部完成."""
    text = document.text
    if not text.startswith(_ALL_DONE, covered.start) or covered.end != piece.end:
        return None
    if not text.endswith(_WORKS_OF_ONE, piece.start, covered.start) or _MANY.search(text, piece.start, covered.start):
        return None
    if not unknown(text, piece.phrase(), piece.start, covered.start):
        return None
    return concrete(document, piece, context, None, final)


def _finished(document: Document, piece: Piece, covered: Figure, context: Context) -> Verdict | None:
    """What was spoken of before, done as a whole: …，预计8月底全部完工 (name.context)."""
    text = document.text
    if not text.startswith(_ALL_DONE, covered.start) or not _BY_WHEN.fullmatch(text, piece.start, covered.start):
        return None
    noun = context.resolve()
    if noun is None or noun.slug in business.WORDS:
        noun = context.heading or noun
    if noun is None:
        return None
    mark = Milestone("start" if text.endswith("开工", 0, covered.end) else "complete", "ms.final", firm=True)
    return Verdict(piece.start, piece.end, noun, mark, None, (), (mark.rule, noun.rule, "name.context"), inherited=True)


def judge(document: Document, piece: Piece, context: Context, shared: Piece | None, final: str) -> Verdict | None:
    """The verdict on one piece, or ``None`` where it is not concrete enough."""
    text = document.text
    if text[piece.start] in _STRIP_CHARACTERS:
        piece = _stripped(document, piece)
    figure = main_figure(text, piece) if piece.figures else None
    covered = document.coverage(piece.start, piece.end)
    if figure is None or (
        covered is not None and (_sizes(text, figure, covered, piece) or _spared(text, figure, covered))
    ):
        figure = covered
    if figure is covered and covered is not None:
        one = _one_work(document, piece, covered, context, final) or _finished(document, piece, covered, context)
        if one is not None:
            return one
    whole = text.startswith(_WHOLE, piece.start) or text.endswith(_WHOLE, piece.start, piece.end)
    if figure is None and whole:
        figure = _whole(document, piece)
    if figure is None:
        return concrete(document, piece, context, shared, final)
    worked = _worked(document, piece, figure, context, final) if figure.unit == "元" else None
    if worked is not None:
        return worked
    return counted(document, piece, figure, context, shared, final)
