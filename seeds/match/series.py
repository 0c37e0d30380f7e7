"""Figures that 分别 hands out in order: 城镇、农村居民收入分别增长8.7%和9% are two subjects of the same words."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from seeds.match.subject import Subject

# The place in a series, counted from 0, and the length of the series; a subject that stands alone is 0 of 1.
Place = tuple[int, int]


def places(subjects: Sequence[Subject], pieces: Sequence[Mapping[str, float]]) -> list[Place]:
    """The place of each subject among its neighbours that say the same with another figure."""
    return list(_places(subjects, pieces))


def _places(subjects: Sequence[Subject], pieces: Sequence[Mapping[str, float]]) -> Iterator[Place]:
    keyed = [
        (subject.kind, subject.unit, frozenset(words)) if subject.quantity is not None else at
        for at, (subject, words) in enumerate(zip(subjects, pieces, strict=True))
    ]
    for _, run in groupby(keyed):
        length = len(list(run))
        yield from ((at, length) for at in range(length))


def crossed(one: Place, other: Place) -> bool:
    """Whether two series of one length are compared out of order: the first figure with the second."""
    return one[1] == other[1] > 1 and one[0] != other[0]
