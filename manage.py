#!/usr/bin/env python
"""Run a Django management command of Duixian."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Point Django at the settings and run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    # Modules are named with underscores; a command may be called either way: second-reader.
    name = [word if word.startswith("-") else word.replace("-", "_") for word in sys.argv[1:2]]
    execute_from_command_line([*sys.argv[:1], *name, *sys.argv[2:]])


if __name__ == "__main__":
    main()
