"""``manage.py align``: which commitments the rows of an official document are about, without a database or a server."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language, gettext as _

from seeds.extract import heading_of
from seeds.management.printing import print_lines
from seeds.official.alignment import Alignment, Promise, align
from seeds.official.document import KINDS, OfficialDocument, Task, UnknownDocumentError, read_official
from seeds.official.outcome import Outcome
from seeds.official.place import may_be_same
from seeds.official.promises import StatementsError, promises_of
from seeds.reading import Document, UnreadableDocumentError, read

# 500112-2021.txt names its government and year.
_TELLING_NAME = re.compile(r"([0-9]{6})-([12][0-9]{3})")


class Command(BaseCommand):
    """Prints what the document is, then one JSON object a row."""

    help = "Align the rows of an official document (task table, outcome table, notice) with a report's commitments."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("document", type=Path, help="XLSX, CSV, DOCX, PDF, OFD, HTML, MHTML or text")
        parser.add_argument("--report", type=Path, required=True, help="the report that the document is about")
        parser.add_argument("--statements", type=Path, required=True, help="what extract printed for the report")
        parser.add_argument("--kind", choices=KINDS, help="the document's kind; read from it if left out")
        parser.add_argument("--format", choices=("jsonl",), default="jsonl", help="default: %(default)s")

    def handle(self, *_args: Any, **options: Any) -> None:
        report = self._read(options["report"])
        year = _report_year(options["report"], report)
        promises = _promises(options["statements"], report.text)
        document = self._official(options["document"], year, options["kind"])
        place = self._place(options["report"], report, document)
        pairs = align([task.row for task in document.tasks], promises, year)
        print_lines(self.stdout, _lines(document, place, pairs))

    def _read(self, file: Path) -> Document:
        language = get_language() or "zh"
        try:
            document = read(file)
        except UnreadableDocumentError as error:
            raise CommandError(error.text(language)) from error
        for warning in document.warnings:
            self.stderr.write(f"{file}: {warning.text(language)}")
        return document

    def _official(self, file: Path, year: int, kind: str | None) -> OfficialDocument:
        try:
            document = read_official(self._read(file).blocks, year, kind)
        except UnknownDocumentError as error:
            raise CommandError(f"{file}：{error}") from error
        if document.said_year is not None and document.said_year != year:
            told = {"file": file, "said": document.said_year, "year": year}
            self.stderr.write(_("%(file)s：文件写的是 %(said)s 年，报告是 %(year)s 年的，请核对。") % told)
        if not document.tasks:
            self.stderr.write(_("%s：没有读到任务行。") % file)
        return document

    def _place(self, file: Path, report: Document, document: OfficialDocument) -> str | None:
        """The government's code where the report's file name tells it, else its name."""
        theirs = heading_of(report.text).place
        if not may_be_same(document.place, theirs):
            told = {"place": document.place, "report": theirs}
            self.stderr.write(_("文件是“%(place)s”的，报告是“%(report)s”的，请核对。") % told)
        name = _TELLING_NAME.fullmatch(file.stem)
        return name[1] if name else document.place or theirs


def _report_year(file: Path, report: Document) -> int:
    name = _TELLING_NAME.fullmatch(file.stem)
    year = int(name[2]) if name else heading_of(report.text).year
    if year is None:
        message = _("%s：看不出是哪一年的报告。请把文件名改成“行政区划代码-年份”，如 500112-2025.txt。")
        raise CommandError(message % file)
    return year


def _promises(file: Path, text: str) -> list[Promise]:
    try:
        return promises_of(file.read_text(encoding="utf-8"), text)
    except OSError as error:
        raise CommandError(_("打不开 %(file)s：%(reason)s。") % {"file": file, "reason": error.strerror}) from error
    except (UnicodeDecodeError, StatementsError) as error:
        raise CommandError(f"{file}：{error}") from error


def _lines(document: OfficialDocument, place: str | None, pairs: Sequence[Alignment]) -> Iterator[str]:
    score = document.score
    yield _json(
        {
            "kind": document.kind,
            "place": place,
            "year": document.year,
            "document_date": _iso(document.document_date),
            "report_score": {"tasks": score.tasks, "done": score.done, "partly": score.partly} if score else None,
        }
    )
    for number, task in enumerate(document.tasks):
        yield _json(_row(task, [pair for pair in pairs if pair.row == number]))


def _row(task: Task, pairs: Sequence[Alignment]) -> dict[str, object]:
    return {
        "row": task.row.number,
        "text": task.row.text,
        "commitments": [[pair.promise.start, pair.promise.end, pair.score] for pair in pairs],
        "lead": task.lead,
        "cooperating": task.cooperating,
        "due_on": _iso(task.due_on),
        "outcome": _outcome(task.outcome) if task.outcome else None,
    }


def _outcome(outcome: Outcome) -> dict[str, object]:
    value = outcome.value
    return {
        "verdict": outcome.verdict,
        "official_word": outcome.official_word,
        "value": int(value) if value is not None and value.is_integer() else value,
        "unit": outcome.unit,
        "as_of": _iso(outcome.as_of),
        "reason": outcome.reason,
        "forecast": _iso(outcome.forecast),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False)
