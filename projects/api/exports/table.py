"""Rows as cells: one column for each field, and one for each field of an object inside a row."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

import orjson
from django.utils.translation import override
from rest_framework import serializers

from projects.api.exports.labels import LABELS, NAMED
from projects.api.exports.words import Words
from projects.serializers.computed import OverdueSinceField
from projects.serializers.fields import MomentField, RowField
from projects.serializers.sql import AnyField

Cell: TypeAlias = str | int | float | bool | date | datetime | None
Reading: TypeAlias = Callable[[Any], Any]
# Between the items of a cell that holds several.
_BETWEEN = "；"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the way to its value inside a row, how the value is read, and whether it is told by its name."""

    path: tuple[str, ...]
    reading: Reading | None = None
    named: bool = False
    kind: type[date] | type[datetime] | None = None

    def label(self, language: str) -> str:
        """Return what people call it: the names along the way."""
        labels = {**LABELS, **NAMED} if self.named else LABELS
        with override(language):
            return " · ".join(str(labels[name]) for name in self.path)

    @property
    def code(self) -> str:
        """What programs call it, as the paths of JSON do."""
        return ".".join(self.path)

    def cell(self, row: dict[str, Any]) -> Cell:
        """Return its value in a row."""
        value: Any = row
        for name in self.path:
            value = None if value is None else value[name]
        cell: Cell = value if value is None or self.reading is None else self.reading(value)
        return cell


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def joined(items: list[Any]) -> str:
    """Return a list as one cell."""
    return _BETWEEN.join(map(str, items))


def columns(
    serializer: "serializers.Serializer[Any]", names: Collection[str] = (), words: Words | None = None
) -> list[Column]:
    """Return the columns of a serializer's fields, or of the named ones, in the serializer's order.

    With ``words``, cells hold what people read instead of codes.
    """
    return list(_columns(serializer, names, (), words))


def _columns(
    serializer: "serializers.Serializer[Any]", names: Collection[str], above: tuple[str, ...], words: Words | None
) -> Iterator[Column]:
    for name, field in serializer.fields.items():
        if names and name not in names:
            continue
        if isinstance(field, RowField):
            yield from _columns(field.child, (), (*above, name), words)
        else:
            reading, kind = _read(field)
            if reading is None and words is not None:
                reading = words.reading(name, field)
            yield Column((*above, name), reading, words is not None, kind)


def _read(field: AnyField) -> tuple[Reading | None, type[date] | type[datetime] | None]:
    """Return how a value that JSON has no type for is read, and what it is then."""
    if isinstance(field, MomentField):
        return _moment, datetime
    if isinstance(field, serializers.DateField | OverdueSinceField):
        return date.fromisoformat, date
    return (joined, None) if isinstance(field, serializers.ListField) else (None, None)


def cells(columns: Collection[Column], row: bytes) -> list[Cell]:
    """Return the cells of a row of JSON."""
    values = orjson.loads(row)
    return [column.cell(values) for column in columns]
