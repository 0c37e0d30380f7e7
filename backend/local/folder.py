"""The data folder of `make run`: one run at a time, secrets that only its owner reads."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from backend.local.errors import LauncherError


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A folder that this run has to itself until ``lock`` and all its copies in child processes are closed."""

    path: Path
    lock: int

    def secret(self, name: str) -> str:
        """Return a random word that is made on the first use and then stays the same."""
        file = self.path / f"{name}.secret"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(48))
        return file.read_text(encoding="ascii")

    def folder(self, name: str) -> Path:
        """Return a folder inside, made on the first use."""
        path = self.path / name
        path.mkdir(exist_ok=True)
        return path


@contextmanager
def data_folder(path: Path) -> Iterator[DataFolder]:
    """Make the folder if needed and hold it; LauncherError if it cannot be written or another run has it."""
    _make(path)
    lock = _lock(path / "lock")
    try:
        yield DataFolder(path, lock)
    finally:
        os.close(lock)


def write_private(file: Path, text: str) -> None:
    """Write a file for its owner's eyes; it appears whole or not at all."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def _make(path: Path) -> None:
    try:
        if not path.exists():
            path.mkdir(parents=True)
            # Others may pass through, as the servers' account must when root starts them, but not look around.
            path.chmod(0o711)
        writable = os.access(path, os.W_OK | os.X_OK)
    except OSError as error:
        raise LauncherError(f"The data folder {path} cannot be made: {error.strerror}. Set DUIXIAN_DATA_DIR.") from None
    if not writable:
        raise LauncherError(f"The data folder {path} cannot be written. Set DUIXIAN_DATA_DIR to one that can.")


def _lock(file: Path) -> int:
    """Return the open lock file, which names its holder.

    The servers inherit it, so a new run also waits for those that a killed one left on their way out.
    """
    try:
        lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LauncherError(f"The data folder's {file} cannot be opened: {error.strerror}.") from None
    deadline = time.monotonic() + 15
    while not _try_lock(lock):
        holder = os.pread(lock, 20, 0).decode(errors="replace").strip()
        if (holder.isdecimal() and psutil.pid_exists(int(holder))) or time.monotonic() > deadline:
            os.close(lock)
            raise LauncherError(
                f"The data folder {file.parent} is in use by another run (process {holder}): "
                "stop it, or set DUIXIAN_DATA_DIR and PORT for a second one."
            )
        time.sleep(0.05)
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
