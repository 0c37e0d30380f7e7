"""``manage.py labels``: what curators decided, as labels that the reader can be measured by and fitted to."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from projects.choices import LIVELIHOOD, ReportState, ReviewState
from projects.models import Achievement, Commitment, Report
from seeds.management.printing import print_lines

_KINDS = (("commitment", Commitment), ("achievement", Achievement))


class Command(BaseCommand):
    """Prints a line for each decision, or writes the reports that were gone through as a folder of labels."""

    help = "Export what curators decided about statements as labels, for evaluate and train."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--out",
            type=Path,
            help="write gold/CODE-YEAR.jsonl and reports/CODE-YEAR.txt of reports without open cases",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        reports = Report.objects.exclude(state=ReportState.WITHDRAWN).order_by("jurisdiction_id", "year")
        if options["out"] is None:
            print_lines(self.stdout, (_line({"report": _name(one), **row}) for one in reports for row in _decided(one)))
            return
        for report in reports:
            self._write(options["out"], report)

    def _write(self, out: Path, report: Report) -> None:
        waiting = sum(model.objects.filter(_candidate(report)).count() for _, model in _KINDS)
        rows = [row for row in _decided(report) if row.pop("taken") and row["category"] in LIVELIHOOD]
        if waiting or not rows:
            self.stdout.write(f"{_name(report)}: left out, {waiting} wait for a decision, {len(rows)} are published")
            return
        try:
            for part, suffix, text in (("gold", "jsonl", "\n".join(map(_line, rows))), ("reports", "txt", report.text)):
                (out / part).mkdir(parents=True, exist_ok=True)
                (out / part / f"{_name(report)}.{suffix}").write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"cannot write into {out}: {error}") from error
        self.stdout.write(f"{_name(report)}: {len(rows)} statements")


def _name(report: Report) -> str:
    return f"{report.jurisdiction_id}-{report.year}"


def _candidate(report: Report) -> Q:
    """What waits for a decision; labels hold nothing of economy and governance."""
    return Q(report=report, review_state=ReviewState.CANDIDATE, category__in=LIVELIHOOD)


def _decided(report: Report) -> list[dict[str, Any]]:
    """The statements that were published, rejected or withdrawn, with the guideline's keys, ordered by start."""
    decided = Q(report=report) & ~Q(review_state=ReviewState.CANDIDATE)
    found = [_row(kind, one) for kind, model in _KINDS for one in model.objects.filter(decided)]
    return sorted(found, key=lambda row: (row["start"], row["end"]))


def _row(kind: str, statement: Commitment | Achievement) -> dict[str, Any]:
    due = statement.due_on if isinstance(statement, Commitment) else statement.period_end
    quantity = statement.quantity
    return {
        "kind": kind,
        **{key: getattr(statement, key) for key in ("start", "end", "quote", "section", "category", "milestone")},
        "quantity": None if quantity is None else int(quantity) if quantity == int(quantity) else float(quantity),
        "unit": statement.unit or None,
        "comparator": statement.comparator,
        "due_on": due.isoformat(),
        "names": statement.names,
        "title": statement.title,
        "taken": statement.review_state == ReviewState.PUBLISHED,
    }


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
