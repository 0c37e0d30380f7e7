"""``python -m backend.local run`` runs the tracker; ``exec COMMAND …`` runs a command with servers to itself."""

import argparse
import os
import sys

from backend.local.errors import LauncherError
from backend.local.run import run
from backend.local.scratch import run_with_servers


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
