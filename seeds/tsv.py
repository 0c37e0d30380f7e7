"""Word lists as data: one entry a line, fields apart by a tab; lines with # in front are remarks."""

from functools import cache
from importlib.resources import files

Row = tuple[str, ...]


@cache
def rows(package: str, name: str) -> tuple[Row, ...]:
    """The entries of ``words/{name}.tsv`` of a package."""
    text = files(package).joinpath("words", f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))
