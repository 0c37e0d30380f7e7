"""Rival (c): FastAPI with asyncpg and orjson. It selects the same columns, without their JSON, and writes that itself.

The statements come from the file that FAST_STATEMENTS names; no model validates what goes out, which is its fastest.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from fastapi import FastAPI, HTTPException, Query, Response

STATEMENTS: dict[str, str] = json.loads(Path(os.environ["FAST_STATEMENTS"]).read_text(encoding="utf-8"))
PAGE = 50
state: dict[str, asyncpg.Pool] = {}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep a pool of connections."""
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=4, max_size=4) as pool:
        state["pool"] = pool
        yield


app = FastAPI(lifespan=lifespan)


def plain(value: object) -> float | int | str:
    """Return a value that JSON does not know in a form that it knows."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


def answer(body: object) -> Response:
    """Return JSON."""
    return Response(orjson.dumps(body, default=plain), media_type="application/json")


@app.get("/api/v1/commitments/")
async def commitments(
    category: str | None = Query(None, max_length=20),
    year: int | None = Query(None, ge=1954, le=2100),
    overdue: bool | None = None,
    q: str | None = Query(None, max_length=100),
) -> Response:
    """Answer a page by category and year, of what is overdue, or of a search."""
    today = datetime.now(tz=UTC).date()
    arguments: list[Any] = [today]
    name = "overdue" if overdue else "search" if q else "page"
    arguments += [f"%{q}%"] if q else [] if overdue else [category, year]
    rows = [dict(row) for row in await state["pool"].fetch(STATEMENTS[name], *arguments)]
    following = f"/api/v1/commitments/?after={rows[PAGE - 1]['id']}" if len(rows) > PAGE else None
    total = rows[0]["total"] if rows else 0
    for row in rows:
        del row["total"]
    return answer({"count": total, "next": following, "results": rows[:PAGE]})


@app.get("/api/v1/commitments/{number}/")
async def commitment(number: int) -> Response:
    """Answer one commitment with its evidence and history."""
    pool, today = state["pool"], datetime.now(tz=UTC).date()
    row = await pool.fetchrow(STATEMENTS["detail"], today, number)
    if row is None:
        raise HTTPException(404)
    body = dict(row)
    for name in ("evidence", "history"):
        body[name] = [dict(one) for one in await pool.fetch(STATEMENTS[name], today, number)]
    return answer(body)


@app.get("/api/v1/stats/")
async def stats() -> Response:
    """Answer counts by category, status and year, from the same kept totals."""
    rows = await state["pool"].fetch(STATEMENTS["stats"], datetime.now(tz=UTC).date())
    body: dict[str, list[dict[str, Any]]] = {"category": [], "status": [], "year": []}
    for group, value, count, late in rows:
        body[group].append({"value": value, "count": count, "overdue": late})
    return answer({"by": body})
