"""A web process hears of new versions, and reads the table while it hears nothing."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from projects.api.dataset import NOTHING_YET, Listener, read
from projects.models import DatasetVersion
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough for a busy machine; a notification takes milliseconds.
PATIENCE = 10.0


@pytest.fixture
def listening(settings: Settings) -> Iterator[Listener]:
    """A listener that has heard its first version."""
    settings.DATASET_LISTEN = True
    listener = Listener(heartbeat=0.1)
    listener.current()
    _wait_until(listener, lambda: listener._heard is not None)
    yield listener
    listener.stop()


def _wait_until(listener: Listener, reached: Callable[[], bool]) -> None:
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
    DepartmentFactory.create()
    assert read().number == DatasetVersion.objects.get().number


def test_without_listening_every_question_reads_the_table() -> None:
    listener = Listener()
    before = listener.current().number
    DepartmentFactory.create()
    assert listener.current().number > before


def test_hears_of_a_change(listening: Listener) -> None:
    before = listening.current().number
    DepartmentFactory.create()
    # The department and its place are two changes, heard of one after the other.
    _wait_until(listening, lambda: listening.current() == read())
    assert listening.current().number > before


def test_answers_from_memory_while_it_listens(
    listening: Listener, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        listening.current()


def test_a_broken_connection_falls_back_to_the_table(listening: Listener) -> None:
    _end_listeners()
    _wait_until(listening, lambda: listening._heard is None)
    DepartmentFactory.create()
    assert listening.current() == read()
