"""Snapshots are taken whole or not at all: in a folder without a name, of one moment of the database."""

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict

from projects import sweep
from projects.api import dataset
from projects.api.exports.formats import CSV, NDJSON
from projects.api.exports.row_batches import Batch, read_batches, statement
from projects.api.exports.table import columns
from projects.api.exports.writers import csv_lines
from projects.api.resources import ENDPOINTS, Endpoint
from projects.snapshots import parquet, store
from projects.snapshots.catalog import codebook
from projects.snapshots.store import File, Snapshot

logger = logging.getLogger(__name__)

# Who takes a snapshot holds this lock until the end of the transaction.
_LOCK = 500112_12
_BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def take() -> Snapshot | None:
    """Return the snapshot of the version that stands, made now if it is not there; None while another process makes it.

    Removes what need not be kept any more. Raises Error of the database, ClockError, and OSError for lack of room.
    """
    store.root().mkdir(parents=True, exist_ok=True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [_LOCK])
        if not cursor.fetchone()[0]:
            return None
        for left in store.root().glob(f"{store.PARTIAL}*"):  # by a process that was killed: whoever lives has the lock
            shutil.rmtree(left)
        today = sweep.day_of_all_clocks()  # by a wrong one, all but the newest would be too old to keep
        found = _of_version(dataset.read().number, today)
        for name in store.prune(today):
            logger.info("snapshot %s removed: its time is over", name)
    return found


def _of_version(version: int, today: date) -> Snapshot:
    """Return the newest snapshot if it is of the version, or today's of it; else make one."""
    kept = store.kept()
    same = [one for one in kept if one.version == version and (one is kept[0] or one.day == today)]
    return same[0] if same else _made(version, today, is_first=all(_month(one.day) != _month(today) for one in kept))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _made(version: int, today: date, *, is_first: bool) -> Snapshot:
    """Write a snapshot; the first of a month is kept for good."""
    last = None if is_first else today + timedelta(days=settings.SNAPSHOT_NIGHTS)
    with TemporaryDirectory(prefix=store.PARTIAL, dir=store.root()) as temporary:
        folder = Path(temporary) / "whole"
        folder.mkdir()
        files = [file for endpoint in ENDPOINTS for file in _files(folder, endpoint, today)]
        (folder / store.CODEBOOK).write_bytes(orjson.dumps(codebook(), option=orjson.OPT_INDENT_2))
        files.append(_file(folder, store.CODEBOOK))
        made = Snapshot(version, today, datetime.now(UTC), last, tuple(files))
        (folder / store.MANIFEST).write_bytes(made.manifest())
        for path in (*folder.iterdir(), folder):
            _settle(path)
        folder.rename(made.folder)
        _settle(store.root())
    return made


def _settle(path: Path) -> None:
    """Have it on the disk before it has its name, whatever happens to the power."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _files(folder: Path, endpoint: Endpoint, today: date) -> Iterator[File]:
    """Write the rows of a list in every form, as the list itself gives them; yield the files."""
    lines, table, typed = (f"{endpoint.name}.{ending}" for ending in (NDJSON.name, CSV.name, "parquet"))
    query = endpoint.list.parse(QueryDict(), today=today)
    cells = columns(endpoint.row)
    with (folder / lines).open("wb") as written, (folder / table).open("wb") as tabled:
        batches = _Counted(read_batches(*statement(query, endpoint.row)), written)
        tabled.writelines(csv_lines(cells, [one.code for one in cells], batches, bom=False))
    parquet.write(folder / lines, folder / typed, endpoint.row)
    for name in (lines, table, typed):
        yield _file(folder, name, endpoint.name, batches.rows)


class _Counted:
    """Batches of rows, each written as lines when it passes, and counted."""

    def __init__(self, batches: Iterator[Batch], lines: IO[bytes]) -> None:
        self.rows = 0
        self._batches, self._lines = batches, lines

    def __iter__(self) -> Iterator[Batch]:
        for batch in self._batches:
            self.rows += len(batch)
            self._lines.write(b"\n".join(batch) + b"\n")
            yield batch


def _file(folder: Path, name: str, resource: str | None = None, rows: int | None = None) -> File:
    path = folder / name
    with path.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return File(name, resource, path.suffix[1:], rows, path.stat().st_size, digest)
