"""Which promises a later report answers, and which it passes over in silence.

Said of what a machine found it is a proposal: a person who has gone through both reports confirms it. That a report
says nothing of a promise does not say that the promise was broken.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from seeds.match.pairing import Candidate
from seeds.match.subject import Subject

REPORTED, PROMISED_AGAIN, SILENT, NOT_DUE = "reported", "promised_again", "silent", "not_due"
# Nothing that scores so much may be left when a promise is called silent; less than is proposed as a link.
HEARD = 0.35


@dataclass(frozen=True, slots=True)
class Answer:
    """What a later report makes of a promise: ``reported``, ``promised_again``, both, or ``silent``.

    A promise that ends later than what the report reviews is ``not_due`` instead of silent. ``nearest`` is the
    likeliest candidate, even where it is too unlikely to count, to be shown beside the claim that there is none.
    """

    commitment: Subject
    codes: tuple[str, ...]
    nearest: Candidate | None

    @property
    def has_result(self) -> bool:
        """Whether a result was reported."""
        return REPORTED in self.codes


def answers(
    commitments: Iterable[Subject], found: Iterable[Candidate], later_year: int, heard: float = HEARD
) -> list[Answer]:
    """The answer of a report of ``later_year`` to each commitment, given all candidates, those below ``heard`` too."""
    by_commitment: dict[object, list[Candidate]] = {}
    for candidate in found:
        by_commitment.setdefault(candidate.commitment.key, []).append(candidate)
    return [
        _answer(commitment, by_commitment.get(commitment.key, []), later_year, heard)
        for commitment in commitments
        if commitment.promised and not commitment.mention
    ]


def _answer(commitment: Subject, found: list[Candidate], later_year: int, heard: float) -> Answer:
    relations = {candidate.relation for candidate in found if candidate.score >= heard}
    codes = [code for relation, code in (("evidence", REPORTED), ("restated", PROMISED_AGAIN)) if relation in relations]
    if not codes:
        codes.append(NOT_DUE if commitment.until.year >= later_year else SILENT)
    nearest = max(found, key=lambda candidate: candidate.score, default=None)
    return Answer(commitment, tuple(codes), nearest)
