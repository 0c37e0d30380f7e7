"""``manage.py backup``: the whole installation in one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects import backup


class Command(BaseCommand):
    help = "Write database and uploaded files into one archive, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, metavar="DIR", help="default: %(default)s")
        parser.add_argument("--keep", type=int, metavar="N", help="remove all but the newest N afterwards")

    def handle(self, *_args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep must be 1 or more.")
        try:
            path, manifest = backup.make(options["to"])
            removed = backup.prune(options["to"], keep) if keep else []
        except (backup.BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        rows = sum(count for count, _hash in manifest.tables.values())
        self.stdout.write(
            f"{path}: {len(manifest.tables)} tables with {rows} rows, {len(manifest.files) - 1} files, "
            f"{manifest.bytes} bytes; {len(removed)} older ones removed"
        )
