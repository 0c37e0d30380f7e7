"""Whether a piece is concrete enough to be a statement, and what it says."""

import re
from dataclasses import dataclass

from seeds.extract import categories, milestones, names
from seeds.extract.categories import Noun
from seeds.extract.clauses import Piece, lead_verbs
from seeds.extract.figures import Figure, coverage
from seeds.extract.milestones import Milestone
from seeds.extract.tokens import Token

_GROWTH = re.compile(r"^(?:[，、]|同比|年均|比上年|较上年|比去年|较去年|平均|均|分别|再|净|实际|名义|较20\d\d年|比20\d\d年|五年|环比|总体|累计|且|并|又|占[^\d]{0,8}|居[^\d]{0,6}第?|比重达?到?|位居[^\d]{0,6}|高于[^\d]{0,10}|低于[^\d]{0,10}|高出[^\d]{0,10}|快于[^\d]{0,10})*(?:增长|增加|提高|下降|提升|上升|降低|减少|增幅|增速|达|扩大|回落|收窄|翻)?(?:了|近|超|约|到|至|超过)?$")
_TAIL_UNITS = frozenset(("%", "倍", "个百分点", "百分点", "‰"))
_BENEFIT = re.compile(r"(?:为|对|向|给|使|让|惠及|帮助|带动|服务|覆盖)(?:约|近|超)?$")
_PLACES = re.compile(r"个?(?:国家|省|地区|县|城市|市州|镇街|市（州）)")
_STRIP = re.compile(r"^(?:其中|同时|此外|另外|今年|全年|去年|力争|确保|以及|并且|并|还|也|到\d{4}年底?|\d{4}年底?|年内|年底前|上半年|下半年|[一二三四]季度|一季度|期间|“十[三四五]五”期间|通过)+[，、]?")
_HONOUR_TITLE = re.compile(r"示范|试点|试验区|先进|模范|典型|名单|名录|称号|百强|十佳|最美|最佳|优秀|一等|国家级|二级馆|一级馆|命名|基地|卫生[城县镇乡]|园林|森林城市|文明|先行|奖|三甲|甲等|区县|[县市区]$|案例|社区|小区|现代社区|遗产|计划|学校|校$|园区|目的地|十大|之乡|行列|范例")
_CIVIL = re.compile(r"文明城[区市]|法治政府|平安[中县区市渝]|诚信|质量强|营商|激励|表彰|表扬|嘉奖|肯定|推广|金融|服务业|4A|5A|A级|外贸|首发|科技|知识产权|夜间|旅游景区|双创|创新|工业|制造")
_SLOGANS = re.compile(r"应保尽保|应救尽救|目标范围|稳定达标率|只增不减|零容忍")
_PHYSICAL = re.compile(r"建设|改造|扩建|修复|治理|整治|工程|项目|迁建|保护|更新|前期|落地|升级|开发|搬迁|试点|收尾|装修|普查|提升|片区|校区|新城|赛|育")


@dataclass(slots=True)
class Object:
    """The object the last piece of the sentence spoke of, for a piece that leaves its own out."""

    noun: Noun | None = None
    text: str = ""
    lead: str = ""


@dataclass(slots=True)
class Verdict:
    """What a piece says, before dates and titles."""

    start: int
    end: int
    slug: str
    milestone: Milestone
    figure: Figure | None
    names: tuple[str, ...]
    rules: tuple[str, ...]
    object_start: int
    object_end: int
    inherited: bool


def main_figure(text: str, piece: Piece) -> Figure | None:
    """The first figure that counts the deliverable itself."""
    found = piece.figures
    if not found:
        return None
    usable = [figure for figure in found if not _beneficiary(text, piece, figure)] or found
    first = usable[0]
    if len(usable) > 1:
        second = usable[1]
        between = text[first.end:second.start]
        if text[max(piece.start, first.start - 1):first.start] in "从由" and re.match(r"[^，]{0,12}(?:提高|增加|增|降|提升|上升|下降|扩大|减少|达)", between):
            return second
        if _PLACES.match(text, first.end - 1) and first.unit == "个" and second.unit != "%":
            return second
    return first


def _beneficiary(text: str, piece: Piece, figure: Figure) -> bool:
    return bool(_BENEFIT.search(text, max(piece.start, figure.start - 3), figure.start)) and len(piece.figures) > 1


def is_growth_tail(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether a piece only says by how much the outcome before it rose."""
    return figure.unit in _TAIL_UNITS and bool(_GROWTH.match(text[piece.start:figure.start])) and text[piece.start:figure.start] != ""


def object_span(text: str, piece: Piece, lead: list[Token]) -> tuple[int, int]:
    """From behind the opening verbs to before the closing ones."""
    start = lead[-1].end if lead else piece.start
    final = milestones.final_verbs(piece.tokens, piece.end)
    end = final[-1].start if final and final[-1].start > start else piece.end
    return start, end


def _first_named(text: str, masked: str, piece: Piece, start: int, end: int) -> Noun | None:
    """The noun of the first name of a list (cat.first)."""
    listed = names.items(masked, start, end)
    if len(listed) < 2 and "等" not in masked[start:end]:
        return None
    for left, right in listed:
        noun = categories.decide(categories.nouns(text, piece.tokens, left, right))
        if noun is not None and noun.weight >= 2:
            return noun._replace(rule="cat.first")
    return None


def _noun(text: str, masked: str, piece: Piece, start: int, end: int, listed: bool) -> Noun | None:
    if listed and (noun := _first_named(text, masked, piece, start, end)):
        return noun
    return categories.decide(categories.nouns(text, piece.tokens, piece.start, piece.end))


def _named(text: str, masked: str, piece: Piece, start: int, end: int) -> tuple[tuple[str, ...], str | None]:
    """The names in the object and the rule that found the first."""
    found, rule = [], None
    for left, right in names.items(masked, start, end):
        why = names.name_rule(text, piece.tokens, left, right)
        if why is not None:
            found.append(text[left:right].strip("“”《》的"))
            rule = rule or why
    return tuple(found), rule


def _elliptical(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether the piece has no object of its own: 完工10个, 突破7000公里, 21140元."""
    before = names.unknown(text, piece.tokens, piece.start, figure.start)
    after = names.unknown(text, piece.tokens, figure.end, piece.end)
    return before < 2 and after < 2


def _quantified(text: str, masked: str, piece: Piece, figure: Figure, context: Object, shared: list[Token], final: str) -> Verdict | None:
    if figure.rule != "fig.full" and is_growth_tail(text, piece, figure):
        return None
    lead = lead_verbs(masked, piece)
    start, end = object_span(text, piece, lead)
    noun = _noun(text, masked, piece, start, end, False)
    inherited = noun is None and context.noun is not None and _elliptical(text, piece, figure)
    if inherited and context.noun is not None:
        noun = context.noun._replace(rule="cat.inherited")
    mark = milestones.milestone(text, piece.tokens, lead or shared, piece.end, True)
    if not mark.code or mark.rule == "ms.mid":
        mark = mark._replace(code=final or "complete")
    if not lead and mark.rule != "ms.final" and (figure.unit in ("%", "天", "岁") or milestones._LEVEL_NOUN.search(text, piece.start, piece.end)):
        mark = mark._replace(code="level", rule="ms.level")
    found, why = _named(text, masked, piece, start, min(end, figure.start) if figure.start > start else end)
    if "等" not in masked[piece.start:piece.end] or figure.start < start:
        found, why = (), None
    rules = tuple(rule for rule in (figure.rule, noun.rule if noun else "cat.none", mark.rule, why) if rule)
    return Verdict(piece.start, piece.end, noun.slug if noun else "economy", mark, figure, found, rules, start, end, inherited)


def _honour(text: str, masked: str, piece: Piece) -> Verdict | None:
    """A title won or sought (ms.honour)."""
    verb = next((token for token in piece.tokens if token.entry.word in milestones.HONOURS), None)
    if verb is None:
        return None
    title = text[verb.end:piece.end]
    if len(title) < 4 or not _HONOUR_TITLE.search(title) or _CIVIL.search(title):
        return None
    noun = categories.decide(categories.nouns(text, piece.tokens, verb.end, piece.end))
    subject = categories.decide(categories.nouns(text, piece.tokens, piece.start, verb.start))
    noun = max((item for item in (noun, subject) if item), key=lambda item: item.weight, default=None)
    if noun is None:
        return None
    found, _ = _named(text, masked, piece, piece.start, verb.start)
    mark = Milestone("complete", "ms.honour", "", "")
    return Verdict(piece.start, piece.end, noun.slug, mark, None, found or (title.strip("为"),), ("ms.honour", noun.rule), piece.start, verb.start, False)


def _qualifies(text: str, piece: Piece, mark: Milestone, why: str | None, noun: Noun) -> bool:
    """M and P: a name, and an end state or a movement."""
    if why is None or not mark.code or mark.code == "level":
        return False
    if mark.code == "progress":
        return bool(_PHYSICAL.search(text, piece.start, piece.end)) and noun.weight >= 2
    return noun.weight >= 2 or mark.rule == "ms.final"


def _unquantified(text: str, masked: str, piece: Piece, shared: list[Token]) -> Verdict | None:
    lead = lead_verbs(masked, piece)
    mark = milestones.milestone(text, piece.tokens, lead or shared, piece.end, False)
    honour = _honour(text, masked, piece)
    if honour is not None:
        return honour
    if not mark.code:
        return None
    start, end = object_span(text, piece, lead)
    found, why = _named(text, masked, piece, start, end)
    if why is None:
        return None
    noun = _noun(text, masked, piece, start, end, True)
    if noun is None or not _qualifies(text, piece, mark, why, noun):
        return None
    return Verdict(piece.start, piece.end, noun.slug, mark, None, found, (mark.rule, noun.rule, why), start, end, False)


def judge(text: str, masked: str, piece: Piece, context: Object, shared: list[Token], final: str) -> Verdict | None:
    """The verdict on one piece, or ``None`` where it is not concrete enough."""
    strip = _STRIP.match(text[piece.start:piece.end])
    if strip and strip.end() < piece.end - piece.start:
        piece.start += strip.end()
        piece.tokens = [token for token in piece.tokens if token.start >= piece.start]
    figure = main_figure(text, piece) or coverage(text, piece.start, piece.end)
    if figure is None or figure.start < piece.start:
        return _unquantified(text, masked, piece, shared)
    return _quantified(text, masked, piece, figure, context, shared, final)
