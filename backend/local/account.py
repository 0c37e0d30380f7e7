"""The account that the database servers run under, and the places it can reach.

PostgreSQL refuses to run as root. There the servers run as ``nobody``, who must be able to walk down to their
programs and to their data.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from backend.local.errors import LauncherError

# Open to every account, and kept when the system restarts.
LASTING = Path("/var/tmp")
_WALKABLE = stat.S_IXOTH


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the system, by number."""

    uid: int
    gid: int


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
