"""Make the virtual environment and install locked requirements into it, every file checked against its hash.

Run by any Python from 3.11 on: ``python3 backend/local/install.py requirements.txt``. Uses the standard library alone,
because nothing else is there yet. Does nothing when the same requirements are installed already.
"""

import hashlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What has no wheel for a system is told at once, instead of being compiled for minutes and failing then. The packages
# of the second line are published as sources only; they are pure Python.
_WHEELS = ["--only-binary", ":all:", "--no-binary", "jieba"]
# How pip says so.
_MISSING = "No matching distribution found for "


def main(requirements: Path, environment: Path) -> int:
    """Install; return the exit code and leave one line on standard error if something is wrong."""
    python = environment / "bin" / "python"
    stamp = environment / f"{requirements.stem}.installed"
    if _works(python) and stamp.exists() and stamp.read_text(encoding="ascii") == _state(requirements):
        return 0
    if not _works(python) and not _make(environment):
        return 1
    print(f"Installing {requirements.name} into {environment.name} …", flush=True)
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet", *_WHEELS]
    installed = _run([*pip, "--require-hashes", "--requirement", str(requirements)])
    if installed.returncode:
        return _complain(f"pip could not install {requirements.name}: {_reason(installed.stderr)}")
    stamp.write_text(_state(requirements), encoding="ascii")
    return 0


def _works(python: Path) -> bool:
    """Tell whether the environment's Python runs and is new enough."""
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    return python.exists() and _run([str(python), "-c", question]).returncode == 0


def _make(environment: Path) -> bool:
    shutil.rmtree(environment, ignore_errors=True)
    made = _run([sys.executable, "-m", "venv", str(environment)])
    if made.returncode:
        shutil.rmtree(environment, ignore_errors=True)
        advice = "on Debian and Ubuntu, install python3-venv first" if "ensurepip" in made.stdout + made.stderr else ""
        _complain(f"{environment} could not be made: {advice or _reason(made.stderr)}")
    return made.returncode == 0


def _state(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True)


def _reason(messages: str) -> str:
    """Return what a program's messages come to: a missing package, else the first error, else the last line."""
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith(("ERROR:", "Error:"))]
    missing = [line.removeprefix(_MISSING) for line in errors if line.startswith(_MISSING)]
    if missing:
        return _advice(missing[0], offline="connection broken" in messages)
    # pip begins with the versions for other Pythons that it did not look at.
    telling = [line for line in errors if not line.startswith("Ignored the following")]
    return (telling or lines[-1:] or ["no reason given"])[0]


def _advice(package: str, *, offline: bool) -> str:
    if offline:
        return f"the package index does not answer, so {package} is missing: check the network and try again"
    system = f"{platform.system()} {platform.machine()}, {platform.python_implementation()} {platform.python_version()}"
    return f"{package} has no wheel for this system ({system}): remove .venv and name another Python, PYTHON3=…"


def _complain(message: str) -> int:
    sys.stderr.write(f"error: {message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), ROOT / ".venv"))
