"""A database that does not answer in time, or at all, is told as what it is."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from projects.api import queries


@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_answered_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_sql: bytes, _params: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(1)")

    monkeypatch.setattr(queries, "execute", slow)
    answer = Client().get("/api/v1/commitments/")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["type"] == "/api/problems/too-slow/"


@pytest.mark.django_db
def test_a_database_that_is_gone_is_answered_as_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_sql: bytes, _params: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(queries, "execute", gone)
    answer = Client(raise_request_exception=False).get("/api/v1/commitments/")
    assert (answer.status_code, answer.json()["type"]) == (503, "/api/problems/unavailable/")


@pytest.mark.django_db
def test_a_statement_that_failed_is_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def gone(*statement: object) -> None:
        calls.append(statement)
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(queries, "execute", gone)
    assert Client(raise_request_exception=False).get("/api/v1/commitments/").status_code == 503
    assert len(calls) == 1
