"""The database and the broker of a run: embedded ones, or those that the environment names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

from backend.local.account import server_home
from backend.local.errors import LauncherError
from backend.local.folder import DataFolder, write_private
from backend.local.options import Options
from backend.local.postgres import Postgres, durable
from backend.local.supervisor import Supervisor, show
from backend.local.valkey import Valkey

_DATABASE = "duixian"
# Other commands of the same checkout read the addresses here while the servers run.
_DATABASE_NOTE = "database.url"
_BROKER_NOTE = "broker.url"


@contextmanager
def servers(supervisor: Supervisor, options: Options, folder: DataFolder) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Valkey, or look for the given ones; yield their addresses as environment variables."""
    home = server_home(folder.path)
    if home != folder.path and not (options.database_url and options.broker_url):
        show("", f"The databases' files are in {home}: their account, nobody, cannot reach {folder.path}.")
    try:
        yield {
            "DATABASE_URL": _given_database(options) or _start_postgres(supervisor, folder, home),
            **(_given_broker(options) or _start_valkey(supervisor, options, folder, home)),
        }
    finally:
        for note in (_DATABASE_NOTE, _BROKER_NOTE):
            (folder.path / note).unlink(missing_ok=True)


def _start_postgres(supervisor: Supervisor, folder: DataFolder, home: Path) -> str:
    server = Postgres(home / "postgres", folder.secret("database"), durable())
    _start(supervisor, server)
    server.ensure_database(_DATABASE)
    write_private(folder.path / _DATABASE_NOTE, server.url(_DATABASE))
    return server.url(_DATABASE)


def _start_valkey(supervisor: Supervisor, options: Options, folder: DataFolder, home: Path) -> dict[str, str]:
    server = Valkey(home / "valkey", folder.secret("broker"))
    _start(supervisor, server)
    write_private(folder.path / _BROKER_NOTE, server.url())
    # The web processes count their visitors in a database beside the queue's.
    return {"CELERY_BROKER_URL": server.url(), "CACHE_URL": options.cache_url or server.url(database=1)}


def _start(supervisor: Supervisor, server: Postgres | Valkey) -> None:
    server.prepare()
    service = server.service()
    supervisor.start(service)
    # Recovery after a crash, or a long queue, may need a while.
    supervisor.wait_until(
        server.answers, seconds=120, otherwise=f"{service.name} did not become ready: see its messages above."
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
