"""What is asked, and the statements that answer it, as the API itself composes them.

usage: python -m bench.rivals.cases ROWS (with DATABASE_URL): the scripts of all cases as one JSON object
"""

import json
import os
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
import psycopg

if __name__ == "__main__":
    django.setup()

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from bench.rivals.data import ABSENT, CATEGORIES, RARE, WORDS, YEARS
from projects import serializers
from projects.api import resources
from projects.api.database import as_text
from projects.api.queries import Plan, detail_plan, page_plan
from projects.api.stats import stats_plan
from projects.expressions import is_overdue
from projects.filters import Cursor
from projects.models import Commitment, CommitmentTally, Evidence, StatusChange
from projects.serializers import Resource
from projects.sql import Parameter, Statement, compiled, compiled_expression, numbered

LIST, STATS = "/api/v1/commitments/", "/api/v1/stats/"
# Questions of each kind, in turn: what is in the cache of the processor shall not decide.
MANY = 40
# A walk through the list asks at places that nobody has asked at before: more of them than plans are kept.
WALK, STEPS = "page at a new place", 20_000
# pgbench takes a colon before a letter for a variable of its own.
_COLONS = ('\'YYYY-MM-DD"T"HH24:MI:SS"Z"\'', 'U&\'YYYY-MM-DD"T"HH24\\003AMI\\003ASS"Z"\'')


def paths(rows: int) -> dict[str, list[str]]:
    """Return the addresses of each case, for a collection of so many rows."""
    chosen = random.Random(7)
    pairs = [(chosen.choice(CATEGORIES), chosen.choice(YEARS)) for _ in range(MANY)]
    return {
        "detail": [f"{LIST}{chosen.randint(1, rows)}/" for _ in range(MANY)],
        "page by category and year": [f"{LIST}?category={category}&year={year}" for category, year in pairs],
        "page by year": [f"{LIST}?year={year}" for _category, year in pairs],
        "page of what is overdue": [f"{LIST}?overdue=true"],
        "page of what evidence says is overdue": [f"{LIST}?overdue_basis=evidence"],
        "page by due year": [f"{LIST}?due_year={year}" for _category, year in pairs],
        "page by place": [f"{LIST}?jurisdiction={110101 + chosen.randrange(rows // 4000 or 1)}" for _ in range(MANY)],
        "search, common word": [f"{LIST}?q={quote(WORDS[1])}"],
        "search, less common word": [f"{LIST}?q={quote(WORDS[12])}"],
        "search, rare word": [f"{LIST}?q={quote(RARE)}"],
        "search, absent word": [f"{LIST}?q={quote(ABSENT)}"],
        "counts by category, status, year": [f"{STATS}?by=category,status,year"],
        WALK: [_place(chosen.randint(1, rows)) for _ in range(STEPS)],
        "counts of one category by status": [f"{STATS}?by=status&category={category}" for category, _year in pairs],
    }


def _place(number: int) -> str:
    cursor = Cursor("-id", str(number), str(number), backwards=False)
    return f"{LIST}?cursor={cursor}"


def plan(path: str, today: date) -> tuple[Plan, dict[str, Any]]:
    """Return the API's plan for an address, and what the address and the day give to its statement."""
    place, _mark, query = path.partition("?")
    given: dict[str, Any] = {"today": today}
    if place == STATS:
        return stats_plan(query, today), given
    commitments = resources.COMMITMENTS
    if place == LIST:
        return page_plan(commitments.list, commitments.row, query, today)[0], given
    number = place.removeprefix(LIST).strip("/")
    return detail_plan(commitments.single, commitments.detail, query, today, ("pk",)), {**given, "pk": number}


def _params(found: Plan, given: dict[str, Any]) -> list[Any]:
    return [given[one.name] if isinstance(one, Parameter) else one for one in found.params]


@dataclass(frozen=True, slots=True)
class Script:
    """What pgbench runs for a case: one statement, and the values that stay the same from run to run."""

    text: str
    fixed: dict[str, str]


def script(url: str, asked: list[str], today: date) -> Script:
    """Return the one statement that answers all addresses of a case; those values that differ are drawn anew each time.

    It has the API's own parameters, so that the server plans it as it plans the API's. A value that differs is looked
    up in a list by a number, for pgbench draws numbers only.
    """
    plans = [plan(path, today) for path in asked[:MANY]]
    (sql,) = {found.sql for found, _given_ in plans}
    params = [_params(found, given) for found, given in plans]
    columns_of = list(zip(*([as_text(value) or "" for value in values] for values in params), strict=True))
    varied = {
        number: f"('{{{','.join(_quoted(value) for value in values)}}}'::{kind}[])[:chosen]"
        for number, (values, kind) in enumerate(zip(columns_of, _types(url, sql), strict=True), 1)
        if len(set(values)) > 1
    }
    fixed = {f"p{number}": values[0] for number, values in enumerate(columns_of, 1) if number not in varied}
    text = re.sub(r"\$(\d+)", lambda mark: varied.get(int(mark[1]), f":p{mark[1]}"), sql.decode().replace(*_COLONS))
    draw = f"\\set chosen random(1, {len(plans)})\n" if varied else ""
    return Script(f"{draw}{' '.join(text.split())};\n", fixed)


def _quoted(value: str) -> str:
    """Return a value as a member of an array that stands in a string."""
    inside = value.replace("\\", "\\\\").replace('"', '\\"').replace("'", "''")
    return f'"{inside}"'


def _types(url: str, sql: bytes) -> list[str]:
    """Return the types that the server gives a statement's parameters."""
    with psycopg.connect(url) as connection:
        connection.pgconn.prepare(b"asked", sql)
        row = connection.execute("SELECT parameter_types::text[] FROM pg_prepared_statements").fetchone()
    return list(row[0]) if row else []


def _given(number: int) -> RawSQL:
    return RawSQL("%s", [Parameter(str(number))])


def _select(resource: Resource, rows: "QuerySet[Any]", total: str = "NULL") -> str:
    """Return the statement of rows as columns; the day is its first parameter."""
    model, inner = rows.model, compiled(rows)
    shown = {name: compiled_expression(model, field.expression()) for name, field in resource.fields.items()}
    listed = ", ".join(f'{one.sql} AS "{name}"' for name, one in shown.items())
    table = model._meta.db_table
    sql = f"WITH day AS (SELECT %s::date) SELECT {listed}, {total} AS total FROM ({inner.sql}) AS {table}"
    params = [Parameter("today"), *(param for one in shown.values() for param in one.params), *inner.params]
    return numbered(Statement(sql, tuple(params)))[0].decode()


def statements(today: date) -> Iterator[tuple[str, str]]:
    """Yield the statements of the rival that writes its JSON in Python."""
    public = Commitment.objects.published()
    page = public.filter(category=_given(2), year=_given(3)).order_by("-id")[:51]
    yield "page", _select(serializers.COMMITMENT, page, _TOTAL.format(which="category = $2 AND year = $3"))
    yield "search", _select(serializers.COMMITMENT, public.filter(title__contains=_given(2)).order_by("-id")[:51])
    yield "detail", _select(serializers.COMMITMENT, public.filter(pk=_given(2)))
    late = numbered(compiled_expression(CommitmentTally, is_overdue()))[0].decode()
    rows = public.overdue(today).order_by("due_on", "id")[:51]
    overdue = _select(serializers.COMMITMENT, rows, _TOTAL.format(which=late))
    dates = [f"'{value}'" for value in compiled(public.overdue(today)).params]
    yield "overdue", re.sub(r"\$([2-9])", lambda mark: dates[int(mark[1]) - 2], overdue)
    evidence, changes = Evidence.objects.published(), StatusChange.objects.published()
    yield "evidence", _select(serializers.EVIDENCE, evidence.filter(commitment=_given(2)))
    yield "history", _select(serializers.STATUS_CHANGE, changes.filter(commitment=_given(2)))
    yield "stats", _STATS.format(late=late)


_TOTAL = "(SELECT coalesce(sum(commitments), 0)::bigint FROM projects_commitmenttally WHERE {which})"
_STATS = """
SELECT g, v, sum(n)::bigint, coalesce(sum(n) FILTER (WHERE late), 0)::bigint
  FROM (SELECT commitments::integer AS n, category, status, year::text, {late} AS late
          FROM projects_commitmenttally) AS t
 CROSS JOIN LATERAL (VALUES ('category', category), ('status', status), ('year', year)) AS x (g, v)
 GROUP BY g, v ORDER BY g, v
"""


def write_statements(file: Path, today: date) -> None:
    """Write the statements of the rival that writes its JSON in Python."""
    file.write_text(json.dumps(dict(statements(today))), encoding="utf-8")


if __name__ == "__main__":
    day = timezone.localdate()
    scripts = {case: script(os.environ["DATABASE_URL"], asked, day) for case, asked in paths(int(sys.argv[1])).items()}
    print(json.dumps({case: asdict(one) for case, one in scripts.items()}))
