"""Titles and honours that a facility, a place or the government won or seeks (ms.honour)."""

import re

from seeds.extract import categories
from seeds.extract.clauses import Document, Piece
from seeds.extract.milestones import Milestone
from seeds.extract.names import named
from seeds.extract.verdict import Context, Verdict
from seeds.extract.words import one_of

_TITLE = re.compile(
    one_of(
        """
        示范 试点 试验区 先进 模范 典型 名单 名录 称号 百强 十佳 最美 最佳 优秀 一等 国家级 二级馆 一级馆 命名 基地
        卫生[城县镇乡] 园林 森林城市 文明 先行 奖 三甲 甲等 区县 [县市区]$ 案例 社区 小区 现代社区 遗产 计划 学校
        校$ 园区 目的地 十大 之乡 行列 范例 首批 首个 排名 公园
        """
    )
)
# General-governance titles, praise and business honours are left out.
_CIVIL = re.compile(
    one_of(
        """
        考核 等次 文明城[区市] 法治政府 平安[中县区市] 诚信 质量强 营商 激励 表彰 表扬 嘉奖 肯定 推广 金融 服务业 4A
        5A A级 外贸 首发 科技 知识产权 夜间 景区 双创 创新型 科创 工业[强互百] 制造
        """
    )
)
_SHORTEST_TITLE = 4


def honour(document: Document, piece: Piece, context: Context) -> Verdict | None:
    """The verdict on a piece whose verb wins or seeks a title of a livelihood."""
    for verb in piece.tokens:
        if verb.entry.honour:
            break
    else:
        return None
    if verb.entry.word == "成为" and "首" not in document.text[verb.end : piece.end]:
        return None
    if piece.end - verb.end < _SHORTEST_TITLE:
        return None
    text = document.text
    if not _TITLE.search(text, verb.end, piece.end) or _CIVIL.search(text, verb.end, piece.end):
        return None
    title = categories.head(text, piece.tokens, verb.end, piece.end)
    subject = categories.head(text, piece.tokens, piece.start, verb.start)
    noun = max((item for item in (title, subject) if item), key=lambda item: item.weight, default=None)
    noun = noun or context.resolve()
    if noun is None:
        return None
    found, _ = named(text, document.masked, piece.tokens, piece.start, verb.start)
    mark = Milestone("complete", "ms.honour", firm=True)
    won = found or (text[verb.end : piece.end].strip("为"),)
    return Verdict(piece.start, piece.end, noun, mark, None, won, ("ms.honour", noun.rule))
