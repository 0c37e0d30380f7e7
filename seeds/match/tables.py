"""The word lists of ``words/``: one entry a line, sorted, fields apart by a tab; lines with # in front are remarks."""

from functools import cache

from seeds import tsv


def rows(name: str) -> tuple[tsv.Row, ...]:
    """The entries of ``words/{name}.tsv``."""
    return tsv.rows("seeds.match", name)


@cache
def column(name: str) -> tuple[str, ...]:
    """The first field of each entry, the longest first, as alternatives of a pattern must stand."""
    return tuple(sorted((row[0] for row in rows(name)), key=len, reverse=True))


@cache
def mapping(name: str) -> dict[str, str]:
    """The second field of each entry by its first."""
    return {row[0]: row[1] for row in rows(name)}
