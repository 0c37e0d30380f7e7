"""Real Celery workers for tests, on the tests' own database and broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[2]
# Seconds: how long a run may go without a heartbeat here, and how long a test waits for something to happen.
STALE, PATIENCE = 1, 60


def database_url() -> str:
    """Return the address of the database that the tests use at the moment."""
    given = connection.settings_dict
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


@contextmanager
def running_worker(
    broker: str, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker of one process, a group of its own, until the block ends or the worker is killed.

    It works on the tests' database, or on that of another environment.
    """
    command = [sys.executable, "-m", "celery", "--app", "backend", "worker", "--pool", "prefork", "--concurrency", "1"]
    command += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    given = {"CELERY_BROKER_URL": broker, "EXTRACTION_STALE_SECONDS": str(STALE)}
    given |= {"DATABASE_URL": database_url()} if environment is None else environment
    given["SNAPSHOT_ROOT"] = str(log.parent / "snapshots")
    with log.open("ab") as messages:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **given},
            stdout=messages,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker with all its processes, so that it can tidy up nothing."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(timeout=PATIENCE)


def wait_until(is_so: Callable[[], bool], log: Path) -> None:
    """Wait for something that a worker brings about; its messages are shown when it does not."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(log.read_text(encoding="utf-8"))
        time.sleep(0.05)
