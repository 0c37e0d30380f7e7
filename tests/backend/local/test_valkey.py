"""A real Valkey: it wants its password, and keeps its queue."""

from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from backend.local.data_dir import server_account
from backend.local.process import running
from backend.local.valkey import Valkey, temporary_valkey

pytestmark = pytest.mark.servers


def test_it_answers_to_its_password_alone() -> None:
    with temporary_valkey() as server:
        assert server.is_ready()
        with (
            redis.Redis(port=server.port, retry=Retry(NoBackoff(), 0)) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()


def test_its_queue_survives_a_kill(open_folder: Path) -> None:
    server = Valkey(open_folder / "valkey", "secret")
    with running(server) as process, redis.Redis.from_url(server.url()) as client:
        client.rpush("celery", "sweep")
        client.execute_command("WAITAOF", 1, 0, 0)
        process.kill()
        process.wait()
    with running(server), redis.Redis.from_url(server.url()) as client:
        assert client.lrange("celery", 0, -1) == [b"sweep"]


def test_a_full_memory_refuses_new_tasks_and_drops_none() -> None:
    with temporary_valkey() as server, redis.Redis.from_url(server.url()) as client:
        client.rpush("celery", "first")
        client.config_set("maxmemory", "1")
        with pytest.raises(redis.OutOfMemoryError):
            client.rpush("celery", "second")
        assert client.lrange("celery", 0, -1) == [b"first"]


def test_its_password_is_for_its_account_alone(open_folder: Path) -> None:
    server = Valkey(open_folder / "valkey", "secret")
    server.prepare()
    configuration = (server.folder / "valkey.conf").stat()
    account = server_account()
    assert configuration.st_mode & 0o777 == 0o600
    assert account is None or configuration.st_uid == account.uid


def test_it_does_not_answer_before_it_runs(open_folder: Path) -> None:
    assert not Valkey(open_folder / "valkey", "secret").is_ready()
