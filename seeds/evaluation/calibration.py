"""Whether a confidence means what it says: of the statements with 0.8, four in five should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

from seeds.evaluation.measures import Outcome, is_right


@dataclass(frozen=True, slots=True)
class Bin:
    """The counted predictions whose confidence lies in ``[low, high)``; the last bin includes 1."""

    low: float
    high: float
    count: int
    predicted: float
    precision: float
    records: float


def calibration(outcome: Outcome, bins: int = 10) -> list[Bin]:
    """Mean confidence beside the observed shares of right spans and right records; empty bins are left out."""
    judged = [(found.confidence, True, is_right(gold, found)) for gold, found in outcome.pairs]
    judged += [(found.confidence, False, False) for found in outcome.spurious]
    filled: dict[int, list[tuple[float, bool, bool]]] = {}
    for confidence, span, record in judged:
        if confidence is not None:
            filled.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, span, record))
    return [_bin(number / bins, (number + 1) / bins, filled[number]) for number in sorted(filled)]


def _bin(low: float, high: float, rows: Sequence[tuple[float, bool, bool]]) -> Bin:
    predicted, precision, records = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return Bin(low, high, len(rows), predicted, precision, records)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap of confidence and precision, weighted by the bins' counts."""
    total = sum(row.count for row in bins)
    return sum(row.count * abs(row.predicted - row.precision) for row in bins) / total if total else 0.0
