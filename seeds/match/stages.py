"""How far a thing has come by what is said of it, in the order plan, progress, start, complete."""

import re

from seeds.match.subject import Subject

PLAN, PROGRESS, START, COMPLETE, LEVEL = "plan", "progress", "start", "complete", "level"
# A level is reached or not: it counts as far as a thing that is done.
_RANK = {PROGRESS: 0, PLAN: 1, START: 2, COMPLETE: 3, LEVEL: 3}
_PREPARED = re.compile("前期|规划研究|预可研|工可|可研|总体方案|筹建|谋划|论证|可行性|立项|选址|报批|获批|审批")
_DONE = re.compile(
    "成功举办|圆满举办|广泛开展|顺利举办|办成|建成|完成|投用|投运|投产|开通|通车|开放|开园|开馆|竣工|创成|实现|达到|获评|荣获|入选|跻身|"
    "成为|成功创建|全面消除|收官|建立|启用|完工|贯通|覆盖|交付|改造(?!等|提升|项目|工程)|新增|新建|落成|挂牌|获国家|通过验收|超额"
)
_BEGUN = re.compile("开工|启动|动工|开建|奠基")
_MOVING = re.compile("推进|加快|加速|推动|有序|持续|深化|提速|在建|完善|过半|积极|正在|稳步推|进展|阶段性|优化")
_PARTLY = re.compile("基本|主体|首批|部分|先行|封顶|外部")


def stage(subject: Subject) -> str:
    """The stage that a subject tells of; a mention's is read from its words, a statement's is its milestone."""
    if not subject.mention:
        return subject.milestone
    words = subject.quote
    if subject.milestone == LEVEL:
        return LEVEL
    if _DONE.search(words) and not (_MOVING.search(words) and subject.promised):
        return COMPLETE if not _MOVING.match(words) else PROGRESS
    return START if _BEGUN.search(words) else PROGRESS


def rank(code: str) -> int:
    """How far a stage is, 0 for a thing that only moves to 3 for one that is done."""
    return _RANK.get(code, 0)


def is_prepared(subject: Subject) -> bool:
    """Whether only the preparing is spoken of: studies, plans, approvals."""
    return subject.milestone == PLAN or bool(_PREPARED.search(subject.words))


def partly_done(earlier: Subject, later: Subject) -> bool:
    """Whether the later one tells of a part where the earlier one promised the whole: 主体完工, 首批."""
    return bool(set(_PARTLY.findall(later.quote)) - set(_PARTLY.findall(earlier.quote)))
