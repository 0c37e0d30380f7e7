"""``manage.py seed``: load reports and curated data."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from seeds.load import LoadError, seed

SEEDS = Path(__file__).resolve().parents[2]


class Command(BaseCommand):
    """Brings the database in line with a directory and says, table by table, what changed."""

    help = "Load reports and curated data; what a curator changed by hand stays. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        where = "holds reports/ and curated/ (default: the project's own)"
        parser.add_argument("--dir", type=Path, default=SEEDS, metavar="DIR", help=where)
        parser.add_argument("--check", action="store_true", help="say what a load would do, and change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            result = seed(options["dir"].resolve(), rehearse=options["check"])
        except LoadError as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        for line in result.lines():
            self.stdout.write(line)
        if options["check"]:
            self.stdout.write("Only checked: nothing was changed.")
