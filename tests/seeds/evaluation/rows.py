"""Rows with everything alike but what a test is about."""

from typing import Any

from seeds.evaluation.gold import Row

ALIKE: dict[str, Any] = {
    "quote": "", "kind": "commitment", "category": "education", "milestone": "complete", "quantity": 1.0, "unit": "所",
    "comparator": "eq", "due_on": "2021-12-31", "confidence": None,
}  # fmt: skip


def row(start: int, end: int, **differs: Any) -> Row:
    """A statement at this span."""
    return Row(start, end, **{**ALIKE, **differs})
