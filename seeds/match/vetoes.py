"""What no likeness outweighs: each rule has a code and says of a pair that it speaks of two different things.

``other_place``: two known places. ``other_number``: 一期 and 二期, 12号线 and 17号线, 东段 and 西段. ``other_level``: a
national and a provincial title. ``other_title``: two titles under one generic head (安全发展示范城市, 食品安全示范城市).
``other_kind``: terms that exclude each other (保租房, 保障房). ``surroundings``: a work and what lies along it.
``other_year``: a figure of one year and one of a later year, between reports further apart than a year.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from seeds.match import tables
from seeds.match.names import tell_apart
from seeds.match.subject import Subject
from seeds.match.wording import fold, members

# From here on a name in common outweighs numbers and years.
SAME_NAME = 0.9
_HONOURS = (
    ("国家", re.compile("国家|国际")),
    ("省", re.compile("省级|[本全我]省|^省|省食|省文|自治区级")),
    ("市", re.compile("市级|^市(?=[级文])")),
)
_TITLE = re.compile(r"(示范|先进|试点|样板|标杆|模范)(?:城市|市|区|县|村|镇|乡|社区|省|州|城|街道|单位)+")
_ALONG = re.compile("沿线|周边|两侧|沿岸|周围|两岸")


@dataclass(frozen=True, slots=True)
class Pair:
    """A commitment and a later subject, their folded titles, and how surely their names are the same."""

    earlier: Subject
    later: Subject
    name: float

    @property
    def titles(self) -> tuple[str, str]:
        """Both titles in their plainest spelling."""
        return fold(self.earlier.words), fold(self.later.words)


Veto = Callable[[Pair], bool]


def _other_place(pair: Pair) -> bool:
    one, other = pair.earlier.jurisdiction, pair.later.jurisdiction
    return one is not None and other is not None and one != other


def _other_number(pair: Pair) -> bool:
    return not pair.name and tell_apart(*pair.titles)


@lru_cache(1 << 14)
def _levels(title: str) -> frozenset[str]:
    return frozenset(level for level, pattern in _HONOURS if pattern.search(title))


def _other_level(pair: Pair) -> bool:
    one, other = map(_levels, pair.titles)
    return bool(one and other) and not one & other


@lru_cache(1 << 14)
def _honoured(title: str) -> frozenset[str]:
    """The two characters before the generic head of each title won or sought, where it has any of its own."""
    before = [member[: found.start()][-2:] for member in members(title) for found in _TITLE.finditer(member)]
    return frozenset(word for word in before if len(word) == 2)


def _other_title(pair: Pair) -> bool:
    one, other = map(_honoured, pair.titles)
    return bool(one and other) and not one & other and not pair.name


@cache
def _terms() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, tables.column("contrasts"))))


@lru_cache(1 << 14)
def _contrasted(title: str) -> dict[str, set[str]]:
    """The terms of a title that exclude others, by family."""
    families, found = tables.mapping("contrasts"), dict[str, set[str]]()
    for term in _terms().findall(title):
        found.setdefault(families[term], set()).add(term)
    return found


def _other_kind(pair: Pair) -> bool:
    one, other = map(_contrasted, pair.titles)
    return pair.name < SAME_NAME and any(not one[family] & other[family] for family in one.keys() & other.keys())


def _surroundings(pair: Pair) -> bool:
    one, other = (bool(_ALONG.search(title)) for title in pair.titles)
    return bool(pair.name) and one != other


def _other_year(pair: Pair) -> bool:
    earlier, later = pair.earlier, pair.later
    if later.year - earlier.year <= 1 or earlier.quantity is None or pair.name >= SAME_NAME:
        return False
    if later.promised and earlier.unit == "%" and earlier.milestone == "level" == later.milestone:
        # A rate is renewed year by year.
        return False
    return later.until > earlier.until


VETOES: dict[str, Veto] = {
    "other_place": _other_place,
    "other_number": _other_number,
    "other_level": _other_level,
    "other_title": _other_title,
    "other_kind": _other_kind,
    "surroundings": _surroundings,
    "other_year": _other_year,
}


def vetoed(pair: Pair) -> str | None:
    """The code of the first rule that tells the two apart, or none."""
    return next((code for code, rule in VETOES.items() if rule(pair)), None)
