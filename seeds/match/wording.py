"""What a title speaks of, as two-character pieces with their weight: without figures, bounds, verbs and joints.

A piece weighs as much as it is rare in work reports (inverse document frequency). What stands behind 等 names a class
(A、B等重要基础设施) and generic heads (三年行动, 示范城市) stand on many different things: both weigh less.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from seeds.match import tables

# A class that is counted (A、B等6个片区) is the object all the same.
_CLASS_SHARE, _COUNTED_SHARE = 0.4, 0.8
# One character alone tells little, whatever it is.
_SINGLE = 2.0
# Titles of two long reports, each seen many times in one comparison.
_REMEMBERED = 1 << 14

_UNITS = (
    "平方公里|平方千米|平方米|立方米|微克/立方米|微克每立方米|万元|亿元|个百分点|百分点|公里|千米|公顷|人次|标准箱|标箱|千瓦时|千瓦|场次|批次|"
    "套（间）|张床位?|床位?(?=$)|%|‰|米|亩|吨|元|人|名|个|家|所|座|处|项|条|套|户|张|辆|台|场|次|部|件|栋|对|只|头|艘|列|根|类|种|批|班|队|天|岁|倍|间|万|亿"
)
_FIGURE = re.compile(
    rf"(?:近|约|超过?|逾|达到?|至少|不少于|不低于|不高于|不超过)?\d[\d.,]*[万亿千百]*[余多]?(?:{_UNITS})(?:以上|以下|以内|之内|左右)?"
)
_BOUND = re.compile(r"以上|以下|以内|之内|左右|不少于|不低于|不超过|不高于|（[^）]*）|分别|累计|总数|合计|总计")
_CLASS = re.compile(r"(?<=[\u4e00-\u9fff”])等(?:\d+[个条项家所座处]|一批|各类)?(?=[\u4e00-\u9fff]{2})")
_COUNT = re.compile(r"\d")
_OUTSIDE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9+.]+")


@cache
def _spellings() -> tuple[re.Pattern[str], Mapping[str, str]]:
    plain = {unicodedata.normalize("NFKC", long): short for long, short in tables.mapping("spellings").items()}
    return re.compile("|".join(map(re.escape, sorted(plain, key=len, reverse=True)))), plain


@cache
def _joints() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, tables.column("verbs")))
    return re.compile(rf"{verbs}|[、，。；;,·：]|[和与及](?=[\u4e00-\u9fff]{{2}})")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, tables.column("generic"))))


@cache
def weights() -> tuple[Mapping[str, float], float]:
    """The weight of each listed piece, and that of a piece too rare to be listed."""
    (total, *_), *rows = tables.rows("frequencies")
    clauses = int(total)
    listed = {piece: math.log(clauses / int(count)) for piece, count in rows}
    return listed, max(listed.values()) + math.log(2)


@lru_cache(_REMEMBERED)
def fold(text: str) -> str:
    """A text in its plainest spelling: one width, no blanks, one word for each thing."""
    text = unicodedata.normalize("NFKC", text).translate({40: "（", 41: "）", 32: None, 10: None, 13: None})
    pattern, plain = _spellings()
    return pattern.sub(lambda match: plain[match[0]], text)


@lru_cache(_REMEMBERED)
def members(text: str) -> tuple[str, ...]:
    """The things that a folded text speaks of, cut where figures, verbs and joints stood."""
    text = _joints().sub("|", _FIGURE.sub("|", _BOUND.sub("|", text)))
    parts = [_OUTSIDE.sub("", part) for part in text.split("|")]
    return tuple(part for part in parts if len(part) >= 2) or tuple(filter(None, parts))


def stripped(title: str) -> str:
    """A title up to the class noun behind 等 that sums its list up."""
    return _CLASS.split(fold(title), maxsplit=1)[0]


def _runs(text: str) -> Iterator[tuple[str, float]]:
    """The stretches of a folded text with the share of their weight that counts."""
    summed = _CLASS.search(text)
    class_share = _COUNTED_SHARE if summed and _COUNT.search(summed[0]) else _CLASS_SHARE
    for share, side in zip((1.0, class_share), _CLASS.split(text, maxsplit=1), strict=False):
        for member in members(side):
            yield from ((run, share) for run in _generic().split(member))
            yield from ((run, share * _CLASS_SHARE) for run in _generic().findall(member))
            if len(member) == 1:
                yield member, share


def mass(text: str) -> float:
    """The weight of all pieces of a text."""
    return sum(pieces(text).values())


@lru_cache(_REMEMBERED)
def pieces(title: str) -> Mapping[str, float]:
    """The pieces of a title with their weights."""
    listed, rarest = weights()
    found: dict[str, float] = {}
    for run, share in _runs(fold(title)):
        for at in range(len(run) - 1):
            piece = run[at : at + 2]
            found[piece] = max(found.get(piece, 0.0), share * listed.get(piece, rarest))
        if len(run) == 1:
            found.setdefault(run, _SINGLE * share)
    return found
