"""A real PostgreSQL: made, started, crashed, started again, refused."""

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from backend.local import postgres as module
from backend.local.data_dir import server_account, server_folder, temporary_folder
from backend.local.postgres import THROWAWAY, Postgres, durable, temporary_postgres
from backend.local.process import LauncherError, running
from backend.local.valkey import temporary_valkey

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def made() -> Iterator[Postgres]:
    """A cluster that is not running."""
    with temporary_folder() as folder:
        server = Postgres(folder / "postgres", "a password", THROWAWAY)
        server.prepare()
        yield server


def ask(server: Postgres, question: str) -> object:
    """The single value that answers an SQL question."""
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row
        return row[0]


def test_a_cluster_speaks_utf8_sorts_alike_everywhere_and_checks_its_pages(made: Postgres) -> None:
    with running(made):
        assert str(ask(made, "SHOW server_version")).startswith("18.")
        assert ask(made, "SHOW server_encoding") == "UTF8"
        assert ask(made, "SHOW data_checksums") == "on"
        assert ask(made, "SHOW password_encryption") == "scram-sha-256"
        assert ask(made, "SELECT datlocprovider::text || datlocale FROM pg_database LIMIT 1") == "bC.UTF-8"
        assert ask(made, "SELECT 'É' = upper('é') AND '渝' ~ '\\w'") is True


def test_trigrams_of_chinese_work(made: Postgres) -> None:
    with running(made), psycopg.connect(made.url()) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        # Two for the beginning, one for the end, and the four within six characters.
        assert connection.execute("SELECT cardinality(show_trgm('政府工作报告'))").fetchone() == (7,)


def test_it_listens_to_this_machine_alone_and_wants_the_password(made: Postgres) -> None:
    with running(made):
        assert ask(made, "SHOW listen_addresses") == "127.0.0.1"
        assert ask(made, "SHOW unix_socket_directories") == ""
        stranger = dataclasses.replace(made, password="guess")
        with pytest.raises(LauncherError, match="password does not open the database"):
            stranger.is_ready()


def test_a_database_is_made_once(made: Postgres) -> None:
    with running(made):
        made.ensure_database("duixian")
        made.ensure_database("duixian")
        assert ask(made, "SELECT count(*) FROM pg_database WHERE datname = 'duixian'") == 1


def test_it_runs_under_the_servers_account(made: Postgres) -> None:
    account = server_account()
    assert made.data.stat().st_uid == (account.uid if account else os.getuid())
    assert made.data.stat().st_mode & 0o777 == 0o700


def test_a_crash_loses_nothing_that_was_committed(open_folder: Path) -> None:
    server = Postgres(open_folder / "postgres", "a password", durable())
    with running(server) as process:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE promise AS SELECT 兑现 FROM (VALUES (1)) AS words (兑现)")
        process.kill()
        process.wait()
    # The process number of the dead server now belongs to another program: this one.
    mark = server.data / "postmaster.pid"
    lines = mark.read_text().splitlines()
    mark.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))
    with running(server):
        assert ask(server, "SELECT 兑现 FROM promise") == 1


def test_a_running_server_is_not_disturbed(made: Postgres) -> None:
    with running(made), pytest.raises(LauncherError, match=r"A PostgreSQL server \(process \d+\) is running on"):
        made.prepare()


def test_a_broken_attempt_leaves_no_half_made_cluster(open_folder: Path) -> None:
    server = Postgres(open_folder / "postgres", "a password", THROWAWAY)
    server_folder(server.folder, server_account())
    (server.folder / "data.new").mkdir()
    (server.folder / "data.new" / "PG_VERSION").write_text("18\n")
    server.prepare()
    with running(server):
        assert ask(server, "SELECT 1") == 1
    assert sorted(path.name for path in server.folder.iterdir()) == ["data"]


def test_the_reason_of_a_failed_making_is_told(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOCALE", "xx_XX.UTF-8")
    server = Postgres(open_folder / "postgres", "a password", THROWAWAY)
    with pytest.raises(LauncherError, match=r"could not make its files in .*: .*locale"):
        server.prepare()
    assert not server.data.exists()
    assert list(server.folder.glob("password*")) == []


def test_data_of_another_version_are_left_alone(made: Postgres) -> None:
    version = made.data / "PG_VERSION"
    version.write_text("17\n")
    try:
        with pytest.raises(LauncherError, match="is of PostgreSQL 17, this Duixian runs 18"):
            made.prepare()
    finally:
        version.write_text("18\n")


def test_tuning_fits_the_machine() -> None:
    settings = durable()
    assert settings["shared_buffers"].endswith("MB")
    assert 128 <= int(settings["shared_buffers"].removesuffix("MB")) <= 2048
    assert "fsync" not in settings


def test_servers_and_folders_are_gone_afterwards() -> None:
    before = set(psutil.Process().children())
    with temporary_postgres() as postgres, temporary_valkey() as valkey:
        folders = [postgres.folder.parent, valkey.folder.parent]
        assert len(set(psutil.Process().children()) - before) == 2
        assert all(folder.exists() for folder in folders)
    assert not any(folder.exists() for folder in folders)
    assert set(psutil.Process().children()) == before


def test_two_can_run_at_once() -> None:
    with temporary_postgres() as first, temporary_postgres() as second:
        assert first.port != second.port
        assert first.is_ready()
        assert second.is_ready()


def test_a_failed_start_shows_the_server_s_own_words(open_folder: Path) -> None:
    server = Postgres(open_folder / "postgres", "secret", {**THROWAWAY, "shared_buffers": "none"})
    with pytest.raises(LauncherError, match='invalid value for parameter "shared_buffers"'), running(server):
        pass
