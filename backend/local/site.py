"""A run of the site: what the environment asks for, its servers, its preparation, its three programs."""

import http.client
import os
import secrets
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg
import redis

from backend.local.data_dir import DataDir, locked_data_dir, server_home, write_private
from backend.local.postgres import Postgres, durable
from backend.local.process import (
    LOOPBACK,
    LauncherError,
    Server,
    Service,
    StopRequest,
    StopRequests,
    StopSignals,
    Supervisor,
    print_line,
    require_free,
)
from backend.local.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
_DATABASE = "duixian"
# Other commands of the same checkout read the addresses here while the servers run.
_DATABASE_NOTE = "database.url"
_BROKER_NOTE = "broker.url"
_SITE_NOTE = "site.url"
# Seconds in which the web server must answer once it is started.
_READY_TIMEOUT = 60.0
# A worker finishes its task on SIGTERM; on SIGQUIT it gives the task back to the queue.
_WORKER_STOP_SIGNALS: StopSignals = ((signal.SIGTERM, 30.0), (signal.SIGQUIT, 5.0))
_STOP_SIGNALS: StopSignals = ((signal.SIGTERM, 10.0),)


@dataclass(frozen=True, slots=True)
class Options:
    """What the environment asks for; empty variables count as not set."""

    port: int
    data: Path
    database_url: str
    broker_url: str
    cache_url: str = ""

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self:
        """Read PORT, DUIXIAN_DATA_DIR, DATABASE_URL, CELERY_BROKER_URL and CACHE_URL."""
        port = variables.get("PORT", "").strip() or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise LauncherError(f"PORT is {port!r}: set it to a number between 1 and 65535.")
        data = variables.get("DUIXIAN_DATA_DIR", "").strip() or str(ROOT / ".duixian")
        return cls(
            port=int(port),
            data=Path(data).expanduser().resolve(),
            database_url=_url(variables, "DATABASE_URL", ("postgresql", "postgres")),
            broker_url=_url(variables, "CELERY_BROKER_URL", ("redis", "rediss")),
            cache_url=_url(variables, "CACHE_URL", ("redis", "rediss")),
        )


def _url(variables: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    """Return a server's address, empty if none is given; one of another kind of server is refused unseen."""
    value = variables.get(name, "").strip()
    if value and not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise LauncherError(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
    return value


def run(variables: Mapping[str, str]) -> None:
    """Serve until a signal says to stop; raise LauncherError when something goes wrong."""
    options = Options.read(variables)
    require_free(options.port)
    requests = StopRequests()
    requests.listen()
    try:
        with locked_data_dir(options.data) as folder, Supervisor(requests, (folder.lock,)) as supervisor:
            _run(supervisor, variables, options, folder)
    except StopRequest:
        print_line("", "stopped")


def _run(supervisor: Supervisor, variables: Mapping[str, str], options: Options, folder: DataDir) -> None:
    site = site_environment(variables, options, folder)
    with servers(supervisor, options, folder) as addresses:
        write_private(folder.path / _SITE_NOTE, site["SITE_URL"])
        serve(supervisor, options, {**variables, **addresses, **site})


@contextmanager
def servers(supervisor: Supervisor, options: Options, folder: DataDir) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Valkey, or look for the given ones; yield their addresses as environment variables."""
    home = server_home(folder.path)
    if home != folder.path and not (options.database_url and options.broker_url):
        print_line("", f"The databases' files are in {home}: their account, nobody, cannot reach {folder.path}.")
    try:
        yield {
            "DATABASE_URL": _given_database(options) or _start_postgres(supervisor, folder, home),
            **(_given_broker(options) or _start_valkey(supervisor, options, folder, home)),
        }
    finally:
        for note in (_DATABASE_NOTE, _BROKER_NOTE, _SITE_NOTE):
            (folder.path / note).unlink(missing_ok=True)


def _start_postgres(supervisor: Supervisor, folder: DataDir, home: Path) -> str:
    server = Postgres(home / "postgres", folder.secret("database"), durable())
    _start(supervisor, server)
    server.ensure_database(_DATABASE)
    write_private(folder.path / _DATABASE_NOTE, server.url(_DATABASE))
    return server.url(_DATABASE)


def _start_valkey(supervisor: Supervisor, options: Options, folder: DataDir, home: Path) -> dict[str, str]:
    server = Valkey(home / "valkey", folder.secret("broker"))
    _start(supervisor, server)
    write_private(folder.path / _BROKER_NOTE, server.url())
    # The web processes count their visitors in a database beside the queue's.
    return {"CELERY_BROKER_URL": server.url(), "CACHE_URL": options.cache_url or server.url(database=1)}


def _start(supervisor: Supervisor, server: Server) -> None:
    server.prepare()
    service = server.service()
    supervisor.start(service)
    # Recovery after a crash, or a long queue, may need a while.
    supervisor.wait_until(
        server.is_ready, seconds=120, otherwise=f"{service.name} did not become ready: see its messages above."
    )


def _given_database(options: Options) -> str:
    """Return DATABASE_URL once its server answers."""
    if options.database_url:
        try:
            psycopg.connect(options.database_url, connect_timeout=10).close()
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[0]
            raise LauncherError(f"The database of DATABASE_URL does not answer: {reason}") from None
    return options.database_url


def _given_broker(options: Options) -> dict[str, str]:
    """Return CELERY_BROKER_URL once its server answers, or nothing if none is given."""
    if not options.broker_url:
        return {}
    try:
        with redis.Redis.from_url(options.broker_url, socket_connect_timeout=10) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise LauncherError(f"The broker of CELERY_BROKER_URL does not answer: {error}") from None
    # Requests are counted beside the queue: the web processes would otherwise count each by itself.
    return {"CELERY_BROKER_URL": options.broker_url, "CACHE_URL": options.cache_url or options.broker_url}


def site_environment(variables: Mapping[str, str], options: Options, folder: DataDir) -> dict[str, str]:
    return {
        "SECRET_KEY": variables.get("SECRET_KEY", "").strip() or folder.secret("django"),
        "SITE_URL": variables.get("SITE_URL", "").strip() or f"http://{LOOPBACK}:{options.port}",
        "DUIXIAN_DATA_DIR": str(folder.path),
        "PYTHONUNBUFFERED": "1",
    }


def serve(supervisor: Supervisor, options: Options, environment: Mapping[str, str]) -> None:
    """Prepare the site, start its three programs, say where it is, and look after them."""
    password = secrets.token_urlsafe(16)
    preparing = {**environment, "ADMINISTRATOR_PASSWORD": password}
    administrator = supervisor.check_output(_module("setup", ["backend.local.prepare"], preparing, _STOP_SIGNALS))
    web, beat, worker = site_services(options, environment)
    supervisor.start(web)
    supervisor.wait_until(
        lambda: _is_ready(options.port), _READY_TIMEOUT, f"The site did not become ready within {_READY_TIMEOUT:.0f} s."
    )
    # After the site, which would otherwise wait while these load; stopped before it, the worker first.
    supervisor.start(beat)
    supervisor.start(worker)
    address = f"http://{LOOPBACK}:{options.port}/"
    print_line("", f"ready: {address}")
    print_line("", f"admin: {address}admin/")
    if administrator:
        print_line(
            "", f"administrator: {administrator}  password: {password}  (shown only now; change it in the admin)"
        )
    supervisor.wait()


def site_services(options: Options, environment: Mapping[str, str]) -> tuple[Service, Service, Service]:
    """Return web, beat and worker."""
    count = min(os.cpu_count() or 1, 4)
    cores = str(count)
    web = ["granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(options.port), "--no-ws"]
    # Threads of one process wait for each other after every answer of the database: two processes a core do not.
    web += ["--workers", str(2 * count), "--blocking-threads", "1"]
    web += ["--workers-kill-timeout", "8", "--respawn-failed-workers", "--respawn-interval", "0.5"]
    web += ["backend.wsgi:application"]
    beat = ["celery", "--app", "backend", "--quiet", "beat", "--loglevel", "WARNING"]
    beat += ["--schedule", str(options.data / "beat-schedule")]
    worker = ["celery", "--app", "backend", "--quiet", "worker", "--loglevel", "INFO", "--concurrency", cores]
    # It is alone: there are no other workers to greet or to watch.
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return (
        _module("web", web, environment, _STOP_SIGNALS),
        _module("beat", beat, environment, _STOP_SIGNALS),
        _module("worker", worker, environment, _WORKER_STOP_SIGNALS),
    )


def _module(name: str, command: list[str], environment: Mapping[str, str], stop_signals: StopSignals) -> Service:
    # Celery's advice not to run as root is no news to the person who did.
    quiet = ["-W", "ignore:You're running the worker with superuser"]
    return Service(name, [sys.executable, *quiet, "-m", *command], environment, stop_signals, folder=ROOT)


def _is_ready(port: int) -> bool:
    """Ask the site itself; an answer that waiting will not change is an error."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if 400 <= status < 500:
        raise LauncherError(f"The site answers {status} to {LOOPBACK}: add 127.0.0.1 to ALLOWED_HOSTS.")
    return status == 200
