"""How much two subjects by themselves speak of one thing: points that add up (log odds), each with its reason."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from seeds.match import figures, tables
from seeds.match.names import Aliases, common
from seeds.match.subject import Subject
from seeds.match.vetoes import Pair
from seeds.match.wording import fold, members, pieces, stripped

# Fitted to three pairs of reports and rounded.
POINTS = {
    "base": -7.0,
    "shared_words": 3.2,
    "rare_words": 1.0,
    "name": 2.4,
    "category": 1.5,
    "measured": 0.4,
    "other_measure": -1.2,
    "other_unit": -1.3,
    "stock": -1.5,
    "same_figure": 0.8,
    "other_thing": -1.9,
    "same_unit": 0.8,
    "general": -1.2,
    "class_only": -1.5,
    "neighbours": 0.9,
    "best": 1.2,
    "beaten_by_statement": -1.0,
    "beaten_by_commitment": -1.2,
}
_STOCK = re.compile("累计|总量|总数|总里程|存量")
# Intent without an object of its own: what is cared for, not done.
_CARE = re.compile("能力|水平|质量|管理|战略|机制|服务$|监管|氛围|功能|品质|成效|格局")
# No category of what is promised to people.
_UNTOLD = frozenset(("economy", "governance", ""))


@dataclass(slots=True)
class Words:
    """The pieces of a subject's title with their weights in this pair of reports, and the sum of these."""

    pieces: Mapping[str, float]
    total: float = field(init=False)

    def __post_init__(self) -> None:
        self.total = sum(self.pieces.values())


@cache
def _measures() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, tables.column("measures"))))


@lru_cache(1 << 14)
def measures(title: str) -> frozenset[str]:
    """The words of a title that say what is measured."""
    return frozenset(_measures().findall(fold(title)))


def _other_measure(earlier: Subject, later: Subject) -> float:
    """What share of the measures of a promised level the other side does not speak of."""
    wanted = measures(earlier.words) if earlier.milestone == "level" else frozenset()
    return len(wanted - measures(later.words)) / len(wanted) if wanted else 0.0


@cache
def _things() -> tuple[str, ...]:
    return tables.column("things")


@lru_cache(1 << 14)
def _kinds(title: str) -> frozenset[str]:
    """What kinds of thing the members of a title are, by their last words, where these tell."""
    kinds = tables.mapping("things")
    ends = (next((thing for thing in _things() if member.endswith(thing)), "") for member in members(fold(title)))
    return frozenset(kinds[end] for end in ends if end)


def _other_thing(earlier: Subject, later: Subject) -> float:
    """1 where both are things of different kinds, one half where a title that was promised is spoken of no more."""
    one, other = _kinds(earlier.words), _kinds(later.words)
    if one and other:
        return float(not one & other)
    return 0.5 if "title" in one else 0.0


def _class_only(words: tuple[Words, Words], pair: Pair) -> bool:
    """Whether both list particulars, and share only the class noun that sums them up: A等活动, B等活动."""
    if pair.name:
        return False
    one, other = pair.earlier.words, pair.later.words
    named, others = stripped(one), stripped(other)
    if named == fold(one) or others == fold(other):
        return False
    return not pieces(named).keys() & pieces(others).keys()


def names_of(earlier: Subject, later: Subject, aliases: Aliases) -> tuple[float, str]:
    """How surely both speak of one name, and which."""
    return common((earlier.names, fold(earlier.words)), (later.names, fold(later.words)), aliases)


def compare(pair: Pair, words: tuple[Words, Words], shared: float) -> dict[str, float]:
    """What speaks for the pair and against it, by the codes of ``POINTS``; ``shared`` is the weight in common."""
    earlier, later = pair.earlier, pair.later
    same_category = earlier.category == later.category and earlier.category not in _UNTOLD
    return {
        "base": 1.0,
        "shared_words": 2 * shared / (words[0].total + words[1].total),
        "rare_words": math.log1p(shared),
        "name": pair.name,
        "category": float(same_category),
        "measured": float((earlier.milestone == "level") == (later.milestone == "level")),
        "other_measure": _other_measure(earlier, later),
        "other_unit": float(figures.unit_likeness(earlier.unit, later.unit) < 0),
        "stock": float(bool(_STOCK.search(earlier.words)) != bool(_STOCK.search(later.words))),
        "same_figure": float(figures.equal(earlier, later)),
        "class_only": float(_class_only(words, pair)),
        "other_thing": _other_thing(earlier, later),
        "same_unit": float(earlier.unit == later.unit and earlier.unit not in (None, "个", "%", "项", "")),
        "general": float(later.mention and earlier.quantity is not None and bool(_CARE.search(later.words))),
    }


def points(values: Mapping[str, float]) -> float:
    """The sum of the points, a logit."""
    return sum(POINTS[code] * value for code, value in values.items())


def probability(logit: float) -> float:
    """How likely a pair with so many points is right."""
    return 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
