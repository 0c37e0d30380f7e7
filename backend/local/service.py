"""What a supervised program is, and how one is started and stopped."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from backend.local.account import Account

_LEASH = Path(__file__).with_name("leash.py")

# The signals that end a program, in turn, each with the seconds it gets; SIGKILL follows them.
Ending = Sequence[tuple[signal.Signals, float]]


@dataclass(frozen=True, slots=True)
class Service:
    """One program to run: its name in the output, its command line and environment, and how it likes to end."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ending: Ending
    account: Account | None = field(default=None)

    def start(self, output: int | IO[bytes], keep_open: Sequence[int] = ()) -> subprocess.Popen[bytes]:
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
            stderr=subprocess.STDOUT,
            env=dict(self.environment),
            start_new_session=True,
            pass_fds=keep_open,
        )


def end(
    process: subprocess.Popen[bytes],
    ending: Ending,
    hurry: Callable[[], bool] = lambda: False,
) -> None:
    """Ask a program to end, ever more firmly, and wait until it and all that it started are gone."""
    for number, seconds in ending:
        if process.poll() is not None or hurry():
            break
        process.send_signal(number)
        _wait(process, seconds)
    _kill_group(process)
    process.wait()


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the program's session; nothing is left after an orderly end."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
