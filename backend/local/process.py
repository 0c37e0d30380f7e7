"""Programs of this machine: how one is started and stopped, and one foreground process that looks after several.

Run as a program, this file ties another program's life to its parent's: ``exec_with_parent_death_signal``. It therefore
imports the standard library alone.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

LOOPBACK = "127.0.0.1"
# How often the supervisor looks after its programs, in seconds.
_POLL_INTERVAL = 0.1
# A service that dies is started again after the first of these pauses, in seconds, the next time after the second;
# after the last the launcher gives up. Who has been at work for _STEADY seconds begins anew.
RESTART_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_STEADY = 60.0
_NAME_WIDTH = 8
_OUTPUT_LOCK = threading.Lock()
_PR_SET_PDEATHSIG = 1

# The signals that end a program, in turn, each with the seconds it gets; SIGKILL follows them.
StopSignals = Sequence[tuple[signal.Signals, float]]


class LauncherError(Exception):
    """Something the person at the keyboard can mend; the message says what and how, in one line."""


class StopRequest(KeyboardInterrupt):
    """Someone has asked the launcher to stop."""


class StopRequests:
    """Counts TERM, Ctrl-C and a closed terminal, so that the launcher takes note of them when it is safe to."""

    def __init__(self) -> None:
        self._arrived = 0

    def listen(self) -> None:
        """From now on collect the signals instead of dying of them."""
        signal.signal(signal.SIGTERM, self._note)
        signal.signal(signal.SIGINT, self._note)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # Under nohup it stays ignored.
            signal.signal(signal.SIGHUP, self._note)

    def take(self) -> bool:
        """Tell whether a request has arrived since the last call."""
        arrived, self._arrived = self._arrived, 0
        return arrived > 0

    def _note(self, *_signal_and_frame: object) -> None:
        self._arrived += 1


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the system, by number."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Service:
    """One program to run: its name in the output, command line and environment, and the signals that end it.

    ``folder`` is its working folder; None is the launcher's.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    stop_signals: StopSignals
    account: Account | None = None
    folder: Path | None = None

    def start(
        self, output: int | IO[bytes], *, errors: int = subprocess.STDOUT, pass_fds: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that Ctrl-C reaches the launcher alone.

        Call this from the main thread: the kernel takes the thread's end for the parent's death.
        """
        uid, gid = (self.account.uid, self.account.gid) if self.account else (-1, -1)
        death_signal = int(self.stop_signals[0][0])
        tie = [sys.executable, "-I", "-S", __file__, *map(str, (os.getpid(), death_signal, uid, gid))]
        return subprocess.Popen(
            [*tie, *self.command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=dict(self.environment),
            cwd=self.folder,
            start_new_session=True,
            pass_fds=pass_fds,
        )


def exec_with_parent_death_signal(arguments: list[str]) -> None:
    """Become a program that gets a signal when its parent dies for whatever reason, ``kill -9`` included.

    The arguments are PARENT SIGNAL UID GID PROGRAM [ARGUMENT …]; a UID of -1 keeps the account. Linux only; elsewhere
    an orphan has to be ended by hand. A process of its own, because setting this between fork and exec is unsafe in a
    process with threads, and because a change of account clears it.
    """
    parent, death_signal, uid, gid = (int(argument) for argument in arguments[:4])
    program = arguments[4:]
    if uid != -1:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # It died before we could ask.
            sys.exit(1)
    try:
        os.execv(program[0], program)
    except OSError as error:
        sys.exit(f"cannot start {program[0]}: {error.strerror}")


def stop(
    process: subprocess.Popen[bytes], stop_signals: StopSignals, is_forced: Callable[[], bool] = lambda: False
) -> None:
    """Ask a program to end, ever more firmly, and wait until it and all that it started are gone.

    ``is_forced`` is asked again and again; each yes moves on to the next signal.
    """
    for number, seconds in stop_signals:
        if process.poll() is None:
            process.send_signal(number)
            _wait(process, seconds, is_forced)
    _kill_group(process.pid)
    process.wait()


def _wait(process: subprocess.Popen[bytes], seconds: float, is_forced: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline and not is_forced():
        time.sleep(0.02)


def _kill_group(group: int) -> None:
    """Kill what is left of a program's session; after an orderly end, nothing is."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # macOS says the second of a group whose members have all ended.
        return


class Server(Protocol):
    """What can be made ready in a folder, started, and asked whether it serves."""

    folder: Path

    def prepare(self) -> None: ...

    def service(self) -> Service: ...

    def is_ready(self) -> bool: ...


@contextmanager
def running(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """Run one server for a block, its messages going to a file beside its folder; a failed start shows them."""
    server.prepare()
    service = server.service()
    messages = server.folder.with_name(f"{service.name}.log")
    with messages.open("wb") as log:
        process = service.start(log)
    try:
        deadline = time.monotonic() + 60
        while not server.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise LauncherError(f"{service.name} did not start: {messages.read_text(errors='replace')}")
            time.sleep(0.02)
        yield process
    finally:
        stop(process, service.stop_signals)


@dataclass(slots=True, eq=False)
class _Program:
    """A service at work. ``deaths`` follow each other closely; ``restart_at`` is set while it waits to begin again."""

    service: Service
    process: subprocess.Popen[bytes]
    output_thread: threading.Thread
    started_at: float = field(default_factory=time.monotonic)
    deaths: int = 0
    restart_at: float | None = None

    def stop(self, is_forced: Callable[[], bool]) -> None:
        stop(self.process, self.service.stop_signals, is_forced)
        self.output_thread.join(timeout=1)


class Supervisor:
    """Starts services and, when its block ends, stops them: last started, first stopped.

    Every service inherits ``pass_fds``. A stop request ends any wait by StopRequest; one that arrives while the
    services are being stopped moves on to the next, firmer signal. A service that dies while others are being started
    ends them all; once all are at work, it is started again, each time after a longer pause.
    """

    def __init__(self, requests: StopRequests, pass_fds: tuple[int, ...] = ()) -> None:
        self._requests = requests
        self._pass_fds = pass_fds
        self._programs: list[_Program] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._programs:
            self._programs.pop().stop(self._requests.take)

    def start(self, service: Service) -> subprocess.Popen[bytes]:
        """Start a service that is to run until the end."""
        program = _Program(service, *self._begin(service))
        self._programs.append(program)
        return program.process

    def _begin(self, service: Service) -> tuple[subprocess.Popen[bytes], threading.Thread]:
        process = service.start(subprocess.PIPE, pass_fds=self._pass_fds)
        return process, _print_output(service.name, _pipe(process.stdout))

    def check_output(self, service: Service) -> str:
        """Run a program to its end while the services run; show its messages and return its output."""
        process = service.start(subprocess.PIPE, errors=subprocess.PIPE, pass_fds=self._pass_fds)
        program = _Program(service, process, _print_output(service.name, _pipe(process.stderr)))
        self._programs.append(program)
        with _pipe(process.stdout) as output:
            while process.poll() is None:
                self.check(besides=program)
                time.sleep(_POLL_INTERVAL / 5)
            self._programs.remove(program)
            program.output_thread.join(timeout=1)
            if process.returncode:
                how = _how_it_ended(process.returncode)
                raise LauncherError(f"{service.name} failed ({how}): see its messages above.")
            return output.read().decode()

    def check(self, besides: _Program | None = None) -> None:
        """Raise LauncherError if a service has died, StopRequest if someone wants to stop."""
        if self._requests.take():
            raise StopRequest
        for program in self._programs:
            if program is not besides and program.process.poll() is not None:
                how = _how_it_ended(program.process.returncode)
                raise LauncherError(f"{program.service.name} ended unexpectedly ({how}): the rest is being stopped.")

    def wait_until(self, happened: Callable[[], bool], seconds: float, otherwise: str) -> None:
        """Wait for something while looking after the services."""
        deadline = time.monotonic() + seconds
        while not happened():
            self.check()
            if time.monotonic() > deadline:
                raise LauncherError(otherwise)
            time.sleep(_POLL_INTERVAL)

    def wait(self) -> None:
        """Look after the services and start again what dies, until one dies again and again.

        Raises LauncherError then, StopRequest if someone wants to stop.
        """
        while True:
            if self._requests.take():
                raise StopRequest
            for program in self._programs:
                self._look_after(program)
            time.sleep(_POLL_INTERVAL)

    def _look_after(self, program: _Program) -> None:
        now = time.monotonic()
        if program.restart_at is not None:
            if now >= program.restart_at:
                program.process, program.output_thread = self._begin(program.service)
                program.started_at, program.restart_at = now, None
        elif program.process.poll() is not None:
            program.deaths = 1 if now - program.started_at > _STEADY else program.deaths + 1
            pause = _restart_pause(program)
            # What it has started must not hold its port.
            program.stop(lambda: True)
            program.restart_at = now + pause


def _restart_pause(program: _Program) -> float:
    """Say that a program has died, and return the seconds until it is started again. Raises LauncherError if never."""
    name, how = program.service.name, _how_it_ended(program.process.returncode)
    if program.deaths > len(RESTART_PAUSES):
        raise LauncherError(
            f"{name} ended unexpectedly ({how}), {program.deaths} times in a row: the rest is being stopped."
        )
    pause = RESTART_PAUSES[program.deaths - 1]
    print_line("", f"{name} ended unexpectedly ({how}): it is started again in {pause:g} s.")
    return pause


def print_line(name: str, line: str) -> None:
    """Print a line with its source; when nobody reads any more, go on in silence."""
    with _OUTPUT_LOCK:
        try:
            sys.stdout.write(f"{name:<{_NAME_WIDTH}} | {line}\n" if name else f"{line}\n")
            sys.stdout.flush()
        except OSError:
            return


def _print_output(name: str, stream: IO[bytes]) -> threading.Thread:
    """Print each line of a program's output from a thread, which ends with the output."""

    def pump() -> None:
        with stream:
            for line in stream:
                print_line(name, line.decode(errors="replace").rstrip())

    output_thread = threading.Thread(target=pump, name=f"output of {name}", daemon=True)
    output_thread.start()
    return output_thread


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    """Return a stream that was asked for as a pipe, and so is one."""
    if stream is None:
        raise TypeError("not a pipe")
    return stream


def _how_it_ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def free_port() -> int:
    """Return a TCP port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def require_free(port: int) -> None:
    """Raise LauncherError unless the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError:
            raise LauncherError(f"Port {port} needs the rights of root: choose one above 1023, PORT=8000.") from None
        except OSError:
            raise LauncherError(
                f"Port {port} is in use: stop what uses it, or choose another, PORT={port + 1}."
            ) from None


if __name__ == "__main__":
    exec_with_parent_death_signal(sys.argv[1:])
