"""The data folder and the servers' account: one run at a time, private secrets, reachable servers, plain errors."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.local import data_dir as module
from backend.local.data_dir import (
    locked_data_dir,
    reachable,
    reachable_copy,
    server_account,
    server_folder,
    server_home,
    write_private,
)
from backend.local.process import Account, LauncherError

HOLD = "import sys, time; from pathlib import Path; from backend.local.data_dir import locked_data_dir\n"
HOLD += "with locked_data_dir(Path(sys.argv[1])) as folder:\n  print('held', flush=True)\n  "


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    with locked_data_dir(tmp_path / "a" / "b") as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o711


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    with locked_data_dir(tmp_path) as folder:
        first, other = folder.secret("database"), folder.secret("broker")
    with locked_data_dir(tmp_path) as folder:
        assert folder.secret("database") == first
    assert len({first, other}) == 2
    assert len(first) >= 64
    assert (tmp_path / "database.secret").stat().st_mode & 0o777 == 0o600


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    note = tmp_path / "database.url"
    write_private(note, "first")
    (tmp_path / "database.url.new").write_text("left by a killed run")
    write_private(note, "second")
    assert note.read_text() == "second"
    assert note.stat().st_mode & 0o777 == 0o600


def test_a_second_run_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD + "time.sleep(60)", str(tmp_path)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with (
            pytest.raises(LauncherError, match=rf"in use by another run \(process {holder.pid}\)"),
            locked_data_dir(tmp_path),
        ):
            pass
        holder.kill()
    with locked_data_dir(tmp_path):
        pass


@pytest.mark.slow
def test_a_new_run_waits_for_the_servers_of_a_killed_one(tmp_path: Path) -> None:
    heir = (
        "import subprocess\n  subprocess.Popen(['sleep', '0.5'], pass_fds=[folder.lock], stdout=subprocess.DEVNULL)\n"
    )
    heir += "  import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", HOLD + heir, str(tmp_path)], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    with locked_data_dir(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    with locked_data_dir(tmp_path):
        assert tmp_path.stat().st_mode & 0o777 == 0o750


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(LauncherError, match="cannot be made: Not a directory"),
        locked_data_dir(tmp_path / "file" / "data"),
    ):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LauncherError, match=r"cannot be written\. Set DUIXIAN_DATA_DIR"), locked_data_dir(tmp_path):
        pass


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
