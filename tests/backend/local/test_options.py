"""What the environment asks of `make run`."""

from pathlib import Path

import pytest

from backend.local.errors import LauncherError
from backend.local.options import ROOT, Options


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
