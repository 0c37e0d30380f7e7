"""What a segment promises or reports: plan, start, progress, complete or level."""

import re
from dataclasses import dataclass
from functools import lru_cache

from seeds.extract.lexicon import ADVERB_CHARACTERS, PREPARES, Entry
from seeds.extract.rules import rule
from seeds.extract.tokens import Phrase, Token
from seeds.extract.wordlist import having, one_of

# Without a figure these verbs only say that something moves.
_SLOW = frozenset(having("slow"))
# The government only helps; the work is another's.
_SUPPORTING = frozenset(having("supporting"))
# They change nothing: the verb behind them decides.
_TRANSPARENT = frozenset(having("transparent"))
# 争取花渡医院落户柳湾: so few characters may stand behind an end state.
_TAIL = 6
_STRENGTH = ("plan", "complete", "start", "progress")
_RANKS = {code: rank for rank, code in enumerate(_STRENGTH)}
LEVEL_NOUN = re.compile(rf"[率比](?:均|稳定|达|保持|控制|为|提|上|高|在)?|人均|每[千万百]|{one_of('level_noun')}")


@dataclass(frozen=True, slots=True)
class Milestone:
    """The milestone, the rule that gave it; ``strong`` for an end state, ``weak`` for a verb of mere care."""

    code: str
    rule: str
    strong: bool = False
    weak: bool = False


_NOTHING = Milestone("", "ms.none")
_PREPARED = Milestone("plan", "ms.final", strong=True)
_DONE_BEHIND = Milestone("complete", "ms.final", strong=True)
_MOVING_BEHIND = Milestone("progress", "ms.final")
LEVEL = Milestone("level", "ms.level")
_DONE = Milestone("complete", "ms.lead", strong=True)
_STARTED_BEHIND = Milestone("start", "ms.final", strong=True)
# There are few different milestones: each is made once.
made = lru_cache(256)(Milestone)


def lead_verbs(text: str, tokens: list[Token], start: int) -> list[Token]:
    """The verbs that open a segment, adverbs skipped; empty where it opens with a noun."""
    at, verbs = start, []
    for token in tokens:
        left, right, entry = token
        if at < left:
            while at < left and text[at] in ADVERB_CHARACTERS:
                at += 1
            if at < left:
                break
        if entry.opens:
            verbs.append(token)
        elif not entry.adverb:
            break
        at = right
    return verbs


def final_verbs(tokens: list[Token], end: int) -> list[Token]:
    """The verbs that close a segment, nothing behind them, the last first."""
    found: list[Token] = []
    if not tokens or tokens[-1][1] != end:
        return found
    at = end
    for token in reversed(tokens):
        left, right, entry = token
        if right != at or not (entry.verb or entry.adverb):
            break
        if entry.verb:
            found.append(token)
        at = left
    return found


def _closing(final: list[Token]) -> str:
    """The code of the last closing verb that is not a mere noun of action (…改造加快推进 moves, …建设 says nothing)."""
    for _, _, entry in final:
        if not entry.nominal:
            return entry.verb
    return "progress" if final and final[-1][2].verb == "progress" else ""


@dataclass(frozen=True, slots=True)
class _Lead:
    """What the opening verbs say together."""

    code: str = ""
    end_state: bool = False
    strong: bool = False
    weak: bool = False
    slow: bool = False


_NO_LEAD = _Lead()


def _lead(verbs: list[Token]) -> _Lead:
    """What the verbs say; most segments open with one verb, and those that open with more do so alike."""
    return _together(*[entry for _, _, entry in verbs]) if verbs else _NO_LEAD


@lru_cache(4096)
def _together(*verbs: Entry) -> _Lead:
    rank, end_state, strong, weak, slow = len(_STRENGTH), False, False, True, True
    for entry in verbs:
        rank = min(rank, _RANKS[entry.verb])
        end_state = end_state or (entry.end_state and not entry.nominal)
        strong = strong or entry.strong
        weak = weak and entry.weak
        slow = slow and entry.word in _SLOW
    return _Lead(_STRENGTH[rank], end_state, strong, weak or verbs[0].word in _SUPPORTING, slow)


@rule(
    "ms.lead",
    must=["建成花渡中学。", "加快花渡大道建设。"],
    never=["花渡中学建成投用。"],
    meaning="The verb before the object tells: 建成…, 加快….",
)
@rule(
    "ms.final",
    must=["花渡中学建成投用。", "花渡大道全线贯通。"],
    never=["建成花渡中学。"],
    meaning="The verb behind the object tells: …建成投用, …前期工作.",
)
def milestone(phrase: Phrase, verbs: list[Token], final: list[Token], *, counted: bool = False) -> Milestone:
    """The milestone of a segment between its opening and closing verbs; ``counted`` where it carries a figure."""
    closed = _closed(phrase, verbs, final, counted=counted)
    if closed is not None:
        return closed
    strong = any(entry.strong for _, _, entry in final)
    lead = _lead(verbs)
    if lead.end_state:
        return _DONE
    if lead.code == "start":
        return made("start", "ms.lead", strong or lead.strong)
    if final and final[0][2].verb == "start":
        return _STARTED_BEHIND
    if lead.code:
        slow = lead.code == "complete" and not counted and lead.slow
        return made("progress" if slow else lead.code, "ms.lead", strong or lead.strong, lead.weak)
    code = _closing(final)
    return made(code, "ms.final", strong) if code in _RANKS else _middle(phrase.tokens)


def _closed(phrase: Phrase, verbs: list[Token], final: list[Token], *, counted: bool) -> Milestone | None:
    """What preparing or closing verbs say, whatever opens the segment."""
    if phrase.traits & PREPARES:
        return _PREPARED
    if any(entry.end_state or entry.word == "完成" for _, _, entry in final):
        return _DONE_BEHIND
    if verbs and not counted and all(entry.word in _TRANSPARENT for _, _, entry in verbs):
        return _inner(phrase, final)
    return None


def _inner(phrase: Phrase, final: list[Token]) -> Milestone | None:
    """The milestone of the verb behind 支持 or 争取, where there is one."""
    if final and final[0][2].verb == "progress":
        return _MOVING_BEHIND
    for _, right, entry in reversed(phrase.tokens):
        if phrase.end - right > _TAIL:
            break
        if entry.end_state and not entry.nominal:
            return _DONE_BEHIND
    return None


@rule(
    "ms.none",
    must=["幼儿园3所、小学5所。"],
    never=["建成花渡中学。"],
    meaning="No verb tells; what is counted is complete by the end of the period.",
)
@rule(
    "ms.mid",
    must=["花渡水厂完成深度处理改造5处。"],
    never=["建成花渡中学。"],
    meaning="A verb between subject and object tells: 市区水厂完成深度处理改造.",
)
def _middle(tokens: list[Token]) -> Milestone:
    """Subject, verb, object: 花卉园片区完成城市更新."""
    if len(tokens) > 1:
        (_, end, before), (start, _, last) = tokens[-2:]
        if before.verb == "progress" and last.slug and end == start:
            return _MOVING_BEHIND
    acted = _NOTHING
    for _, _, entry in tokens:
        if entry.verb == "level":
            return LEVEL
        if acted is _NOTHING and entry.verb and entry.verb != "progress" and not entry.nominal:
            acted = made(entry.verb, "ms.mid", entry.strong)
    return acted


def final_code(final: list[Token]) -> str:
    """The code of an end state or a start among the closing verbs, which also closes the segments before."""
    for _, _, entry in final:
        if entry.end_state or entry.verb == "start":
            return entry.verb
    return ""
