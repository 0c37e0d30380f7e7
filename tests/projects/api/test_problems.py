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
    for path in ("/api/", "/api/v2/commitments/", "/api/v1/commitment/", "/api/problems/none/"):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (404, CONTENT_TYPE), path
