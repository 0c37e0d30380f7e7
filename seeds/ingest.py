"""From a file to a draft report with candidates, or to a source with its rows, in steps that may be interrupted.

A run is carried out by whoever claims it. What it writes, it writes in one transaction that also ends the run, so a
worker killed at any point leaves a run that the next worker completes.
"""

import hashlib
import logging
import uuid
from dataclasses import dataclass
from typing import Any

import pghistory
from celery.exceptions import SoftTimeLimitExceeded
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from projects.choices import Origin, ReportState, RunState
from projects.models import ExtractionRun, Jurisdiction, Report, ReportFile, ReportPair, Source
from projects.models.report import FIRST_YEAR, LAST_YEAR
from seeds import documents, runs
from seeds.difference import difference_of
from seeds.extract import EXTRACTOR_VERSION, ReportHeading, doubt_of, extract, heading_of
from seeds.headings import outline_of
from seeds.load import load_statements
from seeds.official.document import OfficialDocument
from seeds.places import find_jurisdiction
from seeds.reading import Document, UnreadableDocumentError, read
from seeds.refusals import RefusalError, refuse_empty
from seeds.second import Merged, readings, second_read

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a file beside its content; what is None or empty is read from it."""

    year: int | None = None
    jurisdiction: Jurisdiction | None = None
    kind: str = ""
    about: Report | None = None
    requested_by: User | None = None
    batch: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a file: a run that a worker will carry out, or the report or source that is already here."""

    run: ExtractionRun | None
    known: Report | Source | None = None


def submit(name: str, content: bytes, hints: Hints) -> Submission:
    """Keep a file and queue its reading; the same file again is not read twice unless its reading has failed."""
    digest = hashlib.sha256(content).hexdigest()
    known = Report.objects.filter(sha256=digest).first()
    if known is not None:
        return Submission(None, known)
    file = _stored_file(name, content, digest, hints)
    if file.report is not None:
        return Submission(None, file.report)
    return _queue(file, hints)


def _stored_file(name: str, content: bytes, digest: str, hints: Hints) -> ReportFile:
    files = ReportFile.objects.defer("content").select_related("report")
    stored = files.filter(sha256=digest).first()
    if stored is not None:
        return stored
    try:
        with transaction.atomic():
            return ReportFile.objects.create(name=name[-255:], content=content, uploaded_by=hints.requested_by)
    except IntegrityError:
        return files.get(sha256=digest)


def _queue(file: ReportFile, hints: Hints) -> Submission:
    last = file.runs.select_related("duplicate_of", "source").first()
    given: dict[str, Any] = {"year": hints.year, "jurisdiction": hints.jurisdiction, "batch": hints.batch}
    given |= {"kind": hints.kind, "about": hints.about}
    if last is None:
        return Submission(ExtractionRun.objects.create(file=file, requested_by=hints.requested_by, **given))
    if last.reason_field == "file" and last.duplicate_of is not None:
        return Submission(None, last.duplicate_of)
    if last.source is not None:
        return Submission(None, last.source)
    if not last.retry(**given):
        ExtractionRun.objects.filter(pk=last.pk).update(batch=hints.batch)
    return Submission(last)


def again(report: Report, *, requested_by: User | None = None, batch: uuid.UUID | None = None) -> ExtractionRun:
    """Queue a new run over a report that is here; a run that waits or is at work is returned as it is."""
    try:
        with transaction.atomic():
            return ExtractionRun.objects.create(report=report, requested_by=requested_by, batch=batch)
    except IntegrityError:
        run = report.runs.latest("pk")
        ExtractionRun.objects.filter(pk=run.pk).update(batch=batch)
        return run


def process(run_id: int, worker: str) -> bool:
    """Carry a run out, to its end or to a failure that it records; False when the run is not to be had."""
    claim = runs.claim(run_id, worker)
    if claim is None:
        return False
    run = ExtractionRun.objects.select_related("report", "jurisdiction", "about").get(pk=run_id)
    try:
        with claim.heartbeat(), pghistory.context(user=run.requested_by_id, extraction_run=run_id):
            _carry_out(run, claim)
    except runs.LostClaimError:
        logger.warning("run %s was taken over by another worker", run_id)
        return False
    except RefusalError as refusal:
        logger.info("run %s failed: %s", run_id, refusal.reason_en)
        claim.fail(refusal)
    except SoftTimeLimitExceeded:
        logger.warning("run %s exceeded the time limit", run_id)
        claim.fail(RefusalError.of("took_too_long"))
    except MemoryError:
        logger.warning("run %s took too much memory", run_id)
        claim.fail(RefusalError.of("too_much_memory"))
    except Exception as error:
        logger.exception("run %s failed", run_id)
        claim.fail(RefusalError.of("unexpected", error=f"{type(error).__name__}: {error}"[:400]))
    return True


def _carry_out(run: ExtractionRun, claim: runs.Claim) -> None:
    if run.report is not None:
        _extract(run, run.report, claim)
        return
    file = ReportFile.objects.get(runs=run)
    document = _read(file)
    official = documents.recognise(document, run.kind)
    if official is None:
        _extract(run, _draft(run, file, document, claim), claim)
    else:
        _align(run, file, document, official, claim)


def _extract(run: ExtractionRun, report: Report, claim: runs.Claim) -> None:
    claim.renew(state=RunState.EXTRACTING, progress=30)
    found = _found(report)
    statements = found.statements
    warnings = [*run.warnings, *documents.told(filter(None, [doubt_of(statements), *found.messages]))]
    claim.renew(state=RunState.WRITING, progress=80, warnings=warnings)
    with transaction.atomic():
        claim.lock()
        result = load_statements(report, statements, origin=Origin.EXTRACTED, extractor_version=EXTRACTOR_VERSION)
        difference = difference_of(report, statements, result)
        ReportPair.wait_for(report)
        claim.end(extractor_version=EXTRACTOR_VERSION, difference=difference.entries, **difference.counts)


def _found(report: Report) -> Merged:
    """What the rules find, and beside it what the second reader has answered so far."""
    year, code = report.year, report.jurisdiction_id
    if not readings.is_on():
        return Merged(extract(report.text, year=year, jurisdiction=code))
    return second_read(report.text, readings.answer_of(report), year=year, jurisdiction=code)


def _align(
    run: ExtractionRun, file: ReportFile, document: Document, official: OfficialDocument, claim: runs.Claim
) -> None:
    """Take an official document in: its rows, and the commitments that each is proposed to be about."""
    reason, reason_en = official.reason
    claim.renew(state=RunState.EXTRACTING, progress=30, kind_reason=reason, kind_reason_en=reason_en)
    given = documents.Given(official.kind, run.year, run.jurisdiction, run.about)
    paper = documents.place(document, official, given)
    claim.renew(state=RunState.WRITING, progress=80)
    with transaction.atomic():
        claim.lock()
        source = documents.store(paper, file.name, bytes(file.content))
        read = {"kind": official.kind, "created": source.rows.count(), "warnings": list(paper.doubts)}
        claim.end(extractor_version=EXTRACTOR_VERSION, source=source, **read)


def _read(file: ReportFile) -> Document:
    try:
        return read(bytes(file.content), filename=file.name)
    except UnreadableDocumentError as error:
        raise RefusalError.unreadable(error) from error


def _draft(run: ExtractionRun, file: ReportFile, document: Document, claim: runs.Claim) -> Report:
    """Make a draft report of the run's file; raises RefusalError, which names the field at fault."""
    heading = heading_of(document.text)
    try:
        with transaction.atomic():
            report = _new_report(document, heading, _year(run, heading), _jurisdiction(run, heading))
            run.warnings = documents.told(document.warnings)
            claim.renew(report=report, warnings=run.warnings)
            ReportFile.objects.filter(pk=file.pk).update(report=report)
    except IntegrityError:
        # Another worker has just taken in the same report from another file: now it can be seen.
        _refuse_known(document, _year(run, heading), _jurisdiction(run, heading))
        raise
    return report


def _new_report(document: Document, heading: ReportHeading, year: int, jurisdiction: Jurisdiction) -> Report:
    _refuse_known(document, year, jurisdiction)
    refuse_empty(document, year)
    return Report.objects.create(
        jurisdiction=jurisdiction,
        year=year,
        title=(heading.title or f"{year}年{jurisdiction.name}政府工作报告")[:200],
        delivered_on=heading.delivered_on,
        session=(heading.session or "")[:200],
        text=document.text,
        outline=outline_of(document.text),
    )


def _refuse_known(document: Document, year: int, jurisdiction: Jurisdiction) -> None:
    known = Report.objects.filter(sha256=document.sha256).first()
    if known is not None:
        raise RefusalError.of("same_text", known)
    rival = Report.objects.filter(jurisdiction=jurisdiction, year=year).exclude(state=ReportState.WITHDRAWN).first()
    if rival is not None:
        raise RefusalError.of("same_year", rival, place=jurisdiction.name, year=year)


def _year(run: ExtractionRun, heading: ReportHeading) -> int:
    year = run.year or heading.year
    if year is None:
        raise RefusalError.of("no_year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RefusalError.of("odd_year", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    return year


def _jurisdiction(run: ExtractionRun, heading: ReportHeading) -> Jurisdiction:
    if run.jurisdiction is not None:
        return run.jurisdiction
    if not heading.place:
        raise RefusalError.of("no_place")
    found = find_jurisdiction(heading.place)
    if found is None:
        raise RefusalError.of("unknown_place", place=heading.place)
    return found
