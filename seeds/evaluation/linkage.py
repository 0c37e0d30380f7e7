"""How well the links of two reports are found, and what follows from them: change, verdict and silence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from seeds.evaluation.calibration import Bin, calibration_error
from seeds.evaluation.pairs import EVIDENCE, NEGATIVE, RESTATED, Label, Pair, Span
from seeds.match import HEARD, PROPOSE, Answer, Proposal, answers, candidates, derived

# Spans that share half of the shorter one's length are of one statement.
_SAME = 0.5
_BINS = 10


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """The share, none of nothing."""
        return self.right / self.of if self.of else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.right}/{self.of})" if self.of else "–"


@dataclass(frozen=True, slots=True)
class Linkage:
    """The figures of one pair, or of several together.

    ``recall`` counts all labelled links, ``recall_high`` those of high confidence; ``precision`` is of the proposals of
    labelled promises; ``negatives`` are pairs told apart by people that are proposed all the same. Change and verdict
    are of the right proposals, ``…_by_figure`` of those that may be preset. ``silent`` and ``no_result`` tell how many
    of the promises said to be passed over, or without a result, are so.
    """

    recall: Share = Share()
    recall_high: Share = Share()
    precision: Share = Share()
    negatives: Share = Share()
    change: Share = Share()
    change_by_figure: Share = Share()
    verdict: Share = Share()
    verdict_by_figure: Share = Share()
    silent: Share = Share()
    no_result: Share = Share()
    judged: tuple[tuple[float, bool], ...] = ()

    def __add__(self, other: "Linkage") -> "Linkage":
        return Linkage(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def as_dict(self) -> dict[str, object]:
        """The figures as JSON-ready values."""
        shares = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "judged"}
        bins = calibrated(self.judged)
        return {
            **{name: {"value": share.value, "of": share.of} for name, share in shares.items()},
            "calibration": {"error": calibration_error(bins), "bins": [asdict(row) for row in bins]},
        }


def touch(one: Span, other: Span) -> bool:
    """Whether two spans are of one statement."""
    shortest = min(one[1] - one[0], other[1] - other[0])
    return min(one[1], other[1]) - max(one[0], other[0]) >= _SAME * shortest


def linkage(pair: Pair, least: float = PROPOSE, heard: float = HEARD) -> Linkage:
    """The figures of one pair at the thresholds of proposing and of calling silent."""
    found = candidates(pair.earlier, pair.later, least=0.0)
    proposed = derived([candidate for candidate in found if candidate.score >= least])
    spans = [_spans(pair, proposal) for proposal in proposed]
    links = [label for label in pair.labels if label.relation in (EVIDENCE, RESTATED)]
    told = [label.commitment for label in pair.labels]
    right = [_label_of(links, span) for span in spans]
    judged = [any(touch(span[0], commitment) for commitment in told) for span in spans]
    negatives = [label for label in pair.labels if label.relation == NEGATIVE]
    said = answers(pair.earlier, found, _year(pair), heard)
    return Linkage(
        recall=_hits(links, spans),
        recall_high=_hits([label for label in links if label.high], spans),
        precision=Share(sum(label is not None for label in right), sum(judged)),
        negatives=_hits(negatives, spans),
        **_derivations(zip(proposed, right, strict=True)),
        silent=_said(pair, said, lambda answer: answer.codes == ("silent",), (EVIDENCE, RESTATED)),
        no_result=_said(pair, said, lambda answer: not answer.has_result, (EVIDENCE,)),
        judged=tuple(
            (proposal.candidate.score, label is not None)
            for proposal, label, counted in zip(proposed, right, judged, strict=True)
            if counted
        ),
    )


def _year(pair: Pair) -> int:
    return pair.later[0].year if pair.later else 0


def _spans(pair: Pair, proposal: Proposal) -> tuple[Span, Span]:
    candidate = proposal.candidate
    return pair.spans[0][candidate.commitment.key], pair.spans[1][candidate.statement.key]


def _is(label: Label, span: tuple[Span, Span]) -> bool:
    return label.statement is not None and touch(span[0], label.commitment) and touch(span[1], label.statement)


def _label_of(labels: Iterable[Label], span: tuple[Span, Span]) -> Label | None:
    return next((label for label in labels if _is(label, span)), None)


def _hits(labels: Sequence[Label], spans: Sequence[tuple[Span, Span]]) -> Share:
    return Share(sum(any(_is(label, span) for span in spans) for label in labels), len(labels))


def _derivations(proposed: Iterable[tuple[Proposal, Label | None]]) -> Mapping[str, Share]:
    """How often change and verdict are as people said, overall and where figures compare."""
    shares = {name: Share() for name in ("change", "change_by_figure", "verdict", "verdict_by_figure")}
    for proposal, label in proposed:
        for name in ("change", "verdict"):
            got, wanted = getattr(proposal, name), getattr(label, name, None)
            if got is not None and wanted is not None:
                one = Share(int(got.code == wanted), 1)
                shares[name] += one
                if got.preset:
                    shares[f"{name}_by_figure"] += one
    return shares


def _said(
    pair: Pair, said: Iterable[Answer], claims: Callable[[Answer], bool], contradicted_by: Sequence[str]
) -> Share:
    """Of the labelled promises of the year of which something is claimed, those that no label contradicts."""
    right = of = 0
    for answer in said:
        span = pair.spans[0][answer.commitment.key]
        relations = {label.relation for label in pair.labels if touch(span, label.commitment)}
        if relations and not answer.commitment.lasting and claims(answer):
            of += 1
            right += relations.isdisjoint(contradicted_by)
    return Share(right, of)


def calibrated(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Mean score beside the share of right proposals, for each tenth of the scores."""
    filled: dict[int, list[tuple[float, bool]]] = {}
    for score, right in judged:
        filled.setdefault(min(int(score * _BINS), _BINS - 1), []).append((score, right))
    return [_bin(number, filled[number]) for number in sorted(filled)]


def _bin(number: int, rows: Sequence[tuple[float, bool]]) -> Bin:
    predicted = sum(score for score, _ in rows) / len(rows)
    precision = sum(right for _, right in rows) / len(rows)
    return Bin(number / _BINS, (number + 1) / _BINS, len(rows), predicted, precision, precision)


def page(found: Mapping[str, Linkage]) -> Iterator[str]:
    """The figures of each pair and of all together as lines of text."""
    total = sum(found.values(), Linkage())
    for name, row in {**found, **({"all": total} if len(found) > 1 else {})}.items():
        yield f"links {name}"
        yield from (f"  {one.name:<18} {getattr(row, one.name)}" for one in fields(row) if one.name != "judged")
    bins = calibrated(total.judged)
    yield f"score of links (expected calibration error {calibration_error(bins):.3f})"
    yield from (
        f"  {row.low:.1f}–{row.high:.1f} {row.count:9d} {row.predicted:10.3f} {row.precision:10.3f}" for row in bins
    )
