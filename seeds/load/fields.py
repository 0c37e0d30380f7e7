"""Reads the fields of one JSON object; whatever is wrong with one becomes a problem that names it and the fix."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CharField, Model

from projects.models.base import FIRST_DAY, LAST_DAY
from seeds.load.problems import Problem

# numeric(20, 4): sixteen digits before the point, four behind it.
_TOO_LARGE = Decimal(10) ** 16
_FINEST = Decimal("0.0001")


class Span(NamedTuple):
    """Where a statement stands: the report's file name without its ending, first and last offset."""

    report: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.report} {self.start}-{self.end}"


def length_of(model: type[Model], name: str) -> int | None:
    """Return how many characters a column takes, None for any number."""
    column = model._meta.get_field(name)
    return column.max_length if isinstance(column, CharField) else None


def _storable(text: str) -> bool:
    """Say whether PostgreSQL can keep the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


@dataclass(slots=True)
class Fields:
    """The fields of one object. A reader that finds a problem notes it and returns an empty value."""

    where: str
    values: Mapping[str, Any]
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    def problem(self, name: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(self.where, name, message))

    def value(self, name: str) -> object:
        """Return the field's bare value; a missing field is a problem."""
        self.asked.add(name)
        if name not in self.values:
            self.problem(name, "is missing: add it (null where nothing is known)")
        return self.values.get(name)

    def refuse_others(self) -> None:
        """Note every field that nobody asked for: most are misspelt."""
        for name in self.values.keys() - self.asked:
            self.problem(name, f"is not a field of this file: use {', '.join(sorted(self.asked))}")

    def text(self, name: str, longest: int | None, *, optional: bool = False) -> str:
        """Return a text that fits its column; an optional one is empty for null."""
        value = self.value(name)
        if value is None and optional:
            return ""
        if not isinstance(value, str) or not (value.strip() or optional):
            return self._empty(name, f"is {value!r}: write a text{' or null' if optional else ''}")
        if not _storable(value):
            return self._empty(name, "holds a NUL or half a character: remove it")
        if longest is not None and len(value) > longest:
            return self._empty(name, f"has {len(value)} characters: shorten it to {longest}")
        return value

    def texts(self, name: str, longest: int | None) -> list[str]:
        """Return a list of texts."""
        value = self.value(name)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.problem(name, f"is {value!r}: write a list of texts, [] for none")
            return []
        if any(len(item) > (longest or len(item)) or not _storable(item) for item in value):
            self.problem(name, f"has a text of more than {longest} characters, or with a NUL in it: shorten it")
        return value

    def code(self, name: str, codes: Iterable[str], *, optional: bool = False) -> str:
        """Return one of the codes; an optional one is empty for null."""
        value = self.value(name)
        known = sorted(codes)
        if value is None and optional:
            return ""
        if value not in known:
            return self._empty(name, f"is {value!r}: use one of {', '.join(known)}")
        return str(value)

    def day(self, name: str, *, optional: bool = False) -> date | None:
        """Return a day written as 2025-12-31."""
        value = self.value(name)
        if value is None and optional:
            return None
        if isinstance(value, str):
            with suppress(ValueError):
                found = date.fromisoformat(value)
                if found.isoformat() == value and FIRST_DAY <= found <= LAST_DAY:
                    return found
        self.problem(name, f"is {value!r}: write a day that exists as YYYY-MM-DD, from {FIRST_DAY} to {LAST_DAY}")
        return None

    def whole(self, name: str) -> int:
        """Return a whole number that is not negative and fits its column."""
        value = self.value(name)
        if type(value) is not int or not 0 <= value < 2**31:
            self.problem(name, f"is {value!r}: write a whole number, 0 or more")
            return 0
        return value

    def number(self, name: str) -> Decimal | None:
        """Return a number of at most four decimals, or None for null."""
        value = self.value(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            self.problem(name, f"is {value!r}: write a number or null")
            return None
        number = Decimal(value)
        if abs(number) >= _TOO_LARGE or number != number.quantize(_FINEST):
            self.problem(name, f"is {value}: write at most 16 digits before the point and 4 behind it")
            return None
        return number

    def flag(self, name: str) -> bool | None:
        """Return true, false or None for null."""
        value = self.value(name)
        if value not in (True, False, None):
            self.problem(name, f"is {value!r}: write true, false or null")
        return bool(value) if value is not None else None

    def span(self, name: str) -> Span:
        """Return a reference to a statement: {"report": …, "start": …, "end": …}."""
        return self._span(name, self.value(name))

    def spans(self, name: str) -> list[Span]:
        """Return a list of references to statements."""
        value = self.value(name)
        if not isinstance(value, list):
            self.problem(name, f"is {value!r}: write a list of references to statements")
            return []
        return [self._span(name, item) for item in value]

    def _span(self, name: str, value: object) -> Span:
        if isinstance(value, dict) and value.keys() == {"report", "start", "end"}:
            report, start, end = value["report"], value["start"], value["end"]
            if isinstance(report, str) and type(start) is int and type(end) is int:
                return Span(report, start, end)
        self.problem(name, f'is {value!r}: write {{"report": "500112-2021", "start": 816, "end": 839}}')
        return Span("", 0, 0)

    def _empty(self, name: str, message: str) -> str:
        self.problem(name, message)
        return ""
