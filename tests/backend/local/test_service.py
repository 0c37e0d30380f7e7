"""Programs start on a leash, and end by ever firmer signals."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from backend.local.service import Ending, Service, end

SOFT: Ending = ((signal.SIGTERM, 10.0),)
Start = Callable[[Service], subprocess.Popen[bytes]]

SLEEP = "import time; time.sleep(60)"


def python(code: str, ending: Ending = SOFT) -> Service:
    """A service that runs some Python."""
    return Service("test", [sys.executable, "-I", "-S", "-u", "-c", code], dict(os.environ), ending)


@pytest.fixture
def start() -> Iterator[Callable[[Service], subprocess.Popen[bytes]]]:
    """Starts services whose output is a pipe; ends them all."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(service: Service) -> subprocess.Popen[bytes]:
        started.append(service.start(subprocess.PIPE))
        return started[-1]

    yield begin
    for process in started:
        end(process, ())
        if process.stdout:
            process.stdout.close()


def line_of(process: subprocess.Popen[bytes]) -> str:
    """The next line that the program says."""
    assert process.stdout
    return process.stdout.readline().decode().strip()


def wait_until_gone(process: psutil.Process) -> None:
    """Return when a process that is not our child has ended; one that stays fails the test."""
    deadline = time.monotonic() + 20
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, f"{process} goes on"
        time.sleep(0.01)


def test_a_program_gets_its_environment_and_folder_and_nothing_to_read(start: Start, tmp_path: Path) -> None:
    code = "import os, sys; print(os.environ['WORD'], os.getcwd(), repr(sys.stdin.read()))"
    process = start(
        Service("test", [sys.executable, "-c", code], {"WORD": "兑现", "PYTHONUTF8": "1"}, SOFT, None, tmp_path)
    )
    assert line_of(process) == f"兑现 {tmp_path} ''"


def test_a_program_leads_its_own_session(start: Start) -> None:
    process = start(python("import os; print(os.getsid(0) == os.getpid())"))
    assert line_of(process) == "True"


def test_a_program_that_is_not_there_says_so(start: Start) -> None:
    process = start(Service("test", ["/nowhere/at-all"], {}, SOFT))
    assert line_of(process) == "cannot start /nowhere/at-all: No such file or directory"
    assert process.wait() == 1


def test_an_orderly_end_is_left_to_the_program(start: Start) -> None:
    code = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\nprint('on')\nsignal.pause()"
    process = start(python(code))
    line_of(process)
    end(process, SOFT)
    assert process.returncode == 7


def deaf_to(name: str) -> str:
    """Return a program that one signal does not end, but others do, whatever the tests themselves ignore."""
    return f"""
import signal
for number in (signal.SIGTERM, signal.SIGQUIT):
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.{name}, signal.SIG_IGN)
print("on")
while True:
    signal.pause()
"""


def test_a_deaf_program_is_asked_more_firmly_and_then_killed(start: Start) -> None:
    firm: Ending = ((signal.SIGTERM, 0.05), (signal.SIGQUIT, 10.0))
    first, second = start(python(deaf_to("SIGTERM"))), start(python(deaf_to("SIGQUIT")))
    line_of(first)
    line_of(second)
    end(first, firm)
    assert first.returncode == -signal.SIGQUIT
    end(second, ((signal.SIGQUIT, 0.05),))
    assert second.returncode == -signal.SIGKILL


def test_hurry_moves_on_to_the_next_signal(start: Start) -> None:
    process = start(python(deaf_to("SIGTERM")))
    line_of(process)
    end(process, ((signal.SIGTERM, 3600.0), (signal.SIGQUIT, 10.0)), hurry=iter([True, *[False] * 1000]).__next__)
    assert process.returncode == -signal.SIGQUIT


def test_what_the_program_started_ends_with_it(start: Start) -> None:
    code = (
        f"import subprocess, sys, time\nprint(subprocess.Popen([sys.executable, '-c', '{SLEEP}']).pid)\ntime.sleep(60)"
    )
    process = start(python(code))
    child = psutil.Process(int(line_of(process)))
    end(process, ((signal.SIGKILL, 10.0),))
    wait_until_gone(child)


def test_a_program_ends_when_its_launcher_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, signal, subprocess, sys, time\n"
        "from backend.local.service import Service\n"
        f"sleeper = Service('test', [sys.executable, '-c', '{SLEEP}'], {{}}, ((signal.SIGTERM, 1.0),))\n"
        "print(sleeper.start(subprocess.DEVNULL).pid, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout
        child = psutil.Process(int(launcher.stdout.readline()))
        while "leash.py" in " ".join(child.cmdline()):
            time.sleep(0.01)
        launcher.kill()
    wait_until_gone(child)
