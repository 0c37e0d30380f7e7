"""How commands print lines that other programs read."""

import io
import os
import sys
from collections.abc import Iterable

from django.core.management.base import OutputWrapper


def print_lines(stdout: OutputWrapper, lines: Iterable[str]) -> None:
    """Print each line in UTF-8, whatever the terminal's language, and stop quietly when the reader has seen enough."""
    stream: object = getattr(stdout, "_out", None)
    if isinstance(stream, io.TextIOWrapper):
        # JSON is UTF-8 whatever the terminal's language, and its lines end alike on every system.
        stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        for line in lines:
            stdout.write(line)
        stdout.flush()
    except BrokenPipeError:
        # The reader, such as head, has seen enough. What is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
