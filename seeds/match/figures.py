"""Which figures can be compared, and whether one meets another."""

from seeds.match.subject import Subject

_FAMILIES = (
    frozenset("个 处 座 所 家 项 条 批 类 种 栋 场 场次 件 根 台 套 间 部 次 只 对 组".split()),
    frozenset("公里 米 千米".split()),
    frozenset("亩 公顷 平方米 平方公里 万亩".split()),
    frozenset("人 人次 名".split()),
    frozenset("张 个 床".split()),
)
CEILINGS = frozenset(("lte", "lt"))
_CLOSE = 1e-9


def unit_likeness(first: str | None, second: str | None) -> float:
    """1 for one unit, 0.6 for units of one family, 0 where one side has none, -1 for units of different families."""
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    return 0.6 if any(first in family and second in family for family in _FAMILIES) else -1.0


def comparable(earlier: Subject, later: Subject) -> bool:
    """Whether both carry figures of one kind of unit."""
    if earlier.quantity is None or later.quantity is None:
        return False
    return unit_likeness(earlier.unit, later.unit) > 0 or (not earlier.unit and not later.unit)


def equal(earlier: Subject, later: Subject) -> bool:
    """Whether both carry the same figure in the same unit."""
    if earlier.quantity is None or later.quantity is None or earlier.unit != later.unit:
        return False
    return abs(earlier.quantity - later.quantity) <= _CLOSE * max(1.0, abs(earlier.quantity))


def is_ceiling(subject: Subject) -> bool:
    """Whether the figure is a most, not a least."""
    return subject.comparator in CEILINGS
