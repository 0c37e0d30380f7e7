"""How sure a statement is, from the rules that made it.

The figures are the shares of such statements that careful readers also took, measured on labelled reports.
"""

from functools import lru_cache

_BASES = {
    "fig.count": 0.97,
    "fig.percent": 0.98,
    "fig.hanzi": 0.9,
    "fig.tenths": 0.9,
    "fig.bare": 0.88,
    "fig.ratio": 0.9,
    "fig.full": 0.94,
    "fig.told": 0.9,
    "fig.zero": 0.9,
    "fig.class": 0.88,
    "ms.honour": 0.92,
}
_LIMITS = {
    "cat.inherited": 0.93,
    "cat.context": 0.92,
    "cat.suffix": 0.88,
    "cat.first": 0.91,
    "name.quoted": 0.65,
    "name.weak": 0.85,
    "name.single": 0.82,
    "name.listed": 0.82,
    "ms.mid": 0.9,
}
_WORKS = {"complete": 0.94, "start": 0.9, "plan": 0.94, "progress": 0.88}


@lru_cache(4096)
def confidence(rules: tuple[str, ...], milestone: str) -> float:
    """A probability that a careful reader would take the same statement."""
    sure = _BASES.get(rules[0]) or _WORKS.get(milestone, 0.8)
    for rule in rules:
        limit = _LIMITS.get(rule)
        if limit is not None and limit < sure:
            sure = limit
    return sure
