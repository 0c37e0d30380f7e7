"""Programs start tied to their launcher and end by ever firmer signals; the supervisor watches and stops them."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from backend.local import process as launcher
from backend.local.process import (
    LOOPBACK,
    LauncherError,
    Service,
    StopRequest,
    StopRequests,
    StopSignals,
    Supervisor,
    free_port,
    print_line,
    require_free,
    stop,
)

pytestmark = pytest.mark.slow

SOFT: StopSignals = ((signal.SIGTERM, 10.0),)
Start = Callable[[Service], subprocess.Popen[bytes]]

SLEEP = "import time; time.sleep(60)"


def python(code: str, name: str = "test") -> Service:
    """A service that runs some Python."""
    return Service(name, [sys.executable, "-I", "-S", "-u", "-c", code], dict(os.environ), SOFT)


@pytest.fixture
def start() -> Iterator[Callable[[Service], subprocess.Popen[bytes]]]:
    """Starts services whose output is a pipe; ends them all."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(service: Service) -> subprocess.Popen[bytes]:
        started.append(service.start(subprocess.PIPE))
        return started[-1]

    yield begin
    for process in started:
        stop(process, ())
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
    stop(process, SOFT)
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
    firm: StopSignals = ((signal.SIGTERM, 0.05), (signal.SIGQUIT, 10.0))
    first, second = start(python(deaf_to("SIGTERM"))), start(python(deaf_to("SIGQUIT")))
    line_of(first)
    line_of(second)
    stop(first, firm)
    assert first.returncode == -signal.SIGQUIT
    stop(second, ((signal.SIGQUIT, 0.05),))
    assert second.returncode == -signal.SIGKILL


def test_a_forced_stop_moves_on_to_the_next_signal(start: Start) -> None:
    process = start(python(deaf_to("SIGTERM")))
    line_of(process)
    stop(process, ((signal.SIGTERM, 3600.0), (signal.SIGQUIT, 10.0)), is_forced=iter([True, *[False] * 1000]).__next__)
    assert process.returncode == -signal.SIGQUIT


def test_what_the_program_started_ends_with_it(start: Start) -> None:
    code = (
        f"import subprocess, sys, time\nprint(subprocess.Popen([sys.executable, '-c', '{SLEEP}']).pid)\ntime.sleep(60)"
    )
    process = start(python(code))
    child = psutil.Process(int(line_of(process)))
    stop(process, ((signal.SIGKILL, 10.0),))
    wait_until_gone(child)


def test_a_program_ends_when_its_launcher_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, signal, subprocess, sys, time\n"
        "from backend.local.process import Service\n"
        f"sleeper = Service('test', [sys.executable, '-c', '{SLEEP}'], {{}}, ((signal.SIGTERM, 1.0),))\n"
        "print(sleeper.start(subprocess.DEVNULL).pid, flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout
        child = psutil.Process(int(launcher.stdout.readline()))
        while "process.py" in " ".join(child.cmdline()):
            time.sleep(0.01)
        launcher.kill()
    wait_until_gone(child)


@pytest.fixture
def requests() -> Iterator[StopRequests]:
    """Listens to the signals of this process, and gives them back."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    # As in a terminal, even where the tests themselves run under nohup.
    before = {number: signal.signal(number, signal.SIG_DFL) for number in numbers}
    requests = StopRequests()
    requests.listen()
    yield requests
    for number, handler in before.items():
        signal.signal(number, handler)


def test_under_nohup_a_closed_terminal_is_no_request(requests: StopRequests) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    requests.listen()
    os.kill(os.getpid(), signal.SIGHUP)
    assert not requests.take()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_each_signal_is_one_request(requests: StopRequests, number: signal.Signals) -> None:
    assert not requests.take()
    os.kill(os.getpid(), number)
    assert requests.take()
    assert not requests.take()


def sleeper(name: str, farewell: Path) -> Service:
    """A service that sleeps until TERM and then adds its name to a file."""
    code = (
        f"import signal, sys\ndef leave(*_):\n  open({str(farewell)!r}, 'a').write('{name} ')\n  sys.exit()\n"
        f"signal.signal(signal.SIGTERM, leave)\nprint('{name} is up')\nwhile True: signal.pause()"
    )
    return python(code, name)


def wait_for(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Read the output until all the words are in it."""
    output = ""
    while not all(word in output for word in words):
        output += capsys.readouterr().out
        time.sleep(0.01)
    return output


def test_every_line_names_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    with Supervisor(StopRequests()) as supervisor:
        assert supervisor.check_output(python("import sys; print('兑现', 2, file=sys.stderr)", "setup")) == ""
    print_line("", "ready")
    assert capsys.readouterr().out == "setup    | 兑现 2\nready\n"


def test_an_output_that_is_asked_for_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with Supervisor(StopRequests()) as supervisor:
        assert supervisor.check_output(python("print('secret')", "setup")) == "secret\n"
    assert capsys.readouterr().out == ""


def test_a_failed_step_is_named() -> None:
    with Supervisor(StopRequests()) as supervisor, pytest.raises(LauncherError, match=r"setup failed \(exit code 3\)"):
        supervisor.check_output(python("raise SystemExit(3)", "setup"))


def test_programs_stop_in_the_opposite_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    farewell = tmp_path / "farewell"
    with Supervisor(StopRequests()) as supervisor:
        for name in ("first", "second", "third"):
            supervisor.start(sleeper(name, farewell))
        wait_for(capsys, "first is up", "second is up", "third is up")
    assert farewell.read_text() == "third second first "


class Until(StopRequests):
    """A request to stop that arrives, once, when something has come true."""

    def __init__(self, happened: Callable[[], bool]) -> None:
        super().__init__()
        self._happened, self._is_over = happened, False

    def take(self) -> bool:
        arrived, self._is_over = not self._is_over and self._happened(), self._is_over or self._happened()
        return arrived


def test_who_dies_is_started_again_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    farewell, starts = tmp_path / "farewell", tmp_path / "starts"
    counted = python(f"open({str(starts)!r}, 'a').write('x')\n{SLEEP}", "web")

    def started(times: int) -> bool:
        return starts.exists() and len(starts.read_text()) >= times

    def supervise() -> None:
        with Supervisor(Until(lambda: started(2))) as supervisor:
            first = supervisor.start(sleeper("first", farewell))
            doomed = supervisor.start(counted)
            wait_for(capsys, "first is up")
            while not started(1):
                time.sleep(0.01)
            doomed.kill()
            doomed.wait()
            try:
                supervisor.wait()
            finally:
                assert first.poll() is None

    with pytest.raises(StopRequest):
        supervise()
    assert "web ended unexpectedly (signal 9): it is started again in 0.5 s.\n" in capsys.readouterr().out
    assert farewell.read_text() == "first "


def test_who_dies_again_and_again_brings_the_rest_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "RESTART_PAUSES", (0.0, 0.0))
    farewell = tmp_path / "farewell"

    def supervise() -> None:
        with Supervisor(StopRequests()) as supervisor:
            supervisor.start(sleeper("first", farewell))
            supervisor.start(python("raise SystemExit(5)", "web"))
            supervisor.start(sleeper("third", farewell))
            wait_for(capsys, "first is up", "third is up")
            supervisor.wait()

    with pytest.raises(LauncherError, match=r"web ended unexpectedly \(exit code 5\), 3 times in a row"):
        supervise()
    assert farewell.read_text() == "third first "


def test_a_death_is_noticed_during_a_step(tmp_path: Path) -> None:
    with Supervisor(StopRequests()) as supervisor:
        supervisor.start(python("raise SystemExit(5)", "web"))
        with pytest.raises(LauncherError, match=r"web ended unexpectedly \(exit code 5\)"):
            supervisor.check_output(sleeper("setup", tmp_path / "farewell"))


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
        print_line("web", "gone")
        print_line("web", "gone again")
        monkeypatch.undo()
        with pytest.raises(OSError, match="No space left"):
            stream.write("still full")
        stream.detach()


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    require_free(port)
    with socket.create_server((LOOPBACK, port)):
        pass


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(LauncherError, match=rf"Port {port} is in use: .* PORT={port + 1}"):
            require_free(port)
