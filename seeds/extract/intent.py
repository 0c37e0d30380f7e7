"""Words that tell at once that nothing particular is promised: intent, praise, bans, abstract things."""

import re

from seeds.extract import names
from seeds.extract.clauses import Document, Segment
from seeds.extract.milestones import Milestone
from seeds.extract.rules import rule
from seeds.extract.wordlist import having, one_of

# Words of intent: no one thing is named.
_INTENT = re.compile(
    r"一批(?<![等和及与]一批)|一系列(?<![等和及与]一系列)|“(?:断头|瓶颈|卡脖子)(?<![等”]“断头)(?<![等”]“瓶颈)(?<![等”]“卡脖子)|向[^，、等]{1,12}(?:拓展|延伸|升级|转变|覆盖)|免费开放|错时开放|延时开放|向(?<=(?:设施|场馆|场所)向)[^，、]{1,8}开放|更多|若干|迈[上出向]|再上新|台阶|前提下$|各类|走在|强[省市区县](?=[、和]|基本|$)|行动$"
    f"|市(?<={one_of('city_wish')}城市)$|名片$|窗口$|之[城都]$|专项整治$|专项治理$|排查整治$|清理整治$|集中整治$|排查治理$|大排查$|大检查$|清理整顿$|风险管控$|计划$"
)
# 打造内畅外联的大外环: what is described so is wished for.
_WISHED = re.compile(
    f"打造[^，。；、“等]{{2,}}(?:基地|枢纽|水系|[示园][范]?带|{one_of('boast')}|[集聚先引][聚集行领]区|样板间)$"
)
_PRAISED = re.compile(
    rf"打造[^，。；、“]{{2,14}}的|建设(?:更高水平|高水平|更加|现代化)*的?{one_of('built_wish')}[\u4e00-\u9fff]{{2,3}}$"
)
# A river or lake that is cared for: 加强花渡河治理保护.
TENDED = re.compile(f"(?:[河江湖]|流域|库区)[^，。；“”]{{0,12}}{one_of('river_care')}(?<!大保护)(?:攻坚)?$")
# 健康花渡, 森林柳湾: a slogan with a place's own name is no work.
_SLOGAN = re.compile(
    f"{one_of('slogan')}(?!.*{one_of('no_slogan')})[^，。；、省市县区乡镇村路街桥馆园校院站厂]{{2,4}}(?:建设)?"
)
# 规范花渡市场运营: how a thing runs, not that it opens.
_RUN = re.compile(f"{one_of('upkeep')}[^，。；]*(?:运营|运行|开放)$")
# Reforms and campaigns that are completed are one thing.
_ENDED = ("改革", "三年行动", "攻坚行动")
_BAN = re.compile("严禁|禁止|不得|不再|杜绝")
# A phrase that opens so tells how or for whom.
_INDIRECT = frozenset("把以让使将为从向对")
# Names begin so, too: 向阳中学建成投用.
_SURNAMES = frozenset("向从")
# Nothing that ends so can be built, opened or finished.
_ABSTRACT = having("abstract")
_ABSTRACT_ENDS = frozenset(word[-1] for word in _ABSTRACT)
# 花江干流水生态治理 is a work.
_TREATED = re.compile("(?:生态|环境)(?:治理|修复|保护|整治)|传承(?<=保护传承)$")
# 搬迁任务: the works themselves, and as a whole one particular thing.
TASK = re.compile(
    f"(?:[新迁扩改重]建|{one_of('whole_task')}|保交[楼房]”?|(?:工程|项目)(?:[一二三四五]年)?建设|督察[^，。；]{{0,8}}整改)(?:年度|目标)?任务$"
)
# 花渡校区搬迁工作, 柳湾公园创建工作: the works themselves.
_DEEDS = re.compile(f"{one_of('works_task')}工作$|{one_of('class_task')}(?:整[市县])?(?:试点)?(?:工作|任务)$")
# 确保暑期|投入使用: when, not what.
_ONLY_WHEN = re.compile(rf"(?:{one_of('soon')}|\d+月(?:底|份)?前?)*")
# Markets that stand somewhere, and lines that run.
_MARKETS = having("market")


@rule(
    "out.abstract",
    must=["建成花渡教育体系。"],
    never=["完成花渡校区搬迁工作。"],
    meaning="What ends so cannot be built, opened or finished: 机制, 体系, 水平.",
)
def _abstract(text: str, start: int, end: int) -> bool:
    while end > start and text[end - 1] in "”》）":
        end -= 1
    if text[end - 1] not in _ABSTRACT_ENDS:
        return False
    if text.endswith((*_MARKETS, "各项工作"), start, end) or TASK.search(text, start, end):
        return False
    if _DEEDS.search(text, start, end):
        return False
    return text.endswith(_ABSTRACT, start, end)


@rule(
    "out.wish",
    must=["打造具有花渡韵味的美丽乡村。"],
    never=["打造花渡美丽乡村公园。"],
)
def _praised(text: str, segment: Segment, mark: Milestone, start: int, end: int) -> bool:
    """Whether what is to be built up is only described, as a wish."""
    if _WISHED.search(text, segment.start, segment.end) and not names.numbered(text, segment.start, segment.end):
        return True
    built = text.find("建设", segment.start, segment.end) >= 0 or text.find("打造", segment.start, segment.end) >= 0
    return built and _PRAISED.search(text, segment.start, segment.end) is not None


@rule(
    "out.ban",
    must=["严禁开工建设花渡矿山公园项目。"],
    never=["新建花渡化工园区。"],
)
def forbidden(text: str, segment: Segment) -> bool:
    """Whether what is named must not be done: 严禁新建化工园区."""
    return _BAN.search(text, max(0, segment.start - 6), segment.start + 2) is not None


@rule("out.when", must=["确保暑期投入使用。"], never=["确保花渡中学暑期投入使用。"])
def _only_when(text: str, segment: Segment, mark: Milestone, start: int, end: int) -> bool:
    """It says when, not what: 确保暑期|投入使用."""
    return _ONLY_WHEN.fullmatch(text, start, end) is not None


@rule("out.slogan", must=["推进健康花渡建设。"], never=["推进智慧花渡医院建设。"])
def _slogan(text: str, segment: Segment, mark: Milestone, start: int, end: int) -> bool:
    """A slogan with a place's own name is no work: 健康花渡, 森林柳湾."""
    return _SLOGAN.fullmatch(text, start, end) is not None


@rule("out.run", must=["规范花渡农贸市场运营。"], never=["花渡农贸市场投入运营。"])
def _runs(text: str, segment: Segment, mark: Milestone, start: int, end: int) -> bool:
    """How a thing runs, not that it opens: 规范花渡市场运营."""
    return _RUN.match(text, segment.start, segment.end) is not None


@rule("out.indirect", must=["让花渡学校建成投用。"], never=["向阳中学建成投用。"])
def _indirect(text: str, segment: Segment, mark: Milestone, start: int, end: int) -> bool:
    """A phrase that tells how or for whom: 让…, 以…, 对…."""
    named = text[segment.start] in _SURNAMES and mark.rule == "ms.final" and mark.strong
    return text[segment.start] in _INDIRECT and not named


@rule("out.many", must=["建成一批花渡学校。"], never=["花渡学校、柳湾医院等一批项目建成。"])
def _many(text: str, segment: Segment, mark: Milestone, start: int, end: int) -> bool:
    """Words of intent, which name no one thing: 一批, 若干, 向…延伸."""
    return _INTENT.search(text, start, segment.end) is not None


# What tells at once that nothing particular is promised.
_VETOES = (_only_when, _slogan, _runs, _indirect, _many, _praised)


def intent(document: Document, segment: Segment, mark: Milestone, start: int, end: int) -> bool:
    """Whether the words tell at once that nothing particular is promised."""
    text, masked = document.text, document.masked
    if any(veto(text, segment, mark, start, end) for veto in _VETOES):
        return True
    abstract = _abstract(text, start, end) and not _TREATED.match(text, end - 2)
    if (
        abstract
        and mark.strong
        and text.endswith(_ENDED, start, end)
        and text.find("完成", segment.start, segment.end) >= 0
    ):
        abstract = False
    if abstract and (mark.strong or text.endswith("工作", start, end)) and masked.find("等", start, end) > 0:
        # 花渡博物馆等文化地标建成: the names decide, not what they are summed up as.
        abstract = not names.unknown(text, segment.phrase(), start, masked.find("等", start, end))
    if not (abstract or mark.weak) or names.numbered(text, start, end):
        return False
    if abstract:
        return True
    told = masked.find("等", start, end) >= 0 or masked.find("”", start, end) >= 0
    return not (told or TENDED.search(text, start, segment.end))
