"""How a pair stands among its rivals: the best for its commitment, beaten by others, beside other strong pairs."""

from collections.abc import Mapping, MutableMapping, Sequence

from seeds.match.likeness import points
from seeds.match.subject import Subject

Key = tuple[int, int]
# A pair is beaten in full by one with so many points more.
_LOST = 4.0
_NEAR = (-2, -1, 1, 2)


def add_context(
    found: MutableMapping[Key, dict[str, float]], later: Sequence[Subject], names: Mapping[Key, str]
) -> None:
    """Add to the values of each pair (place in the earlier list, place in the later) what its rivals make of it.

    A promise of several named works may be answered by several statements: rivals are those about the same name.
    """
    own = {key: points(values) for key, values in found.items()}
    by_commitment: dict[tuple[int, str, str], float] = {}
    by_statement: dict[int, float] = {}
    for (at, other), logit in own.items():
        row = at, later[other].kind, names.get((at, other), "")
        by_commitment[row] = max(by_commitment.get(row, logit), logit)
        by_statement[other] = max(by_statement.get(other, logit), logit)
    strong = {key for key, logit in own.items() if logit > 0}
    for (at, other), values in found.items():
        lost = by_commitment[at, later[other].kind, names.get((at, other), "")] - own[at, other]
        lost_to_commitment = by_statement[other] - own[at, other]
        values["best"] = float(lost == 0)
        values["beaten_by_statement"] = min(lost, _LOST) / _LOST
        values["beaten_by_commitment"] = min(lost_to_commitment, _LOST) / _LOST
        values["neighbours"] = float(_beside(strong, at, other))


def _beside(strong: Mapping[Key, object] | set[Key], at: int, other: int) -> bool:
    """Whether a strong pair stands right beside this one in both reports: reports keep their order."""
    return any((at + one, other + two) in strong for one in _NEAR for two in _NEAR)
