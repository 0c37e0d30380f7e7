"""``manage.py snapshot`` says what it wrote, and what is wrong."""

from datetime import date
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from projects.snapshots import store, writing
from tests.factories import CommitmentFactory
from tests.seeds.workers import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def printed() -> str:
    """Run the command."""
    out = StringIO()
    call_command("snapshot", stdout=out)
    return out.getvalue()


def test_it_tells_the_files_and_where_they_are() -> None:
    CommitmentFactory.create()
    told = printed()
    (taken,) = store.kept()
    (lines,) = [file for file in taken.files if file.name == "commitments.ndjson"]
    assert f"commitments.ndjson: 1 rows, {lines.bytes} bytes, sha256 {lines.sha256}\n" in told
    assert told.endswith(f"{taken.folder}: version {taken.version}, kept for good\n")
    assert printed() == told


def test_where_another_process_is_at_it_nothing_is_made() -> None:
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, 0)", [writing._LOCK])
        with pytest.raises(CommandError, match="Another process"):
            printed()


def test_a_wrong_clock_removes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    CommitmentFactory.create()
    printed()
    (taken,) = store.kept()
    monkeypatch.setattr(timezone, "localdate", lambda: date(2050, 1, 1))
    with pytest.raises(CommandError, match="set the clocks right"):
        printed()
    assert store.kept() == [taken]


def test_a_place_that_cannot_be_written_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.SNAPSHOT_ROOT = tmp_path / "file"
    with pytest.raises(CommandError, match=r"File exists: .*/file\. Nothing is changed"):
        printed()
