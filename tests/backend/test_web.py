"""Statements of web requests end after a time; those of other programs do not."""

import pytest
from django.db import connection, connections
from pytest_django import Settings

from backend.web import limit_statements


@pytest.mark.django_db(transaction=True)
def test_a_web_process_limits_its_statements(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STATEMENT_TIMEOUT_SECONDS = 7
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", {"options": "-c application_name=web"})
    limit_statements()
    assert shown() == ("7s", "web")


@pytest.mark.django_db
def test_other_programs_are_free() -> None:
    assert shown()[0] == "0"


def shown() -> tuple[str, str]:
    """Return what a new connection has set."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout'), current_setting('application_name')")
            timeout, name = cursor.fetchone()
            return timeout, name
    finally:
        other.close()
