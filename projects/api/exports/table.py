"""Rows as cells: one column for each field, and one for each field of an object inside a row."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

import orjson
from django.utils.translation import override
from rest_framework import serializers

from projects.api.exports.labels import LABELS
from projects.serializers.fields import MomentField, OverdueSinceField, RowField

Cell: TypeAlias = str | int | float | bool | date | datetime | None
# Between the items of a cell that holds several.
_BETWEEN = "；"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the way to its value inside a row, and what its text means."""

    path: tuple[str, ...]
    kind: type[date] | type[datetime] | None

    def label(self, language: str) -> str:
        """Return what people call it: the names along the way."""
        with override(language):
            return " · ".join(str(LABELS[name]) for name in self.path)

    @property
    def code(self) -> str:
        """What programs call it, as the paths of JSON do."""
        return ".".join(self.path)

    def cell(self, row: dict[str, Any]) -> Cell:
        """Return its value in a row."""
        value: Any = row
        for name in self.path:
            value = None if value is None else value[name]
        if isinstance(value, list):
            return _BETWEEN.join(map(str, value))
        if value is not None and self.kind is not None:
            return _read(value, self.kind)
        cell: Cell = value
        return cell


def _read(value: str, kind: type[date] | type[datetime]) -> date:
    if kind is datetime:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    return date.fromisoformat(value)


def columns(serializer: "serializers.Serializer[Any]", names: Collection[str] = ()) -> list[Column]:
    """Return the columns of a serializer's fields, or of the named ones, in the serializer's order."""
    return list(_columns(serializer, names, ()))


def _columns(
    serializer: "serializers.Serializer[Any]", names: Collection[str], above: tuple[str, ...]
) -> Iterator[Column]:
    for name, field in serializer.fields.items():
        if names and name not in names:
            continue
        if isinstance(field, RowField):
            yield from _columns(field.child, (), (*above, name))
        else:
            yield Column((*above, name), _kind(field))


def _kind(field: "serializers.Field[Any, Any, Any, Any]") -> type[date] | type[datetime] | None:
    if isinstance(field, MomentField):
        return datetime
    return date if isinstance(field, serializers.DateField | OverdueSinceField) else None


def cells(columns: Collection[Column], row: bytes) -> list[Cell]:
    """Return the cells of a row of JSON."""
    values = orjson.loads(row)
    return [column.cell(values) for column in columns]
