#!/usr/bin/env python
"""Run a Django management command of Duixian."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Point Django at the settings and run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
