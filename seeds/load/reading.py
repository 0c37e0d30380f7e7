"""Reads a directory of reports and curated data as a whole, and checks it before anything is written."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from seeds.load.agreement import agreement_problems
from seeds.load.corpus import Corpus
from seeds.load.fields import Fields
from seeds.load.files import read_lines, read_list, read_text, shown
from seeds.load.ground import EvidenceRow, SourceRow, StatusRow, SuccessionRow
from seeds.load.links import link_problems
from seeds.load.problems import LoadError, Problem, refuse_if_any
from seeds.load.rows import DepartmentRow, JurisdictionRow, ProjectRow, ReportRow, RestatementRow, StatementRow
from seeds.load.statements import span_problems

_Row = TypeVar("_Row")
_STATEMENTS = re.compile(r"\d{6}-.+")
# Pairs that look alike and are not the same, for the tests of matching; they are not loaded.
_NOT_LOADED = "negatives"
_OTHERS = (
    *("jurisdictions", "departments", "projects", "sources", "successions", "evidence", "statuses", "restatements"),
    _NOT_LOADED,
)


def read_corpus(directory: Path) -> Corpus:
    """Read ``directory``/reports and ``directory``/curated; raise LoadError with all that has to be mended."""
    curated, manifest = directory / "curated", directory / "reports" / "manifest.json"
    if not manifest.is_file():
        message = "is not there: name a directory that holds reports/manifest.json and curated/"
        raise LoadError([Problem(shown(manifest), "file", message)])
    problems: list[Problem] = []

    def rows(name: str, read: Callable[[Fields], _Row]) -> list[_Row]:
        return list(_read(read_lines(curated / f"{name}.jsonl", problems), read))

    reports = list(_read(read_list(manifest, problems), ReportRow.read))
    problems += _stray_files(curated, reports)
    corpus = Corpus(
        rows("jurisdictions", JurisdictionRow.read),
        rows("departments", DepartmentRow.read),
        reports,
        {},
        {report.name: rows(report.name, StatementRow.read) for report in reports},
        rows("projects", ProjectRow.read),
        rows("sources", SourceRow.read),
        rows("successions", SuccessionRow.read),
        rows("evidence", EvidenceRow.read),
        rows("statuses", StatusRow.read),
        rows("restatements", RestatementRow.read),
    )
    refuse_if_any(problems)
    corpus.texts.update(_texts(manifest.parent, reports))
    refuse_if_any([*_quotes(corpus), *link_problems(corpus)])
    refuse_if_any(list(agreement_problems(corpus)))
    return corpus


def _read(objects: Iterable[Fields], read: Callable[[Fields], _Row]) -> Iterator[_Row]:
    for fields in objects:
        yield read(fields)
        fields.refuse_others()


def _stray_files(curated: Path, reports: Iterable[ReportRow]) -> Iterator[Problem]:
    """Yield a problem for each file that no load would read: most are misnamed."""
    names = {report.name for report in reports}
    for path in sorted(curated.glob("*.jsonl")):
        if path.stem in names or path.stem in _OTHERS:
            continue
        if _STATEMENTS.fullmatch(path.stem):
            message = f"has no report: add {path.stem}.txt to the manifest, or remove it"
        else:
            message = f"is not known: use one of {', '.join(_OTHERS)}"
        yield Problem(f"{shown(path)}:1", "file", message)


def _texts(folder: Path, reports: Iterable[ReportRow]) -> Iterator[tuple[str, str]]:
    """Yield the text of each report; raise LoadError where one is not the text that the manifest describes."""
    problems: list[Problem] = []
    for report in reports:
        text = read_text(folder / report.file)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != report.sha256:
            message = f"is not that of {report.file}, which has {digest}: restore the file, or correct the manifest"
            problems.append(Problem(report.where, "sha256", message))
        if "\0" in text:
            problems.append(Problem(report.where, "file", f"{report.file} holds a NUL character: remove it"))
        yield report.name, text
    refuse_if_any(problems)


def _quotes(corpus: Corpus) -> Iterator[Problem]:
    for report in corpus.reports:
        yield from span_problems(corpus.statements[report.name], corpus.texts[report.name], report.file)
