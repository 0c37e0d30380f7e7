"""The short way gives what the long way gives, to the byte, and leaves to it what is not plain."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, close_old_connections
from pytest_django import Settings

from projects.api import base, throttling
from projects.api.quick import Quick
from projects.models import DatasetVersion
from tests.projects.api.world import World

PLAIN = (
    "commitments/",
    "commitments/?category=education&year=2021",
    "commitments/?q=%E5%AD%A6%E6%A0%A1",
    "commitments/?overdue=true&page_size=1",
    "commitments/?as_of=2022-06-30&fields=id,status",
    "commitments/{school}/",
    "commitments/{school}/?fields=id",
    "commitments/{school}/history/",
    "achievements/",
    "achievements/{achievement}/",
    "projects/",
    "projects/yuelai-school/",
    "reports/500112-2021/",
    "jurisdictions/500112/",
    "departments/",
    "evidence/",
    "evidence/{evidence}/",
    "status-changes/",
    "restatements/",
    "stats/?by=category,status,year",
)
# Answered by the long way alone: errors, other views, and other formats, however they are spelled.
OTHERS = (
    "commitments/?categroy=education",
    "commitments/?year=2021&year=2022",
    "commitments/999999/",
    "commitments/999999/history/",
    "commitments/٣/",
    "stats/?by=nothing",
    "categories/",
    "commitments.ics",
    "commitments/?format=ndjson",
    "commitments/?f%6Frmat=csv",
    "nowhere/",
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"HTTP_ORIGIN": "https://news.example"},
    {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "sessionid=x"},
    {"HTTP_ACCEPT": "application/json"},
)
Answer = tuple[str, list[tuple[str, str]], bytes]


def ask(application: WSGIApplication, path: str, **more: Any) -> Answer:
    """Ask a WSGI application; return status, sorted headers and body."""
    place, _mark, query = path.partition("?")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": f"/api/v1/{place}".encode().decode("latin-1"),
        "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "REMOTE_ADDR": "192.0.2.1",
        "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), **more,
    }  # fmt: skip
    started: list[Any] = []
    body = application(environ, lambda *answer: started.extend(answer))  # type: ignore[arg-type]  # nothing writes
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    return started[0], sorted(started[1]), content


class Ways:
    """The short way, and what it leaves to the long way."""

    def __init__(self) -> None:
        self.left: list[str] = []
        self.long = get_wsgi_application()
        self.short = Quick(self._counted)

    def _counted(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.left.append(environ["PATH_INFO"])
        return self.long(environ, start)

    def learn(self, **headers: Any) -> None:
        """Let the short way see an answer of a kind."""
        ask(self.short, "departments/", **headers)
        self.left.clear()


@pytest.fixture
def ways(settings: Settings, tmp_path: Path) -> Iterator[Ways]:
    """Both ways; as for a client of Django's tests, the connection lasts for the test."""
    settings.STATIC_ROOT = tmp_path
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Ways()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def paths(made: World) -> dict[str, int]:
    """The numbers in the addresses."""
    return {"school": made.school.pk, "achievement": made.achievement.pk, "evidence": made.evidence.pk}


@pytest.mark.parametrize("headers", HEADERS)
def test_both_ways_give_the_same(ways: Ways, paths: dict[str, int], headers: dict[str, str]) -> None:
    ways.learn(**headers)
    for path in PLAIN:
        address = path.format(**paths)
        expected = ask(ways.long, address, **headers)
        assert expected[0] == "200 OK"
        assert ask(ways.short, address, **headers) == expected
    assert ways.left == []


def test_what_is_not_plain_goes_the_long_way(ways: Ways, paths: dict[str, int]) -> None:
    ways.learn()
    for path in OTHERS:
        assert ask(ways.short, path) == ask(ways.long, path)
    assert len(ways.left) == len(OTHERS)


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS", "HTTP_ORIGIN": "https://a.example", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "GET"},
        {"HTTP_AUTHORIZATION": "Bearer dxp_none"},
        {"HTTP_ACCEPT": "text/csv"},
        {"HTTP_ACCEPT": "text/html,*/*;q=0.8"},
        {"SCRIPT_NAME": "/below"},
    ],
)
def test_other_requests_go_the_long_way(ways: Ways, made: World, more: dict[str, str]) -> None:
    ways.learn()
    assert ask(ways.short, "commitments/", **more) == ask(ways.long, "commitments/", **more)
    assert len(ways.left) == 1


def test_the_first_of_a_kind_goes_the_long_way(ways: Ways, made: World) -> None:
    for _again in range(3):
        ask(ways.short, "commitments/")
        ask(ways.short, "commitments/", HTTP_ORIGIN="https://news.example")
    assert len(ways.left) == 2


def test_what_a_client_has_is_not_sent_again(ways: Ways, made: World) -> None:
    DatasetVersion.objects.update(changed_at=datetime.now(UTC) - timedelta(days=3))
    headers = dict(ask(ways.long, "commitments/")[1])
    for given in (
        {"HTTP_IF_NONE_MATCH": headers["ETag"]},
        {"HTTP_IF_NONE_MATCH": f'"other", W/{headers["ETag"]}'},
        {"HTTP_IF_MODIFIED_SINCE": headers["Last-Modified"]},
    ):
        ways.learn(**given)
        expected = ask(ways.long, "commitments/", **given)
        for _again in range(2):
            assert ask(ways.short, "commitments/", **given) == expected
        assert (expected[0], expected[2]) == ("304 Not Modified", b"")
    assert ask(ways.short, "commitments/", HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


@pytest.mark.usefixtures("ways")
def test_answers_are_kept(settings: Settings, made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGE_CACHE_BYTES = 1_000_000
    ways = Ways()
    ways.learn()
    first = ask(ways.short, "commitments/")
    monkeypatch.setattr(base, "fetch_all", None)
    assert ask(ways.short, "commitments/") == ask(ways.long, "commitments/") == first


@pytest.mark.usefixtures("ways")
def test_https_is_insisted_on(settings: Settings, made: World) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = Ways()
    for proto, status in (("https", "200 OK"), ("http", "301 Moved Permanently"), ("https", "200 OK")):
        answer = ask(secure.short, "commitments/", HTTP_X_FORWARDED_PROTO=proto)
        assert answer == ask(secure.long, "commitments/", HTTP_X_FORWARDED_PROTO=proto)
        assert (answer[0], "Strict-Transport-Security" in dict(answer[1])) == (status, proto == "https")
    assert len(secure.left) == 2


def test_requests_are_counted_once(
    settings: Settings, ways: Ways, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_RATES = {"anonymous": "4/minute", "token": "off"}
    monkeypatch.setattr(throttling, "time", lambda: 6_000_010.0)
    caches[throttling.CACHE].clear()
    answers = [
        ask(ways.short, path) for path in ("departments/", "projects/", "commitments/999999/", "reports/", "reports/")
    ]
    assert [dict(headers)["RateLimit"] for _status, headers, _body in answers] == [
        f'"anonymous";r={left};t=50' for left in (3, 2, 1, 0, 0)
    ]
    assert [status[:3] for status, _headers, _body in answers] == ["200", "200", "404", "200", "429"]


def test_a_statement_that_failed_is_not_run_again(ways: Ways, made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ways.learn()
    calls: list[object] = []

    def gone(*statement: object) -> None:
        calls.append(statement)
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(base, "fetch_all", gone)
    status, headers, _body = ask(ways.short, "commitments/")
    assert (status, dict(headers)["Content-Type"]) == ("503 Service Unavailable", "application/problem+json")
    assert len(calls) == 1


def test_headers_of_too_many_kinds_are_forgotten(ways: Ways, made: World) -> None:
    for number in range(200):
        ask(ways.short, "departments/", HTTP_ORIGIN=f"https://{number}.example")
    assert len(ways.short._usual) <= 64


def test_what_is_for_one_client_alone_is_not_remembered(made: World) -> None:
    def with_cookie(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "sessionid=x")])
        return [b"{}"]

    short = Quick(with_cookie)
    for _again in range(2):
        assert ask(short, "commitments/")[2] == b"{}"
