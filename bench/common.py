"""What the benchmarks of the database share: a database of their own, and reports full of commitments to put in it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from backend.local.postgres import temporary_postgres

if TYPE_CHECKING:
    from projects.models import Report
    from seeds.load.rows import StatementRow

# As many commitments a report as Yubei's have, rounded up; the text is that of a real report.
PER_REPORT = 200
QUOTE = 24


@contextmanager
def database() -> Iterator[None]:
    """Start an empty PostgreSQL, point Django at it, and make the tables."""
    with temporary_postgres() as server:
        os.environ["DATABASE_URL"] = server.url()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        yield


def make_reports(count: int) -> list["Report"]:
    """Create published reports of as many governments as it takes, forty years each."""
    from projects.models import Jurisdiction, Report

    body = (ROOT / "seeds" / "reports" / "500112-2021.txt").read_bytes().decode("utf-8")
    first = Jurisdiction.objects.count()
    found = []
    for number in range(count):
        code = f"{110000 + first + number // 40:06d}"
        place, _ = Jurisdiction.objects.get_or_create(code=code, defaults={"name": f"{code}区", "level": "county"})
        text = f"{code} {number}\n{body}"
        found.append(
            Report.objects.create(
                jurisdiction=place, year=1985 + number % 40, title="政府工作报告", text=text, state="published"
            )
        )
    return found


def rows_of(report: "Report") -> list["StatementRow"]:
    """Return as many statements as a report holds, each with a figure and a name, spread over the text."""
    from seeds.load.rows import StatementRow

    step = (len(report.text) - QUOTE) // PER_REPORT
    return [
        StatementRow(
            where=f"{report.pk}:{number}",
            kind="commitment",
            start=number * step,
            end=number * step + QUOTE,
            quote=report.text[number * step : number * step + QUOTE],
            section="三、2021年重点工作 / （一）保障和改善民生",
            title=f"建成第{number}中学等学校{number % 9 + 1}所",
            title_en=f"Build {number % 9 + 1} schools, Middle School No. {number} among them",
            category="education",
            milestone="complete",
            quantity=Decimal(number % 9 + 1),
            unit="所",
            comparator="eq",
            names=[f"第{number}中学"],
            day=date(2021, 12, 31),
            due_basis="implied",
        )
        for number in range(PER_REPORT)
    ]


def load(found: list[tuple["Report", list["StatementRow"]]]) -> None:
    """Load curated statements in one transaction, as ``manage.py seed`` does once it has read its files."""
    from django.db import connection, transaction

    from projects.choices import Origin
    from seeds.load.statements import ReportKey, sync

    keyed = [(ReportKey(row.pk, row.jurisdiction_id, row.year, row.state), statements) for row, statements in found]
    with transaction.atomic():
        sync(keyed, Origin.CURATED, [key.pk for key, _ in keyed], {})
        connection.check_constraints()


def settle() -> None:
    """Do what autovacuum does by itself after a large change, and forget plans made for small ones."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) projects_commitment")
        cursor.execute("DISCARD PLANS")
