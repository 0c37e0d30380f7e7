"""What a supervised program is, and how one is started and stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from backend.local.account import Account

_LEASH = Path(__file__).with_name("leash.py")

# The signals that end a program, in turn, each with the seconds it gets; SIGKILL follows them.
Ending = Sequence[tuple[signal.Signals, float]]


@dataclass(frozen=True, slots=True)
class Service:
    """One program to run: its name in the output, command line and environment, and the signals that end it.

    ``folder`` is its working folder; None is the launcher's.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ending: Ending
    account: Account | None = None
    folder: Path | None = None

    def start(
        self, output: int | IO[bytes], *, errors: int = subprocess.STDOUT, keep_open: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that Ctrl-C reaches the launcher alone.

        Call this from the main thread: the kernel takes the thread's end for the parent's death.
        """
        uid, gid = (self.account.uid, self.account.gid) if self.account else (-1, -1)
        death_signal = self.ending[0][0]
        leash = [
            sys.executable,
            "-I",
            "-S",
            str(_LEASH),
            *map(str, (os.getpid(), int(death_signal), uid, gid)),
        ]
        return subprocess.Popen(
            [*leash, *self.command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=dict(self.environment),
            cwd=self.folder,
            start_new_session=True,
            pass_fds=keep_open,
        )


def end(process: subprocess.Popen[bytes], ending: Ending, hurry: Callable[[], bool] = lambda: False) -> None:
    """Ask a program to end, ever more firmly, and wait until it and all that it started are gone.

    ``hurry`` is asked again and again; each yes moves on to the next signal.
    """
    for number, seconds in ending:
        if process.poll() is None:
            process.send_signal(number)
            _wait(process, seconds, hurry)
    _kill_group(process.pid)
    process.wait()


def _wait(process: subprocess.Popen[bytes], seconds: float, hurry: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline and not hurry():
        time.sleep(0.02)


def _kill_group(group: int) -> None:
    """Kill what is left of a program's session; after an orderly end, nothing is."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # macOS says the second of a group whose members have all ended.
        return
