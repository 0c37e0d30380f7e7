"""Loads a directory of reports and curated data in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time
from functools import reduce
from operator import attrgetter
from pathlib import Path
from typing import Any, LiteralString

from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from projects.choices import LinkRelation, Origin, ReportState, ReviewState, Verification
from projects.models import (
    Achievement,
    Commitment,
    Evidence,
    LinkProposal,
    Project,
    Report,
    ReportPair,
    Source,
)
from seeds.headings import outline_of
from seeds.load.corpus import read_corpus
from seeds.load.fields import Ground, Span
from seeds.load.result import LoadResult, Pk, Problem, TableResult, refuse_if_any
from seeds.load.rows import Corpus
from seeds.load.statements import ReportKey, load_statuses, sync
from seeds.load.upsert import Staged, Table, stage

JURISDICTIONS = Table(
    name="projects_jurisdiction",
    pk="code",
    key=("code",),
    columns=("name", "name_en", "pinyin", "level", "parent_id", "valid_from", "valid_until"),
)
DEPARTMENTS = Table(name="projects_department", key=("jurisdiction_id", "name"), columns=("name_en", "pinyin"))
REPORTS = Table(
    name="projects_report",
    key=("sha256",),
    fixed=("text",),
    columns=(
        *("jurisdiction_id", "year", "title", "title_en", "delivered_on", "session", "session_en"),
        *("document_number", "publisher", "publisher_en", "source_url", "outline", "state"),
    ),
    state="state",
    gone=ReportState.WITHDRAWN.value,
)
PROJECTS = Table(
    name="projects_project",
    key=("slug",),
    columns=("jurisdiction_id", "name", "name_en", "pinyin", "aliases", "category", "review_state"),
    state="review_state",
    gone=ReviewState.WITHDRAWN.value,
)
SOURCES = Table(
    name="projects_source",
    key=("slug",),
    columns=(
        *("kind", "jurisdiction_id", "title", "title_en", "publisher", "publisher_en", "url", "original_url"),
        *("address_doubt", "address_doubt_en", "document_number", "published_on", "retrieved_on", "report_id"),
        *("indicators_total", "indicators_met", "tasks_total", "tasks_done", "tasks_partly", "is_public"),
        *("note", "note_en"),
    ),
    constants=(("file", ""), ("file_sha256", "")),
)
SUCCESSIONS = Table(
    name="projects_succession",
    key=("predecessor_id", "on", "successor_id", "successor_name"),
    columns=("successor_name_en", "scope", "scope_en", "source_id"),
    nullable=("successor_id",),
)
_EVIDENCE_COLUMNS = (
    *("quote", "place", "item_number", "official_word", "verdict", "as_of", "happened_on", "happened_precision"),
    *("reported_value", "coverage", "value_from", "bound", "is_forecast", "delay_reason", "announced_on"),
    *("confidence", "review_state", "note", "note_en"),
)


def evidence_table(origin: str) -> Table:
    """Return the table of evidence that rests on achievements or on sources, as ``origin`` names its column."""
    return Table(
        name="projects_evidence",
        key=("commitment_id", origin),
        columns=_EVIDENCE_COLUMNS,
        # A trigger says who speaks.
        constants=(("source_kind", ""),),
        state="review_state",
        gone=Verification.REJECTED.value,
        staging=f"evidence_by_{origin}",
    )


RESTATEMENTS = Table(
    name="projects_restatement",
    key=("earlier_id", "later_id"),
    columns=("phase", "change", "confidence", "review_state", "note", "note_en"),
    state="review_state",
    gone=Verification.REJECTED.value,
)

# Two loads at a time would each see half of the other: the second waits. The number is this lock's own.
_LOCK = 500112_2021
_OF_PLACE: LiteralString = "t.jurisdiction_id = ANY(%s)"
_NO_STATUS: LiteralString = """
    t.commitment_id IN (SELECT id FROM projects_commitment WHERE jurisdiction_id = ANY(%s))
    AND NOT EXISTS (SELECT FROM projects_commitment AS c WHERE c.status_evidence_id = t.id)
"""
_ORIGINS = ("achievement_id", "source_id")
_WITHOUT_STATUS: dict[str, LiteralString] = {
    "achievement_id": _NO_STATUS + "AND t.achievement_id IS NOT NULL",
    "source_id": _NO_STATUS + "AND t.achievement_id IS NULL",
}
_OF_EARLIER: LiteralString = "t.earlier_id IN (SELECT id FROM projects_commitment WHERE jurisdiction_id = ANY(%s))"
_SAME_YEAR: LiteralString = """
SELECT s.sha256, o.id FROM pg_temp.load_projects_report AS s
  JOIN projects_report AS o ON o.jurisdiction_id = s.jurisdiction_id AND o.year = s.year AND o.sha256 <> s.sha256
 WHERE o.state <> 'withdrawn' AND NOT EXISTS (
       SELECT FROM projects_report AS r WHERE r.sha256 = s.sha256 AND r.state = 'withdrawn'
          AND r.seeded ->> 'state' IS DISTINCT FROM 'withdrawn')
"""
_RESTS_ON_UNACCEPTED: LiteralString = """
SELECT c.id, e.id FROM projects_commitment AS c
  JOIN projects_evidence AS e ON e.id = c.status_evidence_id
 WHERE c.jurisdiction_id = ANY(%s) AND e.review_state <> 'accepted' ORDER BY c.id
"""


_CARRIES = "a curator rests the status of commitment {} on it: keep it accepted, or change that status in the admin"


def seed(directory: Path, *, rehearse: bool = False) -> LoadResult:
    """Load ``directory``/reports and ``directory``/curated; say what was created, updated, withdrawn and kept.

    The data speak for the governments in their jurisdictions.jsonl: what was loaded for one of these before and is
    no longer there is withdrawn. Everything happens in one transaction, which other loads wait for. ``rehearse``
    does it all and takes it back. Raises LoadError, with every problem that was found, when nothing can be loaded.
    """
    corpus = read_corpus(directory)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        result = LoadResult(_Load(corpus).run())
        connection.check_constraints()
        transaction.set_rollback(rehearse)
    return result


class _Load:
    """One load of a corpus, table by table; later tables need the keys of earlier ones."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.scope = [row.code for row in corpus.jurisdictions]
        self.reports: dict[str, ReportKey] = {}
        self.commitments: dict[Span, int] = {}
        self.achievements: dict[Span, int] = {}
        self.sources: dict[str, int] = {}

    def run(self) -> dict[str, TableResult]:
        results = {
            "jurisdictions": stage(JURISDICTIONS, _tuples(JURISDICTIONS.staged, self.corpus.jurisdictions)).upsert(),
            "departments": stage(DEPARTMENTS, _tuples(DEPARTMENTS.staged, self.corpus.departments)).upsert(),
            "reports": self._reports(),
        }
        projects = stage(PROJECTS, _tuples(PROJECTS.staged, self.corpus.projects))
        results["projects"] = _sync(projects, _OF_PLACE, self.scope)
        results.update(self._statements())
        results["sources"] = self._sources()
        results["successions"] = self._successions()
        staged = [(self._evidence(column), scope) for column, scope in _WITHOUT_STATUS.items()]
        found = [evidence.upsert() for evidence, _ in staged]
        statuses = self._statuses()
        gone = [evidence.withdraw(scope, [self.scope]) for evidence, scope in staged]
        results["evidence"] = reduce(
            TableResult.plus, (one.without(left) for one, left in zip(found, gone, strict=True))
        )
        results["statuses"] = statuses
        self._refuse_unfounded()
        results["restatements"] = _sync(self._restatements(), _OF_EARLIER, self.scope)
        results["pairs"] = self._pairs()
        return results

    def _reports(self) -> TableResult:
        """Load the reports. Those that have left go first: a government has one report a year."""
        texts = self.corpus.texts
        rows = [
            (
                *(row.sha256, texts[row.name], row.jurisdiction_id, row.year, row.title, row.title_en),
                *(row.delivered_on, row.session, row.session_en, row.document_number, row.publisher),
                *(row.publisher_en, row.source_url, Jsonb(outline_of(texts[row.name])), ReportState.PUBLISHED.value),
            )
            for row in self.corpus.reports
        ]
        staged = stage(REPORTS, rows)
        gone = staged.withdraw(_OF_PLACE, [self.scope])
        self._refuse_second_report()
        result = staged.upsert().without(gone)
        found = Report.objects.select_for_update(no_key=True).filter(sha256__in=[row[0] for row in rows])
        keys = {
            sha256: ReportKey(pk, place, year, state)
            for sha256, pk, place, year, state in found.values_list("sha256", "id", "jurisdiction", "year", "state")
        }
        self.reports = {row.name: keys[row.sha256] for row in self.corpus.reports}
        return result

    def _refuse_second_report(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_SAME_YEAR)
            others = dict(cursor.fetchall())
        message = "already has a report of that year (id {}): withdraw it in the admin, or remove this entry"
        refuse_if_any(
            [
                Problem(row.where, "year", f"{row.jurisdiction_id} {message.format(others[row.sha256])}")
                for row in self.corpus.reports
                if row.sha256 in others
            ]
        )

    def _statements(self) -> dict[str, TableResult]:
        slugs = dict(Project.objects.filter(jurisdiction__in=self.scope).values_list("slug", "id"))
        projects = {
            (self.reports[span.report].pk, span.start, span.end): slugs[row.slug]
            for row in self.corpus.projects
            for span in row.statements
        }
        found = [(self.reports[name], rows) for name, rows in self.corpus.statements.items()]
        scope = list(Report.objects.filter(jurisdiction__in=self.scope).values_list("id", flat=True))
        results = sync(found, Origin.CURATED, scope, projects)
        names = {key.pk: name for name, key in self.reports.items()}
        self.commitments = _ids_by_span(Commitment, names)
        self.achievements = _ids_by_span(Achievement, names)
        return results

    def _sources(self) -> TableResult:
        rows = []
        for row in self.corpus.sources:
            report = self.reports[row.report].pk if row.report else None
            given = {"report_id": report, "is_public": report is not None, **asdict(row.score)}
            rows.append(tuple(given[name] if name in given else getattr(row, name) for name in SOURCES.staged))
        result = stage(SOURCES, rows).upsert()
        slugs = [row.slug for row in self.corpus.sources]
        known = Source.objects.filter(slug__in=slugs).values_list("slug", "id")
        self.sources = {slug: pk for slug, pk in known if slug}
        return result

    def _successions(self) -> TableResult:
        values = attrgetter(*SUCCESSIONS.staged[:-1])
        rows = [(*values(row), self.sources.get(row.source)) for row in self.corpus.successions]
        return stage(SUCCESSIONS, rows).upsert()

    def _evidence(self, column: str) -> Staged:
        """Return the evidence that rests on an achievement or on a source, as the column says."""
        table = evidence_table(column)
        values = attrgetter(*table.columns)
        rows = [(row, self._ids_of(row.ground)[column]) for row in self.corpus.evidence]
        return stage(
            table, [(self.commitments[row.commitment], pk, *values(row)) for row, pk in rows if pk is not None]
        )

    def _ids_of(self, ground: Ground) -> dict[str, int | None]:
        return {
            "achievement_id": self.achievements[ground.achievement] if ground.achievement else None,
            "source_id": self.sources[ground.source] if ground.source else None,
        }

    def _statuses(self) -> TableResult:
        statuses = self.corpus.statuses
        evidence = self._evidence_ids()
        rows = [
            (
                *(self.commitments[row.commitment], row.status, evidence[row.commitment, row.ground]),
                *(row.effective_on, row.reason_code, row.note, row.note_en),
            )
            for row in statuses
        ]
        return load_statuses(rows, [row.where for row in statuses], self.scope)

    def _evidence_ids(self) -> dict[tuple[Span, Ground], int]:
        wanted = {self.commitments[row.commitment] for row in self.corpus.evidence}
        links = Evidence.objects.filter(commitment__in=wanted)
        found: dict[tuple[int, int | None, int | None], int] = {}
        for pk, commitment, achievement, source in links.values_list("id", "commitment", *_ORIGINS):
            found[commitment, achievement, None] = found[commitment, None, source] = pk
        return {
            (row.commitment, row.ground): found[self._key(row.commitment, row.ground)] for row in self.corpus.evidence
        }

    def _key(self, commitment: Span, ground: Ground) -> tuple[int, int | None, int | None]:
        ids = self._ids_of(ground)
        return self.commitments[commitment], ids["achievement_id"], ids["source_id"]

    def _refuse_unfounded(self) -> None:
        """Refuse to take back evidence on which a person has rested a status."""
        with connection.cursor() as cursor:
            cursor.execute(_RESTS_ON_UNACCEPTED, [self.scope])
            found = {evidence: commitment for commitment, evidence in cursor.fetchall()}
        ids = self._evidence_ids() if found else {}
        refuse_if_any(
            [
                Problem(row.where, "review", _CARRIES.format(found[pk]))
                for row in self.corpus.evidence
                if (pk := ids.get((row.commitment, row.ground))) in found
            ]
        )

    def _restatements(self) -> Staged:
        values = attrgetter(*RESTATEMENTS.columns)
        rows = self.corpus.restatements
        return stage(
            RESTATEMENTS, [(self.commitments[row.earlier], self.commitments[row.later], *values(row)) for row in rows]
        )

    def _pairs(self) -> TableResult:
        """Mark pairs that were never marked; a mark that a person took back stays away."""
        made, marked, rest = list[Pk](), dict[Pk, tuple[str, ...]](), 0
        for row in self.corpus.pairs:
            earlier, later = self.reports[row.earlier].pk, self.reports[row.later].pk
            pair, is_new = ReportPair.objects.get_or_create(earlier_id=earlier, later_id=later)
            versions: Any = ReportPair
            if versions.pgh_event_model.objects.filter(pgh_obj=pair, gone_through_at__isnull=False).exists():
                rest += 1
            else:
                noon = datetime.combine(row.gone_through_on, time(12), timezone.get_default_timezone())
                ReportPair.objects.filter(pk=pair.pk).update(gone_through_at=noon)
                made, marked = (
                    ([*made, pair.pk], marked) if is_new else (made, marked | {pair.pk: ("gone_through_at",)})
                )
            for promise, clause in row.mentioned:
                self._mention(pair, self.commitments[promise], clause)
        return TableResult(tuple(made), marked, rest)

    def _mention(self, pair: ReportPair, promise: int, clause: Span) -> None:
        """Write down that a clause speaks of a promise again, unless that is known or decided."""
        quote = self.corpus.texts[clause.report][clause.start : clause.end]
        said = {"quote": quote, "mention": {"title": quote}, "score": 1, "relation": LinkRelation.RESTATEMENT}
        LinkProposal.objects.get_or_create(
            pair=pair,
            earlier_id=promise,
            start=clause.start,
            end=clause.end,
            defaults={**said, "review_state": Verification.ACCEPTED},
        )


def _sync(staged: Staged, scope: LiteralString, codes: Sequence[str]) -> TableResult:
    return staged.upsert().without(staged.withdraw(scope, [codes]))


def _tuples(columns: Sequence[str], rows: Iterable[object]) -> list[tuple[Any, ...]]:
    return [attrgetter(*columns)(row) for row in rows]


def _ids_by_span(model: type[Commitment | Achievement], names: Mapping[int, str]) -> dict[Span, int]:
    found = model.objects.filter(report__in=names).values_list("report", "start", "end", "id")
    return {Span(names[report], start, end): pk for report, start, end, pk in found}
