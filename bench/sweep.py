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

from bench.common import PER_REPORT, database, load, make_reports, rows_of, settle

BAR_LOOP, BAR_EMPTY = 20.0, 100.0
LOOP_ROWS = 2_000
TODAY = date(2026, 7, 1)

_Result = TypeVar("_Result")


def timed(call: Callable[[], _Result]) -> tuple[float, _Result]:
    started = time.perf_counter()
    result = call()
    return time.perf_counter() - started, result


def loop() -> None:
    """Flag a sample row by row, then take it back, so that the sweep finds the table as it was."""
    from django.db import transaction

    from projects import rules
    from projects.models import Commitment, OverdueEvent
    from projects.querysets import grace

    with transaction.atomic():
        for commitment in Commitment.objects.published().overdue(TODAY).order_by("id")[:LOOP_ROWS]:
            basis = commitment.overdue_on(TODAY) or ""
            since = rules.overdue_since(commitment.outcome, commitment.due_on, commitment.due_basis, grace()) or TODAY
            commitment.overdue_since, commitment.overdue_basis = since, basis
            commitment.save()
            OverdueEvent.objects.create(
                commitment=commitment, kind="flagged", on=TODAY, overdue_since=since, basis=basis
            )


def sweep(rows: int) -> tuple[float, float]:
    """Return the seconds of a sweep that flags every row, and of the best of five that find nothing."""
    from projects.sweep import SweepResult, record_overdue

    full, first = timed(lambda: record_overdue(on=TODAY))
    settle()
    runs = [timed(lambda: record_overdue(on=TODAY)) for _ in range(5)]
    if first != SweepResult(rows, 0) or any(result != SweepResult(0, 0) for _, result in runs):
        raise SystemExit(f"wrong result: {first}, {runs}")
    return full, min(seconds for seconds, _ in runs)


def main(rows: int) -> None:
    from projects.models import Commitment

    load([(report, rows_of(report)) for report in make_reports(rows // PER_REPORT)])
    settle()
    loop_seconds, _ = timed(loop)
    Commitment.objects.filter(overdue_since__isnull=False).update(overdue_since=None, overdue_basis="")
    settle()
    full, empty = sweep(rows)
    loop_rate, sweep_rate = LOOP_ROWS / loop_seconds, rows / full
    print(f"save() loop    {loop_rate:10,.0f} rows/s  ({LOOP_ROWS:,} of {rows:,} rows)")
    print(f"sweep          {sweep_rate:10,.0f} rows/s  ({rows:,} rows in {full:.2f} s)")
    print(f"empty sweep    {empty * 1000:10.2f} ms")
    print(f"sweep / loop   {sweep_rate / loop_rate:10.1f}  (bar: {BAR_LOOP:.0f})")
    print(f"full / empty   {full / empty:10.0f}  (bar: {BAR_EMPTY:.0f})")


if __name__ == "__main__":
    with database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
