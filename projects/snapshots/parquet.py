"""Rows of JSON as Parquet: each column with its own type, read and written piece by piece."""

from pathlib import Path
from typing import Any, Final

from arro3.core import DataType, Field as ArrowField, Schema
from arro3.io import read_json, write_parquet
from django.contrib.postgres.fields import ArrayField

from projects.serializers import Field, Resource
from projects.serializers.fields import type_of

# Numbers are as exact as in the database.
_TYPES: Final = {
    "string": DataType.utf8(),
    "uri": DataType.utf8(),
    "integer": DataType.int64(),
    "number": DataType.decimal128(20, 4),
    "boolean": DataType.bool(),
    "date": DataType.date32(),
    "datetime": DataType.timestamp("ms", tz="UTC"),
}
# Rows that are held at a time, and those of a part that readers may skip.
_BATCH, _GROUP = 1_000, 20_000


def write(lines: Path, table: Path, resource: Resource) -> None:
    """Write the rows of an NDJSON file as a table."""
    rows = read_json(lines, Schema(_fields(resource)), batch_size=_BATCH)
    write_parquet(rows, table, compression="zstd(3)", max_row_group_size=_GROUP)


def _fields(resource: Resource) -> list[ArrowField]:
    return [ArrowField(name, _type(one), nullable=one.kind.null) for name, one in resource.fields.items()]


def _type(one: Field) -> DataType:
    if one.rows is not None:
        row = DataType.struct(_fields(one.rows))
        return _list(row) if one.many else row
    kind: Any = one.kind
    return _list(_TYPES[type_of(kind.base_field)]) if isinstance(kind, ArrayField) else _TYPES[one.type]


def _list(item: DataType) -> DataType:
    return DataType.list(ArrowField("item", item, nullable=False))
