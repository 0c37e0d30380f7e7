"""``manage.py restore``: an installation from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects import backup


class Command(BaseCommand):
    help = "Put a backup in the place of what is here, upgrade it to this version, and prove that all of it came back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="what manage.py backup has written")
        parser.add_argument("--replace", action="store_true", help="replace the reports that this installation holds")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            manifest, version = backup.restore(options["file"], replace=options["replace"])
        except (backup.BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        rows = sum(count for count, _hash in manifest.tables.values())
        self.stdout.write(
            f"restored: the state of {manifest.made_at}, {len(manifest.tables)} tables with {rows} rows, "
            f"{len(manifest.files) - 1} files; copies begin anew at version {version}"
        )
