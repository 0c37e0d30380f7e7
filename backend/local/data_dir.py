"""The data folder of `make run`, and the account that the database servers reach their part of it with.

One run at a time has the folder; only its owner reads its secrets. PostgreSQL refuses to run as root: there the servers
run as ``nobody``, who must be able to walk down to their programs and to their data.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from backend.local.process import Account, LauncherError

# Open to every account, and kept when the system restarts.
LASTING = Path("/var/tmp")
_WALKABLE = stat.S_IXOTH


@dataclass(frozen=True, slots=True)
class DataDir:
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
def locked_data_dir(path: Path) -> Iterator[DataDir]:
    """Make the folder if needed and hold it; LauncherError if it cannot be written or another run has it."""
    _make(path)
    lock = _lock(path / "lock")
    try:
        yield DataDir(path, lock)
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


def server_account() -> Account | None:
    """Return the account for servers when this process is root's, else None: they run as whoever starts them."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise LauncherError(
            "PostgreSQL cannot run as root and there is no user nobody: start as another user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def reachable(path: Path) -> bool:
    """Tell whether every account may walk down to an existing path."""
    resolved = path.resolve()
    return all(place.stat().st_mode & _WALKABLE for place in (resolved, *resolved.parents))


def server_home(folder: Path) -> Path:
    """Return the folder for the servers' data: this one, or one under the system's lasting temporary folder.

    The second is for root whose folder other accounts cannot reach, such as one in /root.
    """
    if server_account() is None or reachable(folder):
        return folder
    digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return _own_folder(LASTING / f"duixian-{digest}")


def _own_folder(path: Path) -> Path:
    """Make a folder in a place where everybody may write; refuse one that another account has put there."""
    path.mkdir(mode=0o711, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise LauncherError(f"{path} belongs to another account: remove it or set DUIXIAN_DATA_DIR.")
    path.chmod(0o711)
    return path


def server_folder(path: Path, account: Account | None) -> Path:
    """Make a private folder of the servers' account, or check that an existing one is theirs."""
    owner = account.uid if account else os.geteuid()
    if not path.exists():
        path.mkdir(mode=0o700)
        if account:
            os.chown(path, account.uid, account.gid)
    found = path.stat().st_uid
    if found != owner:
        raise LauncherError(
            f"{path} belongs to user {_name(found)}, the server would run as {_name(owner)}: "
            "start as the user of the first run, or set DUIXIAN_DATA_DIR to another folder."
        )
    return path


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def reachable_copy(source: Path, target: Path) -> Path:
    """Return a program (or folder of them) itself if the servers' account reaches it, else a copy at the target."""
    if server_account() is None or reachable(source):
        return source
    if not target.exists():
        target.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            copy = Path(scratch) / target.name
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("include", "*.a"))
            else:
                shutil.copy2(source, copy)
            copy.rename(target)
    return target


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a new folder that the servers' account can reach, and remove it with all in it."""
    usual = Path(tempfile.gettempdir())
    place = usual if server_account() is None or reachable(usual) else LASTING
    folder = Path(tempfile.mkdtemp(prefix="duixian-temporary-", dir=place))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
