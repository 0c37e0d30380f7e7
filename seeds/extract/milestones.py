"""What a piece promises or reports: plan, start, progress, complete or level.

Rules: ``ms.lead`` (the verb before the object), ``ms.final`` (the verb behind it), ``ms.mid`` (subject, verb, object),
``ms.level`` (a rate, stock or ceiling), ``ms.honour`` (a title won or sought), ``ms.none``.
"""

import re
from typing import NamedTuple

from seeds.extract.tokens import Token

# End states that hold wherever they stand in the piece.
END_STATES = frozenset(
    """建成投用 建成通车 建成开放 建成投产 建成运营 建成开园 建成投运 建成启用 投用 投入使用 投入运营 投入运行 投运 投产 启用 正式启用 通车 通航 通水 通气 通电 竣工 完工 贯通 全线贯通 合龙 运营
    开放运营 试运营 开园 开馆 开诊 开学 招生 开放 开通 首发 迁建投用 首期采气 建成 全面建成 挂牌 揭牌 揭牌运行 落户 永久落户 获批成立 营业 组建运行 并网 并网发电 建成发电 通过验收 交付 回迁 完成交付 建成招生 上线运行""".split()
)
HONOURS = frozenset("创建 创成 成功创建 争创 获评 荣获 获得 入选 评为 被评为 被授予 获授 获评为 跻身 被列为 列入 被确定为 上榜 命名 摘得 获 进入 转入".split())
# Nouns of action: behind 推进 or 加快 they only say what moves.
_NOMINAL = frozenset("建设 改造 扩建 改扩建 新建 迁建 修复 治理 整治 保护 升级改造 改造提升 开发 更新 绿化 提升 升级 提档升级 培育 筹建 发展 应用 加快 实施 重建 维修 维修改造 创建 整改 安置 搬迁 运营 开放 完善".split())
# Verbs of care: they promise no work of themselves.
SOFT = frozenset("加强 健全 完善 优化 深化 强化 巩固 巩固提升 提升 支持 保障 提质 做优 做强 促进 攻坚 构建 培育 发展 协调推进 实现 提供 推出 解决 化解 消除 帮助 狠抓 争取 盘活 应对 拓展 打造 布局 落地实施".split())
_FIRM = END_STATES | frozenset("完成 新建 改建 扩建 新建改建 改扩建 迁建 新建成 打通 开工 开工建设 新开工 动工 启动建设 开建 扩建开工 首期采气 设立 重建 修建 升级 建立".split())
_SLOW = frozenset("实施 开展 发展 建设 打造提升 打造 实现".split())
_STRENGTH = ("plan", "complete", "start", "progress")
_LEVEL_NOUN = re.compile(r"[率比](?:均|稳定|达|保持|控制|为|提|上|高|在)?|人均|每千|每万|每百|优良天数|总里程|总量|累计达|吞吐量|装机容量|覆盖面|预期寿命|全覆盖|参保")


class Milestone(NamedTuple):
    """The milestone, the rule that gave it; ``firm`` for an end state, ``soft`` for a verb of mere care."""

    code: str
    rule: str
    firm: bool = False
    soft: bool = False


def final_verbs(tokens: list[Token], end: int) -> list[Token]:
    """The verbs that close a piece, nothing behind them, the last first."""
    found, at = [], end
    for token in reversed(tokens):
        if token.end != at or not (token.entry.verb or token.entry.adverb):
            break
        if token.entry.verb:
            found.append(token)
        at = token.start
    return found


def _lead_code(verbs: list[Token]) -> str:
    codes = [token.entry.verb for token in verbs]
    return next((code for code in _STRENGTH if code in codes), "")


def milestone(text: str, tokens: list[Token], lead: list[Token], end: int, counted: bool) -> Milestone:
    """The milestone of a piece whose opening verbs are ``lead``; ``counted`` where it carries a figure."""
    final = final_verbs(tokens, end)
    words = {token.entry.word for token in final}
    lead_code = _lead_code(lead)
    lead_words = {token.entry.word for token in lead}
    firm = bool((words | lead_words) & _FIRM)
    soft = bool(lead_words) and lead_words <= SOFT
    if any(token.entry.verb == "plan" and token.entry.word.endswith(("前期工作", "前期", "纳入国家规划")) for token in tokens):
        return Milestone("plan", "ms.final", True)
    if words & END_STATES or lead_words & END_STATES:
        return Milestone("complete", "ms.final" if words & END_STATES else "ms.lead", True)
    if final and final[0].entry.verb == "start" or lead_code == "start":
        return Milestone("start", "ms.lead" if lead_code == "start" else "ms.final", firm or lead_code != "start")
    closing = [token.entry.verb for token in final if token.entry.word not in _NOMINAL]
    final_code = closing[0] if closing else ("progress" if final and final[-1].entry.verb == "progress" else "")
    if lead_code:
        slow = lead_code == "complete" and not counted and lead_words <= _SLOW
        return Milestone("progress" if slow else lead_code, "ms.lead", firm, soft)
    if final_code in _STRENGTH:
        return Milestone(final_code, "ms.final", firm)
    return _middle(tokens)


def _middle(tokens: list[Token]) -> Milestone:
    """Subject, verb, object: 花卉园片区完成城市更新."""
    if len(tokens) > 1 and tokens[-2].entry.verb == "progress" and tokens[-1].entry.slug and tokens[-2].end == tokens[-1].start:
        return Milestone("progress", "ms.final")
    if any(token.entry.verb == "level" for token in tokens):
        return Milestone("level", "ms.level")
    verbs = [token.entry for token in tokens if token.entry.verb in ("complete", "start", "plan") and token.entry.word not in _NOMINAL]
    return Milestone(verbs[0].verb, "ms.mid", verbs[0].word in _FIRM) if verbs else Milestone("", "ms.none")
