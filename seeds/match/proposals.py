"""What a person is asked to accept: a pair with what follows from it, the change of a promise or its verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seeds.match import figures
from seeds.match.change import Derived, change
from seeds.match.names import Aliases
from seeds.match.pairing import PROPOSE, Candidate, candidates
from seeds.match.stages import LEVEL
from seeds.match.subject import Subject
from seeds.match.verdict import verdict


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with its relation and what follows: ``change`` of a promise made again, ``verdict`` of a result."""

    candidate: Candidate
    change: Derived | None = None
    verdict: Derived | None = None

    @property
    def relation(self) -> str:
        """``restated`` or ``evidence``."""
        return self.candidate.relation


def proposals(
    commitments: Iterable[Subject], later: Iterable[Subject], aliases: Aliases | None = None, least: float = PROPOSE
) -> list[Proposal]:
    """The proposals of two reports of one place, the likeliest first.

    ``later`` holds the statements and mentions of one later report in their order.
    """
    return derived(candidates(commitments, later, aliases, least))


def derived(found: Sequence[Candidate]) -> list[Proposal]:
    """Proposals for candidates; the verdict of one depends on the others, which answer the same promise or claim."""
    results: dict[object, list[Subject]] = {}
    promises: dict[object, list[Subject]] = {}
    for candidate in found:
        if candidate.relation == "evidence":
            results.setdefault(candidate.commitment.key, []).append(candidate.statement)
            promises.setdefault(candidate.statement.key, []).append(candidate.commitment)
    return [_derived(candidate, results, promises) for candidate in found]


def _derived(
    candidate: Candidate, results: dict[object, list[Subject]], promises: dict[object, list[Subject]]
) -> Proposal:
    earlier, later = candidate.commitment, candidate.statement
    if candidate.relation == "restated":
        return Proposal(candidate, change=change(earlier, later))
    merged = is_merged(later, promises[later.key])
    return Proposal(candidate, verdict=verdict(earlier, later, results[earlier.key], merged=merged))


def is_merged(claim: Subject, promised: Iterable[Subject]) -> bool:
    """Whether one figure answers several yearly counts, none of which it is alone: 89所 for 45 and 25."""
    counts = [
        promise
        for promise in promised
        if not promise.lasting
        and promise.milestone != LEVEL
        and figures.comparable(promise, claim)
        and figures.unit_likeness(promise.unit, claim.unit) == 1
    ]
    return len(counts) > 1 and not any(figures.equal(promise, claim) for promise in counts)
