"""``manage.py snapshot``: keep a whole copy of what the public sees now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.snapshots.writing import take
from projects.sweep import ClockError


class Command(BaseCommand):
    """Takes a snapshot, whatever the hour; the timetable takes one each night."""

    help = "Write a snapshot of the public data, unless the newest one is of the same version, and remove old ones."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            taken = take()
        except OSError as error:
            raise CommandError(f"{error.strerror}: {error.filename}. Nothing is changed.") from error
        except ClockError as error:
            raise CommandError(str(error)) from error
        if taken is None:
            raise CommandError("Another process is taking a snapshot: try again when it has ended.")
        for file in taken.files:
            rows = "" if file.rows is None else f"{file.rows} rows, "
            self.stdout.write(f"{file.name}: {rows}{file.bytes} bytes, sha256 {file.sha256}")
        until = f"until {taken.kept_until}" if taken.kept_until else "for good"
        self.stdout.write(f"{taken.folder}: version {taken.version}, kept {until}")
