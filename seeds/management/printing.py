"""Lines of a command for a program that reads them, such as head or jq."""

import io
import os
import sys
from collections.abc import Iterable

from django.core.management.base import OutputWrapper


def print_lines(stream: OutputWrapper, lines: Iterable[str]) -> None:
    """Write the lines as UTF-8 whatever the terminal's language, and end quietly where the reader has seen enough."""
    file: object = getattr(stream, "_out", None)
    if isinstance(file, io.TextIOWrapper):
        # Lines end alike on every system.
        file.reconfigure(encoding="utf-8", newline="\n")
    try:
        for line in lines:
            stream.write(line)
        stream.flush()
    except BrokenPipeError:
        # What is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
