"""An evaluation of several reports at once, as values for machines and as a page for people."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from seeds.evaluation.calibration import Bin, calibration, calibration_error
from seeds.evaluation.confusion import Confusion, tally, worst
from seeds.evaluation.gold import GoldReport, Row
from seeds.evaluation.measures import Outcome, Scores, compare, pooled, scores, split
from seeds.extract import Statement, extract

_SHOWN_TALLY = 15

Extractor = Callable[..., Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of each report and of all together, split by kind and category, with calibration and errors."""

    reports: dict[str, Scores]
    total: Scores
    kinds: dict[str, Scores]
    categories: dict[str, Scores]
    bins: list[Bin]
    confusions: list[Confusion]
    tally: list[tuple[str, str, str, int]]

    def as_dict(self) -> dict[str, object]:
        """Every figure as JSON-ready values."""
        return {
            "reports": {name: _figures(row) for name, row in self.reports.items()},
            "total": _figures(self.total),
            "kinds": {name: _figures(row) for name, row in self.kinds.items()},
            "categories": {name: _figures(row) for name, row in self.categories.items()},
            "calibration": {"error": calibration_error(self.bins), "bins": [asdict(row) for row in self.bins]},
            "confusions": [asdict(row) for row in self.confusions],
            "tally": [list(row) for row in self.tally],
        }


def found_rows(report: GoldReport, extractor: Extractor = extract) -> list[Row]:
    """The extractor's statements of a report, as rows to compare."""
    return [
        Row.of(statement.as_dict())
        for statement in extractor(report.text, year=report.year, jurisdiction=report.jurisdiction)
    ]


def evaluate(reports: Sequence[GoldReport], *, extractor: Extractor = extract) -> Evaluation:
    """Run the extractor over every report and compare what it finds with the gold."""
    outcomes = {report.name: compare(report.rows, found_rows(report, extractor)) for report in reports}
    whole = pooled(outcomes.values())
    confusions = [row for report in reports for row in worst(report.name, report.text, outcomes[report.name])]
    return Evaluation(
        reports={name: scores(outcome) for name, outcome in outcomes.items()},
        total=scores(whole),
        kinds=_split_scores(whole, "kind"),
        categories=_split_scores(whole, "category"),
        bins=calibration(whole),
        confusions=sorted(confusions, key=lambda row: -row.weight),
        tally=tally(whole),
    )


def _split_scores(outcome: Outcome, attribute: str) -> dict[str, Scores]:
    return {name: scores(part) for name, part in split(outcome, attribute).items()}


def _figures(row: Scores) -> dict[str, object]:
    return {
        "gold": row.gold,
        "predicted": row.predicted,
        "precision": row.precision,
        "recall": row.recall,
        "span_f1": row.span_f1,
        "record_f1": row.record_f1,
        "accuracy": row.accuracy,
    }


def page(evaluation: Evaluation, *, errors: int = 40) -> Iterator[str]:
    """The evaluation as lines of text: figures, calibration, then the worst errors with their words."""
    yield _heading("report")
    yield from (_line(name, row) for name, row in evaluation.reports.items())
    yield _line("all", evaluation.total)
    for title, part in (("kind", evaluation.kinds), ("category", evaluation.categories)):
        yield from ("", _heading(title))
        yield from (_line(name, row) for name, row in part.items())
    yield from ("", *_calibration_lines(evaluation.bins))
    yield from ("", "taken for another (attribute: expected -> got)")
    yield from (f"  {count:3d}  {name}: {gold} -> {got}" for name, gold, got, count in evaluation.tally[:_SHOWN_TALLY])
    shown = evaluation.confusions[:errors]
    yield from ("", f"worst errors ({len(shown)} of {len(evaluation.confusions)})")
    yield from map(_error, shown)


def _heading(title: str) -> str:
    names = "".join(f"{name:>9}" for name in ("kind", "category", "mileston", "quantity", "unit", "comparat", "due_on"))
    return f"{title:<18} {'gold':>5} {'found':>5}  prec. recall  span F1 record F1{names}"


def _line(name: str, row: Scores) -> str:
    right = "".join(f"{value:9.3f}" for value in row.accuracy.values())
    return (
        f"{name:<18} {row.gold:5d} {row.predicted:5d} {row.precision:6.3f} {row.recall:6.3f} {row.span_f1:8.3f}"
        f" {row.record_f1:9.3f}{right}"
    )


def _calibration_lines(bins: Sequence[Bin]) -> Iterator[str]:
    yield f"confidence (expected calibration error {calibration_error(bins):.3f})"
    yield "  said       found  mean said  spans right  records right"
    for row in bins:
        yield (
            f"  {row.low:.1f}–{row.high:.1f} {row.count:9d} {row.predicted:10.3f} {row.precision:12.3f}"
            f" {row.records:14.3f}"
        )


def _error(row: Confusion) -> str:
    where = f"  {row.error:<8} {row.report}:{row.start} {row.kind}/{row.category}"
    wrong = "; ".join(f"{name} {gold} -> {got}" for name, gold, got in row.wrong)
    return "  ".join(filter(None, (where, wrong, row.words)))
