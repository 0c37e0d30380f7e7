"""The JSON around a page's rows: how many there are, and where the next and the previous page are."""

from collections.abc import Sequence
from typing import TypeAlias

import orjson

from projects.api.plans import Plan
from projects.filters import Cursor

Columns: TypeAlias = Sequence[bytes | None]


def body(plan: Plan, path: str, row: Columns) -> bytes:
    """Return a page as JSON from the one row that its statement gives; the rows' own bytes are not touched."""
    results, found, first_value, first_key, last_value, last_key, total = row
    more = int(found or 0) > plan.asked.page_size
    back, cursor = plan.asked.backwards, plan.asked.cursor
    before = _link(plan, path, first_value, first_key, backwards=not back) if cursor else None
    after = _link(plan, path, last_value, last_key, backwards=back) if more else None
    following, previous = (before, after) if back else (after, before)
    head = {"count": _count(plan, more, int(found or 0), total), "next": following, "previous": previous}
    return orjson.dumps(head)[:-1] + b',"results":' + (results or b"[]") + b"}"


def _count(plan: Plan, more: bool, found: int, total: bytes | None) -> int | None:
    """Return the number of all matches; a page that holds them all tells it for nothing."""
    if plan.asked.count is False:
        return None
    if total is not None:
        return int(total)
    return None if more or plan.asked.cursor else found


def _link(plan: Plan, path: str, value: bytes | None, key: bytes | None, *, backwards: bool) -> str | None:
    if value is None or key is None:
        return None
    place = Cursor(plan.asked.ordering.name, value.decode(), key.decode(), backwards)
    return f"{path}?{plan.query}{'&' if plan.query else ''}cursor={place}"
