"""Proper names of facilities, projects, lines and places in an object.

Rules: ``name.unknown`` (a word that is not general vocabulary), ``name.numbered`` (9号线, 二期, 第四次), ``name.quoted``,
``name.titled`` (《…》), ``name.definite`` (区殡仪馆, 新中医院).
"""

import re

from seeds.extract.categories import gaps
from seeds.extract.lexicon import SINGLES
from seeds.extract.tokens import Token

_SEPARATOR = re.compile(r"、|以及|和|及|与")
_NUMBERED = re.compile(r"\d+号线|第[一二三四五六七八九十\d]+[次届跑航中小医高实人初]|[一二三四五六七八九十\d]+期|[A-Z]\d+|\d号|国道\d+|[A-Z]段")
_QUOTED = re.compile(r"“[^”]{2,20}”")
_TITLED = re.compile(r"《[^》]{2,40}》")
_DEFINITE = re.compile(r"^(?:[市区县省州旗盟镇]|新)(?=[\u4e00-\u9fff]{2,12}(?:院|馆|站|中心|学校|中学|小学|公园|场|宫|所|园|校区|大楼|局|广场|基地|公墓))")
_TAIL = re.compile(r"(?:等|项目|工程)+$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def unknown(text: str, tokens: list[Token], start: int, end: int) -> int:
    """The length of the longest stretch that is neither a known word nor a general character."""
    inside = [token for token in tokens if token.end > start and token.start < end]
    best = 0
    for left, right in gaps(inside, start, end):
        run = 0
        for at in range(left, right):
            char = text[at]
            run = run + 1 if "\u4e00" <= char <= "\u9fff" and (char not in SINGLES or run) else 0
            best = max(best, run)
    return best


def name_rule(text: str, tokens: list[Token], start: int, end: int) -> str | None:
    """Why ``text[start:end]`` names a particular thing; ``None`` where it does not."""
    if unknown(text, tokens, start, end) >= 2:
        return "name.unknown"
    if _NUMBERED.search(text, start, end):
        return "name.numbered"
    if _DEFINITE.match(text[start:end]):
        return "name.definite"
    if _TITLED.search(text, start, end):
        return "name.titled"
    return "name.quoted" if _QUOTED.search(text, start, end) else None


def items(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list of names, up to 等."""
    stop = masked.find("等", start, end)
    stop = end if stop <= start else stop
    found, at = [], start
    for cut in _SEPARATOR.finditer(masked, start, stop):
        if cut.start() > at:
            found.append((at, cut.start()))
        at = cut.end()
    if stop > at:
        found.append((at, stop))
    return found
