"""Checks what the data say about each other: references lead somewhere, nothing stands twice, what is told agrees."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from projects import rules
from projects.choices import Verification
from seeds.load.fields import Span
from seeds.load.result import Problem
from seeds.load.rows import Corpus, EvidenceRow, PairRow, ReportRow, Row, StatementRow, StatusRow

_Row = TypeVar("_Row", bound=Row)


def span_problems(rows: Iterable[StatementRow], text: str, report: str) -> list[Problem]:
    """Return what is wrong with spans and quotes, measured on the report's text."""
    problems: list[Problem] = []
    seen: dict[tuple[str, int, int], str] = {}
    for row in rows:
        stands = text[row.start : row.end]
        if not row.start < row.end <= len(text):
            message = f"{row.start}-{row.end} is not in {report} of {len(text)} characters: correct start and end"
            problems.append(Problem(row.where, "end", message))
        elif stands != row.quote:
            place = f"{report} has {stands!r} at {row.start}-{row.end}"
            problems.append(Problem(row.where, "quote", f"is {row.quote!r}, but {place}: correct offsets or quote"))
        key = (row.kind, row.start, row.end)
        if key in seen:
            message = f"{row.start}-{row.end} is already the {row.kind} of {seen[key]}: keep one of the two"
            problems.append(Problem(row.where, "start", message))
        seen.setdefault(key, row.where)
    return problems


def link_problems(corpus: Corpus) -> Iterator[Problem]:
    """Yield every reference that leads nowhere and every row that is told twice."""
    yield from _duplicate_rows(corpus)
    yield from _unknown_places(corpus)
    yield from _unknown_statements(corpus)
    yield from _shared_statements(corpus)
    yield from _unknown_sources(corpus)
    yield from _unfounded_statuses(corpus)


def _duplicate_rows(corpus: Corpus) -> Iterator[Problem]:
    yield from _duplicates(corpus.jurisdictions, "code", lambda row: row.code)
    yield from _duplicates(corpus.departments, "name", lambda row: (row.jurisdiction_id, row.name))
    yield from _duplicates(corpus.reports, "file", lambda row: row.file)
    yield from _duplicates(corpus.reports, "sha256", lambda row: row.sha256)
    yield from _duplicates(corpus.reports, "year", lambda row: (row.jurisdiction_id, row.year))
    yield from _duplicates(corpus.projects, "slug", lambda row: row.slug)
    yield from _duplicates(corpus.sources, "slug", lambda row: row.slug)
    yield from _duplicates(
        corpus.successions,
        "predecessor",
        lambda row: (row.predecessor_id, row.successor_id, row.successor_name, row.on),
    )
    yield from _duplicates(corpus.evidence, "source", lambda row: (row.commitment, row.ground))
    yield from _duplicates(corpus.statuses, "commitment", lambda row: row.commitment)
    yield from _duplicates(corpus.restatements, "later", lambda row: (row.earlier, row.later))
    yield from _duplicates(corpus.pairs, "later", lambda row: (row.earlier, row.later))


def _duplicates(rows: Iterable[_Row], field: str, key: Callable[[_Row], Hashable]) -> Iterator[Problem]:
    seen: dict[Hashable, str] = {}
    for row in rows:
        first = seen.setdefault(key(row), row.where)
        if first != row.where:
            yield Problem(row.where, field, f"stands in {first} already: keep one of the two")


def _unknown_places(corpus: Corpus) -> Iterator[Problem]:
    codes = {row.code for row in corpus.jurisdictions}
    named = [(row.where, "parent", row.parent_id) for row in corpus.jurisdictions if row.parent_id]
    named += [(row.where, "jurisdiction", row.jurisdiction_id) for row in corpus.sources if row.jurisdiction_id]
    named += [(row.where, "predecessor", row.predecessor_id) for row in corpus.successions]
    named += [(row.where, "successor", row.successor_id) for row in corpus.successions if row.successor_id]
    for rows in (corpus.departments, corpus.reports, corpus.projects):
        named += [(row.where, "jurisdiction", row.jurisdiction_id) for row in rows]
    for where, field, code in named:
        if code not in codes:
            yield Problem(where, field, f"{code} is not in jurisdictions.jsonl: add it there, or correct the code")


def _unknown_statements(corpus: Corpus) -> Iterator[Problem]:
    kinds: dict[Span, set[str]] = {}
    for name, statements in corpus.statements.items():
        for row in statements:
            kinds.setdefault(Span(name, row.start, row.end), set()).add(row.kind)
    for where, field, span, wanted in _references(corpus):
        if kinds.get(span, set()).isdisjoint(wanted):
            message = f"there is no {' or '.join(wanted)} at {span}: correct the reference, or add the statement"
            yield Problem(where, field, message)


def pair_problems(corpus: Corpus) -> Iterator[Problem]:
    """Yield pairs of reports that are not there or not of two years, and clauses that are not in the later one."""
    reports = {row.name: row for row in corpus.reports}
    for row in corpus.pairs:
        for field in ("earlier", "later"):
            if getattr(row, field) not in reports:
                yield Problem(row.where, field, f"{getattr(row, field)} is not in the manifest: correct the name")
        if {row.earlier, row.later} <= reports.keys():
            yield from _pair_problems(row, reports[row.earlier], reports[row.later], corpus.texts)


def _pair_problems(row: PairRow, earlier: ReportRow, later: ReportRow, texts: Mapping[str, str]) -> Iterator[Problem]:
    if earlier.jurisdiction_id != later.jurisdiction_id or earlier.year >= later.year:
        yield Problem(row.where, "later", f"{row.later} is no later report of the same government: name one")
    for promise, clause in row.mentioned:
        if promise.report != row.earlier:
            yield Problem(row.where, "mentioned", f"{promise} is not of {row.earlier}: name a promise of it")
        if clause.report != row.later or clause.end > len(texts[row.later]):
            yield Problem(row.where, "mentioned", f"{clause} is not in {row.later}: name a clause of it")


def _references(corpus: Corpus) -> Iterator[tuple[str, str, Span, tuple[str, ...]]]:
    """Yield where each reference stands, where it leads, and the kinds of statement that may be there."""
    for project in corpus.projects:
        for span in project.statements:
            yield project.where, "statements", span, ("achievement", "commitment")
    for evidence in corpus.evidence:
        yield evidence.where, "commitment", evidence.commitment, ("commitment",)
        if evidence.ground.achievement:
            yield evidence.where, "achievement", evidence.ground.achievement, ("achievement",)
    for pair in corpus.pairs:
        for promise, _clause in pair.mentioned:
            yield pair.where, "mentioned", promise, ("commitment",)
    for restatement in corpus.restatements:
        yield restatement.where, "earlier", restatement.earlier, ("commitment",)
        yield restatement.where, "later", restatement.later, ("commitment",)


def _shared_statements(corpus: Corpus) -> Iterator[Problem]:
    """Yield statements of two projects, and commitments that restate themselves."""
    owners: dict[Span, str] = {}
    for project in corpus.projects:
        for span in project.statements:
            owner = owners.setdefault(span, project.slug)
            if owner != project.slug:
                yield Problem(project.where, "statements", f"{span} belongs to {owner} already: keep it in one project")
    for row in corpus.restatements:
        if row.earlier == row.later:
            yield Problem(row.where, "later", f"{row.later} is the earlier commitment itself: name another")


def _unknown_sources(corpus: Corpus) -> Iterator[Problem]:
    """Yield references to sources and reports that there are none of."""
    slugs, reports = {row.slug for row in corpus.sources}, {row.name for row in corpus.reports}
    named = [(row.where, row.ground.source) for row in corpus.evidence if row.ground.source]
    named += [(row.where, row.source) for row in corpus.successions if row.source]
    for where, slug in named:
        if slug not in slugs:
            yield Problem(where, "source", f"{slug} is not in sources.jsonl: add it there, or correct the slug")
    for row in corpus.sources:
        if row.report and row.report not in reports:
            yield Problem(row.where, "report", f"{row.report} is not in the manifest: correct the name, or write null")


def _unfounded_statuses(corpus: Corpus) -> Iterator[Problem]:
    """Yield statuses that do not rest on accepted evidence of their own commitment."""
    reviews = {(row.commitment, row.ground): row for row in corpus.evidence}
    for row in corpus.statuses:
        evidence = reviews.get((row.commitment, row.ground))
        if evidence is None:
            message = f"evidence.jsonl does not tie {row.ground} to {row.commitment}: add the line there"
            yield Problem(row.where, "evidence", message)
        elif evidence.review_state != Verification.ACCEPTED:
            message = f"rests on {evidence.where}, which is {evidence.review_state}: a status needs accepted evidence"
            yield Problem(row.where, "evidence", message)


def agreement_problems(corpus: Corpus) -> Iterator[Problem]:
    """Yield what a curator at the desk would be refused, each with file and line."""
    commitments = {
        Span(name, row.start, row.end): row
        for name, rows in corpus.statements.items()
        for row in rows
        if row.kind == "commitment"
    }
    reports = {report.name: report for report in corpus.reports}
    published = {row.slug: row.published_on for row in corpus.sources}
    grounds = {(row.commitment, row.ground): row for row in corpus.evidence}
    for row in corpus.evidence:
        report = reports[row.commitment.report]
        yield from _figure_problems(row, commitments[row.commitment], report.year)
        yield from _day_problems(row, report, published.get(row.ground.source or ""))
        yield from _order_problems(row, report, reports)
    for status in corpus.statuses:
        yield from _status_problems(
            status, grounds[status.commitment, status.ground], reports[status.commitment.report]
        )


def _promised_on(report: ReportRow) -> date:
    return report.delivered_on or date(report.year, 1, 1)


def _figure_problems(row: EvidenceRow, promise: StatementRow, year: int) -> Iterator[Problem]:
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


def _day_problems(row: EvidenceRow, report: ReportRow, published_on: date | None) -> Iterator[Problem]:
    promised = _promised_on(report)
    for name, day in (("as_of", row.as_of), ("happened_on", row.happened_on)):
        if day is not None and day < promised:
            yield Problem(row.where, name, f"is {day}, before the promise of {promised}: correct the day")
    if published_on is not None and row.as_of > published_on and not row.is_forecast:
        message = f"is {row.as_of}, after its source of {published_on}: correct the day, or mark it as a forecast"
        yield Problem(row.where, "as_of", message)


def _order_problems(row: EvidenceRow, promised: ReportRow, reports: dict[str, ReportRow]) -> Iterator[Problem]:
    if row.ground.achievement is None:
        return
    claimed = reports[row.ground.achievement.report]
    if claimed.year <= promised.year:
        yield Problem(row.where, "achievement", f"is of {claimed.year}: a promise of {promised.year} is answered later")


def _status_problems(row: StatusRow, ground: EvidenceRow, report: ReportRow) -> Iterator[Problem]:
    if not rules.carries(ground.verdict, row.status):
        message = f"is {row.status}, which {ground.verdict} in {ground.where} does not carry: correct one of the two"
        yield Problem(row.where, "status", message)
    if row.effective_on < _promised_on(report):
        yield Problem(row.where, "effective_on", f"is {row.effective_on}, before the promise: correct the day")
