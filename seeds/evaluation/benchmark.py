"""The public benchmark: labels by offsets of reports from all over China, split by place; their texts lie elsewhere."""

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from seeds.evaluation.gold import SEEDS, GoldReport, curated, labels, load
from seeds.evaluation.measures import Outcome, Scores, compare, scores, summed

GOLD = SEEDS / "gold"
SPLITS = ("train", "development", "test")
_DRAWS, _SEED, _TAIL = 2000, 1, 0.025


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled report; ``sha256`` is that of its text, by which it is found whatever its file is called."""

    name: str
    place: str
    year: int
    split: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure of several reports and where 95 of 100 draws of as many reports lie."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, reports: Sequence[Scores], figure: Callable[[Scores], float]) -> Self:
        """Draw reports with replacement, the same draws each time."""
        draw = random.Random(_SEED)
        drawn = sorted(figure(summed(draw.choices(reports, k=len(reports)))) for _ in range(_DRAWS))
        return cls(figure(summed(reports)), drawn[int(_DRAWS * _TAIL)], drawn[int(_DRAWS * (1 - _TAIL)) - 1])

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}–{self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Line:
    """What a split says: of the reader, where texts are at hand, and of two people who read the same reports."""

    reports: int
    gold: int
    span_f1: Interval | None
    record_f1: Interval | None
    readers: int
    readers_span_f1: Interval | None
    readers_record_f1: Interval | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The labelled reports whose texts are at hand, by split, and the entries whose texts are not."""

    reports: dict[str, list[GoldReport]]
    missing: list[Entry]


def entries(folder: Path = GOLD) -> list[Entry]:
    """What the manifest names, in its order."""
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [
        Entry(f"{row['jurisdiction']}-{row['year']}", row["place"], row["year"], row["split"], row["sha256"])
        for row in rows
    ]


def benchmark(corpora: Iterable[Path], folder: Path = GOLD) -> Benchmark:
    """Look for the texts in folders and all below; Yubei's two reports, which ship with the project, are training."""
    at_hand = {_digest(path): path for corpus in corpora for path in sorted(corpus.rglob("*.txt"))}
    found: dict[str, list[GoldReport]] = {split: [] for split in SPLITS}
    missing = []
    for entry in entries(folder):
        if text := at_hand.get(entry.sha256):
            found[entry.split].append(load(folder / "adjudicated" / f"{entry.name}.jsonl", text, year=entry.year))
        else:
            missing.append(entry)
    found["train"] += curated()
    return Benchmark(found, missing)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def agreement(folder: Path = GOLD) -> dict[str, Outcome]:
    """The second reader's labels against the first's, of the reports that two people read; no text is needed."""
    both = sorted(path.name for path in (folder / "second").glob("*.jsonl"))
    return {
        Path(name).stem: compare(labels(folder / "first" / name), labels(folder / "second" / name)) for name in both
    }


def lines(
    found: Benchmark, read: Callable[[GoldReport], Outcome], splits: Sequence[str] | None = None, folder: Path = GOLD
) -> dict[str, Line]:
    """A line for each split; ``read`` compares what the reader finds in a report with its labels."""
    people = agreement(folder)
    listed = entries(folder)
    return {
        split: _line(
            [scores(read(report)) for report in found.reports[split]],
            [scores(people[entry.name]) for entry in listed if entry.split == split and entry.name in people],
        )
        for split in splits or SPLITS
    }


def _line(reader: Sequence[Scores], people: Sequence[Scores]) -> Line:
    return Line(len(reader), sum(row.gold for row in reader), *_intervals(reader), len(people), *_intervals(people))


def _intervals(rows: Sequence[Scores]) -> tuple[Interval | None, Interval | None]:
    if not rows:
        return None, None
    return Interval.of(rows, lambda row: row.span_f1), Interval.of(rows, lambda row: row.record_f1)


def values(found: dict[str, Line], missing: Sequence[Entry]) -> dict[str, object]:
    """Every figure as JSON-ready values."""
    return {
        "splits": {split: asdict(line) for split, line in found.items()},
        "missing": [asdict(entry) for entry in missing],
    }


def page(found: dict[str, Line], missing: Sequence[Entry], corpora: Sequence[Path]) -> Iterator[str]:
    """The figures as lines of text, then which texts are missing and where they are looked for."""
    span, record = f"{'span F1 [95 %]':<21}", f"{'record F1 [95 %]':<21}"
    yield f"{'benchmark':<12} reports  gold  {span}  {record}  two people: span, record F1"
    for split, line in found.items():
        reader, people = (
            [f"{figure!s:<21}" if figure else f"{'-':<21}" for figure in pair]
            for pair in ((line.span_f1, line.record_f1), (line.readers_span_f1, line.readers_record_f1))
        )
        yield f"{split:<12} {line.reports:7d} {line.gold:5d}  {'  '.join(reader)}  {'  '.join(people)} ({line.readers})"
    if missing:
        yield f"the texts of {len(missing)} reports are not in {', '.join(map(str, corpora))} (CORPUS_DIR, --corpus):"
        yield from (f"  {entry.name} {entry.place} {entry.split} sha256 {entry.sha256}" for entry in missing)
