"""What the environment asks of a run, its servers, and the programs of its site."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from backend.local.data_dir import DataDir, locked_data_dir
from backend.local.postgres import temporary_postgres
from backend.local.process import LauncherError, StopRequests, Supervisor, free_port
from backend.local.site import ROOT, Options, servers, site_environment, site_services
from backend.local.valkey import temporary_valkey


def test_nothing_needs_to_be_set() -> None:
    assert Options.read({"PORT": "", "DUIXIAN_DATA_DIR": " "}) == Options(8000, ROOT / ".duixian", "", "")


def test_everything_can_be_set(tmp_path: Path) -> None:
    variables = {
        "PORT": "8123",
        "DUIXIAN_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://u@h/d",
        "CELERY_BROKER_URL": "redis://h/0",
        "CACHE_URL": "redis://h/1",
    }
    assert Options.read(variables) == Options(8123, tmp_path, "postgresql://u@h/d", "redis://h/0", "redis://h/1")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5"])
def test_a_port_that_cannot_be_is_refused(port: str) -> None:
    with pytest.raises(LauncherError, match=f"PORT is '{port}': set it to a number between 1 and 65535"):
        Options.read({"PORT": port})


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DATABASE_URL", "mysql://me:secret@h/d", "postgresql:// or postgres://"),
        ("CELERY_BROKER_URL", "amqp://me:secret@h", "redis:// or rediss://"),
        ("CACHE_URL", "unix:///secret", "redis:// or rediss://"),
    ],
)
def test_an_address_of_another_kind_of_server_is_refused_without_its_password(
    name: str, value: str, expected: str
) -> None:
    with pytest.raises(LauncherError, match=f"^{name} must begin with {expected}.$"):
        Options.read({name: value})


@pytest.fixture
def folder(open_folder: Path) -> Iterator[DataDir]:
    with locked_data_dir(open_folder / "data") as folder:
        yield folder


def asking_for(folder: DataDir, database: str = "", broker: str = "") -> Options:
    """What a person asks for who names these servers."""
    return Options(8000, folder.path, database, broker)


@pytest.mark.servers
def test_embedded_servers_serve_keep_their_passwords_and_leave_notes_while_they_run(folder: DataDir) -> None:
    for _ in range(2):
        with Supervisor(StopRequests()) as supervisor, servers(supervisor, asking_for(folder), folder) as addresses:
            with psycopg.connect(addresses["DATABASE_URL"]) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS promise ()")
                assert connection.info.dbname == "duixian"
            assert (folder.path / "database.url").read_text() == addresses["DATABASE_URL"]
            assert (folder.path / "broker.url").read_text() == addresses["CELERY_BROKER_URL"]
            assert addresses["CACHE_URL"] == addresses["CELERY_BROKER_URL"].removesuffix("0") + "1"
        assert list(folder.path.glob("*.url")) == []


@pytest.mark.servers
def test_given_servers_are_used_and_nothing_is_started(folder: DataDir) -> None:
    with temporary_postgres() as postgres, temporary_valkey() as valkey, Supervisor(StopRequests()) as supervisor:
        asked = asking_for(folder, postgres.url(), valkey.url())
        with servers(supervisor, asked, folder) as addresses:
            assert addresses == {
                "DATABASE_URL": postgres.url(),
                "CELERY_BROKER_URL": valkey.url(),
                "CACHE_URL": valkey.url(),
            }
    assert [path.name for path in folder.path.iterdir()] == ["lock"]


@pytest.mark.servers
def test_a_given_database_that_does_not_answer_is_named_without_its_password(folder: DataDir) -> None:
    asked = asking_for(folder, f"postgresql://me:secret@127.0.0.1:{free_port()}/duixian")
    with (
        Supervisor(StopRequests()) as supervisor,
        pytest.raises(LauncherError, match=r"The database of DATABASE_URL does not answer: .*refused") as raised,
        servers(supervisor, asked, folder),
    ):
        pass
    assert "secret" not in str(raised.value)


@pytest.mark.servers
@pytest.mark.parametrize("address", ["redis://:secret@127.0.0.1:{port}/0", "amqp://:secret@127.0.0.1:{port}"])
def test_a_given_broker_that_does_not_answer_is_named(folder: DataDir, address: str) -> None:
    asked = asking_for(folder, broker=address.format(port=free_port()))
    with (
        Supervisor(StopRequests()) as supervisor,
        pytest.raises(LauncherError, match="The broker of CELERY_BROKER_URL does not answer: ") as raised,
        servers(supervisor, asked, folder),
    ):
        pass
    assert "secret" not in str(raised.value)


def test_the_site_listens_to_this_machine_at_the_port_asked_for(tmp_path: Path) -> None:
    web, beat, worker = site_services(Options(8123, tmp_path, "", ""), {"WORD": "x"})
    command = " ".join(web.command)
    assert "--host 127.0.0.1 --port 8123" in command
    assert command.endswith("backend.wsgi:application")
    assert {service.name for service in (web, beat, worker)} == {"web", "beat", "worker"}
    assert all(service.environment == {"WORD": "x"} for service in (web, beat, worker))
    assert str(tmp_path / "beat-schedule") in beat.command


def test_secrets_stay_the_same_and_given_ones_win(tmp_path: Path) -> None:
    options = Options(8123, tmp_path, "", "")
    with locked_data_dir(tmp_path) as folder:
        first = site_environment({}, options, folder)
        assert site_environment({"SECRET_KEY": ""}, options, folder) == first
        given = site_environment({"SECRET_KEY": "mine", "SITE_URL": "https://duixian.example"}, options, folder)
    assert len(first["SECRET_KEY"]) >= 50
    assert first["SITE_URL"] == "http://127.0.0.1:8123"
    assert (given["SECRET_KEY"], given["SITE_URL"]) == ("mine", "https://duixian.example")


@pytest.mark.parametrize("key", ["SECRET_KEY", "SITE_URL", "DUIXIAN_DATA_DIR"])
def test_every_program_is_told_what_it_needs(tmp_path: Path, key: str) -> None:
    with locked_data_dir(tmp_path) as folder:
        assert site_environment({}, Options(8000, tmp_path, "", ""), folder)[key]
