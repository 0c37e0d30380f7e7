"""Which commitments of a report a row of an official document is about: points for and against, summed to a score.

The likeness is the matcher's: two-character pieces of what is spoken of, each weighted by its rarity. To it come an
equal figure, a name, whether the row is the commitment's best, and whether neighbours in the document are neighbours
in the report. Several commitments to a row and several rows to one are both usual: each pair stands for itself.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from seeds.match.likeness import probability
from seeds.match.names import plain, stands_in, tell_apart
from seeds.match.wording import fold, pieces
from seeds.official.figures import figures, named_unit, scaled
from seeds.sheets.cells import folded
from seeds.sheets.rows import Row

# From here on a pair is proposed; from there on it may be preselected.
PROPOSE, ACCEPT = 0.5, 0.8
Figures = frozenset[tuple[float, str]]

# Fitted to seven documents and rounded; tests/seeds/official holds them to the labelled links of the Yubei ones.
POINTS = {
    "base": -9.0,
    "covered": 1.2,
    "likeness": 3.4,
    "rare_words": 1.2,
    "same_figure": 3.5,
    "name": 0.9,
    "best": 3.4,
    "best_of_row": 0.6,
    "neighbours": 2.4,
    "other_figure": -2.2,
    "lost_figure": -1.4,
    "other_number": -2.0,
    "beaten": -1.0,
    "beaten_in_row": -1.0,
}
_LEAST_SHARED = 5.0
_LEAST_WITH_FIGURE = 1.5
_LONG_NAME = 3
_STRONG = 1.4
_SEGMENT = re.compile(r"[，。；;：\n]|(?<=\D)\d[.．、]\s*(?=\D)|（\d+）")
_SHORTEST_SEGMENT = 3
_BRACKETS = re.compile(r"[（()）]")


@dataclass(frozen=True, slots=True)
class Promise:
    """What alignment needs to know of a commitment: its place in the report, its words, its names, its day.

    ``number`` is its own in the database; a row of a sheet exported here names it.
    """

    start: int
    end: int
    title: str
    quote: str
    names: tuple[str, ...] = ()
    due_on: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """A row and a commitment with the likelihood that the one is about the other, and the points, strongest first."""

    row: int
    promise: Promise
    score: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's pieces with their weights, the sum of these, and its figures."""

    text: str
    pieces: Mapping[str, float]
    total: float
    figures: Figures
    segments: tuple[tuple[Mapping[str, float], float], ...] = ()


def align(rows: Sequence[Row], promises: Sequence[Promise], year: int, least: float = PROPOSE) -> list[Alignment]:
    """The pairs of at least this score, by row and then by score; goals of a later term are left out.

    A row that names its commitment is about that one alone.
    """
    numbered = {promise.number: promise for promise in promises if promise.number is not None}
    named = {at: numbered.get(row.commitment) for at, row in enumerate(rows) if numbered and row.commitment is not None}
    sure = [Alignment(at, promise, 1.0, (("named", 1.0),)) for at, promise in named.items() if promise]
    near = [promise for promise in promises if promise.due_on is None or promise.due_on.year <= year + 1]
    found = _compare([_row_words(row) for row in rows], near)
    pairs = [
        Alignment(row, near[at], round(score, 3), _reasons(values))
        for (row, at), values in found.items()
        if row not in named
        if (score := probability(sum(POINTS[code] * value for code, value in values.items()))) >= least
    ]
    return sorted([*sure, *pairs], key=lambda pair: (pair.row, -pair.score))


def _reasons(values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    told = ((code, round(POINTS[code] * value, 2)) for code, value in values.items() if value and code != "base")
    return tuple(sorted(told, key=lambda reason: -abs(reason[1])))


def spoken(row: Row) -> str:
    """What a row speaks of: its task, with the thing that it is about where another cell names that."""
    if row.topic:
        return row.topic
    text = " ".join(row.text.split()) if not re.search(r"[。；;\n]", row.text) else row.text
    if re.search(r"[\u4e00-\u9fff]{2}", row.subject):
        return f"{row.subject}：{text}"
    return text


def _row_words(row: Row) -> _Words:
    text = spoken(row)
    parts = [part for part in _SEGMENT.split(folded(text)) if len(part.strip()) >= _SHORTEST_SEGMENT]
    segments = [pieces(part) for part in ([*parts, text] if len(parts) > 1 else [text])]
    # What stands in brackets is passed over in a title; in a row it may be the list that the title is about.
    own = {**pieces(_BRACKETS.sub("，", text)), **pieces(text)}
    said = frozenset((figure.value, figure.unit) for figure in figures(text)) | _target(row)
    return _Words(text, own, sum(own.values()), said, tuple((one, sum(one.values())) for one in segments if one))


def _target(row: Row) -> Figures:
    """The figure of a target that stands in a cell of its own, its unit in the indicator's name."""
    scale, unit = named_unit(row.text)
    value = scaled(row.subject, scale) if row.subject else None
    return frozenset({(value, unit)}) if value is not None else frozenset()


def _promise_words(promise: Promise) -> tuple[_Words, _Words]:
    quoted = frozenset((figure.value, figure.unit) for figure in figures(promise.quote))
    by_quote, by_title = pieces(promise.quote), pieces(promise.title)
    return (
        _Words(promise.quote, by_quote, sum(by_quote.values()), quoted),
        _Words(promise.title, by_title, sum(by_title.values()), quoted),
    )


Values = dict[str, float]
Pairs = dict[tuple[int, int], Values]


def _compare(rows: Sequence[_Words], promises: Sequence[Promise]) -> Pairs:
    words = [_promise_words(promise) for promise in promises]
    found: Pairs = {}
    for at, row in enumerate(rows):
        for number in _reachable(row, words):
            values = _values(row, promises[number], words[number])
            if values is not None:
                found[at, number] = values
    _add_context(found)
    return found


def _reachable(row: _Words, words: Sequence[tuple[_Words, _Words]]) -> Iterator[int]:
    for number, (quote, title) in enumerate(words):
        if not row.pieces.keys().isdisjoint(quote.pieces) or not row.pieces.keys().isdisjoint(title.pieces):
            yield number


def _shared(row: _Words, words: _Words) -> float:
    return sum(weight for piece, weight in words.pieces.items() if piece in row.pieces)


def _values(row: _Words, promise: Promise, words: tuple[_Words, _Words]) -> Values | None:
    quote, title = words
    by_quote, by_title = _shared(row, quote), _shared(row, title)
    shared = max(by_quote, by_title)
    same = len(quote.figures & row.figures)
    if shared < _LEAST_SHARED and not (same and by_title > _LEAST_WITH_FIGURE):
        return None
    units = {unit for _, unit in row.figures if unit}
    said = fold(row.text)
    return {
        "base": 1.0,
        "covered": max(by_quote / max(quote.total, 1e-9), by_title / max(title.total, 1e-9)),
        "likeness": max((_dice(segment, total, quote) for segment, total in row.segments), default=0.0),
        "rare_words": math.log1p(shared),
        "same_figure": float(same > 0),
        "name": float(any(len(name) >= _LONG_NAME and stands_in(plain(name), said) for name in promise.names)),
        "other_figure": float(bool(quote.figures) and not same and any(unit in units for _, unit in quote.figures)),
        "lost_figure": float(bool(quote.figures) and not row.figures),
        "other_number": float(tell_apart(said, fold(promise.quote))),
    }


def _dice(segment: Mapping[str, float], total: float, quote: _Words) -> float:
    shared = sum(weight for piece, weight in quote.pieces.items() if piece in segment)
    return 2 * shared / (total + quote.total) if shared else 0.0


def _base(values: Values) -> float:
    return values["covered"] + values["likeness"] + 0.5 * values["same_figure"]


def _add_context(found: Pairs) -> None:
    """How a pair stands among its rivals, and whether its neighbours are a strong pair too."""
    by_row: dict[int, float] = defaultdict(float)
    by_promise: dict[int, float] = defaultdict(float)
    for (row, number), values in found.items():
        by_row[row] = max(by_row[row], _base(values))
        by_promise[number] = max(by_promise[number], _base(values))
    strong = {pair for pair, values in found.items() if _base(values) > _STRONG}
    for (row, number), values in found.items():
        own = _base(values)
        values["best"] = float(own >= by_promise[number])
        values["best_of_row"] = float(own >= by_row[row])
        values["beaten"] = by_promise[number] - own
        values["beaten_in_row"] = by_row[row] - own
        steps = ((down, along) for down in (-1, 0, 1) for along in (-2, -1, 1, 2))
        values["neighbours"] = float(any((row + down, number + along) in strong for down, along in steps))
