"""Errors are problem documents that name the parameter and the way out, in the client's language."""

import logging
from collections.abc import Callable

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from projects.api import views
from projects.api.problems import CONTENT_TYPE, KINDS
from tests.projects.api.conftest import Get
from tests.projects.pages import CHINESE

pytestmark = pytest.mark.django_db
Raw = Callable[..., HttpResponse]


def test_an_unknown_parameter(raw: Raw) -> None:
    response = raw("commitments/", "categroy=education")
    body = orjson.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (400, CONTENT_TYPE)
    assert (body["type"], body["status"], body["parameter"]) == ("/api/problems/bad-query/", 400, "categroy")
    assert body["did_you_mean"] == "category"
    assert {"category", "year", "status", "overdue"} <= set(body["allowed"])
    assert body["errors"][0]["code"] == "unknown"


@pytest.mark.parametrize(
    ("path", "asked", "meant"),
    [
        ("commitments/", "page=2", "cursor"),
        ("commitments/", "limit=5", "page_size"),
        ("commitments/", "sort=due_on", "ordering"),
        ("commitments/", "search=学校", "q"),
        ("stats/", "group_by=year", "by"),
        ("stats/", "limit=5", None),
    ],
)
def test_what_other_interfaces_call_a_parameter(get: Get, path: str, asked: str, meant: str | None) -> None:
    assert get(path, asked, status=400).get("did_you_mean") == meant


def test_names_are_parted_as_the_language_does(raw: Raw) -> None:
    for accepted, detail in (("zh", "x：没有这个参数。"), ("en", "x: There is no such parameter.")):
        assert orjson.loads(raw("commitments/", "x=1", HTTP_ACCEPT_LANGUAGE=accepted).content)["detail"] == detail


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("commitments/", ""),
        ("commitments/", "format=csv&"),
        ("commitments/", "format=ndjson&"),
        ("commitments.atom", ""),
        ("commitments.ics", ""),
    ],
)
def test_the_whole_document_is_in_one_language(raw: Raw, path: str, query: str) -> None:
    wrong = "category=nothing&year=x&due_before=y&jurisdiction=999999"
    for accepted, is_english in (("en", True), ("zh", False)):
        body = orjson.loads(raw(path, query + wrong, HTTP_ACCEPT_LANGUAGE=accepted).content)
        details = [body["title"], body["detail"], *(error["detail"] for error in body["errors"])]
        assert len(details) == 6
        assert [bool(CHINESE.search(detail)) for detail in details] == [not is_english] * len(details)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/api/v1", "/api/v1/"),
        ("/api/v1/commitments?category=health&year=2021", "/api/v1/commitments/?category=health&year=2021"),
        ("/api/v1/commitments/1", "/api/v1/commitments/1/"),
        ("/api/v1/reports/500112-2021", "/api/v1/reports/500112-2021/"),
        ("/api/docs", "/api/docs/"),
    ],
)
def test_an_address_without_its_last_slash_leads_on(client: Client, path: str, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (308, to)


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1/nothing", "/api/v1/commitments/x", "/api//example.org"])
def test_an_address_that_is_none_leads_nowhere(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, CONTENT_TYPE)
    assert "/api/v1/" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/commitments/", {"GET", "HEAD", "OPTIONS"}),
        ("/api/v1/evidence/", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/api/v1/stats/", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client: Client, path: str, allowed: set[str]) -> None:
    answer = client.delete(path)
    assert answer.status_code == 405
    assert {method.strip() for method in answer["Allow"].split(",")} | {"HEAD"} == allowed


def test_a_bad_value_lists_what_is_allowed(get: Get) -> None:
    body = get("commitments/", "status=done&year=x", status=400)
    allowed = {error["parameter"]: error.get("allowed", []) for error in body["errors"]}
    assert allowed.keys() == {"status", "year"}
    assert "completed" in allowed["status"]


@pytest.mark.parametrize(
    ("accepted", "language", "title"),
    [
        ("", "zh-hans", "参数有误"),
        ("zh-CN,zh;q=0.9", "zh-hans", "参数有误"),
        ("en-GB,en;q=0.8", "en", "A parameter is wrong"),
        ("fr,en;q=0.5", "en", "A parameter is wrong"),
        ("fr", "zh-hans", "参数有误"),
        ("en;q=0.2,zh;q=0.8", "zh-hans", "参数有误"),
    ],
)
def test_the_clients_language(raw: Raw, accepted: str, language: str, title: str) -> None:
    response = raw("commitments/", "x=1", HTTP_ACCEPT_LANGUAGE=accepted)
    assert orjson.loads(response.content)["title"] == title
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]


def test_a_format_that_is_not_made(raw: Raw) -> None:
    response = raw("categories/", HTTP_ACCEPT="image/png")
    assert (response.status_code, response["Content-Type"]) == (406, CONTENT_TYPE)


def test_an_unforeseen_error_is_told_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    client.raise_request_exception = False
    monkeypatch.setattr(views.StatsView, "read", broken)
    with caplog.at_level(logging.ERROR, "django.request"):
        response = client.get("/api/v1/stats/")
    assert (response.status_code, response["Content-Type"]) == (500, CONTENT_TYPE)
    assert any(record.exc_info and record.exc_info[0] is ZeroDivisionError for record in caplog.records)


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_leads_to_its_meaning(client: Client, kind: str) -> None:
    for language in ("zh-hans", "en"):
        body = client.get(f"/api/problems/{kind}/", headers={"Accept-Language": language}).json()
        assert body["status"] == KINDS[kind][0]
        assert body["title"]
        assert body["detail"]


def test_addresses_that_are_not_there(client: Client, settings: Settings) -> None:
    for path in ("/api/v2/commitments/", "/api/v1/commitment/", "/api/problems/none/"):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (404, CONTENT_TYPE), path


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((f"/api/{path}", 405) for path in ("docs/", "redoc/", "policy/", "schema/", "problems/invalid/", "", "v1/")),
        ("/api/nowhere/", 404),
        ("/api/v1/nowhere/", 404),
    ],
)
def test_who_writes_where_nothing_is_written_is_told_so_by_a_problem_document(
    path: str, status: int, method: str
) -> None:
    """Also without the token that a form of a page brings along."""
    answer = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"}).generic(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer["Content-Language"] == "en"
    assert ("Allow" in answer) == (status == 405)
