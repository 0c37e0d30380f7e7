"""Runs every test under other clocks, one after another: ``pytest -p tests.clock.plugin [--clock MOMENT]…``.

Python's clock is moved by time-machine, here and in every Python that a test starts, and that of the database by
functions of its own, so that both always agree. Monotonic clocks and files' times stay what they are.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import time_machine
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.clock import database, moments

STARTUP: Final = Path(__file__).parent / "startup"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the clocks be chosen."""
    parser.addoption(
        "--clock", action="append", type=moment, help="a moment in Beijing time, such as '2032-02-29T00:30 UTC'"
    )


def moment(text: str) -> str:
    """Return the text, which travels to other processes of a run; ValueError, a usage error, if it is no moment."""
    moments.read(text)
    return text


def pytest_configure(config: pytest.Config) -> None:
    """Insist on a database whose clock is ours to move."""
    if os.environ.get("DATABASE_URL"):
        raise pytest.UsageError("The clock of a server that others use cannot be moved: unset DATABASE_URL.")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat each test at each moment; pytest puts those of one moment together."""
    chosen = [moments.read(text) for text in metafunc.config.getoption("--clock") or ()] or moments.MOMENTS
    metafunc.parametrize("moved_clock", chosen, ids=str, indirect=True, scope="session")


@pytest.fixture(scope="session", autouse=True)
def moved_clock(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Move all clocks to a moment, from which they go on."""
    chosen: moments.Moment = request.param
    seconds = chosen.seconds_away(time.time())
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        database.move(cursor, seconds)
    connection.close()
    # A number, not a datetime with a zone: that one would change TZ, too.
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(time.time() + seconds):
        patch.setenv("TEST_CLOCK_OFFSET", str(seconds))
        patch.setenv("PYTHONPATH", str(STARTUP), prepend=os.pathsep)
        patch.setenv("TZ", chosen.zone)
        time.tzset()
        yield
    time.tzset()
