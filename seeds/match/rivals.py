"""How a pair stands among its rivals: the best for its commitment, beaten by others, beside other strong pairs."""

from collections.abc import Mapping, MutableMapping, Sequence, Set as AbstractSet

from seeds.match.likeness import points
from seeds.match.subject import Subject

# The place of a commitment in the earlier list, and of a subject in the later.
Key = tuple[int, int]
# A pair is beaten in full by one with so many points more.
_LOST = 4.0
_NEAR = (-2, -1, 1, 2)


def add_context(
    found: MutableMapping[Key, dict[str, float]], later: Sequence[Subject], names: Mapping[Key, str]
) -> None:
    """Add to the values of each pair what its rivals make of it.

    A promise of several named works may be answered by several statements: rivals are those about the same name.
    """
    own = {key: points(values) for key, values in found.items()}
    rows = {key: (key[0], later[key[1]].kind, names.get(key, "")) for key in found}
    by_commitment: dict[tuple[int, str, str], float] = {}
    by_statement: dict[int, float] = {}
    for key, logit in own.items():
        by_commitment[rows[key]] = max(by_commitment.get(rows[key], logit), logit)
        by_statement[key[1]] = max(by_statement.get(key[1], logit), logit)
    strong = {key for key, logit in own.items() if logit > 0}
    for key, values in found.items():
        lost, lost_to_commitment = by_commitment[rows[key]] - own[key], by_statement[key[1]] - own[key]
        values["best"] = float(lost == 0)
        values["beaten_by_statement"] = min(lost, _LOST) / _LOST
        values["beaten_by_commitment"] = min(lost_to_commitment, _LOST) / _LOST
        values["neighbours"] = float(_beside(strong, *key))


def _beside(strong: AbstractSet[Key], at: int, other: int) -> bool:
    """Whether a strong pair stands right beside this one in both reports: reports keep their order."""
    return any((at + one, other + two) in strong for one in _NEAR for two in _NEAR)
