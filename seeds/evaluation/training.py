"""Fits the model that scores pieces to labelled reports, and says by cross-validation what it is worth."""

import gzip
import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from seeds.evaluation.gold import GoldReport, Row
from seeds.evaluation.measures import Outcome, compare
from seeds.extract.pipeline import Piece, judged, pieces
from seeds.extract.score import Model, characters, features, probability
from seeds.extract.statement import Statement

# Set by what an earlier study of 65 variants found; not tuned again.
EPOCHS, RATE, DECAY, LEAST = 4, 0.1, 1e-5, 3
# A second copy of each piece without what the rules say: they look better on reports that they were tuned on.
COPY = 0.3
# A weight below this changes no answer.
_SMALLEST, _SCALE = 0.02, 1000
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A piece of a labelled report, and whether a careful reader took it."""

    piece: Piece
    taken: bool


# Features, whether it was taken, and how much it counts; in the second form features are numbers.
Example = tuple[list[str], bool, float]
_Row = tuple[list[int], bool, float]


def labelled(report: GoldReport) -> list[Labelled]:
    """The pieces of a report; one is taken if it overlaps a gold statement by half or more."""
    found = pieces(report.text, year=report.year, scored=False)
    return [Labelled(piece, any(_overlap(piece, row) >= _OVERLAP for row in report.rows)) for piece in found]


def _overlap(piece: Piece, row: Row) -> float:
    start, end = piece.statement.start, piece.statement.end
    both = min(end, row.end) - max(start, row.start)
    return both / (max(end, row.end) - min(start, row.start)) if both > 0 else 0.0


def examples(rows: Iterable[Labelled]) -> list[Example]:
    """What the model learns from: each piece with and without what the rules say."""
    found: list[Example] = []
    for row in rows:
        plain = characters(row.piece.statement.quote)
        ruled = features(row.piece.statement, kept=row.piece.kept)
        found += [(sorted(ruled), row.taken, 1.0), (sorted(plain), row.taken, COPY)]
    return found


def fit(rows: Iterable[Labelled]) -> Model:
    """Logistic regression by stochastic descent with a rate for each feature (AdaGrad); the same for the same rows."""
    found = examples(rows)
    counts = Counter(chain.from_iterable(names for names, _, _ in found))
    index = {feature: at for at, feature in enumerate(sorted(name for name in counts if counts[name] >= LEAST))}
    data = [([index[name] for name in names if name in index], taken, weight) for names, taken, weight in found]
    weights, squares = [0.0] * (len(index) + 1), [1.0] * (len(index) + 1)
    for epoch in range(EPOCHS):
        for at, taken, weight in _shuffled(data, epoch):
            _descend(weights, squares, at, taken, weight)
    kept = {name: weights[at] for name, at in index.items() if abs(weights[at]) >= _SMALLEST}
    return Model(weights[-1], kept)


def _shuffled(data: list[_Row], epoch: int) -> list[_Row]:
    """The rows in an order of its own for each epoch, the same on every machine."""
    order = sorted(range(len(data)), key=lambda at: zlib.crc32(f"{epoch} {at}".encode()))
    return [data[at] for at in order]


def _descend(weights: list[float], squares: list[float], present: list[int], taken: bool, weight: float) -> None:
    """One step down the loss of one example; the last weight is the bias."""
    odds = weights[-1] + sum([weights[at] for at in present])
    slope = (probability(odds) - taken) * weight
    for at in (*present, -1):
        step = slope + DECAY * weights[at]
        squares[at] += step * step
        weights[at] -= RATE * step / math.sqrt(squares[at])


def answers(found: Model, rows: Iterable[Labelled]) -> list[float]:
    """What a model says of pieces."""
    return [found.score(features(row.piece.statement, kept=row.piece.kept)) for row in rows]


@dataclass(frozen=True, slots=True)
class Validation:
    """What folds by place say: answers beside the truth, and each report read by rules alone and with the judge."""

    pairs: Sequence[tuple[float, bool]]
    rules: Mapping[str, Outcome]
    judged: Mapping[str, Outcome]

    def plus(self, other: "Validation") -> "Validation":
        """Both together."""
        return Validation([*self.pairs, *other.pairs], {**self.rules, **other.rules}, {**self.judged, **other.judged})


def validate(reports: Sequence[GoldReport]) -> Validation:
    """Leave each place out in turn; a report's name begins with the code of its place."""
    rows = {report.name: labelled(report) for report in reports}
    whole = Validation([], {}, {})
    for place in sorted({_place(report) for report in reports}):
        held = [report for report in reports if _place(report) == place]
        rest = [report for report in reports if _place(report) != place]
        whole = whole.plus(tried(fit(chain.from_iterable(rows[report.name] for report in rest)), held))
    return whole


def tried(found: Model, reports: Iterable[GoldReport]) -> Validation:
    """What a model says of reports that it was not fitted to."""
    pairs: list[tuple[float, bool]] = []
    rules: dict[str, Outcome] = {}
    decided: dict[str, Outcome] = {}
    for report in reports:
        rows = labelled(report)
        said = answers(found, rows)
        pairs += zip(said, (row.taken for row in rows), strict=True)
        kept = [row.piece.statement for row in rows if row.piece.kept]
        rules[report.name] = _compared(report, kept)
        decided[report.name] = _compared(report, judged([row.piece for row in rows], said))
    return Validation(pairs, rules, decided)


def _compared(report: GoldReport, statements: Iterable[Statement]) -> Outcome:
    return compare(report.rows, [Row.of(statement.as_dict()) for statement in statements])


def _place(report: GoldReport) -> str:
    return report.name.partition("-")[0]


def packed(found: Model) -> bytes:
    """The weights as they ship: whole thousandths, sorted, the same bytes for the same model."""
    weights = {name: round(weight * _SCALE) for name, weight in sorted(found.weights.items())}
    values = {"bias": round(found.bias, 4), "scale": _SCALE, "weights": weights}
    return gzip.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
