"""What the columns of an official table mean, told by their headers, and by their cells where a header is unusual."""

import re
from collections.abc import Iterable, Sequence

from seeds.sheets import cells
from seeds.reading.blocks import Cell

NUMBER, SECTION, TASK, TARGET, LEAD, COOPERATING, DEADLINE = (
    "number", "section", "task", "target", "lead", "cooperating", "deadline",
)  # fmt: skip
PROGRESS, STAGE, PERCENT, WORD, NOTES, IGNORED = "progress", "stage", "percent", "word", "notes", "ignored"
OUTCOME = frozenset({PROGRESS, STAGE, PERCENT, WORD})

# The first that fits decides: 责任人 before 责任, 完成时限 before 完成.
_MEANINGS = (
    (NUMBER, r"序号?|编号|项次|项目编号|任务编号|No\.?|第?项"),
    (IGNORED, r".*(?:领导|责任人|联系人|联络员|电话|负责人|经办人|填报人|签字|审核|分管|挂帅|包保).*"),
    (IGNORED, r".*(?:投资|资金|经费|预算|金额|造价|来源|依据|出处|报告页码|地点|地址|位置|建设性质|下步|下一步|计划安排|打算).*"),
    (NOTES, r".*(?:备注|说明|原因|存在的?(?:主要)?(?:问题|困难)|滞后情况|困难|问题).*"),
    (DEADLINE, r".*(?:时限|期限|(?:完成|办结|竣工|完工|建成|开工|交付|截止|时间)(?:的)?(?:时间|日期|节点|要求)|时间节点|时间安排|年限)|时间|完成日期"),
    (COOPERATING, r".*(?:配合|协办|协助|协同|参与|参加|协作)(?:责任)?(?:单位|部门|单位及?个?人?)?"),
    (LEAD, r".*(?:牵头|主办|主责|主管|承办|实施|责任|落实|主体|承担|建设)(?:责任)?(?:单位|部门|主体|科室|镇街)(?:[（(].*[）)])?|牵头|主办|承办|责任|单位|部门|责任单位.*"),
    (STAGE, r"(?:第?[一二三四1-4]季度|上半年|前三季度|全年|1[-—至]\d{1,2}月|\d{1,2}月(?:份|底)?|年度|年底)(?:进展|完成|推进)?(?:情况|值|数)?"),
    (PERCENT, r".*(?:完成(?:的)?(?:比例|率|百分比|进度)|百分比|进度[（(]?[%％][）)]?|占比|完成[%％]|工程进度|投资完成率|完成年度目标(?:比例|的)?)"),
    (WORD, r".*(?:序时|评价|评定|评估|状态|亮灯|是否|办理结果|完成类别|进度类型|完成与否|结果|考核|认定|五色|红黄|销号)(?:进度|情况|评价|结果|状态)?.*"),
    (PROGRESS, r".*(?:推进|进展|落实|实施|完成|办理|形象|执行|工作|建设|任务)(?:工作)?(?:情况|进度|进展|成效|状况)|.*(?:进展|进度|成效|现状|前期手续|办理情况|实际完成|完成数|完成值|累计完成|实绩|完成情况.*)"),
    (TARGET, r"(?:年度|全年|年初|计划|预期|20\d\d年(?:度)?)?(?:目标(?:值|数)|计划数|计划值|目标任务数|任务数|任务量|数量|年度目标|目标)"),
    (TASK, r".*(?:任务|目标|指标|事项|工作|内容|项目|举措|措施|实事|要点|工程|清单)(?:名称|内容|分解|要求|及要求|安排)?.*"),
    (SECTION, r".*(?:类别|分类|领域|板块|类型|大类|章节|篇章|方面|维度)"),
)  # fmt: skip
_HEADERS = tuple((meaning, re.compile(pattern)) for meaning, pattern in _MEANINGS)
_SECTION_FIRST = re.compile(r".*(?:类别|分类|领域|板块|类型)$")
_LONGEST_HEADER = 24
_MARKS = re.compile(r"[\s　★☆*：:]+")
_MOSTLY = 0.6
_LEAST = 3


def plain(header: str) -> str:
    """A header without blanks, which often space out its characters, and without marks."""
    return _MARKS.sub("", header)


def meaning_of(header: str) -> str | None:
    """What a header says its column holds; ``None`` for words that are no known header."""
    words = plain(header)
    if not words or len(words) > _LONGEST_HEADER or "。" in words or "；" in words:
        return None
    if _SECTION_FIRST.fullmatch(words):
        return SECTION
    return next((meaning for meaning, pattern in _HEADERS if pattern.fullmatch(words)), None)


def meaning_of_path(path: Sequence[str]) -> str | None:
    """What a column under several headers holds: the lowest decides, unless only the ones above it tell."""
    meanings = [meaning_of(header) for header in path]
    if len(path) > 1 and meanings[-1] in (STAGE, None) and PROGRESS in meanings[:-1]:
        return STAGE if meanings[-1] == STAGE else PROGRESS
    if len(path) > 1 and meanings[-1] in (LEAD, None) and LEAD in meanings[:-1]:
        return LEAD
    return next((meaning for meaning in reversed(meanings) if meaning), None)


def inferred(column: Iterable[Cell | None]) -> str | None:
    """What a column holds by its cells alone."""
    texts = [cell.text for cell in column if cell is not None]
    if len(texts) < _LEAST:
        return None
    for meaning, fits in _BY_CELLS:
        if sum(map(fits, texts)) >= _MOSTLY * len(texts):
            return meaning
    return None


_BY_CELLS = (
    (NUMBER, cells.is_number),
    (DEADLINE, cells.is_deadline),
    (PERCENT, cells.is_percent),
    (WORD, cells.is_official_word),
    (LEAD, cells.is_unit),
)
