"""Which account the servers run under, and what it can reach."""

import os
from pathlib import Path

import pytest

from backend.local import account as module
from backend.local.account import Account, reachable, reachable_copy, server_account, server_folder, server_home
from backend.local.errors import LauncherError


@pytest.fixture
def hidden(open_folder: Path) -> Path:
    """A folder below one that only its owner enters."""
    inner = open_folder / "private" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    return inner


def as_root(monkeypatch: pytest.MonkeyPatch, own: int) -> None:
    """Make this process look like root's, with the servers running under the present user all the same."""
    monkeypatch.setattr(module, "server_account", lambda: Account(own, os.getegid()))


def test_an_ordinary_user_runs_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account() is None


def test_root_leaves_them_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    account = server_account()
    assert account is not None
    assert account.uid not in {0, os.getuid()}


def test_a_folder_is_reachable_when_every_folder_above_is(open_folder: Path, hidden: Path) -> None:
    assert reachable(open_folder)
    assert not reachable(hidden)
    hidden.parent.chmod(0o711)
    assert reachable(hidden)


def test_data_stay_where_the_servers_reach_them(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, 65534)
    assert server_home(open_folder) == open_folder


def test_data_out_of_reach_move_to_a_place_that_lasts(
    open_folder: Path, hidden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch, 65534)
    monkeypatch.setattr(module, "LASTING", open_folder)
    home = server_home(hidden)
    assert home.parent == open_folder
    assert home == server_home(hidden)
    assert home != server_home(hidden.parent)


def test_a_place_prepared_by_someone_else_is_refused(
    open_folder: Path, hidden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch, 65534)
    monkeypatch.setattr(module, "LASTING", open_folder)
    home = server_home(hidden)
    home.rmdir()
    home.symlink_to(hidden)
    with pytest.raises(LauncherError, match="belongs to another account"):
        server_home(hidden)


def test_a_server_folder_is_private(open_folder: Path) -> None:
    folder = server_folder(open_folder / "postgres", server_account())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert server_folder(folder, server_account()) == folder


def test_a_folder_of_another_user_is_refused_by_name(open_folder: Path) -> None:
    with pytest.raises(LauncherError, match="start as the user of the first run"):
        server_folder(open_folder, Account(54321, 54321))


def test_programs_out_of_reach_are_copied_once(
    open_folder: Path, hidden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch, 65534)
    (hidden / "server").write_text("first")
    copy = reachable_copy(hidden, open_folder / "programs" / "here")
    assert (copy / "server").read_text() == "first"
    (hidden / "server").write_text("second")
    assert reachable_copy(hidden, open_folder / "programs" / "here") == copy
    assert (copy / "server").read_text() == "first"
    assert reachable(copy)


def test_programs_within_reach_are_used_where_they_are(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, 65534)
    program = open_folder / "server"
    program.touch(mode=0o755)
    assert reachable_copy(program, open_folder / "copy" / "server") == program
