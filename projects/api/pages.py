"""The JSON around a page's rows: how many there are, and where the next and the previous page are."""

from collections.abc import Sequence
from typing import TypeAlias

import orjson

from projects.api.plans import Plan
from projects.filters import Cursor

Row: TypeAlias = Sequence[bytes | None]


def body(plan: Plan, path: str, rows: Sequence[Row]) -> bytes:
    """Return a page as JSON from the rows of its statement, one more than it shows; their own bytes are not touched."""
    size, back, cursor = plan.asked.page_size, plan.asked.backwards, plan.asked.cursor
    shown, more = rows[:size], len(rows) > size
    before = _link(plan, path, shown[0], backwards=not back) if cursor and shown else None
    after = _link(plan, path, shown[-1], backwards=back) if more else None
    following, previous = (before, after) if back else (after, before)
    head = {"count": _count(plan, rows, more=more), "next": following, "previous": previous}
    results = b",".join(row[0] or b"null" for row in (reversed(shown) if back else shown))
    return orjson.dumps(head)[:-1] + b',"results":[' + results + b"]}"


def _count(plan: Plan, rows: Sequence[Row], *, more: bool) -> int | None:
    """Return the number of all matches; a page that holds them all tells it for nothing."""
    if plan.asked.count is False:
        return None
    if rows and rows[0][3] is not None:
        return int(rows[0][3])
    return None if more or plan.asked.cursor else len(rows)


def _link(plan: Plan, path: str, row: Row, *, backwards: bool) -> str:
    value, key = row[1] or b"", row[2] or b""
    place = Cursor(plan.asked.ordering.name, value.decode(), key.decode(), backwards)
    return f"{path}?{plan.query}{'&' if plan.query else ''}cursor={place}"
