"""Reads a directory of reports and curated data as a whole, and checks it before anything is written."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from seeds.load.checks import agreement_problems, link_problems, pair_problems, span_problems
from seeds.load.fields import longest_texts
from seeds.load.result import LoadError, Problem, refuse_if_any
from seeds.load.rows import (
    WHERE_KEY,
    Corpus,
    DepartmentRow,
    EvidenceRow,
    JurisdictionRow,
    PairRow,
    ProjectRow,
    ReportRow,
    RestatementRow,
    Row,
    SourceRow,
    StatementRow,
    StatusRow,
    SuccessionRow,
)

_Row = TypeVar("_Row", bound=Row)
# An object of a file, and where it stands.
_Object = tuple[str, dict[str, Any]]
_STATEMENTS = re.compile(r"\d{6}-.+")
# Pairs that look alike and are not the same, for the tests of matching; they are not loaded.
_NOT_LOADED = "negatives"
_OTHERS = (
    *("jurisdictions", "departments", "projects", "sources", "successions", "evidence", "statuses", "restatements"),
    "pairs",
    _NOT_LOADED,
)
_UNREADABLE = "cannot be read ({reason}): check that it is there and may be read"


def read_corpus(directory: Path) -> Corpus:
    """Read ``directory``/reports and ``directory``/curated; raise LoadError with all that has to be mended."""
    curated, manifest = directory / "curated", directory / "reports" / "manifest.json"
    if not manifest.is_file():
        message = "is not there: name a directory that holds reports/manifest.json and curated/"
        raise LoadError([Problem(_shown(manifest), "file", message)])
    problems: list[Problem] = []

    def rows(name: str, kind: type[_Row]) -> list[_Row]:
        return _validated(_read_lines(curated / f"{name}.jsonl", problems), kind, problems)

    entries = _read_list(manifest, problems)
    names = [str(entry.get("file")).removesuffix(".txt") for _, entry in entries]
    problems += _stray_files(curated, names)
    corpus = Corpus(
        jurisdictions=rows("jurisdictions", JurisdictionRow),
        departments=rows("departments", DepartmentRow),
        reports=_validated(entries, ReportRow, problems),
        texts={},
        statements={name: rows(name, StatementRow) for name in names},
        projects=rows("projects", ProjectRow),
        sources=rows("sources", SourceRow),
        successions=rows("successions", SuccessionRow),
        evidence=rows("evidence", EvidenceRow),
        statuses=rows("statuses", StatusRow),
        restatements=rows("restatements", RestatementRow),
        pairs=rows("pairs", PairRow),
    )
    refuse_if_any(problems)
    corpus.texts.update(_texts(manifest.parent, corpus.reports))
    refuse_if_any([*_span_problems(corpus), *link_problems(corpus), *pair_problems(corpus)])
    refuse_if_any(list(agreement_problems(corpus)))
    return corpus


def _stray_files(curated: Path, names: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each file that no load would read: most are misnamed."""
    for path in sorted(curated.glob("*.jsonl")):
        if path.stem in names or path.stem in _OTHERS:
            continue
        if _STATEMENTS.fullmatch(path.stem):
            message = f"has no report: add {path.stem}.txt to the manifest, or remove it"
        else:
            message = f"is not known: use one of {', '.join(_OTHERS)}"
        yield Problem(f"{_shown(path)}:1", "file", message)


def _texts(folder: Path, reports: Iterable[ReportRow]) -> Iterator[tuple[str, str]]:
    """Yield the text of each report; raise LoadError where one is not the text that the manifest describes."""
    problems: list[Problem] = []
    for report in reports:
        text = _read_text(folder / report.file)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != report.sha256:
            message = f"is not that of {report.file}, which has {digest}: restore the file, or correct the manifest"
            problems.append(Problem(report.where, "sha256", message))
        if "\0" in text:
            problems.append(Problem(report.where, "file", f"{report.file} holds a NUL character: remove it"))
        yield report.name, text
    refuse_if_any(problems)


def _span_problems(corpus: Corpus) -> Iterator[Problem]:
    for report in corpus.reports:
        yield from span_problems(corpus.statements[report.name], corpus.texts[report.name], report.file)


def _validated(objects: Iterable[_Object], kind: type[_Row], problems: list[Problem]) -> list[_Row]:
    """Return the objects that are rows of this kind; note what is wrong with the others."""
    rows, adapter = [], TypeAdapter(kind)
    texts = {name: longest for name, longest in longest_texts(kind.table).items() if name in kind.__dataclass_fields__}
    for where, values in objects:
        try:
            row = adapter.validate_python({**values, WHERE_KEY: where})
        except ValidationError as error:
            problems += _field_problems(where, values, error)
            continue
        rows.append(row)
        for name, longest in texts.items():
            if len(text := getattr(row, name) or "") > longest:
                problems.append(Problem(where, name, f"has {len(text)} characters: shorten it to {longest}"))
        problems += [Problem(where, name, message) for name, message in row.disagreements()]
    return rows


def _field_problems(where: str, values: Mapping[str, Any], error: ValidationError) -> Iterator[Problem]:
    """Yield what pydantic found, in the loader's words; ``seeds.load.fields`` has put most of it so already."""
    errors = error.errors(include_url=False)
    missing = {found["loc"][0] for found in errors if found["type"] == "missing"}
    unknown = {found["loc"] for found in errors if found["type"] == "unexpected_keyword_argument"}
    known = sorted(map(str, {name for name in values if (name,) not in unknown} | missing))
    for found in errors:
        # The innermost name: an item of a list has none, a part of an object has its own.
        name = [step for step in found["loc"] if isinstance(step, str)][-1]
        if found["type"] == "missing":
            message = "is missing: add it (null where nothing is known)"
        elif found["loc"] not in unknown:
            message = found["msg"]
        elif len(found["loc"]) > 1:
            message = f"is not known in {found['loc'][0]}: correct the name, or remove it"
        else:
            message = f"is not a field of this file: use {', '.join(known)}"
        yield Problem(where, name, message)


class _NotationError(ValueError):
    """JSON that is well written and yet not what the file must hold."""


def _shown(path: Path) -> str:
    """Return a path as messages show it: seeds/curated/evidence.jsonl."""
    return "/".join(path.parts[-3:])


def _read_text(path: Path) -> str:
    """Return a file decoded as UTF-8 and otherwise untouched; raise LoadError when that is not possible."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        reason = _UNREADABLE.format(reason=error.strerror)
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 (byte {error.start}): save it as UTF-8"
    raise LoadError([Problem(_shown(path), "file", reason)])


def _read_lines(path: Path, problems: list[Problem]) -> Iterator[_Object]:
    """Yield the object of each line that is one; note those that are not. A missing file has no lines."""
    if not path.exists():
        return
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{_shown(path)}:{number}"
        try:
            yield where, _object(json.loads(line, parse_float=Decimal, object_pairs_hook=_unique_pairs))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(where, "line", f"is not one JSON object ({error}): mend its notation"))


def _read_list(path: Path, problems: list[Problem]) -> list[_Object]:
    """Return the objects of a JSON file that holds a list of them, each with its first line."""
    text = _read_text(path)
    decoder = json.JSONDecoder(parse_float=Decimal, object_pairs_hook=_unique_pairs)
    found: list[_Object] = []
    at = _skip(text, 0, "[")
    try:
        while at < len(text) and text[at] != "]":
            value, end = decoder.raw_decode(text, at)
            found.append((f"{_shown(path)}:{_line(text, at)}", _object(value)))
            at = _skip(text, end, ",")
        if text[at:].strip() != "]":
            raise _NotationError("the list does not end in ]")
    except (ValueError, RecursionError) as error:
        where = f"{_shown(path)}:{_line(text, error.pos if isinstance(error, json.JSONDecodeError) else at)}"
        problems.append(Problem(where, "file", f"is not a JSON list of objects ({error}): mend its notation"))
    return found


def _skip(text: str, at: int, mark: str) -> int:
    """Return the place of the next thing behind white space and one mark."""
    rest = text[at:].lstrip()
    rest = rest.removeprefix(mark).lstrip()
    return len(text) - len(rest)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _NotationError(f"it is {value!r}")
    return value


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _ in pairs if [key for key, _ in pairs].count(name) > 1)
        raise _NotationError(f"{twice} stands twice")
    return found
