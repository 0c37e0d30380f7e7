"""The loader beside bulk_create(update_conflicts=True), on a database of its own.

    python bench/load.py [ROWS]

Both write the same rows, ``seeded`` included, into the same table with the same constraints, indexes and triggers, from
the same statements in memory, each in one transaction: first into a table without them, then once more with every
hundredth title changed, which is what a loader is for. bulk_create runs in batches of the size that suits it best here;
in one batch, as Django does unless told otherwise, it is slower by far.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.common import PER_REPORT, database, load, make_reports, rows_of, settle

if TYPE_CHECKING:
    from projects.models import Commitment, Report
    from seeds.load.rows import StatementRow

BAR = 10.0
BATCH = 2_000

Found = list[tuple["Report", list["StatementRow"]]]


def timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def commitment(report: "Report", row: "StatementRow") -> "Commitment":
    """Return a row as a simple loader would make it."""
    from projects.models import Commitment

    values: dict[str, Any] = {
        "section": row.section,
        "title": row.title,
        "title_en": row.title_en,
        "category": row.category,
        "milestone": row.milestone,
        "quantity": row.quantity,
        "unit": row.unit,
        "comparator": row.comparator,
        "names": row.names,
        "project_id": None,
        "review_state": "published",
        "origin": "curated",
        "confidence": None,
        "rules": [],
        "extractor_version": "",
        "due_on": row.day,
        "due_basis": row.due_basis,
    }
    seeded = {**values, "quantity": int(row.quantity or 0), "due_on": row.day.isoformat()}
    return Commitment(
        report_id=report.pk,
        jurisdiction_id=report.jurisdiction_id,
        year=report.year,
        report_state=report.state,
        start=row.start,
        end=row.end,
        quote=row.quote,
        seeded=seeded,
        **values,
    )


def bulk(found: Found) -> None:
    from django.db import connection, transaction

    from projects.models import Commitment
    from seeds.load.statements import statements_table

    columns = [name.removesuffix("_id") for name in statements_table("commitment", "curated").columns]
    with transaction.atomic():
        Commitment.objects.bulk_create(
            [commitment(report, row) for report, rows in found for row in rows],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["report", "start", "end"],
            update_fields=[*columns, "seeded"],
        )
        connection.check_constraints()


def changed(found: Found) -> Found:
    """Return the statements with every hundredth title changed."""
    return [
        (report, [replace(row, title=f"{row.title}（新）") if at % 100 == 0 else row for at, row in enumerate(rows)])
        for report, rows in found
    ]


def seconds(write: Callable[[Found], None], rows: int) -> tuple[float, float]:
    """Return how long it takes to write new rows, and to write them again with a few changes."""
    found = [(report, rows_of(report)) for report in make_reports(rows // PER_REPORT)]
    first = timed(partial(write, found))
    settle()
    second = timed(partial(write, changed(found)))
    settle()
    return first, second


def main(rows: int) -> None:
    results = {"loader": seconds(load, rows), "bulk_create": seconds(bulk, rows)}
    for name, (first, second) in results.items():
        print(f"{name:12} new {rows / first:9,.0f} rows/s   again {rows / second:9,.0f} rows/s")
    loader, other = results["loader"], results["bulk_create"]
    print(f"ratio, new   {other[0] / loader[0]:6.1f}  (bar: {BAR:.0f})")
    print(f"ratio, again {other[1] / loader[1]:6.1f}  (bar: {BAR:.0f})")
    print(f"ratio, both  {sum(other) / sum(loader):6.1f}")


if __name__ == "__main__":
    with database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
