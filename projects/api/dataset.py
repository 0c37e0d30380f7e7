"""Which version of the public data stands now, and which day it is, without asking anybody for each request.

A web process listens for new versions on a connection of its own. While that connection lives, the version in memory
is right within the milliseconds that a notification takes; when it breaks, every request reads the table again
until it is back. Nothing is ever answered from an old version because a process did not hear.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time as time_of_day, timedelta
from time import time

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from projects.models.version import CHANNEL

logger = logging.getLogger(__name__)

_READ = "SELECT number, changed_at FROM projects_datasetversion"
# A connection that has silently died is noticed after this many seconds.
HEARTBEAT = 5.0
_RETRY = 2.0
# Where a request carries the day that it is answered for.
TODAY = "duixian.today"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the public data and when it came."""

    number: int
    changed_at: datetime


NOTHING_YET = Version(0, datetime.fromtimestamp(0, UTC))


def read() -> Version:
    """Return the version from the table."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    return Version(*row) if row else NOTHING_YET


class Listener:
    """Keeps the version in memory while its connection lives."""

    def __init__(self, *, heartbeat: float = HEARTBEAT) -> None:
        self._heartbeat = heartbeat
        self._heard: Version | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._stopping = threading.Event()

    def current(self) -> Version:
        """Return the version heard last, or the table's while nothing is heard."""
        heard = self._heard
        if heard is not None:
            return heard
        if settings.DATASET_LISTEN:
            self._start()
        return read()

    def _start(self) -> None:
        """Begin to listen. Called in the process that serves, never before it has forked."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="dataset-version", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the connection; returns within a heartbeat."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                logger.warning("cannot hear of new versions: %s", error)
            finally:
                self._heard = None
            self._stopping.wait(_RETRY)

    def _listen(self) -> None:
        params = connection.get_connection_params()
        params.pop("cursor_factory", None)
        params.pop("context", None)
        with psycopg.connect(**params, autocommit=True) as heard_on:
            heard_on.execute(f"LISTEN {CHANNEL}")
            while not self._stopping.is_set():
                row = heard_on.execute(_READ).fetchone()
                self._heard = Version(*row) if row else NOTHING_YET
                # Returns at the first notification, or after a heartbeat without one.
                for _notification in heard_on.notifies(timeout=self._heartbeat, stop_after=1):
                    pass


listener = Listener()


class Clock:
    """Tells the day in the site's time zone, ten thousand times a second; it works it out once a day."""

    def __init__(self) -> None:
        # From when until when, in seconds since 1970, it is which day: one tuple, for threads to see all of it.
        self._known = (0.0, 0.0, date.min)

    def today(self) -> date:
        """Return the day."""
        begin, end, day = self._known
        if not begin <= time() < end:
            day = timezone.localdate()
            self._known = (_midnight(day), _midnight(day + timedelta(days=1)), day)
        return day


def _midnight(day: date) -> float:
    return datetime.combine(day, time_of_day.min, timezone.get_default_timezone()).timestamp()


today = Clock().today


def current() -> tuple[Version, date]:
    """Return the version that stands now, and the day."""
    return listener.current(), today()
