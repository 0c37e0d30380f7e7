"""The launcher's command line."""

import sys

import psycopg
import pytest

from backend.local.__main__ import main, run_with_servers
from backend.local.postgres import temporary_postgres

pytestmark = pytest.mark.servers


def test_a_command_runs_with_servers_and_gives_its_exit_code() -> None:
    assert main(["exec", sys.executable, "-c", "raise SystemExit(4)"]) == 4


def test_an_error_is_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "none")
    assert main(["run"]) == 1
    assert capsys.readouterr().err == "error: PORT is 'none': set it to a number between 1 and 65535.\n"


def test_an_unknown_action_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["fly"])
    assert "choose from" in capsys.readouterr().err


def test_a_command_gets_servers_and_returns_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    code = "import os, psycopg, redis, sys\npsycopg.connect(os.environ['DATABASE_URL']).close()\n"
    code += "with redis.Redis.from_url(os.environ['CELERY_BROKER_URL']) as broker: broker.ping()\nsys.exit(7)"
    assert run_with_servers([sys.executable, "-c", code]) == 7


def test_given_servers_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with temporary_postgres() as server:
        monkeypatch.setenv("DATABASE_URL", server.url())
        monkeypatch.setenv("CELERY_BROKER_URL", "redis://given/0")
        code = "import os, psycopg\nwith psycopg.connect(os.environ['DATABASE_URL'], autocommit=True) as c:\n"
        code += "  c.execute('CREATE TABLE broker AS SELECT %s::text AS url', [os.environ['CELERY_BROKER_URL']])"
        assert run_with_servers([sys.executable, "-c", code]) == 0
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT url FROM broker").fetchone() == ("redis://given/0",)
