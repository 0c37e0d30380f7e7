"""Where snapshots are kept: a folder each, named by its day and version, whole from the moment that it has its name."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import orjson
from django.conf import settings

MANIFEST, CODEBOOK = "manifest.json", "codebook.json"
_NAME = re.compile(r"\d{4}-\d\d-\d\d-v\d{1,18}", re.ASCII)
# Folders that are not whole, or no longer: what a killed process leaves behind bears such a name.
PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a snapshot; ``resource`` and ``rows`` where it holds rows, ``format`` its ending, ``sha256`` in hex."""

    name: str
    resource: str | None
    format: str
    rows: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the public saw at a version of the data.

    ``day`` is the day in Beijing as of which overdue and the like were computed. Until ``kept_until`` it is kept at
    least; None is for good.
    """

    version: int
    day: date
    made_at: datetime
    kept_until: date | None
    files: tuple[File, ...]

    @property
    def name(self) -> str:
        """The name of its folder, and its part of addresses."""
        return f"{self.day}-v{self.version}"

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return root() / self.name

    def manifest(self) -> bytes:
        """Return what ``MANIFEST`` holds."""
        return orjson.dumps(self, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def file(self, name: str) -> File | None:
        """Return the file of that name, the manifest included."""
        if name == MANIFEST:
            content = self.manifest()
            return File(MANIFEST, None, "json", None, len(content), sha256(content).hexdigest())
        return next((one for one in self.files if one.name == name), None)


def root() -> Path:
    """Return the folder of all snapshots."""
    return Path(settings.SNAPSHOT_ROOT)


def _read(folder: Path) -> Snapshot | None:
    """Return the snapshot in a folder; None where there is none, or it has just been pruned."""
    try:
        told = orjson.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None
    return Snapshot(
        version=told["version"],
        day=date.fromisoformat(told["day"]),
        made_at=datetime.fromisoformat(told["made_at"]),
        kept_until=date.fromisoformat(told["kept_until"]) if told["kept_until"] else None,
        files=tuple(File(**file) for file in told["files"]),
    )


def find(name: str) -> Snapshot | None:
    """Return the snapshot of that name."""
    return _read(root() / name) if _NAME.fullmatch(name) else None


def kept() -> list[Snapshot]:
    """Return all snapshots, the newest first."""
    folders = [path.name for path in root().iterdir()] if root().is_dir() else []
    return sorted(filter(None, map(find, folders)), key=lambda one: one.made_at, reverse=True)


def prune(today: date) -> Iterator[str]:
    """Remove what need not be kept any more, never the newest; yield the names.

    A folder loses its name first: one that is removed by half is none.
    """
    for one in kept()[1:]:
        if one.kept_until is not None and one.kept_until < today:
            removed = Path(mkdtemp(prefix=PARTIAL, dir=root()))
            one.folder.rename(removed / one.name)
            shutil.rmtree(removed)
            yield one.name
