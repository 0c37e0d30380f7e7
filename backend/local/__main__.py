"""``python -m backend.local run`` runs the tracker; ``exec COMMAND …`` runs a command with servers to itself."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from backend.local.postgres import temporary_postgres
from backend.local.process import LauncherError
from backend.local.site import run
from backend.local.valkey import temporary_valkey


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m backend.local", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("run", help="run the tracker until Ctrl-C")
    execution = actions.add_parser("exec", help="run a command with an empty PostgreSQL and Valkey of its own")
    execution.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    try:
        if options.action == "exec":
            return run_with_servers(options.command)
        run(os.environ)
    except LauncherError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


def run_with_servers(command: Sequence[str]) -> int:
    """Run a command with DATABASE_URL and CELERY_BROKER_URL set, those that are given or new empty servers'.

    Returns the command's exit code.
    """
    with ExitStack() as stack:
        environment = dict(os.environ)
        if not environment.get("DATABASE_URL"):
            environment["DATABASE_URL"] = stack.enter_context(temporary_postgres()).url()
        if not environment.get("CELERY_BROKER_URL"):
            environment["CELERY_BROKER_URL"] = stack.enter_context(temporary_valkey()).url()
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
