"""What the environment asks of `make run`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from backend.local.errors import LauncherError

ROOT = Path(__file__).resolve().parents[2]


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
