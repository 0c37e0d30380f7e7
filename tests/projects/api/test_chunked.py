"""A body whose length is not told beforehand is read like any other, to the limit and no further."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from backend.local.process import LOOPBACK, free_port
from projects.api.proposals.bodies import LARGEST_FIELDS
from projects.models import Commitment, Evidence
from tests.projects.api.conftest import TOKEN_SECRET
from tests.projects.api.proposing import ADDRESS, body

if TYPE_CHECKING:
    from tests.projects.api.proposing import Answer

ROOT = Path(__file__).parents[3]
HEADERS = {"Authorization": f"Bearer {TOKEN_SECRET}", "Content-Type": "application/json"}
FORM = "multipart/form-data; boundary=x"


def form(commitment: Commitment, content: bytes) -> bytes:
    """Return a proposal with a file as a form."""
    told = {"commitment": commitment.pk, "title": "t", "publisher": "p", "source_kind": "audit"}
    told |= {"verdict": "in_progress", "as_of": "2021-07-01"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{told[name]}\r\n' for name in told]
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    return "".join([*parts, head]).encode() + content + b"\r\n--x--\r\n"


def chunked(content: bytes, kind: str = "application/json", *, terminated: bool = True) -> "tuple[Answer, int]":
    """Send a body as a server hands over one that came in chunks; return the answer and how much was left unread."""
    stream = BytesIO(content)
    given: dict[str, Any] = {"wsgi.input": stream, "wsgi.input_terminated": terminated, "CONTENT_LENGTH": ""}
    given |= {"HTTP_TRANSFER_ENCODING": "chunked", "HTTP_AUTHORIZATION": HEADERS["Authorization"], "CONTENT_TYPE": kind}
    answer = Client().post(ADDRESS, **given)
    return answer, len(stream.read())


@pytest.mark.usefixtures("token")
class TestChunks:
    """What becomes of them."""

    def test_an_object_is_read(self, commitment: Commitment) -> None:
        answer, _left = chunked(orjson.dumps(body(commitment)))
        assert answer.status_code == 201, answer.content
        assert Evidence.objects.count() == 1

    def test_a_form_is_read_with_its_file(self, settings: Settings, tmp_path: Path, commitment: Commitment) -> None:
        settings.MEDIA_ROOT, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = tmp_path, 100_000
        content = b"%PDF-1.7\n" + b"x" * 200_000
        answer, _left = chunked(form(commitment, content), FORM)
        assert (answer.status_code, answer.json()["source"]["file_name"]) == (201, "a.pdf")
        assert [path.stat().st_size for path in tmp_path.rglob("*.pdf")] == [len(content)]

    def test_a_form_that_broke_off_is_refused(self, settings: Settings, tmp_path: Path, commitment: Commitment) -> None:
        settings.MEDIA_ROOT = tmp_path
        whole = form(commitment, b"%PDF-1.7")
        for end in (-1, -5, -9, -12):
            assert chunked(whole[:end].rstrip(b"\r\n"), FORM)[0].status_code == (201 if end == -1 else 400)
        assert Evidence.objects.count() == 1

    def test_too_much_is_refused_and_not_read_to_the_end(self, settings: Settings, commitment: Commitment) -> None:
        answer, left = chunked(b"x" * (LARGEST_FIELDS + 1000))
        assert (answer.status_code, left) == (413, 999)
        settings.EVIDENCE_FILE_BYTES = 10
        assert chunked(form(commitment, b"%PDF" + b"x" * LARGEST_FIELDS), FORM)[0].status_code == 413
        assert not Evidence.objects.exists()

    def test_a_server_that_does_not_tell_the_end_has_the_length_asked_for(self, commitment: Commitment) -> None:
        content = orjson.dumps(body(commitment))
        answer, left = chunked(content, terminated=False)
        assert (answer.status_code, answer["Content-Type"]) == (411, "application/problem+json")
        assert answer.json()["type"] == "/api/problems/length-required/"
        assert left == len(content)

    def test_who_has_no_token_is_not_read(self) -> None:
        stream = BytesIO(b"x")
        given: dict[str, Any] = {"wsgi.input": stream, "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
        answer = Client().post(ADDRESS, b"", content_type="application/json", HTTP_TRANSFER_ENCODING="chunked", **given)
        assert (answer.status_code, stream.read()) == (401, b"x")


@contextmanager
def _server(environment: Mapping[str, str]) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(port)]
    command += ["--log-level", "error", "backend.wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and not _is_up(port):
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _is_up(port: int) -> bool:
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def _send(port: int, chunks: list[bytes], kind: str) -> tuple[int, dict[str, Any]]:
    """Send chunks to the server, as a program does that does not know how many will come."""
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    try:
        line.request("POST", ADDRESS, iter(chunks), {**HEADERS, "Content-Type": kind}, encode_chunked=True)
        answer = line.getresponse()
        return answer.status, orjson.loads(answer.read())
    finally:
        line.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("token")
def test_the_server_of_the_site_hands_them_over(commitment: Commitment, postgres_url: str, tmp_path: Path) -> None:
    database = postgres_url.rsplit("/", 1)[0] + "/" + connection.settings_dict["NAME"]
    environment = {"DATABASE_URL": database, "DUIXIAN_DATA_DIR": str(tmp_path), "MEDIA_ROOT": str(tmp_path)}
    told, large = orjson.dumps(body(commitment)), b"%PDF-1.7\n" + b"x" * 3_000_000
    sent = form(commitment, large)
    with _server(environment) as port:
        assert _send(port, [told[:20], told[20:]], "application/json")[0] == 201
        assert _send(port, [sent[at : at + 100_000] for at in range(0, len(sent), 100_000)], FORM)[0] == 201
        status, problem = _send(port, [b"x" * 50_000, b"x" * 50_000], "application/json")
        assert (status, problem["limit"]) == (413, LARGEST_FIELDS)
        cut = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
        cut.putrequest("POST", ADDRESS)
        for name, value in {**HEADERS, "Content-Type": FORM, "Transfer-Encoding": "chunked"}.items():
            cut.putheader(name, value)
        cut.endheaders()
        cut.send(b"%x\r\n%s\r\n" % (len(sent[:-100]), sent[:-100]))
        cut.close()
        time.sleep(1)
    assert [path.stat().st_size for path in tmp_path.rglob("*.pdf")] == [len(large)]
    assert Evidence.objects.count() == 2
