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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        ("/api/v1/commitments/", "application/problem+json", "/api/problems/unavailable/"),
        ("/api/v1/commitments/1/", "application/problem+json", "/api/problems/unavailable/"),
        ("/api/v1/stats/?by=category", "application/problem+json", "/api/problems/unavailable/"),
        ("/", "text/html; charset=utf-8", "<h1>暂时不可用</h1>"),
        ("/en/commitments/", "text/html; charset=utf-8", "<h1>Away for a moment</h1>"),
        ("/admin/", "text/html; charset=utf-8", "<h1>暂时不可用</h1>"),
    ],
)
def test_no_address_breaks_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch, address: str, kind: str, words: str
) -> None:
    def refused(*_params: object) -> None:
        raise OperationalError("connection refused")

    connection.close()
    monkeypatch.setattr(connection, "get_new_connection", refused)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (503, kind, "5")
    assert words in answer.content.decode()
