"""Pairs of reports of one place whose links people labelled: what ships with the project, and any other folder."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from seeds.evaluation.gold import SEEDS, GoldError
from seeds.extract import extract
from seeds.extract.mentions import mentions
from seeds.match import Subject, SubjectError

EVIDENCE, RESTATED, NEGATIVE, SILENT = "evidence", "restated", "negative", "silent"
_RELATIONS = (EVIDENCE, RESTATED, NEGATIVE, SILENT)
_NAME = re.compile(r"(\d{6})-(\d{4})-(\d{4})")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """What a person said of a promise and a later statement; a ``silent`` promise has no later statement."""

    relation: str
    commitment: Span
    statement: Span | None
    high: bool
    change: str | None = None
    verdict: str | None = None
    term: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """The reviewed commitments of an earlier report, what is found in a later one, and the labels between them.

    ``spans`` gives the stretch of each subject by its side (0 or 1) and key.
    """

    name: str
    earlier: Sequence[Subject]
    later: Sequence[Subject]
    spans: tuple[Mapping[object, Span], Mapping[object, Span]]
    labels: Sequence[Label]


def pair_of(
    name: str, earlier: Sequence[Mapping[str, object]], text: str, years: tuple[int, int], labels: Sequence[Label]
) -> Pair:
    """A pair of labelled earlier statements and the text of a later report, which is read by the extractor."""
    statements = extract(text, year=years[1])
    clauses = mentions(text, statements, year=years[1])
    later = sorted((*(one.as_dict() for one in statements), *(one.as_dict() for one in clauses)), key=_start)
    promised = [row for row in earlier if row.get("kind") == "commitment"]
    try:
        ours = [Subject.of(row, years[0]) for row in promised]
        theirs = [Subject.of(row, years[1]) for row in later]
    except SubjectError as error:
        raise GoldError(f"{name}: {error}") from error
    return Pair(name, ours, theirs, (_spans(promised), _spans(later)), labels)


def _spans(rows: Iterable[Mapping[str, object]]) -> dict[object, Span]:
    return {row["start"]: _span(row) for row in rows}


def _start(row: Mapping[str, object]) -> int:
    return int(str(row["start"]))


def _span(row: Mapping[str, object]) -> Span:
    start, end = row.get("start"), row.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        raise GoldError(f"start and end must be whole numbers; got {start!r} and {end!r}")
    return start, end


def folder(path: Path) -> list[Pair]:
    """The pairs of a folder with ``links/CODE-YEAR-YEAR.jsonl``, ``gold/CODE-YEAR.jsonl``, ``reports/CODE-YEAR.txt``.

    Raises ``GoldError`` with the file that is missing or wrong.
    """
    found = sorted((path / "links").glob("*.jsonl"))
    if not found:
        raise GoldError(f"{path}: holds no links/CODE-YEAR-YEAR.jsonl")
    return [_labelled(path, file) for file in found]


def _labelled(path: Path, links: Path) -> Pair:
    named = _NAME.fullmatch(links.stem)
    if named is None:
        raise GoldError(f"{links}: must be named CODE-YEAR-YEAR.jsonl, as 500112-2021-2025.jsonl")
    code, first, second = named.groups()
    text = _read(path / "reports" / f"{code}-{second}.txt")
    earlier = _objects(path / "gold" / f"{code}-{first}.jsonl")
    labels = [_label(links, row) for row in _objects(links)]
    return pair_of(links.stem, earlier, text, (int(first), int(second)), labels)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot read {path}: {error}") from error


def _objects(path: Path) -> list[dict[str, object]]:
    rows = []
    for number, line in enumerate(_read(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise GoldError(f"{path}, line {number}: {error}") from error
            if not isinstance(row, dict):
                raise GoldError(f"{path}, line {number}: a line must be one JSON object")
            rows.append(row)
    return rows


def _label(path: Path, row: Mapping[str, object]) -> Label:
    relation, commitment, statement = row.get("relation"), row.get("commitment"), row.get("statement")
    if relation not in _RELATIONS:
        raise GoldError(f"{path}: relation must be one of {', '.join(_RELATIONS)}; got {relation!r}")
    if not isinstance(commitment, dict) or not (statement is None or isinstance(statement, dict)):
        raise GoldError(f"{path}: commitment and statement must be objects with start and end; got {row!r}")
    return Label(
        relation=str(relation),
        commitment=_span(commitment),
        statement=_span(statement) if statement else None,
        high=row.get("confidence") == "high",
        change=_code(row, "change"),
        verdict=_code(row, "verdict"),
        term=bool(row.get("term")),
    )


def _code(row: Mapping[str, object], field: str) -> str | None:
    value = row.get(field)
    return value if isinstance(value, str) else None


def shipped(seeds: Path = SEEDS) -> list[Pair]:
    """The pair that ships with the project: Yubei's reports of 2021 and 2025."""
    curated = seeds / "curated"
    labels = [
        *_curated(curated / "evidence.jsonl", EVIDENCE, "commitment", "achievement"),
        *_curated(curated / "restatements.jsonl", RESTATED, "earlier", "later"),
        *_curated(curated / "negatives.jsonl", NEGATIVE, "commitment", "statement"),
    ]
    text = _read(seeds / "reports" / "500112-2025.txt")
    earlier = _objects(curated / "500112-2021.jsonl")
    return [pair_of("500112-2021-2025", earlier, text, (2021, 2025), labels)]


def _curated(path: Path, relation: str, earlier: str, later: str) -> Iterator[Label]:
    for row in _objects(path):
        # Evidence of pages, and pages that look alike, are no links between two reports.
        if row.get("review") != "rejected" and row[later] is not None:
            yield _label(path, {**row, "relation": relation, "commitment": row[earlier], "statement": row[later]})
