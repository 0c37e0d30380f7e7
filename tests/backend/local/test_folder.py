"""The data folder: one run at a time, private secrets, plain errors."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.local.errors import LauncherError
from backend.local.folder import data_folder, write_private

HOLD = "import sys, time; from pathlib import Path; from backend.local.folder import data_folder\n"
HOLD += "with data_folder(Path(sys.argv[1])) as folder:\n  print('held', flush=True)\n  "


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    with data_folder(tmp_path / "a" / "b") as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o711


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    with data_folder(tmp_path) as folder:
        first, other = folder.secret("database"), folder.secret("broker")
    with data_folder(tmp_path) as folder:
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
            data_folder(tmp_path),
        ):
            pass
        holder.kill()
    with data_folder(tmp_path):
        pass


def test_a_new_run_waits_for_the_servers_of_a_killed_one(tmp_path: Path) -> None:
    heir = (
        "import subprocess\n  subprocess.Popen(['sleep', '0.5'], pass_fds=[folder.lock], stdout=subprocess.DEVNULL)\n"
    )
    heir += "  import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", HOLD + heir, str(tmp_path)], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    with data_folder(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    with data_folder(tmp_path):
        assert tmp_path.stat().st_mode & 0o777 == 0o750


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LauncherError, match="cannot be made: Not a directory"), data_folder(tmp_path / "file" / "data"):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LauncherError, match=r"cannot be written\. Set DUIXIAN_DATA_DIR"), data_folder(tmp_path):
        pass
