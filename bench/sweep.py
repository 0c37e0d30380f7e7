"""The overdue sweep beside a loop that saves row by row, on a database of its own.

    python bench/sweep.py [ROWS]

Both change the same table with the same constraints, indexes and triggers. The loop does what a simple program would:
read the overdue rows, set the date, save(), write an event, all in one transaction; it runs on a sample and its rate is
what counts.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.common import PER_REPORT, database, load, make_reports, rows_of

BAR_LOOP, BAR_EMPTY = 20.0, 100.0
LOOP_ROWS = 2_000

_Result = TypeVar("_Result")


def timed(call: Callable[[], _Result]) -> tuple[float, _Result]:
    started = time.perf_counter()
    result = call()
    return time.perf_counter() - started, result


def main(rows: int) -> None:
    from django.db import connection, transaction

    from projects import rules, sweep
    from projects.models import Commitment, OverdueEvent
    from projects.querysets import grace

    today = date(2026, 7, 1)

    def loop() -> None:
        with transaction.atomic():
            for commitment in Commitment.objects.published().overdue(today).order_by("id")[:LOOP_ROWS]:
                since = (
                    rules.overdue_since(commitment.status, commitment.due_on, commitment.due_basis, grace()) or today
                )
                commitment.overdue_since = since
                commitment.save()
                OverdueEvent.objects.create(commitment=commitment, kind="flagged", on=today, overdue_since=since)

    def settle() -> None:
        """Do what autovacuum does by itself after so large a change."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) projects_commitment")

    load([(report, rows_of(report)) for report in make_reports(rows // PER_REPORT)])
    settle()
    loop_seconds, _ = timed(loop)
    Commitment.objects.update(overdue_since=None)
    settle()
    full_seconds, full = timed(lambda: sweep.record_overdue(on=today))
    settle()
    empty_seconds, empty = min(
        (timed(lambda: sweep.record_overdue(on=today)) for _ in range(5)), key=lambda run: run[0]
    )
    if full.flagged != rows or (empty.flagged, empty.cleared) != (0, 0):
        raise SystemExit(f"wrong result: {full}, {empty}")
    loop_rate, sweep_rate = LOOP_ROWS / loop_seconds, rows / full_seconds
    print(f"save() loop    {loop_rate:10,.0f} rows/s  ({LOOP_ROWS:,} of {rows:,} rows)")
    print(f"sweep          {sweep_rate:10,.0f} rows/s  ({rows:,} rows in {full_seconds:.2f} s)")
    print(f"empty sweep    {empty_seconds * 1000:10.2f} ms")
    print(f"sweep / loop   {sweep_rate / loop_rate:10.1f}  (bar: {BAR_LOOP:.0f})")
    print(f"full / empty   {full_seconds / empty_seconds:10.0f}  (bar: {BAR_EMPTY:.0f})")


if __name__ == "__main__":
    with database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
