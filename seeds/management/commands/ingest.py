"""``manage.py ingest``: take reports and official documents in, one or a folder, or extract again what is here."""

import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from celery import group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from kombu.exceptions import OperationalError

from projects.choices import RunState
from projects.language import is_english
from projects.models import ExtractionRun, Jurisdiction, Report
from projects.models.extraction import DocumentKind
from seeds import batches, documents, ingest, linking, runs
from seeds.batches import BatchOutcome
from seeds.extract import extract
from seeds.management.commands.extract import report_year
from seeds.management.printing import print_lines
from seeds.reading import UnreadableDocumentError, read
from seeds.refusals import RefusalError
from seeds.tasks import ingest_report

# Seconds between two looks at the runs; and until the command wonders aloud whether any worker is there.
_PAUSE = 0.5
_PATIENCE = 30.0


# What a dry run says of a row.
_STATES: dict[str, str | Promise] = {
    "new": gettext_lazy("新增"),
    "changed": gettext_lazy("变更"),
    "same": gettext_lazy("不变"),
    "unmatched": gettext_lazy("未对应"),
    "error": gettext_lazy("出错"),
}


class Command(BaseCommand):
    """Makes draft reports with candidate statements, and rows with proposed links; nothing of it is public."""

    help = (
        "Take in a report, an official document about one (task table, progress table, notice, livelihood list) or a "
        "folder of them, or extract again the reports that are here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("path", nargs="?", type=Path, help="a file, or a folder of files")
        what.add_argument("--again", nargs="+", type=int, metavar="REPORT_ID", help="extract these reports again")
        what.add_argument("--all", action="store_true", help="extract again all that an older version has extracted")
        parser.add_argument("--year", type=report_year, help="the report's year; read from its title if left out")
        parser.add_argument("--jurisdiction", metavar="CODE", help="the government's GB/T 2260 code; read likewise")
        parser.add_argument(
            "--kind", choices=DocumentKind.values, help="what the file is; told by its content if left out"
        )
        parser.add_argument(
            "--about", type=int, metavar="REPORT_ID", help="the report that an official document is about"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="show what the file would add and change; keep nothing"
        )
        parser.add_argument("--wait", action="store_true", help="wait for the workers and show the outcome")
        parser.add_argument("--parallel", action="store_true", help="fan a folder out over all workers, and wait")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = options["path"]
        if path is None:
            self._again(options)
        elif options["dry_run"]:
            self._dry_run(path, _hints(options))
        elif path.is_dir():
            self._folder(path, _hints(options), parallel=options["parallel"])
        else:
            self._file(path, _hints(options), wait=options["wait"])

    def _again(self, options: dict[str, Any]) -> None:
        batch = uuid.uuid4()
        reports = batches.outdated() if options["all"] else _reports(options["again"])
        queued = [ingest.again(report, batch=batch) for report in reports]
        self._send(queued)
        self.stdout.write(_("已排队 %d 份报告。") % len(queued))
        if options["wait"] and queued:
            self._wait(batch, BatchOutcome())

    def _file(self, path: Path, hints: ingest.Hints, *, wait: bool) -> None:
        outcome = BatchOutcome()
        run = batches.submit_file(path, hints, outcome)
        if outcome.failures:
            raise CommandError(outcome.failures[0])
        if run is None:
            self._print_outcome(outcome)
            return
        self._send([run])
        self.stdout.write(_("已排队：提取记录 %d。") % run.pk)
        if wait:
            self._wait(run.batch, outcome)

    def _dry_run(self, path: Path, hints: ingest.Hints) -> None:
        try:
            document, content = read(path), path.read_bytes()
            official = documents.recognise(document, hints.kind)
            if official is None:
                kinds = Counter(statement.kind for statement in extract(document.text, year=hints.year))
                counts = {"commitments": kinds["commitment"], "achievements": kinds["achievement"]}
                self.stdout.write(_("政府工作报告：承诺 %(commitments)d 条，成绩 %(achievements)d 条。") % counts)
                return
            given = documents.Given(official.kind, hints.year, hints.jurisdiction, hints.about)
            paper = documents.place(document, official, given)
            trials = documents.rehearse(paper, path.name, content)
        except UnreadableDocumentError as error:
            raise CommandError(error.text("en" if is_english() else "zh")) from error
        except RefusalError as error:
            raise CommandError(error.reason_en if is_english() else error.reason) from error
        reason = official.reason[is_english()]
        self.stdout.write(f"{DocumentKind(official.kind).label}（{reason}）{paper.place} {paper.report}")
        for doubt in paper.doubts:
            self.stderr.write(doubt["text_en" if is_english() else "text"])
        self._print_trials(trials)

    def _print_trials(self, trials: list[documents.Trial]) -> None:
        for trial in trials:
            said = [
                f"{effect.link.commitment}（{effect.link.score}）{' '.join(map(str, (*effect.errors, *effect.doubts)))}"
                for effect in trial.effects
            ]
            self.stdout.write(f"{_STATES[trial.state]}\t{trial.row}\t{'；'.join(said)}")
        counts = Counter(trial.state for trial in trials)
        told = "，".join(f"{label} {counts[state]}" for state, label in _STATES.items())
        self.stdout.write(_("%(total)d 行：%(states)s。什么都没有写入。") % {"total": len(trials), "states": told})

    def _folder(self, folder: Path, hints: ingest.Hints, *, parallel: bool) -> None:
        files, ignored = batches.report_files(folder)
        if ignored:
            self.stdout.write(_("略过 %(count)d 个不是报告的文件：%(names)s") % _listed(ignored))
        if not files:
            raise CommandError(_("%s：里面没有报告。请放入 .txt、.html、.pdf 或 .docx 文件。") % folder)
        outcome = BatchOutcome()
        queued = [run for run in (batches.submit_file(file, hints, outcome) for file in files) if run is not None]
        if parallel:
            self._send(queued)
            self._wait(hints.batch, outcome)
            return
        for number, run in enumerate(queued, start=1):
            ingest.process(run.pk, "manage.py ingest")
            self.stdout.write(f"{number}/{len(queued)} {run.file}")
        self._finish(hints.batch, outcome)

    def _send(self, queued: list[ExtractionRun]) -> None:
        ids = [run.pk for run in queued]
        try:
            group(ingest_report.si(pk) for pk in ids).apply_async()
        except OperationalError as error:
            message = _("连不上消息队列（%s）。任务已保存，工作进程启动后会接着做；请检查 CELERY_BROKER_URL。")
            raise CommandError(message % error) from error
        runs.mark_sent(ids)

    def _wait(self, batch: uuid.UUID | None, outcome: BatchOutcome) -> None:
        """Show how far the batch is, whenever that changes, until it has ended."""
        shown, since = "", time.monotonic()
        for finished, total, idle in self._progress(batch):
            line = f"{finished}/{total}"
            if line != shown:
                self.stdout.write(line)
                shown, since = line, time.monotonic()
            elif idle and time.monotonic() - since > _PATIENCE:
                self.stderr.write(_("还没有工作进程接手。请确认工作进程正在运行。"))
                since = time.monotonic()
        self._finish(batch, outcome)

    def _progress(self, batch: uuid.UUID | None) -> Iterator[tuple[int, int, bool]]:
        while True:
            counts = batches.state_counts(batch)
            total = sum(counts.values())
            finished = counts[RunState.DONE] + counts[RunState.FAILED]
            yield finished, total, counts[RunState.QUEUED] == total - finished
            if finished == total:
                return
            time.sleep(_PAUSE)

    def _finish(self, batch: uuid.UUID | None, outcome: BatchOutcome) -> None:
        batches.add_outcomes(batch, outcome, english=is_english())
        for place in batches.places_of(batch):
            linking.link_waiting(place)
            print_lines(self.stdout, linking.summary(place))
        self._print_outcome(outcome)

    def _print_outcome(self, outcome: BatchOutcome) -> None:
        for line in outcome.known:
            self.stdout.write(_("已有：%s") % line)
        for line in outcome.done:
            self.stdout.write(line)
        for line in outcome.failures:
            self.stderr.write(line)
        numbers = {"done": len(outcome.done), "known": len(outcome.known), "failed": len(outcome.failures)}
        self.stdout.write(_("完成 %(done)d，已有 %(known)d，失败 %(failed)d。") % numbers)
        if outcome.failures:
            raise CommandError(_("%d 份没有读成，原因见上。") % len(outcome.failures))


def _hints(options: dict[str, Any]) -> ingest.Hints:
    code = options["jurisdiction"]
    jurisdiction = Jurisdiction.objects.filter(code=code).first() if code else None
    if code and jurisdiction is None:
        raise CommandError(_("--jurisdiction：没有代码为 %s 的行政区。请先在管理后台登记，或改正代码。") % code)
    about = _reports([options["about"]], "--about")[0] if options["about"] else None
    return ingest.Hints(options["year"], jurisdiction, options["kind"] or "", about, batch=uuid.uuid4())


def _reports(ids: list[int], option: str = "--again") -> list[Report]:
    found = Report.objects.in_bulk(ids)
    missing = [str(pk) for pk in ids if pk not in found]
    if missing:
        message = _("%(option)s：没有编号为 %(ids)s 的报告。编号见管理后台的报告列表。")
        raise CommandError(message % {"option": option, "ids": "、".join(missing)})
    return list(found.values())


def _listed(names: list[str]) -> dict[str, object]:
    return {"count": len(names), "names": "、".join(names[:5]) + ("……" if len(names) > 5 else "")}
