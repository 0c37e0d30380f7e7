"""Which of the works that a promise names a later subject speaks of."""

import re
from collections.abc import Iterable

from seeds.match.names import Aliases, alike, plain, stands_in, written_out
from seeds.match.subject import Subject
from seeds.match.wording import fold

_NO_ALIASES = Aliases()
_JOINED = re.compile("[及和与、]")
_SHORTEST = 3


def covered(earlier: Subject, later: Iterable[Subject], aliases: Aliases = _NO_ALIASES) -> float:
    """The share of the names of ``earlier`` that one of the later subjects bears; 1 where it names nothing."""
    subjects = list(later)
    names = works(earlier)
    return sum(_told(name, subjects, aliases) for name in names) / len(names) if names else 1.0


def works(subject: Subject) -> tuple[str, ...]:
    """The works that a subject names, one by one: T3B航站楼及第四跑道 are two."""
    return tuple(part for name in subject.names for part in _split(name))


def _split(name: str) -> list[str]:
    parts = _JOINED.split(name)
    return parts if all(len(part) >= _SHORTEST for part in parts) else [name]


def _told(name: str, later: Iterable[Subject], aliases: Aliases) -> bool:
    return any(
        any(alike(name, other, aliases) for other in written_out(subject.names))
        or stands_in(plain(name), fold(subject.words))
        for subject in later
    )
