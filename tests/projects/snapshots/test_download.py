"""Files can be resumed, read in parts, and asked for again for nothing."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import psycopg
import pytest
from django.test import Client
from hypothesis import given, strategies as st
from pytest_django import Settings

from projects.api.exports import row_batches
from projects.snapshots import download, store
from projects.snapshots.download import asked_part
from projects.snapshots.store import File, Snapshot
from tests.seeds.workers import database_url

CONTENT = bytes(range(256)) * 4
NAME = "commitments.ndjson"


@pytest.fixture
def snapshot() -> Snapshot:
    """A snapshot of one file."""
    file = File(NAME, "commitments", "ndjson", 4, len(CONTENT), sha256(CONTENT).hexdigest())
    empty = File("departments.ndjson", "departments", "ndjson", 0, 0, sha256(b"").hexdigest())
    made = Snapshot(187, date(2026, 1, 2), datetime(2026, 1, 1, 16, 40, 3, 250, tzinfo=UTC), None, (file, empty))
    made.folder.mkdir(parents=True)
    (made.folder / NAME).write_bytes(CONTENT)
    (made.folder / "departments.ndjson").write_bytes(b"")
    (made.folder / store.MANIFEST).write_bytes(made.manifest())
    (made.folder / "other.txt").write_text("not in the manifest", encoding="utf-8")
    return made


def ask(snapshot: Snapshot, name: str = NAME, *, method: str = "get", **headers: str) -> Any:
    """Ask for a file, and read it as ``body``; the words of a header's name are apart by _."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = getattr(Client(), method)(f"/data/{snapshot.name}/{name}", headers=given)
    answer.body = answer.getvalue()
    for close in answer._resource_closers:
        close()  # as the server does; closing the answer itself would close the database's connection, too
    return answer


def test_a_whole_file(snapshot: Snapshot) -> None:
    answer = ask(snapshot)
    assert (answer.status_code, answer.body) == (200, CONTENT)
    assert answer["Content-Type"] == "application/x-ndjson"
    assert answer["Content-Length"] == "1024"
    assert answer["ETag"] == f'"{sha256(CONTENT).hexdigest()}"'
    assert answer["Last-Modified"] == "Thu, 01 Jan 2026 16:40:03 GMT"
    assert answer["Accept-Ranges"] == "bytes"
    assert "public" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="2026-01-02-v187-commitments.ndjson"'


def test_only_the_head(snapshot: Snapshot) -> None:
    whole, head = ask(snapshot), ask(snapshot, method="head", Range="bytes=0-9")
    assert (head.status_code, head.body) == (200, b"")
    told = ("Content-Length", "ETag", "Last-Modified", "Accept-Ranges", "Cache-Control", "Content-Type")
    assert [head[name] for name in told] == [whole[name] for name in told]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1000-99999", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=-99999", 0, 1023),
        ("Bytes=1023-1023", 1023, 1023),
    ],
)
def test_a_part(snapshot: Snapshot, asked: str, first: int, last: int) -> None:
    answer = ask(snapshot, Range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/1024")
    assert answer.body == CONTENT[first : last + 1]
    assert answer["Content-Length"] == str(last + 1 - first)
    assert answer["ETag"] == ask(snapshot)["ETag"]


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_what_lies_behind_the_end_is_416(snapshot: Snapshot, asked: str) -> None:
    answer = ask(snapshot, Range=asked)
    assert (answer.status_code, answer["Content-Range"], answer.body) == (416, "bytes */1024", b"")


@pytest.mark.parametrize(
    "asked", ["", "bytes=", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b", "bytes=٣-٤", "0-5"]
)
def test_what_is_no_single_part_gets_the_whole(snapshot: Snapshot, asked: str) -> None:
    answer = ask(snapshot, Range=asked)
    assert (answer.status_code, answer.body) == (200, CONTENT)


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (f'"{sha256(CONTENT).hexdigest()}"', 206),
        ("Thu, 01 Jan 2026 16:40:03 GMT", 206),
        ('"another"', 200),
        (f'W/"{sha256(CONTENT).hexdigest()}"', 200),
        ("Thu, 01 Jan 2026 16:40:04 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_a_part_is_sent_of_the_same_file_only(snapshot: Snapshot, condition: str, status: int) -> None:
    answer = ask(snapshot, Range="bytes=5-6", If_Range=condition)
    assert (answer.status_code, answer.body) == (status, CONTENT[5:7] if status == 206 else CONTENT)


def test_who_has_it_gets_304(snapshot: Snapshot) -> None:
    etag = ask(snapshot)["ETag"]
    for condition in ({"If_None_Match": f'"x", {etag}'}, {"If_Modified_Since": "Thu, 01 Jan 2026 16:40:03 GMT"}):
        answer = ask(snapshot, Range="bytes=0-1", **condition)
        assert (answer.status_code, answer.body, answer["ETag"]) == (304, b"", etag)
    assert ask(snapshot, If_Match='"another"').status_code == 412


def test_an_empty_file(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "departments.ndjson")
    assert (answer.status_code, answer.body, answer["Content-Length"]) == (200, b"", "0")
    assert ask(snapshot, "departments.ndjson", Range="bytes=0-").status_code == 416


def test_the_manifest_is_a_file_too(snapshot: Snapshot) -> None:
    assert ask(snapshot, store.MANIFEST).body == snapshot.manifest()


@pytest.mark.parametrize("name", ["other.txt", "nothing.csv", "..", "%2e%2e%2fmanifest.json", "../manifest.json"])
def test_what_no_manifest_names_is_not_found(snapshot: Snapshot, name: str) -> None:
    assert ask(snapshot, name).status_code == 404


@pytest.mark.parametrize("folder", ["2026-01-02-v188", "..", ".partial-abc", "v187", "2026-01-02-v187x"])
def test_no_other_folder_is_found(snapshot: Snapshot, folder: str) -> None:
    for place in (store.root().parent, store.root() / ".partial-abc"):
        place.mkdir(exist_ok=True)
        (place / store.MANIFEST).write_bytes(snapshot.manifest())
    assert Client().get(f"/data/{folder}/{store.MANIFEST}").status_code == 404


def test_one_that_was_pruned_meanwhile_is_not_found(snapshot: Snapshot) -> None:
    (snapshot.folder / NAME).unlink()
    assert ask(snapshot).status_code == 404
    assert ask(snapshot, Range="bytes=0-4").status_code == 404


@pytest.mark.django_db(transaction=True)
class TestPlaces:
    """Long downloads share their places with exports: slow clients must not keep all web processes busy."""

    @pytest.fixture(autouse=True)
    def one_at_a_time(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """Leave room for one, and take a hundred bytes for long."""
        settings.EXPORTS_AT_ONCE = 1
        monkeypatch.setattr(download, "_BLOCK", 100)

    def test_one_more_is_asked_to_come_again(self, snapshot: Snapshot) -> None:
        with psycopg.connect(database_url()) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s, 0)", [row_batches._LOCK])
            for asked in ("", "bytes=0-100"):
                refused = ask(snapshot, Range=asked)
                assert (refused.status_code, refused["Retry-After"]) == (503, "10")
            short = ask(snapshot, Range="bytes=0-99")
            assert (short.status_code, short.body) == (206, CONTENT[:100])
        assert ask(snapshot).body == CONTENT

    def test_the_place_is_free_again_when_the_client_is_gone(self, snapshot: Snapshot) -> None:
        answer: Any = Client().get(f"/data/{snapshot.name}/{NAME}")
        assert next(iter(answer)) == CONTENT[:100]
        assert not _is_free()
        answer._resource_closers[0]()
        assert _is_free()

    def test_a_file_that_is_gone_takes_no_place(self, snapshot: Snapshot) -> None:
        (snapshot.folder / NAME).unlink()
        assert ask(snapshot).status_code == 404
        assert _is_free()


def _is_free() -> bool:
    with psycopg.connect(database_url()) as other:
        row = other.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [row_batches._LOCK]).fetchone()
        return bool(row and row[0])


def test_nothing_is_written(snapshot: Snapshot) -> None:
    assert ask(snapshot, method="post").status_code == 405


def test_other_sites_may_read_parts(snapshot: Snapshot) -> None:
    answer = ask(snapshot, Range="bytes=0-1", Origin="https://reader.example")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Content-Range" in answer["Access-Control-Expose-Headers"]


@given(st.integers(0, 50), st.integers(0, 60), st.integers(0, 60))
def test_parts_are_slices(size: int, first: int, last: int) -> None:
    content = bytes(range(size))
    part = asked_part(f"bytes={first}-{last}", size)
    assert part is None if last < first else part is not None and bytes(part) == content[first : last + 1]
    assert asked_part(f"bytes={first}-", size) == range(first, size)
    suffix = asked_part(f"bytes=-{last}", size)
    assert suffix is not None
    assert bytes(suffix) == (content[-last:] if last else b"")
