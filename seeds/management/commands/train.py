"""``manage.py train``: fit the model that scores pieces to labelled reports, and say what it is worth."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from seeds.evaluation import GoldError
from seeds.evaluation.gold import folder
from seeds.evaluation.measures import Outcome, pooled, scores
from seeds.evaluation.training import Validation, fit, labelled, packed, tried, validate

_BINS = (0.0, 0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97)


class Command(BaseCommand):
    """Prints the scores by rules alone and with the judge, a table of reliability, and writes the weights."""

    help = "Fit the score of pieces to labelled reports; validated by place."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("labels", type=Path, help="a folder with gold/CODE-YEAR.jsonl and reports/CODE-YEAR.txt")
        parser.add_argument("--aside", nargs="*", default=[], metavar="CODE-YEAR", help="learn nothing from these")
        parser.add_argument("--out", type=Path, help="where the weights go; default: nowhere")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            reports = folder(options["labels"])
        except GoldError as error:
            raise CommandError(str(error)) from error
        aside = [report for report in reports if report.name in options["aside"]]
        known = [report for report in reports if report.name not in options["aside"]]
        if missing := set(options["aside"]) - {report.name for report in aside}:
            raise CommandError(f"no such report: {', '.join(sorted(missing))}")
        folds = validate(known)
        found = fit(chain.from_iterable(map(labelled, known)))
        self._print("each place left out in turn", folds)
        if aside:
            self._print("aside", tried(found, aside))
        data = packed(found)
        self.stdout.write(f"{len(found.weights)} weights, {len(data)} bytes")
        if options["out"]:
            options["out"].write_bytes(data)

    def _print(self, title: str, found: Validation) -> None:
        for line in chain([f"## {title}"], _table(found), _reliability(found)):
            self.stdout.write(line)


def _table(found: Validation) -> Iterator[str]:
    for name in sorted(found.rules):
        yield f"{name}  {_line([found.rules[name]])}  ->  {_line([found.judged[name]])}"
    yield f"all  {_line(found.rules.values())}  ->  {_line(found.judged.values())}"


def _line(outcomes: Iterable[Outcome]) -> str:
    found = scores(pooled(outcomes))
    return f"span {found.span_f1:.3f} record {found.record_f1:.3f}"


def _reliability(found: Validation) -> Iterator[str]:
    """Said beside observed, in bins of what is said."""
    for low, high in zip(_BINS, (*_BINS[1:], 1.01), strict=True):
        rows = [(share, taken) for share, taken in found.pairs if low <= share < high]
        if rows:
            mean, hits = sum(share for share, _ in rows) / len(rows), sum(taken for _, taken in rows) / len(rows)
            yield f"{low:.2f}-{min(high, 1):.2f}  {len(rows):6d}  said {mean:.3f}  taken {hits:.3f}"
