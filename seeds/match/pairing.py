"""The pairs worth a person's look: every commitment of an earlier report with what later ones say of it."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seeds.match import figures
from seeds.match.likeness import POINTS, Words, compare, names_of, points, probability
from seeds.match.names import Aliases, alike
from seeds.match.rivals import Key, add_context
from seeds.match.subject import Subject
from seeds.match.vetoes import Pair, vetoed
from seeds.match.wording import mass, pieces

# From here on proposed; from there on as good as what people accept.
PROPOSE, ACCEPT = 0.5, 0.75
# Pairs that share less are noise, if no figure or name speaks for them.
_FLOOR = 6.0
# A piece that stands in more titles of the two reports (the place's own name) weighs less than in all reports.
_COMMON, _SCALE, _LEAST = 6, 1.25, 0.3


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the likeness: a code of ``POINTS`` and the points that it gives."""

    code: str
    points: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A later subject that may speak of a commitment.

    ``score`` is how likely that is, 0 to 1; ``reasons``, the strongest first, sum to its logit.
    """

    commitment: Subject
    statement: Subject
    score: float
    reasons: tuple[Reason, ...]

    @property
    def relation(self) -> str:
        """``evidence`` for a claim, ``restated`` for a promise."""
        return "restated" if self.statement.promised else "evidence"


def candidates(
    commitments: Iterable[Subject], later: Iterable[Subject], aliases: Aliases | None = None, least: float = PROPOSE
) -> list[Candidate]:
    """The pairs of two reports that score at least so much, the best first.

    ``later`` holds the statements and mentions of one later report in their order; what is no commitment among
    ``commitments`` is passed over.
    """
    promises, statements = [subject for subject in commitments if subject.promised], list(later)
    found = []
    for (at, other), values in compared(promises, statements, aliases or Aliases()).items():
        logit = points(values)
        if (score := round(probability(logit), 3)) >= least:
            found.append(Candidate(promises[at], statements[other], score, _reasons(values)))
    return sorted(found, key=lambda candidate: -candidate.score)


def _reasons(values: dict[str, float]) -> tuple[Reason, ...]:
    told = [Reason(code, POINTS[code] * value) for code, value in values.items() if value]
    return tuple(sorted(told, key=lambda reason: -abs(reason.points)))


def compared(earlier: Sequence[Subject], later: Sequence[Subject], aliases: Aliases) -> dict[Key, dict[str, float]]:
    """The values of each pair that shares enough and that no veto forbids, by the places of both in their lists."""
    weigh = _weigher((*earlier, *later))
    ours, theirs = [weigh(subject) for subject in earlier], [weigh(subject) for subject in later]
    holders: dict[str, list[int]] = {}
    for other, words in enumerate(theirs):
        for piece in words.pieces:
            holders.setdefault(piece, []).append(other)
    found: dict[Key, dict[str, float]] = {}
    known: dict[Key, str] = {}
    named = {other: subject.names for other, subject in enumerate(later) if subject.names}
    for at, words in enumerate(ours):
        reached = dict.fromkeys(_namesakes(earlier[at], named, aliases), 0.0) | _sharing(words, holders)
        for other, shared in reached.items():
            fit, name = names_of(earlier[at], later[other], aliases)
            # A name written otherwise (张皋过江通道, 张靖皋长江大桥) shares as much as one that is written alike.
            values = _values(Pair(earlier[at], later[other], fit), (words, theirs[other]), max(shared, fit * mass(name)))
            if values is not None:
                found[at, other], known[at, other] = values, name
    add_context(found, later, known)
    return found


def _weigher(subjects: Sequence[Subject]) -> Callable[[Subject], Words]:
    counts = Counter(piece for subject in subjects for piece in pieces(subject.words))

    def weigh(subject: Subject) -> Words:
        return Words({piece: capped(piece, weight) for piece, weight in pieces(subject.words).items()})

    def capped(piece: str, weight: float) -> float:
        held = counts[piece]
        return min(weight, _SCALE * math.log((len(subjects) + 1) / held) + _LEAST) if held > _COMMON else weight

    return weigh


def _namesakes(earlier: Subject, named: Mapping[int, tuple[str, ...]], aliases: Aliases) -> Iterator[int]:
    """The later subjects that bear a name like one of the earlier's, whatever they share in words."""
    for other, names in named.items():
        if any(alike(name, candidate, aliases) for name in earlier.names for candidate in names):
            yield other


def _sharing(words: Words, holders: dict[str, list[int]]) -> dict[int, float]:
    """The later subjects that share a piece, with the weight of what they share."""
    shared: dict[int, float] = {}
    for piece, weight in words.pieces.items():
        for other in holders.get(piece, ()):
            shared[other] = shared.get(other, 0.0) + weight
    return shared


def _values(pair: Pair, words: tuple[Words, Words], shared: float) -> dict[str, float] | None:
    """The values of a pair by itself, or none where it shares too little or a veto forbids it."""
    earlier, later = pair.earlier, pair.later
    if later.year <= earlier.year or words[0].total + words[1].total == 0:
        return None
    if shared < _FLOOR and words[0].pieces.keys() != words[1].pieces.keys() and not figures.equal(earlier, later):
        return None
    return None if vetoed(pair) else compare(pair, words, shared)
