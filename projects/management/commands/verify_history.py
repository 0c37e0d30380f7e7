"""``manage.py verify_history``: prove that nothing is lost, or say where."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.integrity import Fault, verify

# So many characters of a value are shown, the first that differs among them.
_SHOWN = 60


class Command(BaseCommand):
    """Compares every row with its newest version, and the record of statuses and overdue flags with what stands."""

    help = "Prove that every row equals its newest version and that no version is missing; else say where, and exit 1."

    def add_arguments(self, parser: CommandParser) -> None:
        help_text = "most faults that are listed of one kind in one table (default: 100); all are counted"
        parser.add_argument("--limit", type=int, default=100, metavar="N", help=help_text)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit must be 1 or more.")
        total = tables = 0
        for checked in verify(limit=options["limit"]):
            tables += 1
            total += checked.count
            for fault in checked.first:
                self.stdout.write(f"{checked.table} {described(fault)}")
            unlisted = checked.count - len(checked.first)
            more = f", {unlisted} of them not listed: --limit" if unlisted else ""
            self.stdout.write(f"{checked.table}: {checked.count or 'no'} faults{more}")
        if total:
            raise CommandError(f"{total} faults: what stands and its history disagree.")
        self.stdout.write(f"{tables} tables agree with their history.")


def described(fault: Fault) -> str:
    """Return a fault in a line: which row, what is wrong, what stands there and what its history says."""
    line = f"row {fault.row}: {fault.problem}"
    if not fault.field:
        return line
    stands, recorded = _excerpts(fault.stands, fault.recorded)
    return f"{line}: {fault.field} is {stands}, recorded is {recorded}"


def _excerpts(stands: str | None, recorded: str | None) -> tuple[str, str]:
    """Return two values in quotes, long ones from shortly before the first character that differs."""
    pairs = zip(stands or "", recorded or "", strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), None)
    if same is None:
        same = min(len(stands or ""), len(recorded or ""))
    first = max(0, same - _SHOWN // 3) if max(len(stands or ""), len(recorded or "")) > _SHOWN else 0
    return _excerpt(stands, first), _excerpt(recorded, first)


def _excerpt(value: str | None, first: int) -> str:
    if value is None:
        return "NULL"
    shown = value[first : first + _SHOWN]
    return f"“{'…' * (first > 0)}{shown}{'…' * (first + _SHOWN < len(value))}”"
