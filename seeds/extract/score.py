"""How likely a careful reader takes a piece: a linear model over its characters and over what the rules say of it.

The weights come from labelled reports (``make train``) and stand in ``weights/pieces.json.gz``.
"""

import gzip
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from seeds.extract.statement import Statement

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BLANKS = str.maketrans("", "", "\n\r \u3000")
_LONGEST = 80
_STEP = 6
_LONGEST_STEPS = 8
_MOST_NAMES = 3
# Beyond this the exponential says nothing more.
_SURE = 30.0
# Nothing is certain.
_LEAST = 0.001


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of features; what it has no weight for says nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """A probability."""
        get = self.weights.get
        return probability(self.bias + sum([get(feature, 0.0) for feature in features]))


def probability(odds: float) -> float:
    """The probability whose odds have this logarithm."""
    return 1 / (1 + math.exp(-max(-_SURE, min(_SURE, odds))))


def characters(quote: str) -> set[str]:
    """Single characters and pairs, and how the words begin and end; figures are alike."""
    text = _NUMBER.sub("0", quote.translate(_BLANKS))
    edged = f"^{text[:_LONGEST]}$"
    found = {*edged, *map("".join, pairwise(edged))}
    found.update([f"F{text[:size]}" for size in (2, 3, 4)])
    found.update([f"L{text[-size:]}" for size in (1, 2, 3, 4)])
    return found


def told(statement: Statement, *, kept: bool) -> set[str]:
    """What the rules say, by whether they keep the piece."""
    mark = "kept" if kept else "dropped"
    last = statement.rules[-2] if len(statement.rules) > 1 else ""
    found = {
        mark,
        f"{mark} category {statement.category}",
        f"{mark} milestone {statement.milestone} {last}",
        f"{mark} milestone {statement.milestone}",
        f"{mark} figure {statement.quantity is not None}",
        f"{mark} unit {statement.unit}",
        f"{mark} due {statement.due_basis}",
        f"{mark} kind {statement.kind}",
        f"{mark} names {min(len(statement.names), _MOST_NAMES)}",
        f"{mark} length {min(len(statement.quote) // _STEP, _LONGEST_STEPS)}",
    }
    found.update([f"{mark} rule {rule}" for rule in statement.rules])
    return found


def features(statement: Statement, *, kept: bool) -> set[str]:
    """All that the model looks at."""
    return characters(statement.quote) | told(statement, kept=kept)


@cache
def _shipped() -> Model:
    data = files("seeds.extract").joinpath("weights", "pieces.json.gz").read_bytes()
    values = json.loads(gzip.decompress(data))
    scale = values["scale"]
    return Model(values["bias"], {feature: weight / scale for feature, weight in values["weights"].items()})


def score(statement: Statement, *, kept: bool) -> float:
    """The probability that a careful reader takes what a piece says, by the weights that ship."""
    return min(max(round(_shipped().score(features(statement, kept=kept)), 3), _LEAST), 1 - _LEAST)
