"""A backup holds everything, and a restore puts all of it back or refuses with the reason."""

import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from projects import backup
from projects.changes import _LEAP

ROOT = Path(__file__).parents[2]
RELEASED = ROOT / "tests" / "projects" / "databases" / "0019_sources_in_force.sql.xz"
# What a restore itself moves on.
MOVED = {"projects_datasetversion", "projects_publicchange"}
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("backup")]


@dataclass(frozen=True)
class Site:
    """An installation: a database and a folder."""

    url: str
    folder: Path

    def manage(self, *arguments: str, code: int = 0) -> str:
        """Run a command; return what it says, on standard error where it fails."""
        environment = {**os.environ, "DATABASE_URL": self.url, "DUIXIAN_DATA_DIR": str(self.folder)}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stderr if code else done.stdout

    def rows(self, query: LiteralString | sql.Composed) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with psycopg.connect(self.url) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    def contents(self) -> dict[str, list[str]]:
        """Return every row of every table, as text, without what a restore moves on."""
        names = {name for (name,) in self.rows(TABLES)} - MOVED
        query = sql.SQL("SELECT t::text FROM {} AS t")
        return {name: sorted(row for (row,) in self.rows(query.format(sql.Identifier(name)))) for name in names}

    def files(self) -> dict[str, bytes]:
        """Return the uploaded files."""
        media = self.folder / "media"
        return {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sites(postgres_url: str, database_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Makes installations with all tables and no reports."""
    made: list[str] = []

    def make(*, empty: bool = False) -> Site:
        name = f"backup_{os.getpid()}_{len(made)}"
        template = "template1" if empty else database_template
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        made.append(name)
        site = Site(postgres_url.rpartition("/")[0] + f"/{name}", tmp_path_factory.mktemp("site"))
        if not empty and database_template == "template1":
            site.manage("migrate", "--verbosity", "0")
        return site

    yield make
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for name in made:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def filled(sites: Callable[[], Site]) -> Site:
    """An installation with the reports that are shipped and two uploaded files."""
    site = sites()
    site.manage("seed")
    for name in ("evidence/2025/公示.pdf", "reports/a.docx"):
        path = site.folder / "media" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(name.encode() * 1000)
    return site


@pytest.fixture(scope="module")
def archive(filled: Site) -> Path:
    """A backup of it."""
    filled.manage("backup", "--keep", "3")
    (path,) = (filled.folder / "backups").iterdir()
    return path


def test_a_restore_brings_back_every_row_and_every_file_and_replaces_others_only_when_told(
    sites: Callable[[], Site], filled: Site, archive: Path
) -> None:
    other = sites()
    assert "restored: the state of" in other.manage("restore", str(archive))
    assert other.contents() == filled.contents()
    assert other.files() == filled.files() != {}
    assert "agree with their history" in other.manage("verify_history")

    other.rows("UPDATE projects_project SET slug = 'renamed' WHERE id = (SELECT min(id) FROM projects_project)")
    before = other.contents()
    ((version,),) = other.rows("SELECT number FROM projects_datasetversion")
    assert "This installation holds reports: --replace" in other.manage("restore", str(archive), code=1)
    assert other.contents() == before
    other.manage("restore", str(archive), "--replace")
    assert other.contents() == filled.contents()
    ((number, told),) = other.rows(
        "SELECT number, (SELECT array_agg(DISTINCT version) FROM projects_publicchange) FROM projects_datasetversion"
    )
    assert told == [number]
    assert number >= version + _LEAP
    assert other.rows("SELECT removed FROM projects_publicchange WHERE key = 'renamed'") == [(True,)]
    assert other.rows("SELECT 1 FROM projects_publicchange WHERE resource = 'commitments' AND NOT removed LIMIT 1")


def changed(archive: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Write an archive again with other contents."""
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            content = change(member.name, file.read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def newer(name: str, content: bytes) -> bytes:
    if name != backup.MANIFEST:
        return content
    manifest = json.loads(content)
    return json.dumps({**manifest, "migrations": [*manifest["migrations"], ["projects", "9999_later"]]}).encode()


def of_a_later_server(name: str, content: bytes) -> bytes:
    return json.dumps({**json.loads(content), "server": 990_000}).encode() if name == backup.MANIFEST else content


def damaged(name: str, content: bytes) -> bytes:
    return content[:-9] + bytes([content[-9] ^ 1]) + content[-8:] if name == backup.DUMP else content


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (newer, "was made by a newer Duixian (projects.9999_later): upgrade this one first"),
        (of_a_later_server, "was made by PostgreSQL 99, this server is"),
        (damaged, "is damaged: database.dump is not what the manifest says"),
    ],
)
def test_what_cannot_be_restored_is_refused_and_nothing_is_changed(
    sites: Callable[[], Site],
    filled: Site,
    archive: Path,
    tmp_path: Path,
    change: Callable[[str, bytes], bytes],
    reason: str,
) -> None:
    before = filled.contents()
    wrong = changed(archive, tmp_path / "wrong.tar", change)
    assert reason in filled.manage("restore", str(wrong), "--replace", code=1)
    assert filled.contents() == before


def test_an_archive_that_was_cut_off_is_none(filled: Site, archive: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tar"
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert "is no whole backup of Duixian" in filled.manage("restore", str(cut), "--replace", code=1)
    assert "is no whole backup of Duixian" in filled.manage("restore", str(tmp_path / "none"), code=1)


def test_a_backup_of_the_released_version_is_upgraded(sites: Callable[..., Site], tmp_path: Path) -> None:
    old = sites(empty=True)
    with psycopg.connect(old.url) as connection:
        connection.execute(lzma.decompress(RELEASED.read_bytes()))
    kept = old.rows("SELECT id, quote, status, updated_at FROM projects_commitment ORDER BY id")
    old.manage("backup")
    (path,) = (old.folder / "backups").iterdir()
    new = sites()
    new.manage("restore", str(path))
    assert new.rows("SELECT id, quote, status, updated_at FROM projects_commitment ORDER BY id") == kept != []
    new.manage("migrate", "--check")
    assert "agree with their history" in new.manage("verify_history")


def test_only_the_newest_stay(tmp_path: Path) -> None:
    for name in (
        "duixian-20260101T000000Z.tar",
        "duixian-20260102T000000Z.tar",
        "duixian-20251231T000000Z.tar",
        "a.tar",
    ):
        (tmp_path / name).touch()
    assert [path.name for path in backup.prune(tmp_path, 2)] == ["duixian-20251231T000000Z.tar"]
    assert (tmp_path / "a.tar").exists()


def test_it_is_for_nobody_else_to_read(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
