"""``manage.py evaluate``: how well statements and the links between two reports are found, as people reviewed them."""

import json
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from seeds.evaluation import GoldError, GoldReport, benchmark, curated, evaluate, load
from seeds.evaluation.linkage import linkage, page as linked
from seeds.evaluation.measures import Outcome, compare
from seeds.evaluation.pairs import folder, shipped
from seeds.evaluation.report import Extractor, found_rows, page
from seeds.extract import extract
from seeds.management.commands.extract import report_year
from seeds.second import second_read
from seeds.second.files import Answers


class Command(BaseCommand):
    """Prints precision, recall, F1, accuracies, calibration and the worst errors."""

    help = "Score the extractor and the matcher against the curated data, or against any other gold."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gold", type=Path, action="append", default=[], help="JSON Lines; may be repeated")
        parser.add_argument("--report", type=Path, action="append", default=[], help="its report, UTF-8, in turn")
        parser.add_argument("--year", type=report_year, action="append", default=[], help="its year, in turn")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")
        parser.add_argument(
            "--links",
            type=Path,
            action="append",
            default=[],
            metavar="DIR",
            help="labelled pairs of reports beside Yubei's",
        )
        parser.add_argument(
            "--corpus",
            type=Path,
            action="append",
            metavar="DIR",
            help="where the texts of seeds/gold lie, whatever they are called; default: CORPUS_DIR",
        )
        parser.add_argument(
            "--split", choices=benchmark.SPLITS, help="this part of seeds/gold alone; of test no errors"
        )
        parser.add_argument(
            "--answers", type=Path, metavar="DIR", help="answers of a second reader, as second-reader reads"
        )
        parser.add_argument("--errors", type=int, default=40, help="how many errors to show, default: %(default)s")

    def handle(self, *_args: Any, **options: Any) -> None:
        given = options["gold"] or options["report"]
        corpora = options["corpus"] or [settings.CORPUS_DIR]
        try:
            gold = benchmark.benchmark(corpora)
            reports = _pairs(options["gold"], options["report"], options["year"]) if given else curated()
            pairs = [] if given and not options["links"] else [*shipped(), *chain(*map(folder, options["links"]))]
        except GoldError as error:
            raise CommandError(str(error)) from error
        if options["split"]:
            reports, pairs = gold.reports[options["split"]], []
        extractor = _extractor(options["answers"])
        result = evaluate(reports, extractor=extractor)
        if options["split"] == "test":
            # Whoever reads the errors of the test split writes rules from them, and it is a test no longer.
            result = replace(result, confusions=[], tally=[])
        links = {pair.name: linkage(pair) for pair in pairs}
        names = [options["split"]] if options["split"] else None
        splits = {} if given else benchmark.lines(gold, partial(_outcome, extractor), names)
        if options["format"] == "json":
            parts: dict[str, object] = {"links": {name: row.as_dict() for name, row in links.items()}}
            if splits:
                parts["benchmark"] = benchmark.values(splits, gold.missing)
            self.stdout.write(json.dumps({**result.as_dict(), **parts}, ensure_ascii=False, indent=2))
            return
        for line in chain(
            page(result, errors=options["errors"]) if reports else (),
            linked(links) if links else (),
            benchmark.page(splits, gold.missing, corpora) if splits else (),
        ):
            self.stdout.write(line)


def _extractor(folder: Path | None) -> Extractor:
    """The reader, or both readers where answers of the second are given."""
    if folder is None:
        return extract
    try:
        answers = Answers(folder)
    except OSError as error:
        raise CommandError(f"--answers: cannot read {folder}: {error.strerror}") from error
    return lambda text, **told: second_read(text, answers, **told).statements


def _outcome(extractor: Extractor, report: GoldReport) -> Outcome:
    return compare(report.rows, found_rows(report, extractor))


def _pairs(gold: list[Path], reports: list[Path], years: list[int]) -> list[GoldReport]:
    if len(gold) != len(reports):
        raise CommandError(f"each --gold needs its --report: got {len(gold)} and {len(reports)}")
    if years and len(years) != len(gold):
        raise CommandError(f"give --year for each --gold or for none: got {len(years)} for {len(gold)}")
    return [load(one, report, year=year) for one, report, year in zip_longest(gold, reports, years)]
