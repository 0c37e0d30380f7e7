"""``manage.py match``: what a later report says of the promises of an earlier one, without a database."""

from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language

from seeds import table
from seeds.management.commands.extract import report_year
from seeds.management.printing import print_lines
from seeds.match import PROPOSE, Proposal, Subject, SubjectError, proposals
from seeds.match.records import lines, load

_WIDE = 160


def share(text: str) -> float:
    """A score on the command line."""
    try:
        value = float(text)
    except ValueError as error:
        raise ArgumentTypeError(f"a score is a number from 0 to 1, such as 0.55; got {text}") from error
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"a score is a number from 0 to 1, such as 0.55; got {text}")
    return value


class Command(BaseCommand):
    """Prints one proposal a line: an answer to a promise, or the promise made again."""

    help = "Link the promises of OLD to what NEW says of them; both are outputs of extract."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", type=Path, help="the earlier report's statements, JSON Lines")
        parser.add_argument("new", type=Path, help="the later report's statements, best with --mentions")
        parser.add_argument("--min-score", type=share, default=PROPOSE, metavar="S", help="default: %(default)s")
        parser.add_argument("--old-year", type=report_year, metavar="YYYY", help="read from the dates if left out")
        parser.add_argument("--new-year", type=report_year, metavar="YYYY", help="read from the dates if left out")
        parser.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help="default: %(default)s")

    def handle(self, *_args: Any, **options: Any) -> None:
        old = _subjects(options["old"], options["old_year"])
        new = _subjects(options["new"], options["new_year"])
        if old and new and old[0].year >= new[0].year:
            years = f"OLD ({old[0].year}) is not earlier than NEW ({new[0].year})"
            raise CommandError(f"{years}: swap the files, or tell --old-year and --new-year")
        found = proposals(old, new, least=options["min_score"])
        written = lines(found, get_language() or "zh") if options["format"] == "jsonl" else _table(found)
        print_lines(self.stdout, written)


def _subjects(path: Path, year: int | None) -> list[Subject]:
    try:
        return load(path, year)
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror or error}") from error
    except SubjectError as error:
        raise CommandError(str(error)) from error


def _table(found: Sequence[Proposal]) -> Iterator[str]:
    header = ("score", "relation", "follows", "promise", "later")
    body = [
        (
            f"{proposal.candidate.score:.2f}",
            proposal.relation,
            follows.code if (follows := proposal.change or proposal.verdict) else "",
            table.fitted(proposal.candidate.commitment.title, _WIDE // 3).rstrip(),
            proposal.candidate.statement.title,
        )
        for proposal in found
    ]
    yield from table.rows(header, body, _WIDE)
