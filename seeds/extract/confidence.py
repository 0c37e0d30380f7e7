"""How sure a statement is, from the rules that made it.

The base is the share of such statements that careful readers also took, measured on the labelled reports.
"""

_BASES = (("fig.bare", 0.8), ("fig.ratio", 0.8), ("fig.", 0.96), ("ms.honour", 0.85))
_PENALTIES = {"cat.inherited": 0.05, "cat.suffix": 0.05, "cat.first": 0.03, "name.quoted": 0.1, "due.section": 0.0}


def confidence(rules: tuple[str, ...], milestone: str) -> float:
    """A probability that a careful reader would take the same statement."""
    base = next((value for prefix, value in _BASES if any(rule.startswith(prefix) for rule in rules)), None)
    if base is None:
        base = 0.9 if milestone in ("complete", "start") else 0.8
    return round(max(0.05, base - sum(_PENALTIES.get(rule, 0.0) for rule in rules)), 2)
