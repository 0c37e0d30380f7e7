"""Checks that evidence and statuses agree with their commitments, by the rules that the desk applies."""

from collections.abc import Iterator
from datetime import date

from projects import rules
from seeds.load.corpus import Corpus
from seeds.load.fields import Span
from seeds.load.ground import EvidenceRow, StatusRow
from seeds.load.problems import Problem
from seeds.load.rows import ReportRow, StatementRow


def agreement_problems(corpus: Corpus) -> Iterator[Problem]:
    """Yield what a curator at the desk would be refused, each with file and line."""
    commitments = {
        Span(name, row.start, row.end): row
        for name, rows in corpus.statements.items()
        for row in rows
        if row.kind == "commitment"
    }
    reports = {report.name: report for report in corpus.reports}
    told = {row.slug: row.published_on for row in corpus.sources}
    grounds = {(row.commitment, row.origin): row for row in corpus.evidence}
    for row in corpus.evidence:
        report = reports[row.commitment.report]
        yield from _figure(row, commitments[row.commitment], report.year)
        yield from _days(row, report, told.get(row.origin.source or ""))
        yield from _later(row, report, reports)
    for status in corpus.statuses:
        yield from _status(status, grounds[status.commitment, status.origin], reports[status.commitment.report])


def _promised_on(report: ReportRow) -> date:
    return report.delivered_on or date(report.year, 1, 1)


def _figure(row: EvidenceRow, promise: StatementRow, year: int) -> Iterator[Problem]:
    if row.reported_value is None:
        return
    if promise.quantity is None or promise.comparator is None:
        yield Problem(row.where, "reported_value", "answers a commitment without a figure: tell it in the note")
        return
    measures = rules.comparable(promise.milestone, year, promise.day, row.coverage, row.as_of, forecast=row.is_forecast)
    met = rules.meets(promise.quantity, promise.comparator, row.reported_value, row.bound)
    if measures and rules.contradicts(row.verdict, met) and not row.note.strip():
        message = f"is {row.reported_value} for {promise.quantity}, and the verdict {row.verdict}: say why in the note"
        yield Problem(row.where, "reported_value", message)


def _days(row: EvidenceRow, report: ReportRow, published_on: date | None) -> Iterator[Problem]:
    promised = _promised_on(report)
    for name, day in (("as_of", row.as_of), ("happened_on", row.happened_on)):
        if day is not None and day < promised:
            yield Problem(row.where, name, f"is {day}, before the promise of {promised}: correct the day")
    if published_on is not None and row.as_of > published_on and not row.is_forecast:
        message = f"is {row.as_of}, after its source of {published_on}: correct the day, or mark it as a forecast"
        yield Problem(row.where, "as_of", message)


def _later(row: EvidenceRow, promised: ReportRow, reports: dict[str, ReportRow]) -> Iterator[Problem]:
    if row.origin.achievement is None:
        return
    claimed = reports[row.origin.achievement.report]
    if claimed.year <= promised.year:
        yield Problem(row.where, "achievement", f"is of {claimed.year}: a promise of {promised.year} is answered later")


def _status(row: StatusRow, ground: EvidenceRow, report: ReportRow) -> Iterator[Problem]:
    if not rules.carries(ground.verdict, row.status):
        message = f"is {row.status}, which {ground.verdict} in {ground.where} does not carry: correct one of the two"
        yield Problem(row.where, "status", message)
    if row.effective_on < _promised_on(report):
        yield Problem(row.where, "effective_on", f"is {row.effective_on}, before the promise: correct the day")
