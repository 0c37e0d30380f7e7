"""The virtual environment is made from locked requirements, once, or one line says why not."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from backend.local import install
from backend.local.install import main

pytestmark = pytest.mark.slow


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    """A lock file with one small package that lies beside it."""
    wheel = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "WORD = '兑现'\n")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    lock = tmp_path / "requirements.txt"
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(f"tiny @ {wheel.as_uri()} --hash=sha256:{digest}\n")
    return lock


def word_of(environment: Path) -> str:
    """What the small package says inside an environment."""
    program = [str(environment / "bin" / "python"), "-c", "import tiny; print(tiny.WORD)"]
    return subprocess.run(program, check=True, capture_output=True, text=True).stdout.strip()


def test_an_environment_is_made_and_filled_once(
    tmp_path: Path, requirements: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = tmp_path / "venv"
    assert main(requirements, environment) == 0
    assert word_of(environment) == "兑现"
    assert "Installing requirements.txt" in capsys.readouterr().out
    assert main(requirements, environment) == 0
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_the_locked_one_is_refused(
    tmp_path: Path, requirements: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    requirements.write_text(requirements.read_text()[:-10] + "0123456789")
    assert main(requirements, tmp_path / "venv") == 1
    said = capsys.readouterr().err
    assert said.startswith("error: pip could not install requirements.txt: ")
    assert "HASH" in said.upper()
    assert said.count("\n") == 1


def test_a_package_without_a_wheel_for_this_system_is_named_and_nothing_is_built(
    tmp_path: Path, requirements: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other-1.0.tar.gz").write_bytes(b"sources")
    (tmp_path / "other-1.0-cp311-cp311-plan9_mips.whl").write_bytes(b"wheel")
    wanted = f"--no-index\n--find-links {tmp_path.as_uri()}\nother==1.0 --hash=sha256:{'0' * 64}\n"
    requirements.write_text(wanted + requirements.read_text())
    assert main(requirements, tmp_path / "venv") == 1
    said = capsys.readouterr().err
    assert said.startswith("error: pip could not install requirements.txt: other==1.0 has no wheel for this system (")
    assert "PYTHON3=" in said
    assert said.count("\n") == 1


def test_an_environment_that_does_not_run_is_made_anew(tmp_path: Path, requirements: Path) -> None:
    environment = tmp_path / "venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to("/nowhere/python3")
    assert main(requirements, environment) == 0
    assert word_of(environment) == "兑现"


def test_a_python_without_venv_is_told_what_is_missing(
    tmp_path: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    python = tmp_path / "python"
    python.write_text(
        "#!/bin/sh\necho 'The virtual environment was not created: ensurepip is not available.'\nexit 1\n"
    )
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    assert main(requirements, tmp_path / "venv") == 1
    assert capsys.readouterr().err.endswith("on Debian and Ubuntu, install python3-venv first\n")
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ("Looking\nERROR: Disk full\nERROR: more\n", "Disk full"),
        ("ERROR: Ignored the following versions: 6.0\nERROR: Disk full\n", "Disk full"),
        (
            "connection broken by 'NewConnectionError'\nERROR: No matching distribution found for a==1\n",
            "the package index does not answer, so a==1 is missing: check the network and try again",
        ),
        ("first\nlast\n", "last"),
        ("", "no reason given"),
    ],
)
def test_the_telling_line_of_many_is_shown(messages: str, reason: str) -> None:
    assert install._reason(messages) == reason
