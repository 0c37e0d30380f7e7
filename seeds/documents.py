"""From an official document about a report to a source, its rows, and what each row is proposed to be about."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from projects.acceptance import SURE, Effect, links_of, plan
from projects.choices import ReportState, ReviewState, Status, Verification
from projects.models import Jurisdiction, Report, RowLink, Source, SourceRow
from projects.models.extraction import DocumentKind
from projects.models.files import KEPT_TYPES
from seeds.official.alignment import Promise, align
from seeds.official.document import (
    OUTCOME_NOTICE,
    OUTCOME_TABLE,
    REPORT,
    OfficialDocument,
    Task,
    UnknownDocumentError,
    read_official,
)
from seeds.official.elimination import left_out
from seeds.official.place import may_be_same
from seeds.places import find_jurisdiction
from seeds.reading import Document, Message
from seeds.reading.blocks import Table
from seeds.refusals import KIND_NAMES, RefusalError

# A doubt with its code, in Chinese and English.
Doubt = dict[str, str]
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What a curator says of a document; what is None or empty is read from it."""

    kind: str = ""
    year: int | None = None
    jurisdiction: Jurisdiction | None = None
    about: Report | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document with the government that speaks in it and the report that it is about."""

    official: OfficialDocument
    place: Jurisdiction
    report: Report
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A row with what accepting its sure links would write; without any it is matched with nothing."""

    row: SourceRow
    effects: tuple[Effect, ...]

    @property
    def state(self) -> str:
        """What weighs most: error, changed, new, same; unmatched where there is no sure link."""
        states = {effect.state for effect in self.effects}
        return next((state for state in ("error", "changed", "new", "same") if state in states), "unmatched")


def told(warnings: Iterable[Message]) -> list[Doubt]:
    """Return warnings of the reading as they are kept with a run."""
    return [{"code": one.code, "text": one.text("zh"), "text_en": one.text("en")} for one in warnings]


def recognise(document: Document, kind: str = "") -> OfficialDocument | None:
    """Return what an official document says, or None for a report.

    Raises RefusalError for a sheet that is neither, and for results that are handed in as a report.
    """
    try:
        official = read_official(document.blocks)
    except UnknownDocumentError as error:
        if not kind and _is_sheet(document):
            raise RefusalError.of("unknown_kind") from error
        official = None
    if kind == DocumentKind.REPORT:
        if official is not None and official.kind == OUTCOME_TABLE:
            raise RefusalError.of("not_a_report", kind=KIND_NAMES[OUTCOME_TABLE])
        return None
    if kind:
        return read_official(document.blocks, kind=kind)
    return official if official is not None and official.kind != REPORT else None


def _is_sheet(document: Document) -> bool:
    """Whether tables make up most of a file."""
    told = sum(len(cell.text) for block in document.blocks if isinstance(block, Table) for cell in block.cells)
    return 2 * told > len(document.text)


def place(document: Document, official: OfficialDocument, given: Given) -> Paper:
    """Find the government and the report of a document; raises RefusalError, which names the field at fault."""
    year = given.year or (given.about.year if given.about else official.said_year or official.year)
    if year is None:
        raise RefusalError.of("no_year")
    government = _government(official, given)
    report = given.about or _report(government, year)
    read = read_official(document.blocks, report.year, official.kind)
    if not read.tasks:
        raise RefusalError.of("no_rows", kind=KIND_NAMES[official.kind])
    return Paper(read, government, report, tuple(_doubts(document, read, government, report)))


def _government(official: OfficialDocument, given: Given) -> Jurisdiction:
    if given.jurisdiction is not None:
        return given.jurisdiction
    found = find_jurisdiction(official.place) if official.place else None
    if found is None and given.about is not None:
        return given.about.jurisdiction
    if found is None:
        raise RefusalError.of("unknown_place", place=official.place) if official.place else RefusalError.of("no_place")
    return found


def _report(government: Jurisdiction, year: int) -> Report:
    standing = Report.objects.exclude(state=ReportState.WITHDRAWN)
    report = standing.filter(jurisdiction=government, year=year).first()
    if report is None:
        raise RefusalError.of("no_report", place=government.name, year=year)
    return report


def _doubts(document: Document, read: OfficialDocument, government: Jurisdiction, report: Report) -> Iterator[Doubt]:
    yield from told(document.warnings)
    if read.said_year is not None and read.said_year != report.year:
        yield {
            "code": "other_year",
            "text": f"文件写的是 {read.said_year} 年，报告是 {report.year} 年的，请核对。",
            "text_en": f"The document says {read.said_year}, the report is of {report.year}: please check.",
        }
    if not may_be_same(read.place, government.name):
        yield {
            "code": "other_place",
            "text": f"文件写的是“{read.place}”，登记为“{government.name}”，请核对。",
            "text_en": f"The document names {read.place}, it is filed under {government.name}: please check.",
        }
    if read.kind in (OUTCOME_TABLE, OUTCOME_NOTICE) and _state_day(read.as_of, report.year) != read.as_of:
        yield {
            "code": "no_day",
            "text": "文件没有写明截至哪一天，进展按今天的情况登记，请核对。",
            "text_en": "The document does not say of which day it tells; today is taken: please check.",
        }


def _state_day(as_of: date | None, year: int) -> date:
    """Return the day whose state is told; a day that has not come is nobody's to tell of."""
    return min(as_of or date(year, 12, 31), timezone.localdate())


def rehearse(paper: Paper, name: str, content: bytes) -> list[Trial]:
    """Return what each row would write if its sure links were accepted; nothing is kept. Raises RefusalError."""
    with transaction.atomic():
        source = store(paper, name, content, keep_copy=False)
        effects = plan(links_of(source).filter(score__gte=SURE))
        trials = [
            Trial(row, tuple(effect for effect in effects if effect.link.source_row_id == row.pk))
            for row in source.rows.order_by("position")
        ]
        transaction.set_rollback(True)
    return trials


def store(paper: Paper, name: str, content: bytes, *, keep_copy: bool = True) -> Source:
    """Write a document's source, rows and proposed links; raises RefusalError for one whose rows are here already.

    The caller holds the transaction. The copy's name follows from its content: a second attempt finds it there.
    """
    rows = [_row(position, task, paper) for position, task in enumerate(paper.official.tasks, 1)]
    _refuse_known(paper, rows)
    score = paper.official.score
    source = Source(
        kind=paper.official.kind,
        jurisdiction=paper.place,
        title=(paper.official.title or PurePath(name).stem)[:300],
        publisher=paper.place.name,
        published_on=paper.official.document_date,
        report=paper.report,
        tasks_total=score.tasks if score else None,
        tasks_done=score.done if score else None,
        tasks_partly=score.partly if score else None,
    )
    _set_copy(source, name, content, save=keep_copy)
    source.save()
    _write(source, rows)
    _link(source, paper, rows)
    if paper.official.kind == OUTCOME_NOTICE:
        _infer(source, paper, rows)
    return source


def _set_copy(source: Source, name: str, content: bytes, *, save: bool) -> None:
    digest = hashlib.sha256(content).hexdigest()
    suffix = PurePath(name).suffix.lower()
    suffix = suffix if suffix[1:] in KEPT_TYPES else ".txt"
    stem = re.sub(r"[^\w-]+", "_", PurePath(name).stem)[:30] or "document"
    kept = f"evidence/{timezone.localdate().year}/{digest[:16]}/{stem}{suffix}"
    storage = Source._meta.get_field("file").storage
    source.file.name = storage.save(kept, ContentFile(content)) if save and not storage.exists(kept) else kept
    source.file_sha256 = digest


def _row(position: int, task: Task, paper: Paper) -> SourceRow:
    row, told = task.row, task.outcome
    value = told.value if told else None
    return SourceRow(
        position=position,
        place=row.place[:120],
        item_number=(row.number or "")[:40],
        section=" / ".join(row.section)[:400],
        text=f"{row.subject}：{row.text}" if row.subject else row.text,
        lead=[name for name in task.lead if len(name) <= _LONGEST_NAME],
        cooperating=[name for name in task.cooperating if len(name) <= _LONGEST_NAME],
        due_on=task.due_on,
        progress=row.progress or "；".join(f"{period}：{said}" for period, said in row.stages),
        official_word=((told.official_word if told else None) or "")[:40],
        percent=row.percent[:40],
        verdict=told.verdict if told else "",
        as_of=_state_day(told.as_of, paper.report.year) if told else None,
        value=None if value is None else Decimal(str(round(value, 4))),
        unit=((told.unit if told else None) or "")[:20],
        delay_reason=(told.reason if told else None) or "",
        forecast=told.forecast if told else None,
        notes=row.notes,
    )


def _said(row: SourceRow) -> tuple[object, ...]:
    return row.item_number, row.text, row.lead, row.cooperating, row.due_on, row.progress, row.official_word, row.notes


def _refuse_known(paper: Paper, rows: Sequence[SourceRow]) -> None:
    """Refuse a document that says row by row what one on file says: another copy of the same sheet."""
    said = [_said(row) for row in rows]
    for source in Source.objects.filter(kind=paper.official.kind, report=paper.report, jurisdiction=paper.place):
        if [_said(row) for row in source.rows.filter(is_inferred=False).order_by("position")] == said:
            raise RefusalError.of("same_rows", source=source, number=source.pk, title=str(source))


def _write(source: Source, rows: Sequence[SourceRow]) -> None:
    for row in rows:
        row.source = source
    SourceRow.objects.bulk_create(rows)


def _link(source: Source, paper: Paper, rows: Sequence[SourceRow]) -> None:
    standing = paper.report.commitments.exclude(review_state__in=(ReviewState.REJECTED, ReviewState.WITHDRAWN))
    promises = {
        Promise(one.start, one.end, one.title, one.quote, tuple(one.names), one.due_on, one.pk): one.pk
        for one in standing.order_by("start")
    }
    pairs = align([task.row for task in paper.official.tasks], list(promises), paper.report.year)
    RowLink.objects.bulk_create(
        RowLink(
            source_row=rows[pair.row],
            commitment_id=promises[pair.promise],
            score=pair.score,
            reasons=[list(reason) for reason in pair.reasons],
        )
        for pair in pairs
    )


def _infer(source: Source, paper: Paper, rows: Sequence[SourceRow]) -> None:
    """Add what a notice of the exceptions says by silence, where the table that it counts by is on file."""
    score = paper.official.score
    if score is None:
        return
    for table in Source.objects.filter(kind=DocumentKind.TASK_TABLE, report=paper.report).order_by("-pk"):
        tasks = list(table.rows.order_by("position"))
        unnamed = left_out([row.item_number for row in tasks], [row.item_number for row in rows], score)
        if not unnamed:
            continue
        kept = [tasks[at] for at in unnamed]
        found = [_inferred(len(rows) + at, row, paper) for at, row in enumerate(kept, 1)]
        _write(source, found)
        RowLink.objects.bulk_create(
            RowLink(source_row=inferred, commitment_id=link.commitment_id, score=link.score, reasons=link.reasons)
            for inferred, row in zip(found, kept, strict=True)
            for link in row.links.exclude(review_state=Verification.REJECTED)
        )
        return


def _inferred(position: int, row: SourceRow, paper: Paper) -> SourceRow:
    return SourceRow(
        position=position,
        item_number=row.item_number,
        section=row.section,
        text=row.text,
        verdict=Status.COMPLETED,
        as_of=_state_day(paper.official.as_of, paper.report.year),
        is_inferred=True,
    )
