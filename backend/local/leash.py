"""Tie a program's life to the process that starts it, then become that program.

Run as ``python -I -S leash.py PARENT SIGNAL UID GID PROGRAM [ARGUMENT …]``. The program gets SIGNAL when PARENT dies
for whatever reason, ``kill -9`` included (Linux only; elsewhere an orphan has to be ended by hand). A UID of -1 keeps
the account. A step of its own, because setting this between fork and exec is unsafe in a process with threads, and
because a change of account clears it.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Change the account, ask the kernel for the signal, and replace this process by the program."""
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


if __name__ == "__main__":
    main(sys.argv[1:])
