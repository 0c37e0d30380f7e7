"""A web process hears of new versions, and reads the table while it hears nothing."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.fixtures import SettingsWrapper

from projects.api.dataset import NOTHING_YET, Listener, read
from projects.models import DatasetVersion
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough for a busy machine; a notification takes milliseconds.
PATIENCE = 10.0


@pytest.fixture
def listening(settings: SettingsWrapper) -> Iterator[Listener]:
    """A listener that has heard its first version; its connection is ended afterwards."""
    settings.DATASET_LISTEN = True
    listener = Listener()
    listener.current()
    _wait_until(listener, lambda: listener._heard is not None)
    yield listener
    settings.DATASET_LISTEN = False
    _end_listeners()


def _wait_until(listener: Listener, reached: object) -> None:
    assert callable(reached)
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, listener._heard
        time.sleep(0.01)


def _end_listeners() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_reads_the_table() -> None:
    assert read() == NOTHING_YET
    DepartmentFactory()
    assert read().number == DatasetVersion.objects.get().number


def test_without_listening_every_question_reads_the_table() -> None:
    listener = Listener()
    before = listener.current().number
    DepartmentFactory()
    assert listener.current().number > before


def test_hears_of_a_change(listening: Listener) -> None:
    before = listening.current().number
    DepartmentFactory()
    _wait_until(listening, lambda: listening.current().number > before)
    assert listening.current() == read()


def test_answers_from_memory_while_it_listens(
    listening: Listener, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(0):
        listening.current()


def test_a_broken_connection_falls_back_to_the_table(listening: Listener) -> None:
    _end_listeners()
    _wait_until(listening, lambda: listening._heard is None)
    DepartmentFactory()
    assert listening.current() == read()
