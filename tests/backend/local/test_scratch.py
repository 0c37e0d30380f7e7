"""Servers for a block of code leave nothing behind."""

import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from backend.local.errors import LauncherError
from backend.local.postgres import THROWAWAY, Postgres
from backend.local.scratch import run_with_servers, running, scratch_postgres, scratch_valkey


def test_servers_and_folders_are_gone_afterwards() -> None:
    before = set(psutil.Process().children())
    with scratch_postgres() as postgres, scratch_valkey() as valkey:
        folders = [postgres.folder.parent, valkey.folder.parent]
        assert len(set(psutil.Process().children()) - before) == 2
        assert all(folder.exists() for folder in folders)
    assert not any(folder.exists() for folder in folders)
    assert set(psutil.Process().children()) == before


def test_two_can_run_at_once() -> None:
    with scratch_postgres() as first, scratch_postgres() as second:
        assert first.port != second.port
        assert first.answers()
        assert second.answers()


def test_a_failed_start_shows_the_server_s_own_words(open_folder: Path) -> None:
    server = Postgres(open_folder / "postgres", "secret", {**THROWAWAY, "shared_buffers": "none"})
    with pytest.raises(LauncherError, match='invalid value for parameter "shared_buffers"'), running(server):
        pass


def test_a_command_gets_servers_and_returns_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    code = "import os, psycopg, redis, sys\npsycopg.connect(os.environ['DATABASE_URL']).close()\n"
    code += "with redis.Redis.from_url(os.environ['CELERY_BROKER_URL']) as broker: broker.ping()\nsys.exit(7)"
    assert run_with_servers([sys.executable, "-c", code]) == 7


def test_given_servers_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with scratch_postgres() as server:
        monkeypatch.setenv("DATABASE_URL", server.url())
        monkeypatch.setenv("CELERY_BROKER_URL", "redis://given/0")
        code = "import os, psycopg\nwith psycopg.connect(os.environ['DATABASE_URL'], autocommit=True) as c:\n"
        code += "  c.execute('CREATE TABLE broker AS SELECT %s::text AS url', [os.environ['CELERY_BROKER_URL']])"
        assert run_with_servers([sys.executable, "-c", code]) == 0
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT url FROM broker").fetchone() == ("redis://given/0",)
