"""Tests begin with migrated tables: made once for each state of the migrations, copied for each process."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.template_database import (
    KEPT,
    NAME,
    ROOT,
    imported_files,
    kept_folder,
    migration_sources,
    postgres_with_template,
    state,
)

MAKE_SLOWLY = """
import sys, time
from pathlib import Path
from tests.template_database import kept_folder

def make(draft):
    with open(sys.argv[2], "a") as made:
        made.write("made ")
    time.sleep(0.3)
    (draft / "file").write_text("whole")

with kept_folder(Path(sys.argv[1]), "state", make) as kept:
    assert (kept / "file").read_text() == "whole"
"""


def make(draft: Path) -> None:
    (draft / "file").touch()


def fail(draft: Path) -> None:
    make(draft)
    raise RuntimeError


@pytest.mark.slow
def test_several_processes_make_it_once(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    program = [sys.executable, "-c", MAKE_SLOWLY, str(tmp_path / "cache"), str(tmp_path / "made")]
    started = [subprocess.Popen(program, cwd=ROOT) for _ in range(4)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0, 0]
    assert (tmp_path / "made").read_text() == "made "


def test_a_broken_attempt_leaves_nothing_to_use(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), kept_folder(tmp_path, "state", fail):
        pass
    assert not (tmp_path / "state").exists()
    with kept_folder(tmp_path, "state", make) as kept:
        assert (kept / "file").exists()


def test_the_last_used_ones_are_kept(tmp_path: Path) -> None:
    for name in [*map(str, range(KEPT)), "0", "new"]:
        with kept_folder(tmp_path, name, make):
            pass
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"0", *map(str, range(2, KEPT)), "new"}


def test_a_changed_migration_is_another_state(tmp_path: Path) -> None:
    files = [tmp_path / "0001_initial.py", tmp_path / "0002_more.py"]
    for file in files:
        file.write_text("operations = []")
    first = state(files, is_movable=False)
    assert state(reversed(files), is_movable=False) == first
    files[1].write_text("operations = [1]")
    assert len({first, state(files, is_movable=False), state(files, is_movable=True), state([], is_movable=False)}) == 4


@pytest.mark.slow
def test_what_migrations_are_made_of_counts_too() -> None:
    found = migration_sources()
    own = ROOT / "projects" / "migrations"
    names = {"0005_triggers.py", "_tables.py", "choices.toml", "sql/duixian_words.sql", "triggers/0005_triggers.toml"}
    assert {own / name for name in names} <= found
    assert ROOT / "projects" / "choices.py" in found
    assert any(path.parts[-4:-1] == ("contrib", "auth", "migrations") for path in found)
    assert ROOT / "projects" / "urls.py" not in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import projects.choices", ["choices"]),
        ("from projects import choices, nothing_like_it", ["choices"]),
        ("from projects.choices import Category", ["choices"]),
        ("import datetime\nfrom django.db import models\nfrom . import choices", []),
    ],
)
def test_only_the_project_s_own_modules_are_followed(text: str, names: list[str]) -> None:
    assert [file.stem for file in imported_files(text)] == names


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {name for (name,) in rows}


@pytest.mark.servers
def test_copies_have_all_tables_and_nothing_in_common(pytestconfig: pytest.Config) -> None:
    cache = pytestconfig.cache.mkdir("postgres")
    with (
        postgres_with_template(cache, is_movable=False) as one,
        postgres_with_template(cache, is_movable=False) as other,
    ):
        assert tables(one.url(NAME)) == tables(other.url(NAME)) >= {"django_migrations", "projects_commitment"}
        with psycopg.connect(one.url(NAME)) as connection:
            connection.execute("CREATE TABLE trace ()")
        assert "trace" not in tables(other.url(NAME))
    with postgres_with_template(cache, is_movable=False) as later:
        assert "trace" not in tables(later.url(NAME))
