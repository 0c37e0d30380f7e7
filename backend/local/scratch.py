"""Servers that live as long as a block of code: for tests, checks and benchmarks."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.local.postgres import THROWAWAY, Postgres
from backend.local.service import end
from backend.local.valkey import Valkey


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a new folder that the servers' account can reach, and remove it with all in it."""
    folder = Path(tempfile.mkdtemp(prefix="duixian-scratch-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(server: Postgres | Valkey) -> Iterator[None]:
    """Run one server, its messages going to a file beside its folder; a failed start shows them."""
    server.prepare()
    service = server.service()
    messages = server.folder.with_name(f"{service.name}.log")
    with messages.open("wb") as log:
        process = service.start(log)
    try:
        server.wait_until_ready(process)
        yield
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
