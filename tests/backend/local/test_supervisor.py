"""The supervisor shows, watches and stops programs."""

import io
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from backend.local.errors import LauncherError
from backend.local.service import Ending, Service
from backend.local.signals import StopRequest, StopRequests
from backend.local.supervisor import Supervisor, show

ENDING: Ending = ((signal.SIGTERM, 10.0),)


def python(name: str, code: str) -> Service:
    """A service that runs some Python."""
    return Service(name, [sys.executable, "-I", "-S", "-u", "-c", code], dict(os.environ), ENDING)


def sleeper(name: str, farewell: Path) -> Service:
    """A service that sleeps until TERM and then adds its name to a file."""
    code = (
        f"import signal, sys\ndef leave(*_):\n  open({str(farewell)!r}, 'a').write('{name} ')\n  sys.exit()\n"
        f"signal.signal(signal.SIGTERM, leave)\nprint('{name} is up')\nwhile True: signal.pause()"
    )
    return python(name, code)


def wait_for(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Read the output until all the words are in it."""
    output = ""
    while not all(word in output for word in words):
        output += capsys.readouterr().out
        time.sleep(0.01)
    return output


def test_every_line_names_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    with Supervisor(StopRequests()) as supervisor:
        assert supervisor.ask(python("setup", "import sys; print('兑现', 2, file=sys.stderr)")) == ""
    show("", "ready")
    assert capsys.readouterr().out == "setup    | 兑现 2\nready\n"


def test_an_answer_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with Supervisor(StopRequests()) as supervisor:
        assert supervisor.ask(python("setup", "print('secret')")) == "secret\n"
    assert capsys.readouterr().out == ""


def test_a_failed_step_is_named() -> None:
    with Supervisor(StopRequests()) as supervisor, pytest.raises(LauncherError, match=r"setup failed \(exit code 3\)"):
        supervisor.ask(python("setup", "raise SystemExit(3)"))


def test_programs_stop_in_the_opposite_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    farewell = tmp_path / "farewell"
    with Supervisor(StopRequests()) as supervisor:
        for name in ("first", "second", "third"):
            supervisor.start(sleeper(name, farewell))
        wait_for(capsys, "first is up", "second is up", "third is up")
    assert farewell.read_text() == "third second first "


def test_a_death_is_named_and_brings_the_rest_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    farewell = tmp_path / "farewell"

    def supervise() -> None:
        with Supervisor(StopRequests()) as supervisor:
            supervisor.start(sleeper("first", farewell))
            doomed = supervisor.start(sleeper("web", farewell))
            supervisor.start(sleeper("third", farewell))
            wait_for(capsys, "first is up", "web is up", "third is up")
            doomed.kill()
            supervisor.wait()

    with pytest.raises(LauncherError, match=r"web ended unexpectedly \(signal 9\)"):
        supervise()
    assert farewell.read_text() == "third first "


def test_a_death_is_noticed_during_a_step(tmp_path: Path) -> None:
    with Supervisor(StopRequests()) as supervisor:
        supervisor.start(python("web", "raise SystemExit(5)"))
        with pytest.raises(LauncherError, match=r"web ended unexpectedly \(exit code 5\)"):
            supervisor.ask(sleeper("setup", tmp_path / "farewell"))


def test_a_stop_request_ends_any_wait() -> None:
    class Asked(StopRequests):
        def take(self) -> bool:
            return True

    with pytest.raises(StopRequest), Supervisor(Asked()) as supervisor:
        supervisor.wait()


def test_waiting_has_an_end() -> None:
    with Supervisor(StopRequests()) as supervisor, pytest.raises(LauncherError, match="too late"):
        supervisor.wait_until(lambda: False, seconds=0, otherwise="too late")


def test_output_that_nobody_takes_does_not_stop_the_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        stream = io.TextIOWrapper(full, write_through=True)
        monkeypatch.setattr(sys, "stdout", stream)
        show("web", "gone")
        show("web", "gone again")
        monkeypatch.undo()
        with pytest.raises(OSError, match="No space left"):
            stream.write("still full")
        stream.detach()
