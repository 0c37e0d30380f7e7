"""Statements of web requests end after a time and keep to one core; those of other programs are free."""

import pytest
from django.db import connection, connections
from pytest_django import Settings

from backend.web import limit_statements


@pytest.mark.django_db(transaction=True)
def test_a_web_process_limits_its_statements(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STATEMENT_TIMEOUT_SECONDS = 7
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", {"options": "-c application_name=web"})
    limit_statements()
    assert shown() == ("7s", "web", "0")


@pytest.mark.django_db
def test_other_programs_are_free() -> None:
    assert (shown()[0], shown()[2]) == ("0", "2")


def shown() -> tuple[str, ...]:
    """Return what a new connection has set."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            names = ("statement_timeout", "application_name", "max_parallel_workers_per_gather")
            cursor.execute("SELECT current_setting(%s), current_setting(%s), current_setting(%s)", names)
            found: tuple[str, ...] = cursor.fetchone()
            return found
    finally:
        other.close()
