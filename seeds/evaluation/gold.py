"""Reviewed statements and the reports they belong to, read from JSON Lines and the reports' manifest."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

SEEDS = Path(__file__).resolve().parent.parent
_NAME = re.compile(r"\d{6}-\d{4}")
_TEXT_KEYS = ("kind", "quote", "category", "milestone")


class GoldError(ValueError):
    """A gold file that cannot be used; the message names file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as both sides of the comparison know it; absent attributes are ``None``, never empty."""

    start: int
    end: int
    quote: str
    kind: str | None
    category: str | None
    milestone: str | None
    quantity: float | None
    unit: str | None
    comparator: str | None
    due_on: str | None
    confidence: float | None = None

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Self:
        """A row of a JSON object with the guideline's keys; raises ``GoldError`` where a value has the wrong type."""
        start, end = values.get("start"), values.get("end")
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
            raise GoldError(f"start and end must be whole numbers, 0 <= start < end; got {start!r} and {end!r}")
        return cls(
            start,
            end,
            _text(values, "quote") or "",
            _text(values, "kind"),
            _text(values, "category"),
            _text(values, "milestone"),
            _number(values, "quantity"),
            _text(values, "unit"),
            _text(values, "comparator"),
            _text(values, "due_on"),
            _number(values, "confidence"),
        )


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report's text with the statements that people found in it, and the year and place the extractor is told."""

    name: str
    text: str
    rows: tuple[Row, ...]
    year: int | None = None
    jurisdiction: str | None = None


def _text(values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise GoldError(f"{key} must be a text or null; got {value!r}")
    return value or None


def _number(values: Mapping[str, object], key: str) -> float | None:
    value = values.get(key)
    if isinstance(value, bool) or (value is not None and not isinstance(value, int | float)):
        raise GoldError(f"{key} must be a number or null; got {value!r}")
    return None if value is None else float(value)


def load(gold: Path, report: Path, *, year: int | None = None, jurisdiction: str | None = None) -> GoldReport:
    """Read one gold file with its report's UTF-8 text; a quote must stand where its offsets say, or is taken there."""
    try:
        text = report.read_bytes().decode("utf-8")
        rows = tuple(_quoted(gold, text))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot read {gold} and {report}: {error}") from error
    return GoldReport(gold.stem, text, rows, year, jurisdiction)


def labels(gold: Path) -> tuple[Row, ...]:
    """Read one gold file without its report's text."""
    try:
        return tuple(row for _, row in _rows(gold))
    except OSError as error:
        raise GoldError(f"cannot read {gold}: {error}") from error


def _quoted(gold: Path, text: str) -> Iterator[Row]:
    for number, row in _rows(gold):
        quote = text[row.start : row.end]
        if row.end > len(text) or row.quote not in ("", quote):
            raise GoldError(f"{gold}, line {number}: the quote is not what the report has at {row.start}–{row.end}")
        yield replace(row, quote=quote)


def _rows(gold: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(gold.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            if not isinstance(values, dict):
                raise GoldError("a line must be one JSON object")
            yield number, Row.of(values)
        except ValueError as error:
            raise GoldError(f"{gold}, line {number}: {error}") from error


def folder(path: Path) -> list[GoldReport]:
    """The labelled reports of a folder with ``gold/CODE-YEAR.jsonl`` and ``reports/CODE-YEAR.txt``."""
    found = [file for file in sorted((path / "gold").glob("*.jsonl")) if _NAME.fullmatch(file.stem)]
    if not found:
        raise GoldError(f"{path}: holds no gold/CODE-YEAR.jsonl")
    return [load(file, path / "reports" / f"{file.stem}.txt", year=int(file.stem[-4:])) for file in found]


def curated(folder: Path = SEEDS) -> list[GoldReport]:
    """The reports that ship with the project, each with its reviewed statements."""
    entries = json.loads((folder / "reports" / "manifest.json").read_text(encoding="utf-8"))
    pairs = [(entry, folder / "curated" / Path(entry["file"]).with_suffix(".jsonl").name) for entry in entries]
    return [
        load(gold, folder / "reports" / entry["file"], year=entry["year"], jurisdiction=entry["jurisdiction"])
        for entry, gold in pairs
        if gold.exists()
    ]
