"""How surely two names, or a name and the words of a title, speak of one facility, line or place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from seeds.match import tables
from seeds.match.wording import fold, pieces

# A name on one side only must stand in the other's words: it is long enough not to do so by chance.
_LONG_NAME = 4
_MOSTLY, _RARE_SHARED = 0.6, 20.0
_DIGITS = frozenset("0123456789一二三四五六七八九十")
# What tells a thing from its neighbours of the same kind: 一期, 12号线, 三环, 第四批.
_NUMBERED = re.compile(r"(\d+|[一二三四五六七八九十]+)(号线|期(?!工)|号|环(?=[路线高快内外]|$)|批(?=次|$|[示试])|轮|支线|院(?=$|[、等区新整迁扩]))")
_TURNED = re.compile(r"([东西南北])(延伸段|延长线|延伸|延|段|线|片区|站|支线|环线)")
# The extension of a line is not the line, but what was promised of the line may come as its extension.
_EXTENDED = re.compile(r"[东西南北]延|延伸|延长线|支线")
_ORDINAL = re.compile(r"第([一二三四五六七八九十\d]+)(?=[中小幼医人水污敬福社])")
_PHASE = re.compile(r"(?:[一二三四五六七八九十]+期|[东南西北]延(?:伸段?|长线)?|[东南西北]段|[^线路]{2,3}段|主体|扩建|新建|改造|迁建|建设|项目|工程)+$")
_PREFIX = re.compile(r"^[省市区县](?=.{2})|(?:城市)?轨交|轨道(?=\d)")
_CHINESE = str.maketrans("一二三四五六七八九", "123456789")
# Links and tunnels are called after the first characters of the towns that they join: 张皋 for 张靖皋.
_JOINING = frozenset(("crossing", "rail", "rapid"))


class Aliases:
    """The known names of projects, so that two names of one thing count as the same."""

    def __init__(self, projects: Iterable[Sequence[str]] = ()) -> None:
        """Each project is given by all its names."""
        self._project: Mapping[str, int] = {
            plain(name): number for number, names in enumerate(projects) for name in names
        }

    def same(self, first: str, second: str) -> bool:
        """Whether both are names of one known project."""
        project = self._project.get(plain(first))
        return project is not None and project == self._project.get(plain(second))


@lru_cache(1 << 14)
def plain(name: str) -> str:
    """A name in its plainest spelling: 轨道交通4号线 → 4号线, 江北国际机场 → 江北机场."""
    folded = fold(name)
    return _PREFIX.sub("", folded) or folded


@cache
def _facility() -> re.Pattern[str]:
    return re.compile(rf"^(.{{2,}}?)({'|'.join(tables.column('facilities'))})$")


@lru_cache(1 << 14)
def _core(name: str) -> tuple[str, str, str]:
    """What a plain name is without its phase, and that in two: what it is called after, and the kind of work."""
    short = _PHASE.sub("", name)
    short = short if len(short) >= 3 else name
    parts = _facility().match(short)
    return (short, parts[1], tables.mapping("facilities")[parts[2]]) if parts else (short, short, "")


def designations(text: str) -> dict[str, set[str]]:
    """The numbers and directions that a text bears, by what they count: 12号线 → {号线: {12}}."""
    found: dict[str, set[str]] = {}
    for number, kind in _NUMBERED.findall(text):
        found.setdefault(kind, set()).add(number.translate(_CHINESE))
    for number in _ORDINAL.findall(text):
        found.setdefault("第", set()).add(number.translate(_CHINESE))
    for direction, kind in _TURNED.findall(text):
        found.setdefault(f"方位{kind}", set()).add(direction)
    return found


def tell_apart(first: str, second: str) -> bool:
    """Whether both bear a number of one kind and none in common: 罗泾一期 and 罗泾二期, 12号线 and 17号线."""
    one, other = designations(first), designations(second)
    if "号线" in one and "号线" in other:
        return not one["号线"] & other["号线"]
    return any(not one[kind] & other[kind] for kind in one.keys() & other.keys())


def stands_in(name: str, text: str) -> bool:
    """Whether a text holds a name, not cut out of a longer number: 2号线 does not stand in 12号线."""
    at = text.find(name)
    return at >= 0 and not (name[0] in _DIGITS and text[at - 1 : at] in _DIGITS and at > 0)


def _abbreviates(short: str, long: str) -> bool:
    """Whether a name keeps the first and last character of another, and what it keeps in order: 张皋, 张靖皋."""
    if len(short) < 2 or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


@lru_cache(1 << 16)
def likeness(first: str, second: str) -> float:
    """How surely two plain names are of one thing: 1 the same, 0.9 but for phase or kind, 0.7 one ends the other."""
    if first == second:
        return 1.0
    if tell_apart(first, second) or (_EXTENDED.search(first) and not _EXTENDED.search(second)):
        return 0.0
    (one, one_stem, kind), (other, other_stem, other_kind) = _core(first), _core(second)
    if one == other and len(one) >= 2:
        return 0.9
    if kind and kind == other_kind:
        if one_stem == other_stem:
            return 0.9
        short, long = sorted((one_stem, other_stem), key=len)
        if kind in _JOINING and _abbreviates(short, long):
            return 0.8
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and (long.endswith(short) or (len(short) >= _LONG_NAME and short in long)) and stands_in(short, long):
        return 0.7
    return 0.5 if _mostly_shared(one, other) else 0.0


def _mostly_shared(first: str, second: str) -> bool:
    """Whether two names share most of their rare pieces: 通州湾主体港区“2+1”码头, 通州湾作业区“2+1”码头."""
    one, other = pieces(first), pieces(second)
    shared = sum(weight for piece, weight in one.items() if piece in other)
    return shared >= _RARE_SHARED and 2 * shared >= _MOSTLY * (sum(one.values()) + sum(other.values()))


def alike(first: str, second: str, aliases: Aliases) -> float:
    """The same of two names as written; known names of one project are the same."""
    return 1.0 if aliases.same(first, second) else likeness(plain(first), plain(second))


def common(
    earlier: tuple[Sequence[str], str], later: tuple[Sequence[str], str], aliases: Aliases
) -> tuple[float, str]:
    """The likeness of the likest names of two sides and the name; each side is its names and its folded title."""
    (names, title), (others, other_title) = earlier, later
    best = (0.0, "")
    for name in names:
        for other in others:
            best = max(best, (alike(name, other, aliases), name))
    if best[0]:
        return best
    for one_sided, text in ((names, other_title), (others, title)):
        for name in one_sided:
            short = _core(plain(name))[0]
            if len(plain(name)) >= _LONG_NAME and stands_in(plain(name), text):
                best = max(best, (0.8, name))
            elif len(short) >= _LONG_NAME and stands_in(short, text) and not tell_apart(plain(name), text):
                best = max(best, (0.7, name))
    return best
