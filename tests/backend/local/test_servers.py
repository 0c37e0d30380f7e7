"""Embedded servers, or those that the environment names."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from backend.local.errors import LauncherError
from backend.local.folder import DataFolder, data_folder
from backend.local.net import free_port
from backend.local.options import Options
from backend.local.scratch import scratch_postgres, scratch_valkey
from backend.local.servers import servers
from backend.local.signals import StopRequests
from backend.local.supervisor import Supervisor


@pytest.fixture
def folder(open_folder: Path) -> Iterator[DataFolder]:
    with data_folder(open_folder / "data") as folder:
        yield folder


def options(folder: DataFolder, database: str = "", broker: str = "") -> Options:
    """What a person asks for who names these servers."""
    return Options(8000, folder.path, database, broker)


def test_embedded_servers_serve_keep_their_passwords_and_leave_notes_while_they_run(folder: DataFolder) -> None:
    for _ in range(2):
        with Supervisor(StopRequests()) as supervisor, servers(supervisor, options(folder), folder) as addresses:
            with psycopg.connect(addresses["DATABASE_URL"]) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS promise ()")
                assert connection.info.dbname == "duixian"
            assert (folder.path / "database.url").read_text() == addresses["DATABASE_URL"]
            assert (folder.path / "broker.url").read_text() == addresses["CELERY_BROKER_URL"]
            assert addresses["CACHE_URL"] == addresses["CELERY_BROKER_URL"].removesuffix("0") + "1"
        assert list(folder.path.glob("*.url")) == []


def test_given_servers_are_used_and_nothing_is_started(folder: DataFolder) -> None:
    with scratch_postgres() as postgres, scratch_valkey() as valkey, Supervisor(StopRequests()) as supervisor:
        asked = options(folder, postgres.url(), valkey.url())
        with servers(supervisor, asked, folder) as addresses:
            assert addresses == {
                "DATABASE_URL": postgres.url(),
                "CELERY_BROKER_URL": valkey.url(),
                "CACHE_URL": valkey.url(),
            }
    assert [path.name for path in folder.path.iterdir()] == ["lock"]


def test_a_given_database_that_does_not_answer_is_named_without_its_password(folder: DataFolder) -> None:
    asked = options(folder, f"postgresql://me:secret@127.0.0.1:{free_port()}/duixian")
    with (
        Supervisor(StopRequests()) as supervisor,
        pytest.raises(LauncherError, match=r"The database of DATABASE_URL does not answer: .*refused") as raised,
        servers(supervisor, asked, folder),
    ):
        pass
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("address", ["redis://:secret@127.0.0.1:{port}/0", "amqp://:secret@127.0.0.1:{port}"])
def test_a_given_broker_that_does_not_answer_is_named(folder: DataFolder, address: str) -> None:
    asked = options(folder, broker=address.format(port=free_port()))
    with (
        Supervisor(StopRequests()) as supervisor,
        pytest.raises(LauncherError, match="The broker of CELERY_BROKER_URL does not answer: ") as raised,
        servers(supervisor, asked, folder),
    ):
        pass
    assert "secret" not in str(raised.value)
