"""The words of official tables, from ``words/``: one entry a line, fields apart by a tab, remarks behind #."""

import re
from functools import cache

from seeds import tsv

COMPLETED, IN_PROGRESS, PARTIAL, NOT_MET, NOT_STARTED = (
    "completed", "in_progress", "partial", "not_met", "not_started",
)  # fmt: skip


def _rows(name: str) -> tuple[tsv.Row, ...]:
    return tsv.rows("seeds.sheets", name)


@cache
def judgements() -> dict[str, str]:
    """The verdict of each official word that can stand alone."""
    return {row[0]: row[1] for row in _rows("judgements")}


@cache
def judgement_within() -> re.Pattern[str]:
    """The official words that are long enough to be told within a sentence, the longest first."""
    words = sorted((word for word in judgements() if len(word) > 2), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def lasting() -> frozenset[str]:
    """Deadlines that name no day."""
    return frozenset(word for (word,) in _rows("lasting"))


@cache
def causes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Codes of delay with their patterns; the first that fits decides."""
    return tuple((code, re.compile(pattern)) for code, pattern in _rows("causes"))


@cache
def headers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What a column holds, with a pattern of its whole header; the first that fits decides."""
    return tuple((meaning, re.compile(pattern)) for meaning, pattern in _rows("headers"))
