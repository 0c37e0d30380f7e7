"""All clocks that the program asks agree, where they are and where tests move them (see ``tests.clock.plugin``)."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from django.db import connection
from django.utils import timezone

from projects.models import Report
from tests.clock.moments import MOMENTS, read
from tests.factories import ReportFactory

ROOT: Final = Path(__file__).parents[2]
# A computer may be busy; a clock that was not moved is months away.
PATIENCE: Final = timedelta(minutes=10)
# Their day is that of the session's zone, which is not Beijing's, and no test can move them.
SYNTAX: Final = r"(current_(date|time|timestamp)|localtime(stamp)?)"
SCHEMA: Final = """
SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~* %(syntax)s
UNION ALL SELECT adrelid::regclass::text FROM pg_attrdef WHERE pg_get_expr(adbin, adrelid) ~* %(syntax)s
"""


def is_now(moment: datetime) -> bool:
    return abs(moment - timezone.now()) < PATIENCE


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["now", "transaction_timestamp", "statement_timestamp", "clock_timestamp"])
def test_the_database_tells_the_same_time(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}()")
        assert is_now(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_default_tells_the_same_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO projects_jurisdiction (code, name, name_en, pinyin, level) "
            "VALUES ('500199', '某区', '', '', 'county') RETURNING created_at"
        )
        assert is_now(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_trigger_tells_the_same_time() -> None:
    report = ReportFactory.create()
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    Report.objects.update(updated_at=long_ago)
    assert Report.objects.get().updated_at == long_ago
    Report.objects.update(title="更名")
    report.refresh_from_db()
    assert is_now(report.updated_at)


def test_programs_that_a_test_starts_tell_the_same_time() -> None:
    command = [sys.executable, "-c", "import time; print(time.time())"]
    told = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert is_now(datetime.fromtimestamp(told, UTC))


@pytest.mark.django_db
def test_the_schema_asks_no_clock_that_stands_in_another_zone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA, {"syntax": rf"\m{SYNTAX}\M"})
        assert cursor.fetchall() == []
        cursor.execute("ALTER TABLE projects_department ADD COLUMN day date DEFAULT CURRENT_DATE")
        cursor.execute(SCHEMA, {"syntax": rf"\m{SYNTAX}\M"})
        assert cursor.fetchall() == [("projects_department",)]


def test_nor_does_any_statement_in_the_code() -> None:
    words = re.compile(rf"\b{SYNTAX.upper()}\b")
    assert words.search("SELECT CURRENT_DATE")
    files = [file for folder in ("backend", "projects", "seeds") for file in (ROOT / folder).rglob("*.py")]
    assert files
    assert [file for file in files if words.search(file.read_text(encoding="utf-8"))] == []


def test_the_moments_are_those_at_which_days_differ() -> None:
    assert len(MOMENTS) == 15
    assert {moment.zone for moment in MOMENTS} == {"UTC", "America/New_York"}
    others = {(moment.at.hour, moment.at.astimezone(UTC).day - moment.at.day == 0) for moment in MOMENTS}
    assert others == {(0, False), (8, True), (23, True)}


def test_a_moment_is_read_as_beijing_time() -> None:
    moment = read("2032-02-29T00:30 America/New_York")
    assert moment.at.astimezone(UTC) == datetime(2032, 2, 28, 16, 30, tzinfo=UTC)
    assert str(moment) == "2032-02-29T00:30 America/New_York"
    assert moment.seconds_away(moment.at.timestamp() - 60) == 60


@pytest.mark.parametrize("text", ["", "half past midnight", "2031-02-29T00:30"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|day is out of range"):
        read(text)
