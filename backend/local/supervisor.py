"""One foreground process over several programs: it shows their output, notices a death, and stops them in order."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

from backend.local.errors import LauncherError
from backend.local.service import Service, end
from backend.local.signals import StopRequest, StopRequests

# How often the programs are looked after, in seconds.
_GLANCE = 0.1
_NAME_WIDTH = 8
_SHOWING = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class _Program:
    service: Service
    process: subprocess.Popen[bytes]
    shower: threading.Thread

    def end(self, hurry: Callable[[], bool]) -> None:
        end(self.process, self.service.ending, hurry)
        self.shower.join(timeout=1)


class Supervisor:
    """Starts services and, when its block ends, stops them: last started, first stopped.

    ``keep_open`` are files that every service inherits. A stop request ends any wait by StopRequest; one that arrives
    while the services are being stopped moves on to the next, firmer signal.
    """

    def __init__(self, requests: StopRequests, keep_open: tuple[int, ...] = ()) -> None:
        self._requests = requests
        self._keep_open = keep_open
        self._programs: list[_Program] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._programs:
            self._programs.pop().end(self._requests.take)

    def start(self, service: Service) -> subprocess.Popen[bytes]:
        """Start a service that is to run until the end."""
        process = service.start(subprocess.PIPE, keep_open=self._keep_open)
        self._programs.append(_Program(service, process, _show_all(service.name, _pipe(process.stdout))))
        return process

    def ask(self, service: Service) -> str:
        """Run a program to its end while the services run; show its messages and return its answer (its output)."""
        process = service.start(subprocess.PIPE, errors=subprocess.PIPE, keep_open=self._keep_open)
        program = _Program(service, process, _show_all(service.name, _pipe(process.stderr)))
        self._programs.append(program)
        with _pipe(process.stdout) as answer:
            while process.poll() is None:
                self.check(besides=program)
                time.sleep(_GLANCE / 5)
            self._programs.remove(program)
            program.shower.join(timeout=1)
            if process.returncode:
                how = _how_it_ended(process.returncode)
                raise LauncherError(f"{service.name} failed ({how}): see its messages above.")
            return answer.read().decode()

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
            time.sleep(_GLANCE)

    def wait(self) -> None:
        """Look after the services until one dies."""
        while True:
            self.check()
            time.sleep(_GLANCE)


def show(name: str, line: str) -> None:
    """Print a line with its source; when nobody reads any more, go on in silence."""
    with _SHOWING:
        try:
            sys.stdout.write(f"{name:<{_NAME_WIDTH}} | {line}\n" if name else f"{line}\n")
            sys.stdout.flush()
        except OSError:
            return


def _show_all(name: str, stream: IO[bytes]) -> threading.Thread:
    """Show each line of a program's output from a thread, which ends with the output."""

    def pump() -> None:
        with stream:
            for line in stream:
                show(name, line.decode(errors="replace").rstrip())

    shower = threading.Thread(target=pump, name=f"output of {name}", daemon=True)
    shower.start()
    return shower


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    """Return a stream that was asked for as a pipe, and so is one."""
    if stream is None:
        raise TypeError("not a pipe")
    return stream


def _how_it_ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
