"""Many files at a time: which of a folder can be read, what their names tell, and how a batch of them fared."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db.models import Count, OuterRef, Subquery

from projects.choices import RunState
from projects.models import ExtractionRun, Jurisdiction, Report
from seeds import ingest
from seeds.extract import EXTRACTOR_VERSION
from seeds.reading import Limits, Message

_SUFFIXES = frozenset(
    {".txt", ".md", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx", ".docm", ".doc", ".wps"}
    | {".rtf", ".ofd", ".xlsx", ".xlsm", ".xls", ".et", ".csv"}
)
# 500112-2021.txt names its government and year.
_CODE_AND_YEAR = re.compile(r"([0-9]{6})-([12][0-9]{3})")


@dataclass(slots=True)
class BatchOutcome:
    """What became of each file, one line each."""

    done: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def report_files(folder: Path) -> tuple[list[Path], list[str]]:
    """Return the reports in a folder and below, and the names of the other files; hidden ones count as neither."""
    every = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    reports = [path for path in every if path.suffix.lower() in _SUFFIXES]
    return reports, [path.name for path in every if path.suffix.lower() not in _SUFFIXES]


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def submit_file(path: Path, hints: ingest.Hints, outcome: BatchOutcome) -> ExtractionRun | None:
    """Submit one file; what is here already or cannot be opened goes into the outcome instead."""
    try:
        content = _content(path)
    except OSError as error:
        reason = Message("missing", {"reason": error.strerror or type(error).__name__})
        outcome.failures.append(f"{path}：{reason.text()}")
        return None
    submission = ingest.submit(path.name, content, _hints_from_name(path, hints))
    if submission.known is not None:
        outcome.known.append(f"{path} → {submission.known.pk} {submission.known}")
    return submission.run


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        # One byte over the limit lets the reading refuse the file by name, whatever its size.
        return file.read(Limits().max_bytes + 1)


def _hints_from_name(path: Path, hints: ingest.Hints) -> ingest.Hints:
    """Add what the file's name tells where the hints say nothing."""
    name = _CODE_AND_YEAR.fullmatch(path.stem)
    if name is None:
        return hints
    jurisdiction = hints.jurisdiction or Jurisdiction.objects.filter(code=name[1]).first()
    return replace(hints, jurisdiction=jurisdiction, year=hints.year or int(name[2]))


def outdated() -> list[Report]:
    """Return the reports whose last completed run was made by another version of the extractor."""
    last = ExtractionRun.objects.filter(report=OuterRef("pk"), state=RunState.DONE).order_by("-pk")
    version = Subquery(last.values("extractor_version")[:1])
    found = Report.objects.annotate(version=version).filter(version__isnull=False)
    return list(found.exclude(version=EXTRACTOR_VERSION).defer("text").order_by("pk"))


def state_counts(batch: uuid.UUID | None) -> Counter[str]:
    states = ExtractionRun.objects.filter(batch=batch).order_by().values_list("state")
    return Counter(dict(states.annotate(number=Count("pk"))))


def places_of(batch: uuid.UUID | None) -> list[str]:
    """Return the governments whose reports a batch has taken in."""
    done = ExtractionRun.objects.filter(batch=batch, state=RunState.DONE, report__isnull=False).order_by()
    return sorted(done.values_list("report__jurisdiction", flat=True).distinct())


def add_outcomes(batch: uuid.UUID | None, outcome: BatchOutcome, *, english: bool) -> None:
    ended = ExtractionRun.objects.filter(batch=batch).order_by("pk").defer("difference")
    for run in ended.select_related("file", "report", "duplicate_of", "source").defer("file__content"):
        name = run.file.name if run.file else f"{run.report_id}"
        if run.state == RunState.DONE:
            told = f"{run.source_id} {run.source}：{run.get_kind_display()}" if run.source else f"{run.report_id}："
            counts = (
                f" +{run.created}" if run.source else f"+{run.created} ~{run.updated} ={run.unchanged} −{run.withdrawn}"
            )
            warnings = [f"  ! {warning['text_en' if english else 'text']}" for warning in run.warnings]
            outcome.done.append("\n".join([f"{name} → {told}{counts}", *warnings]))
        elif run.source is not None:
            outcome.known.append(f"{name} → {run.source_id} {run.source}")
        elif run.duplicate_of is not None and run.reason_field == "file":
            outcome.known.append(f"{name} → {run.duplicate_of_id} {run.duplicate_of.title}")
        else:
            outcome.failures.append(f"{name}：{run.reason_en if english else run.reason}")
