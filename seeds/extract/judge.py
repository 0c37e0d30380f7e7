"""Whether a piece is concrete enough to be a statement, and what it says."""

import re
from dataclasses import dataclass

from seeds.extract import categories, milestones, names
from seeds.extract.categories import Noun
from seeds.extract.clauses import Piece, is_growth, lead_verbs
from seeds.extract.figures import Figure, coverage
from seeds.extract.milestones import Milestone
from seeds.extract.tokens import Token

_BENEFIT = re.compile(r"(?:为|对|向|给|使|让|惠及|帮助|带动|服务|覆盖)(?:约|近|超)?$")
_PLACES = re.compile(r"个?(?:国家|省|地区|县|城市|市州|镇街|市（州）)")
_MEASURES = re.compile(r"总量|总数|总里程|面积|规模|里程|经营|收入|净收益|收益|实现|项目|其中|以上|左右|示范[村镇县户点片]|累计|[的了和中等]")
_TO = re.compile(r"[^，]{0,12}(?:提高|增|降|提升|上升|扩大|减少|达|为|至|到)")
_RATE = re.compile(r"[率比]")
_INTENT_TAILS = ("质效", "水平", "能力", "政策", "要求", "措施", "成果", "作用", "优势")
_STRIP = re.compile(r"^(?:其中|同时|此外|另外|今年|全年|去年|力争|确保|以及|并且|并|还|也|到\d{4}年底?|\d{4}年底?|年内|年底前|上半年|下半年|[一二三四]季度|一季度|期间|“十[三四五]五”期间|通过)+[，、]?")
_HONOUR_TITLE = re.compile(r"示范|试点|试验区|先进|模范|典型|名单|名录|称号|百强|十佳|最美|最佳|优秀|一等|国家级|二级馆|一级馆|命名|基地|卫生[城县镇乡]|园林|森林城市|文明|先行|奖|三甲|甲等|区县|[县市区]$|案例|社区|小区|现代社区|遗产|计划|学校|校$|园区|目的地|十大|之乡|行列|范例|首批|排名|公园")
_CIVIL = re.compile(r"考核|等次|文明城[区市]|法治政府|平安[中县区市]|诚信|质量强|营商|激励|表彰|表扬|嘉奖|肯定|推广|金融|服务业|4A|5A|A级|外贸|首发|科技|知识产权|夜间|景区|双创|创新型|科创|工业[强互百]|制造")
_SLOGANS = re.compile(r"应保尽保|应救尽救|目标范围|稳定达标率|只增不减|零容忍")
_WORKS = re.compile(r"建设|改造|扩建|修复|治理|整治|工程|项目|迁建|保护|更新|前期|落地|升级|开发|搬迁|试点|收尾|装修|普查|提升|校区|赛|贯通|通车|平台|公园")
_FACILITY = re.compile(r"(?:院|馆|站|中心|校|学|园|场|宫|所|楼|基地|公墓|路|道|桥|高速|铁路|线|段|港|码头|机场|水库|库|厂|工程|项目|平台|示范区|试点|墓|云|廊|期|湖|河|渠|管网|管道|村|镇|小区|片区|区|隧道|航道|公园|大厦|广场|枢纽|用房|跑道|遗产|带|塔|闸|堤|电站|天网|书屋|步道|复线)(?=$|[、等（”和及与开改扩建整修迁新二一三四五六七八九主全])")
_PROJECTS = re.compile(r"等(?:一批)?(?:重点|重大|民生)?(?:项目|工程)")
_ONE = re.compile(r"^(?:加快|高标准|高质量|高水平|推进|深入推进|加快推进|全力)*(?:建设|推进|加快)[^、和与及等]{5,}(?:试验区|示范区|基地|中心|平台|云|岛)(?:建设)?$")
_QUOTED_WORKS = re.compile(r"”[^”]{0,8}(?:平台|试点|保护|设施|公园|项目)|天网”")
_PROGRAMMES = re.compile(r"工程$")
_SEVERAL = re.compile(r"[、和与及等]")
_EVENT = re.compile(r"举办|办好|筹办|承办")
_INTENT = re.compile(r"一批|更多|若干|一系列|各类|(?:行动|专项整治|计划)$")
_PLURAL = re.compile(r"一批|各类|各级|若干|一系列|多个|等|更多")
_PROGRAMME = re.compile(r"(?:行动|计划|工程|专项整治|三年行动)$|“[^”]*”(?:行动|计划|工程|战略)")
_ABSTRACT_WORDS = ("机制 体系 制度 模式 方式 问题 措施 政策 行动 计划 优势 要求 工作 能力 责任 场景 资源 产业 产品 品牌 市场 需求 福利 屏障 成果 衔接 之一 线路 渠道 领域 历史 改革 方案 战略 质效 水平 力度 作用 关系 环境 氛围 格局 "
            "理念 思想 精神 意识 行为 活动 服务 联合体 集群 高地 样板 标杆 生态 业态 载体 人才 队伍 经济 发展 融合 转变 范围 地标 势头 事业 活力 动力 保障 供给 目标 任务 风险 堵点 困难 隐患 灾害 极 消费 办学 办园 传承 宣传")
ABSTRACT = tuple(_ABSTRACT_WORDS.split())


@dataclass(slots=True)
class Object:
    """The object the last piece of the sentence spoke of, for a piece that leaves its own out."""

    noun: Noun | None = None
    text: str = ""
    code: str = ""


@dataclass(slots=True)
class Verdict:
    """What a piece says, before dates and titles."""

    start: int
    end: int
    noun: Noun | None
    milestone: Milestone
    figure: Figure | None
    names: tuple[str, ...]
    rules: tuple[str, ...]
    inherited: bool = False

    @property
    def slug(self) -> str:
        """The category; what no listed noun speaks for is economy."""
        return self.noun.slug if self.noun else "economy"


def main_figure(text: str, piece: Piece) -> Figure | None:
    """The first figure that counts the deliverable itself."""
    found = [figure for figure in piece.figures if not _relative(text, piece, figure)]
    if not found:
        return None
    if len(found) > 1 and text[max(piece.start, found[0].start - 1):found[0].start] in ("从", "由") and _TO.match(text, found[0].end):
        return found[1]
    usable = [figure for figure in found if not _beneficiary(text, piece, figure)] or found
    first = usable[0]
    if first.unit != "%":
        rate = next((figure for figure in usable if figure.unit == "%" and _RATE.search(text, max(piece.start, figure.start - 8), figure.start)), None)
        if rate is not None:
            return rate
    if len(usable) > 1:
        second = usable[1]
        if _PLACES.match(text, first.end - 1) and first.unit == "个" and second.unit != "%":
            return second
    return first


def _relative(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether a figure stands in a clause that describes the object: 惠及50万人的工程."""
    return text.startswith("的", figure.end) and bool(_BENEFIT.search(text, max(piece.start, figure.start - 3), figure.start))


def _beneficiary(text: str, piece: Piece, figure: Figure) -> bool:
    if not _BENEFIT.search(text, max(piece.start, figure.start - 3), figure.start):
        return False
    return len(piece.figures) > 1


def _vague(text: str, piece: Piece, figure: Figure) -> bool:
    """A figure that only describes the object of an intent: 提升39个县帮扶质效."""
    return figure.end < piece.end and text.endswith(_INTENT_TAILS, figure.end, piece.end)


def object_span(text: str, piece: Piece, lead: list[Token]) -> tuple[int, int]:
    """From behind the opening verbs to before the closing ones."""
    start = lead[-1].end if lead else piece.start
    final = milestones.final_verbs(piece.tokens, piece.end)
    end = final[-1].start if final and final[-1].start > start else piece.end
    return start, end


def _first_named(text: str, masked: str, piece: Piece, start: int, end: int) -> Noun | None:
    """The noun of a list of names: what 等 sums them up as, else the first name's own (cat.first)."""
    also = masked.find("等", start, end)
    listed = names.items(masked, start, end)
    if also < 0 and (len(listed) < 2 or "、" not in masked[start:end]):
        return None
    if also >= 0:
        noun = categories.decide(categories.nouns(text, piece.tokens, also + 1, piece.end))
        if noun is not None and noun.weight >= 2:
            return noun
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
    listed = "等" in masked[start:end]
    projects = listed and "、" in masked[start:end] and bool(_PROJECTS.search(masked, start, piece.end))
    for left, right in names.items(masked, start, end):
        why = names.name_rule(text, piece.tokens, left, right)
        if why is None and listed and (projects or names.unknown(text, piece.tokens, left, right, False) >= 2):
            why = "name.listed"
        if why is not None:
            found.append(text[left:right].strip("“”《》的"))
            rule = rule or why
    return tuple(found), rule


def _elliptical(text: str, piece: Piece, figure: Figure) -> bool:
    """Whether the piece has no object of its own: 完工10个, 突破7000公里, 21140元."""
    rest = text[piece.start:figure.start] + text[figure.end:piece.end]
    for token in piece.tokens:
        if token.entry.verb or token.entry.adverb:
            rest = rest.replace(token.entry.word, "", 1)
    return len(_MEASURES.sub("", rest)) <= 2


def _quantified(text: str, masked: str, piece: Piece, figure: Figure, context: Object, shared: list[Token], final: str) -> Verdict | None:
    if is_growth(text, piece) or _vague(text, piece, figure):
        return None
    lead = lead_verbs(masked, piece)
    start, end = object_span(text, piece, lead)
    noun = _noun(text, masked, piece, start, end, False)
    echo = noun is None or noun.weight == 1 and not lead
    inherited = echo and context.noun is not None and _elliptical(text, piece, figure)
    if inherited and context.noun is not None:
        noun = context.noun._replace(rule="cat.inherited")
    mark = milestones.milestone(text, piece.tokens, lead or shared, piece.end, True)
    if not mark.code or mark.rule == "ms.mid":
        mark = mark._replace(code=final or "complete")
    if inherited and context.code and mark.rule == "ms.none":
        mark = mark._replace(code=context.code)
    if not lead and mark.rule != "ms.final" and (figure.unit in ("%", "天", "岁") or milestones._LEVEL_NOUN.search(text, piece.start, piece.end)):
        mark = mark._replace(code="level", rule="ms.level")
    found, why = _named(text, masked, piece, start, min(end, figure.start) if figure.start > start else end)
    if "等" not in masked[piece.start:piece.end] or figure.start < start:
        found, why = (), None
    rules = tuple(rule for rule in (figure.rule, noun.rule if noun else "cat.none", mark.rule, why) if rule)
    return Verdict(piece.start, piece.end, noun, mark, figure, found, rules, inherited)


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
    mark = Milestone("complete", "ms.honour", True)
    return Verdict(piece.start, piece.end, noun, mark, None, found or (title.strip("为"),), ("ms.honour", noun.rule))


def _abstract(text: str, start: int, end: int) -> bool:
    """Whether the object ends in a word for something that cannot be built, opened or finished."""
    return text[start:end].rstrip("”》）").endswith(ABSTRACT)


def _definite(text: str, masked: str, piece: Piece, mark: Milestone, start: int, end: int) -> str | None:
    """name.definite: one facility without a proper name, with an end state (建成区级托育指导中心)."""
    if not (mark.firm and mark.code in ("complete", "start") or mark.code in ("progress", "complete")) or _PLURAL.search(masked, piece.start, piece.end):
        return None
    return "name.single" if end - start >= 4 and _FACILITY.search(text, start, end) else None


def _qualifies(text: str, masked: str, piece: Piece, mark: Milestone, why: str, noun: Noun, span: tuple[int, int]) -> bool:
    """M and P: a name, and an end state or a movement."""
    start, end = span
    if not mark.code or mark.code == "level" or mark.rule == "ms.mid" and not mark.firm:
        return False
    if noun.slug == "culture_sports" and _EVENT.search(text, piece.start, piece.end):
        return True
    if _abstract(text, start, end) and why != "name.numbered" or _INTENT.search(text, start, piece.end) or _PROGRAMME.search(text, start, end) and why in ("name.quoted", "name.weak"):
        return False
    if _PROGRAMMES.search(text, start, end) and names.unknown(text, piece.tokens, start, min(end, start + 4)) < 2 and why in ("name.unknown", "name.weak"):
        return False
    works = bool(_WORKS.search(text, piece.start, piece.end))
    if mark.soft:
        return works and noun.weight >= 2 and (why == "name.numbered" or "等" in masked[start:end] and why in ("name.unknown", "name.listed"))
    if mark.code == "progress":
        if noun.weight < 2 or why == "name.single":
            if why == "name.single" and mark.rule == "ms.final" and noun.weight >= 2 and not _SEVERAL.search(masked, start, end):
                return bool(_FACILITY.search(text, start, end))
            return bool(why in ("name.unknown", "name.numbered") or noun.weight >= 2 and _ONE.search(masked, piece.start, piece.end)) and works and bool(_FACILITY.search(text, start, end))
        return (mark.rule == "ms.final" or (why != "name.quoted" or bool(_QUOTED_WORKS.search(text, start, piece.end))) and (works or "等" in masked[start:end]))
    if mark.firm:
        return noun.weight >= 1
    return noun.weight >= 2 and why != "name.quoted" and bool(_FACILITY.search(text, start, end))


def _unquantified(text: str, masked: str, piece: Piece, shared: list[Token], final: str) -> Verdict | None:
    lead = lead_verbs(masked, piece)
    mark = milestones.milestone(text, piece.tokens, lead or shared, piece.end, False)
    honour = _honour(text, masked, piece)
    if honour is not None:
        return honour
    if not mark.code and final:
        mark = mark._replace(code=final, rule="ms.final", firm=True)
    if not mark.code:
        return None
    start, end = object_span(text, piece, lead)
    found, why = _named(text, masked, piece, start, end)
    why = why or _definite(text, masked, piece, mark, start, end)
    if why is None:
        return None
    noun = _noun(text, masked, piece, start, end, True)
    if noun is None or not _qualifies(text, masked, piece, mark, why, noun, (start, end)):
        return None
    return Verdict(piece.start, piece.end, noun, mark, None, found, (mark.rule, noun.rule, why))


def judge(text: str, masked: str, piece: Piece, context: Object, shared: list[Token], final: str) -> Verdict | None:
    """The verdict on one piece, or ``None`` where it is not concrete enough."""
    strip = _STRIP.match(text[piece.start:piece.end])
    if strip and strip.end() < piece.end - piece.start:
        piece.start += strip.end()
        piece.tokens = [token for token in piece.tokens if token.start >= piece.start]
    figure = main_figure(text, piece) or coverage(text, piece.start, piece.end)
    if figure is None or figure.start < piece.start:
        return _unquantified(text, masked, piece, shared, final)
    return _quantified(text, masked, piece, figure, context, shared, final)
