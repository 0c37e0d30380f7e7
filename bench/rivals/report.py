"""What a run of the API's benchmark came to, beside its bars."""

from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

# The bars for a case's ratio to (a), (b) and (c), and of its statement's time to that of a detail; a search of two
# characters has one of its own.
BARS = {"a": 0.40, "b": 8.0, "c": 1.2}
LIST_BAR, SEARCH_BAR = 8.0, 60.0
# Of answers from memory, and of 304s, to (b); and of a statement's time on more rows to that on fewer.
KEPT_BAR, GROWTH_BAR = 30.0, 1.5
NAMES = {"a": "pgbench", "b": "a plain ModelViewSet", "c": "FastAPI with asyncpg and orjson"}


@dataclass(frozen=True, slots=True)
class Speed:
    """What one case came to on one side: requests a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


Sides: TypeAlias = dict[str, Speed]
Found: TypeAlias = dict[str, Sides]


def report(found: Found) -> None:
    """Print the figures and how they stand to their bars; ``!`` marks what is below one."""
    _misses(found)
    _kept({case: sides for case, sides in found.items() if "kept" in sides})
    for side, name in NAMES.items():
        rates = ", ".join(f"{case} {sides[side].rate:.0f}" for case, sides in found.items() if side in sides)
        print(f"({side}) {name}, requests a second: {rates}")


def _misses(found: Found) -> None:
    detail, floor = next(iter(found.values()))["a"].p50, _floor(found)
    print(f"{'not from memory':34} requests/s  p50 ms  p99 ms      (a)  at best      (b)      (c)  x detail    growth")
    for case, sides in found.items():
        api, bound = sides["api"], floor / (floor + sides["a"].rate) if floor else 0
        ratios = {side: _ratio(sides, "api", side, bar) for side, bar in BARS.items()}
        times = sides["a"].p50 / detail
        print(
            f"{case:34} {api.rate:10.0f} {api.p50:7.2f} {api.p99:7.2f} {ratios['a']} {bound:8.2f} {ratios['b']}"
            f" {ratios['c']}  {_marked(times, times > (SEARCH_BAR if case.startswith('search') else LIST_BAR))}"
            f"  {_growth(sides)}"
        )
    bars = ", ".join(f"({side}) {bar}" for side, bar in BARS.items())
    print(f"Wanted: at the least {bars} times as many requests as {', '.join(NAMES.values())}; in the database at most")
    print(f"{LIST_BAR:.0f} details' time for a list, {SEARCH_BAR:.0f} for a search; growth below {GROWTH_BAR}.")
    print(
        f"The web server alone, which answers two bytes without Django or a database: {floor:.0f} requests/s, so that"
    )
    print("no API behind it and on the same cores reaches more of (a) than the column 'at best' says.\n")


def _kept(found: Found) -> None:
    print(f"{'the data unchanged':34} from memory/s  p50 ms      (b)    304/s  p50 ms      (b)")
    for case, sides in found.items():
        kept, known = sides["kept"], sides["known"]
        print(
            f"{case:34} {kept.rate:13.0f} {kept.p50:7.2f} {_ratio(sides, 'kept', 'b', KEPT_BAR)}"
            f" {known.rate:8.0f} {known.p50:7.2f} {_ratio(sides, 'known', 'b', KEPT_BAR)}"
        )
    print(f"Wanted: (b) {KEPT_BAR:.0f} each.\n")


def _floor(found: Found) -> float:
    """Return what the web server alone reaches, 0 when it was not asked."""
    return median([sides["floor"].rate for sides in found.values() if "floor" in sides] or [0.0])


def _ratio(sides: Sides, one: str, other: str, bar: float) -> str:
    if other not in sides:
        return f"{'–':>8} "
    ratio = sides[one].rate / sides[other].rate
    return _marked(ratio, ratio < bar)


def _growth(sides: Sides) -> str:
    if "larger" not in sides:
        return f"{'–':>8} "
    growth = sides["larger"].p50 / sides["a"].p50
    return _marked(growth, growth > GROWTH_BAR)


def _marked(value: float, is_wrong: bool) -> str:
    return f"{value:8.2f}{'!' if is_wrong else ' '}"
