"""The whole of `make run`, as a person sees it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from backend.local.data_dir import temporary_folder
from backend.local.process import free_port

# One process of several runs all of these: they share a data folder, in their order.
pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("run")]

ROOT = Path(__file__).resolve().parents[3]


class Run:
    """A launcher in a process of its own, and what it has said."""

    def __init__(self, folder: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/"
        self.folder = folder
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "backend.local", "run"],
            cwd=ROOT,
            env={**_plain_environment(), "PORT": str(port), "DUIXIAN_DATA_DIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def read_until(self, beginning: str, words: str = "") -> str:
        """Read on until a line begins so and holds the words; return it."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith(beginning) and words in line:
                return line.rstrip()
        raise AssertionError("\n".join(self.lines))

    def finish(self) -> int:
        """Read the rest and return the exit code."""
        assert self.process.stdout
        with self.process:
            if not self.process.stdout.closed:
                self.lines += self.process.stdout.read().splitlines()
        return self.process.returncode

    def programs(self) -> list[psutil.Process]:
        """Every process under the launcher."""
        return psutil.Process(self.process.pid).children(recursive=True)


def _plain_environment() -> dict[str, str]:
    """The present environment without what steers the launcher."""
    steering = {"DATABASE_URL", "CELERY_BROKER_URL", "ALLOWED_HOSTS", "SECRET_KEY", "SITE_URL", "HTTPS"}
    return {name: value for name, value in os.environ.items() if name not in steering}


@contextmanager
def running(folder: Path) -> Iterator[Run]:
    """A launcher that is stopped in any case."""
    run = Run(folder, free_port())
    try:
        yield run
    finally:
        run.process.terminate()
        run.finish()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data folder that the tests of this file share, in their order."""
    with temporary_folder() as folder:
        yield folder / "data"


def gone(programs: list[psutil.Process]) -> bool:
    """Tell whether none of them runs any more."""
    return all(not program.is_running() or program.status() == psutil.STATUS_ZOMBIE for program in programs)


def log_in(address: str, password: str) -> requests.Response:
    """Log in to the admin as its first administrator."""
    with requests.Session() as session:
        page = session.get(f"{address}admin/login/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = {"username": "admin", "password": password, "csrfmiddlewaretoken": token[1]}
        return session.post(f"{address}admin/login/", data=form, allow_redirects=False)


def first_snapshot(run: Run) -> dict[str, Any]:
    """Wait for the snapshot that the worker takes at its first start."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found: list[dict[str, Any]] = requests.get(f"{run.address}data/manifest.json", timeout=10).json()["snapshots"]
        if found:
            return found[0]
        time.sleep(0.5)
    raise AssertionError("no snapshot")


def test_a_first_start_serves_and_tells_the_password_and_ends_in_order(folder: Path) -> None:
    with running(folder) as run:
        administrator = run.read_until("administrator:")
        assert f"ready: {run.address}" in run.lines
        assert f"admin: {run.address}admin/" in run.lines
        assert requests.get(f"{run.address}readyz", timeout=10).json() == {"status": "ok"}
        password = re.search(r"password: (\S+)", administrator)
        assert password
        assert log_in(run.address, "not the password").status_code == 200
        assert log_in(run.address, password[1]).status_code == 302
        line = run.read_until("worker   | ", "INFO celery.apps.worker [-] celery@")
        assert re.match(r"worker   \| \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} INFO ", line)
        assert (folder / "site.url").read_text() == run.address.removesuffix("/")
        assert first_snapshot(run)["url"].startswith(f"{run.address}data/")
        programs = run.programs()
        assert len(programs) >= 5
        run.process.send_signal(signal.SIGTERM)
        assert run.finish() == 0
    assert gone(programs)
    assert list(folder.glob("*.url")) == []
    assert run.lines[-1] == "stopped"
    assert {line.split("|")[0].strip() for line in run.lines if "|" in line} >= {
        *("postgres", "valkey", "setup", "web", "worker")
    }
    assert any("Warm shutdown" in line for line in run.lines)


def child(run: Run, word: str) -> psutil.Process:
    """The program under the launcher of which a part of the command line is called so, once it runs."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for one in psutil.Process(run.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                if any(_name(part).startswith(word) for part in one.cmdline()):
                    return one
        time.sleep(0.05)
    raise AssertionError(f"no {word} runs")


def _name(part: str) -> str:
    return Path(part.split(" ", maxsplit=1)[0]).name


def test_a_second_start_keeps_the_data_and_is_alone(folder: Path) -> None:
    with running(folder) as run:
        run.read_until("admin:")
        assert not any(line.startswith("administrator:") for line in run.lines)
        assert not any("Applying" in line for line in run.lines)
        with running(folder) as second:
            assert second.finish() == 1
        assert len(second.lines) == 1
        assert f"{folder} is in use by another run (process {run.process.pid})" in second.lines[0]


def wait_until_it_serves(address: str) -> None:
    """Return when the site is ready; one that stays away fails the test."""
    deadline = time.monotonic() + 60
    while True:
        try:
            if requests.get(f"{address}readyz", timeout=5).status_code == 200:
                return
        except requests.RequestException:
            pass
        assert time.monotonic() < deadline, "the site stays away"
        time.sleep(0.05)


def test_whoever_dies_comes_back(folder: Path) -> None:
    with running(folder) as run:
        run.read_until("admin:")
        one_of_many = child(run, "granian").children()[-1]
        one_of_many.kill()
        run.read_until("web      | [ERROR]")
        wait_until_it_serves(run.address)
        for name, word in (("web", "granian"), ("valkey", "valkey"), ("postgres", "postgres"), ("worker", "worker")):
            child(run, word).kill()
            run.read_until(f"{name} ended unexpectedly (signal 9): it is started again in")
            wait_until_it_serves(run.address)
        assert requests.get(f"{run.address}api/v1/commitments/", timeout=10).json()["count"] == 187
        under_it = run.programs()
        run.process.send_signal(signal.SIGTERM)
        assert run.finish() == 0
    assert gone(under_it)


def test_a_taken_port_is_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        run = Run(folder, server.getsockname()[1])
        assert run.finish() == 1
    assert len(run.lines) == 1
    assert run.lines[0].startswith("error: Port ")
