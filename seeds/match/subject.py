"""What matching needs to know of a statement or mention of a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

_MENTION = "mention"
_PARTS = {"review": "achievement", "plan": "commitment"}


class SubjectError(ValueError):
    """A row that cannot be matched; the message names the field and what it should hold."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A commitment or achievement, or a mention, which stands for what it would be as a statement.

    ``key`` tells it from others of its report, ``year`` is the report's, ``until`` the day by which it is due or the
    last day of which it tells. ``section`` holds the titles above it. Two subjects of known places match only within
    one place.
    """

    key: object
    kind: str
    year: int
    until: date
    title: str
    quote: str = ""
    category: str = ""
    milestone: str = "complete"
    quantity: float | None = None
    unit: str | None = None
    comparator: str | None = None
    names: tuple[str, ...] = ()
    section: str = ""
    jurisdiction: str | None = None
    mention: bool = False

    @property
    def words(self) -> str:
        """The title, with the names that it leaves out before it: 甘悦大道、椿萱大道等建设19条主干道."""
        missing = [name for name in self.names if name not in self.title]
        return f"{'、'.join(missing)}等{self.title}" if missing else self.title

    @property
    def promised(self) -> bool:
        """Whether it speaks of what is to be done."""
        return self.kind == "commitment"

    @property
    def lasting(self) -> bool:
        """Whether it may be answered after the report's own year: a term's goal."""
        return self.until.year > self.year

    def keyed(self, key: object) -> Self:
        """The same under another key."""
        return replace(self, key=key)

    @classmethod
    def of(cls, values: Mapping[str, object], year: int) -> Self:
        """A subject of a JSON object with the keys of ``extract``; raises ``SubjectError``."""
        kind = _kind(values)
        title = _text(values, "title") or _text(values, "quote")
        if not title:
            raise SubjectError("title: must be a text, as extract prints it")
        return cls(
            key=_whole(values, "start"),
            kind=kind,
            year=year,
            until=_day(values) or date(year if kind == "commitment" else year - 1, 12, 31),
            title=title,
            quote=_text(values, "quote") or title,
            category=_text(values, "category") or "",
            milestone=_text(values, "milestone") or "progress",
            quantity=_number(values, "quantity"),
            unit=_text(values, "unit"),
            comparator=_text(values, "comparator"),
            names=_names(values),
            section=_text(values, "section") or "",
            jurisdiction=_text(values, "jurisdiction"),
            mention=values.get("kind") == _MENTION,
        )


def year_of(rows: Sequence[Mapping[str, object]]) -> int:
    """The year of the report whose rows these are: what it reviews ended the year before; raises ``SubjectError``."""
    reviewed = [day.year + 1 for row in rows if row.get("kind") == "achievement" and (day := _day(row))]
    planned = [day.year for row in rows if row.get("kind") == "commitment" and (day := _day(row))]
    if reviewed:
        return max(sorted(set(reviewed)), key=reviewed.count)
    if planned:
        return min(planned)
    raise SubjectError("due_on: no row tells the report's year; name it")


def _kind(values: Mapping[str, object]) -> str:
    kind = values.get("kind")
    if kind == _MENTION:
        part = values.get("part")
        if part not in _PARTS:
            raise SubjectError(f"part: must be review or plan for a mention; got {part!r}")
        return _PARTS[str(part)]
    if kind not in _PARTS.values():
        raise SubjectError(f"kind: must be commitment, achievement or mention; got {kind!r}")
    return str(kind)


def _text(values: Mapping[str, object], field: str) -> str | None:
    value = values.get(field)
    if value is not None and not isinstance(value, str):
        raise SubjectError(f"{field}: must be a text or null; got {value!r}")
    return value


def _whole(values: Mapping[str, object], field: str) -> int:
    value = values.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SubjectError(f"{field}: must be a whole number of characters, 0 or more; got {value!r}")
    return value


def _number(values: Mapping[str, object], field: str) -> float | None:
    value = values.get(field)
    if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
        raise SubjectError(f"{field}: must be a number or null; got {value!r}")
    return value


def _names(values: Mapping[str, object]) -> tuple[str, ...]:
    names = values.get("names") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise SubjectError(f"names: must be a list of texts; got {names!r}")
    return tuple(names)


def _day(values: Mapping[str, object]) -> date | None:
    written = _text(values, "due_on")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise SubjectError(f"due_on: must be a day as YYYY-MM-DD or null; got {written!r}") from error
