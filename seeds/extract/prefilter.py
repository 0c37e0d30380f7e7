"""A quick look that passes over clauses which cannot hold a statement: most of a report is intent and praise."""

import re
from collections.abc import Iterable

from seeds.extract.lexicon import actions
from seeds.extract.words import words

# Something is built or done, not merely cared for.
WORKS = re.compile(
    "建设|打造|改造|扩建|改建|重建|续建|修复|治理|整治|工程|项目|迁建|保护|更新|整改|加固|前期|落地|升级|开发|搬迁|试点|收尾|装修|普查|提升|校区|赛|贯通|通车|平台|公园|综合体|步道|绿道|延伸|东延|西延|南延|北延|腾退|大修|修缮|翻建|扩容|调查"
)


def _shortest(words: Iterable[str]) -> list[str]:
    """The words that contain none of the others."""
    kept: list[str] = []
    for word in sorted(set(words), key=lambda word: (len(word), word)):
        if not any(shorter in word for shorter in kept):
            kept.append(word)
    return kept


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, grouped by their first character."""
    by_first: dict[str, list[str]] = {}
    for word in _shortest(words):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(first + (f"(?:{'|'.join(rest)})" if rest != [""] else "") for first, rest in by_first.items())


_STRONG_LISTS = (
    actions.END_STATES,
    actions.STRONG,
    actions.START,
    actions.PLAN,
    actions.HONOURS,
    actions.PASSED,
    actions.EVENTS,
    actions.SETTLED,
    actions.FIRSTS,
    actions.GOALS,
)
_STRONG_STEMS = _shortest(words(" ".join(_STRONG_LISTS)) - {"开放", "运营"})
_STRONG = re.compile(
    _any_of(_STRONG_STEMS)
    + r"|(?:开放|运营)(?![\u4e00-\u9fff])|开放(?=[^，。；、]{2,12}[馆园场])|获[^，。；、]{2,20}(?:奖|称号|认证)"
)
# Any first character before any second one: much faster, and true wherever the exact pattern is.
_FIRST = "".join(stem[0] for stem in _STRONG_STEMS)
_SECOND = "".join(stem[1:2] for stem in _STRONG_STEMS)
_PAIRS = re.compile(f"[开运{_FIRST}](?:(?=[放营{_SECOND}])|(?<=获))")
_WEAK = re.compile(_any_of(["等", *actions.MOVING.split()]))


def may_hold(masked: str, start: int, end: int) -> bool:
    """Whether a clause without a figure has the verbs of a statement: an end state, or a movement of works."""
    if _WEAK.search(masked, start, end) and WORKS.search(masked, start, end):
        return True
    pair = _PAIRS.search(masked, start, end)
    while pair is not None and not _STRONG.match(masked, pair.start(), end):
        pair = _PAIRS.search(masked, pair.end(), end)
    return pair is not None
