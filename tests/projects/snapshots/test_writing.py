"""A snapshot is what the API gives, whole or not there, and nothing in it is hidden."""

import csv
import io
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson
import psycopg
import pytest
from arro3.io import read_parquet
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import Settings

from projects import sweep
from projects.api.resources import ENDPOINTS
from projects.models import Commitment
from projects.snapshots import parquet, store, writing
from projects.snapshots.store import Snapshot
from projects.snapshots.writing import take
from tests.factories import CommitmentFactory
from tests.projects.api.world import HIDDEN, World
from tests.seeds.workers import database_url

NAMES = [one.name for one in ENDPOINTS]


def taken() -> Snapshot:
    """Take a snapshot."""
    found = take()
    assert found is not None
    return found


def listed(client: Client, name: str) -> list[dict[str, Any]]:
    """Return all rows of a list, page by page."""
    rows: list[dict[str, Any]] = []
    address = f"/api/v1/{name}/?page_size=3"
    while address:
        page = orjson.loads(client.get(address).content)
        rows += page["results"]
        address = page["next"]
    return rows


def content(snapshot: Snapshot, name: str) -> bytes:
    """Return the bytes of a file."""
    return (snapshot.folder / name).read_bytes()


def as_json(value: Any) -> Any:
    """Return a value of a table as JSON writes it."""
    match value:
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case dict():
            return {name: as_json(one) for name, one in value.items()}
        case list():
            return [as_json(one) for one in value]
        case str() | bool() | int() | None:
            return value
    return float(value)


def test_rows_are_those_of_the_api(client: Client, made: World) -> None:
    snapshot = taken()
    for name in NAMES:
        expected = listed(client, name)
        assert expected, name
        assert [orjson.loads(line) for line in content(snapshot, f"{name}.ndjson").splitlines()] == expected
        table = read_parquet(snapshot.folder / f"{name}.parquet").read_all()
        rows = [dict(zip(table.column_names, row, strict=True)) for row in zip(*_columns(table), strict=True)]
        assert as_json(rows) == expected


def _columns(table: Any) -> list[list[Any]]:
    return [[cell.as_py() for cell in table[name]] for name in table.column_names]


def test_files_are_those_of_the_exports(client: Client, made: World) -> None:
    snapshot = taken()
    for name in NAMES:
        for query, ending in (("format=ndjson", "ndjson"), ("format=csv&header=codes", "csv")):
            answer = client.get(f"/api/v1/{name}/?{query}")
            assert b"".join(answer) == content(snapshot, f"{name}.{ending}")


def test_nothing_hidden_is_in_any_file(made: World) -> None:
    snapshot = taken()
    for name in NAMES:
        for ending in ("ndjson", "csv"):
            assert HIDDEN.encode() not in content(snapshot, f"{name}.{ending}")
        assert HIDDEN not in repr(_columns(read_parquet(snapshot.folder / f"{name}.parquet").read_all()))


def test_what_is_withdrawn_is_in_no_later_snapshot(made: World) -> None:
    first = taken()
    Commitment.objects.filter(pk=made.school.pk).update(review_state="withdrawn")
    second = taken()
    number = f'{{"id":{made.school.pk},'.encode()
    assert number in content(first, "commitments.ndjson")
    assert number not in content(second, "commitments.ndjson")
    assert second.version > first.version


def test_the_manifest_tells_rows_bytes_and_sums(made: World) -> None:
    snapshot = taken()
    assert orjson.loads(content(snapshot, store.MANIFEST)) == orjson.loads(snapshot.manifest())
    assert store.kept() == [snapshot]
    names = {file.name for file in snapshot.files}
    assert {path.name for path in snapshot.folder.iterdir()} == {*names, store.MANIFEST}
    assert names == {f"{name}.{ending}" for name in NAMES for ending in ("ndjson", "csv", "parquet")} | {store.CODEBOOK}
    for file in snapshot.files:
        held = content(snapshot, file.name)
        assert (file.bytes, file.sha256) == (len(held), sha256(held).hexdigest())
        if file.format == "ndjson":
            assert file.rows == held.count(b"\n")
    (of_table,) = [file.rows for file in snapshot.files if file.name == "commitments.csv"]
    header, *rows = csv.reader(io.StringIO(content(snapshot, "commitments.csv").decode(), newline=""))
    assert len(rows) == of_table
    assert header[0] == "id"


def test_formulas_are_harmless_in_tables(made: World) -> None:
    Commitment.objects.filter(pk=made.school.pk).update(title="=1+1")
    snapshot = taken()
    assert b"'=1+1" in content(snapshot, "commitments.csv")
    assert b'"title":"=1+1"' in content(snapshot, "commitments.ndjson")


@pytest.mark.usefixtures("made")
def test_the_same_version_is_taken_once() -> None:
    first = taken()
    assert taken() == first
    assert store.kept() == [first]
    CommitmentFactory.create()
    assert taken().version > first.version
    assert len(store.kept()) == 2


@pytest.mark.usefixtures("made")
def test_all_files_are_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    write = parquet.write
    ids: list[Any] = []

    def interrupted(*given: Any) -> None:
        # Somebody publishes between two files.
        if not ids:
            with psycopg.connect(database_url(), autocommit=True) as other:
                ids.extend(other.execute("UPDATE projects_commitment SET review_state = 'withdrawn' RETURNING id"))
        write(*given)

    monkeypatch.setattr(parquet, "write", interrupted)
    snapshot = taken()
    assert ids
    assert content(snapshot, "evidence.ndjson") != b""
    assert content(snapshot, "status-changes.ndjson") != b""
    assert content(taken(), "evidence.ndjson") == b""


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "x"), DatabaseError("away")])
def test_what_fails_leaves_the_former_snapshot_and_nothing_else(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = taken()
    CommitmentFactory.create()

    def broken(*_given: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(parquet, "write", broken)
        with pytest.raises(type(error)):
            take()
    assert store.kept() == [first]
    assert [path.name for path in store.root().iterdir()] == [first.name]
    assert taken() != first


@pytest.mark.usefixtures("made")
def test_what_a_killed_process_left_is_tidied_up() -> None:
    left = store.root() / f"{store.PARTIAL}abc" / "whole"
    left.mkdir(parents=True)
    (left / store.MANIFEST).write_bytes(b"{")
    assert store.kept() == []
    assert store.kept() == [] != [taken()]
    assert not left.exists()


@pytest.mark.usefixtures("made")
def test_only_one_process_takes_a_snapshot() -> None:
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, 0)", [writing._LOCK])
        assert take() is None
    assert take() is not None


@pytest.mark.usefixtures("made")
class TestRetention:
    """How long a snapshot is kept."""

    @pytest.fixture(autouse=True)
    def nights(self, settings: Settings) -> None:
        """Keep them for three nights."""
        settings.SNAPSHOT_NIGHTS = 3

    def on(self, day: date, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
        """Change something and take a snapshot on a day."""
        monkeypatch.setattr(sweep, "day_of_all_clocks", lambda: day)
        CommitmentFactory.create()
        return taken()

    def test_each_is_kept_for_its_nights_and_the_first_of_a_month_for_good(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begin = date(2031, 1, 30)
        made = [self.on(begin + timedelta(days=n), monkeypatch) for n in range(7)]
        assert [one.kept_until for one in made] == [
            *(None, date(2031, 2, 3), None, date(2031, 2, 5), date(2031, 2, 6), date(2031, 2, 7), date(2031, 2, 8)),
        ]
        assert [one.day.day for one in store.kept()] == [5, 4, 3, 2, 1, 30]
        assert {one.folder.exists() for one in store.kept()} == {True}
        assert not made[1].folder.exists()

    def test_the_newest_stays_however_old_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = (self.on(date(2031, 3, day), monkeypatch) for day in (1, 2))
        monkeypatch.setattr(sweep, "day_of_all_clocks", lambda: date(2031, 9, 9))
        assert taken() == second
        assert store.kept() == [second, first]

    def test_the_version_of_a_restored_database_is_taken_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = (self.on(date(2031, 3, day), monkeypatch) for day in (1, 2))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE projects_datasetversion SET number = %s", [first.version])
        third = taken()
        assert (third.version, third.day) == (first.version, second.day)
