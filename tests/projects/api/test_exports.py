"""A whole list as a file: the list's own rows, all of them, narrowed the same way, and nothing that is not public."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

import orjson
import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from projects.api import resources
from projects.api.exports import row_batches
from projects.api.exports.row_batches import ExportRows
from tests.factories import CommitmentFactory
from tests.projects.api.world import HIDDEN, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

LIST: Final = "/api/v1/commitments/"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES: Final = sorted(endpoint.name for endpoint in resources.ENDPOINTS)


def ask(path: str, **headers: str) -> "Answer":
    """Ask for a file without reading it."""
    return Client().get(path, headers=headers)


def content(answer: "Answer") -> bytes:
    """Read an answer to its end, where the client closes it."""
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def get(path: str, **headers: str) -> bytes:
    """Ask for a file and read it."""
    return content(ask(path, **headers))


def head(path: str, **headers: str) -> "Answer":
    """Ask for a file, and return what goes before it once it is read."""
    answer = ask(path, **headers)
    content(answer)
    return answer


def lines(path: str) -> list[bytes]:
    """Return the lines of a file."""
    return get(path).splitlines()


@pytest.mark.usefixtures("made")
class TestRows:
    """What stands in a file."""

    @pytest.mark.parametrize("name", NAMES)
    def test_lines_are_the_lists_rows_byte_by_byte(self, name: str) -> None:
        page = get(f"/api/v1/{name}/?page_size=500")
        listed = page[page.index(b'"results":[') + len(b'"results":[') : -2]
        found = lines(f"/api/v1/{name}/?format=ndjson")
        assert found
        assert b",".join(found) == listed

    @pytest.mark.parametrize("query", ["category=health", "overdue=true", "q=学校", "fields=id", "as_of=2021-07-01"])
    def test_files_are_narrowed_like_the_list(self, query: str) -> None:
        expected = orjson.loads(get(f"{LIST}?{query}"))["results"]
        assert len(expected) > 0
        assert [orjson.loads(line) for line in lines(f"{LIST}?{query}&format=ndjson")] == expected

    @pytest.mark.parametrize("order", ["id", "-id", "due_on", "-updated_at", "jurisdiction"])
    def test_files_keep_the_order(self, order: str) -> None:
        expected = orjson.loads(get(f"{LIST}?ordering={order}&page_size=500"))["results"]
        assert [orjson.loads(line) for line in lines(f"{LIST}?ordering={order}&format=ndjson")] == expected

    def test_a_file_of_nothing_is_empty(self) -> None:
        assert get(f"{LIST}?year=1999&format=ndjson") == b""
        assert len(lines(f"{LIST}?year=1999&format=csv")) == 1

    @pytest.mark.parametrize("kind", ["ndjson", "csv"])
    @pytest.mark.parametrize("name", NAMES)
    def test_nothing_hidden_is_in_a_file(self, name: str, kind: str) -> None:
        assert HIDDEN.encode() not in get(f"/api/v1/{name}/?format={kind}")

    def test_many_batches_make_one_file(self, made: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(row_batches, "_FETCH", b"FETCH FORWARD 2 FROM duixian_export")
        CommitmentFactory.create_batch(5, report=made.report)
        chunks = list(ask(f"{LIST}?format=ndjson"))
        assert len(chunks) > 3
        assert {chunk.count(b"\n") for chunk in chunks[:-1]} == {2}
        assert len(lines(f"{LIST}?format=csv&fields=id")) == b"".join(chunks).count(b"\n") + 1


@pytest.mark.usefixtures("made")
class TestAsking:
    """How a file is asked for."""

    @pytest.mark.parametrize(
        ("query", "accept", "kind"),
        [
            ("?format=csv", "*/*", "text/csv; charset=utf-8"),
            ("?format=ndjson", "text/html", "application/x-ndjson; charset=utf-8"),
            ("?format=xlsx", "application/json", XLSX),
            ("?format=json", "text/csv", "application/json"),
            ("", "text/csv", "text/csv; charset=utf-8"),
            ("", "application/x-ndjson, */*;q=0.1", "application/x-ndjson; charset=utf-8"),
            ("", XLSX, XLSX),
            ("", "text/csv;q=0.5, application/json", "application/json"),
            ("", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
            ("", "*/*", "application/json"),
        ],
    )
    def test_the_parameter_comes_before_the_header(self, query: str, accept: str, kind: str) -> None:
        answer = head(LIST + query, Accept=accept)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert "Accept" in answer["Vary"]

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("format=pdf", "format"),
            ("format=csv&format=xlsx", "format"),
            ("format=csv&lang=fr", "lang"),
            ("format=csv&page_size=10", "page_size"),
            ("format=ndjson&cursor=x", "cursor"),
            ("format=ndjson&count=true", "count"),
            ("format=ndjson&lang=en", "lang"),
            ("format=ndjson&header=codes", "header"),
            ("format=xlsx&bom=true", "bom"),
            ("bom=true", "bom"),
            ("lang=en", "lang"),
            ("format=csv&categroy=health", "categroy"),
            ("format=csv&fields=nothing", "fields"),
        ],
    )
    def test_what_cannot_be_given_is_refused(self, query: str, parameter: str) -> None:
        answer = ask(f"{LIST}?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["parameter"] == parameter

    def test_one_row_is_no_file(self, made: World) -> None:
        assert ask(f"{LIST}{made.school.pk}/?format=csv").status_code == 400

    def test_only_the_head_reads_no_rows(self) -> None:
        answer = Client().head(f"{LIST}?format=csv")
        assert (answer.status_code, answer.getvalue()) == (200, b"")
        assert "attachment" in answer["Content-Disposition"]
        assert not answer.has_header("Content-Length"), "it is not empty"

    def test_a_workbook_that_would_not_hold_all_rows_is_refused(self, settings: Settings) -> None:
        settings.EXPORT_XLSX_ROWS = 2
        answer = ask(f"{LIST}?format=xlsx")
        assert (answer.status_code, answer.json()["allowed"]) == (400, ["csv", "ndjson"])
        assert get(f"{LIST}?format=xlsx&year=2025")


@pytest.mark.django_db(transaction=True)
class TestRoom:
    """So many exports are written at a time, by all processes together."""

    @pytest.fixture(autouse=True)
    def one_at_a_time(self, settings: Settings) -> None:
        """Leave room for one export, and have something to export."""
        settings.EXPORTS_AT_ONCE = 1
        CommitmentFactory.create()

    def test_one_more_is_asked_to_come_again(self) -> None:
        with psycopg.connect(_address()) as other, other.transaction():
            other.execute("SELECT pg_advisory_xact_lock(%s, 0)", [row_batches._LOCK])
            refused = ask(f"{LIST}?format=csv")
            assert (refused.status_code, refused["Retry-After"]) == (503, "10")
            assert refused["Content-Type"] == "application/problem+json"
        assert get(f"{LIST}?format=csv")

    @pytest.mark.parametrize("query", ["format=csv", "format=ndjson", "format=xlsx", "format=csv&year=1999"])
    def test_every_end_makes_room(self, query: str) -> None:
        assert get(f"{LIST}?{query}") or "ndjson" in query
        assert _is_free()

    def test_a_question_that_fails_makes_room(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(row_batches, "_DECLARE", b"DECLARE nonsense ")
        answer = Client(raise_request_exception=False).get(f"{LIST}?format=csv")
        assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
        assert _is_free()


def _address() -> str:
    settings = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"], password=settings["PASSWORD"],
        dbname=settings["NAME"],
    )  # fmt: skip


def _is_free() -> bool:
    """Say whether another process finds room."""
    with psycopg.connect(_address()) as other, other.transaction():
        row = other.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [row_batches._LOCK]).fetchone()
        return bool(row and row[0])


class TestBreakingOff:
    """What happens when a file cannot be finished."""

    @pytest.mark.parametrize(("kind", "last"), [("ndjson", b'{"type":"/api/problems/'), ("csv", "导出中断".encode())])
    @pytest.mark.usefixtures("made")
    def test_it_says_so_in_its_last_line(self, kind: str, last: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(self: ExportRows) -> Iterator[list[bytes]]:
            yield [b'{"id":1}']
            raise OperationalError("the server went away")

        monkeypatch.setattr(ExportRows, "__iter__", broken)
        found = lines(f"{LIST}?format={kind}&fields=id")
        assert found[-1].startswith(last)

    @pytest.mark.django_db(transaction=True)
    def test_a_client_that_leaves_ends_the_transaction(self) -> None:
        CommitmentFactory.create()
        answer = ask(f"{LIST}?format=ndjson")
        assert connection.in_atomic_block
        answer.close()
        assert not connection.in_atomic_block

    @pytest.mark.django_db(transaction=True)
    def test_an_export_read_to_its_end_leaves_no_transaction(self) -> None:
        CommitmentFactory.create()
        assert get(f"{LIST}?format=csv&fields=id")
        assert not connection.in_atomic_block
