"""The word lists of ``words/``: one entry a line, sorted, fields apart by a tab; lines with # in front are remarks."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of ``words/{name}.tsv``."""
    text = files("seeds.match").joinpath("words", f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def column(name: str) -> tuple[str, ...]:
    """The first field of each entry, the longest first, as alternatives of a pattern must stand."""
    return tuple(sorted((row[0] for row in rows(name)), key=len, reverse=True))


@cache
def mapping(name: str) -> dict[str, str]:
    """The second field of each entry by its first."""
    return {row[0]: row[1] for row in rows(name)}
