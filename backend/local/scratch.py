"""Servers that live as long as a block of code: for tests, checks and benchmarks."""

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from backend.local.account import LASTING, reachable, server_account
from backend.local.errors import LauncherError
from backend.local.postgres import THROWAWAY, Postgres
from backend.local.service import end
from backend.local.valkey import Valkey


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a new folder that the servers' account can reach, and remove it with all in it."""
    usual = Path(tempfile.gettempdir())
    place = usual if server_account() is None or reachable(usual) else LASTING
    folder = Path(tempfile.mkdtemp(prefix="duixian-scratch-", dir=place))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(server: Postgres | Valkey) -> Iterator[subprocess.Popen[bytes]]:
    """Run one server, its messages going to a file beside its folder; a failed start shows them."""
    server.prepare()
    service = server.service()
    messages = server.folder.with_name(f"{service.name}.log")
    with messages.open("wb") as log:
        process = service.start(log)
    try:
        deadline = time.monotonic() + 60
        while not server.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise LauncherError(f"{service.name} did not start: {messages.read_text(errors='replace')}")
            time.sleep(0.02)
        yield process
    finally:
        end(process, service.ending)


@contextmanager
def scratch_postgres() -> Iterator[Postgres]:
    """Yield a new, empty PostgreSQL that does not wait for the disk."""
    with scratch_folder() as folder:
        server = Postgres(folder / "postgres", secrets.token_urlsafe(16), THROWAWAY)
        with running(server):
            yield server


@contextmanager
def scratch_valkey() -> Iterator[Valkey]:
    """Yield a new, empty Valkey that writes nothing."""
    with scratch_folder() as folder:
        server = Valkey(folder / "valkey", secrets.token_urlsafe(16), keep=False)
        with running(server):
            yield server


def run_with_servers(command: Sequence[str]) -> int:
    """Run a command with DATABASE_URL and CELERY_BROKER_URL set, those that are given or new empty servers'.

    Returns the command's exit code.
    """
    with ExitStack() as stack:
        environment = dict(os.environ)
        if not environment.get("DATABASE_URL"):
            environment["DATABASE_URL"] = stack.enter_context(scratch_postgres()).url()
        if not environment.get("CELERY_BROKER_URL"):
            environment["CELERY_BROKER_URL"] = stack.enter_context(scratch_valkey()).url()
        return subprocess.run(command, env=environment, check=False).returncode
