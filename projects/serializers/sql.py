"""The SQL of a serializer: each declared field as an expression, so that the database can write the JSON itself.

The serializer stays the only definition of what the API shows. A plain field is its column; a field that computes
something has a method ``sql(row)`` beside its Python form. Here ``row`` is the alias of the table row, and
``day.today`` the day for which overdue is told. A test proves for every resource that both forms give the same bytes.
"""

import re
from collections.abc import Collection
from enum import Enum
from typing import Any, TypeAlias

from django.db.models import QuerySet
from rest_framework import serializers

AnySerializer = type[serializers.Serializer[Any]]
AnyField: TypeAlias = "serializers.Field[Any, Any, Any, Any]"
# PostgreSQL takes a hundred arguments.
_ARGUMENTS = 100
_LITERAL = re.compile(r"'[^']*'")


class Kind(Enum):
    """How a value is written in JSON. A code needs no escaping: its letters, digits and signs are all plain."""

    NUMBER = "number"
    FLAG = "flag"
    CODE = "code"
    TEXT = "text"
    LIST = "list"
    JSON = "json"


# Fields whose Python form is the column's own value. A field of our own says its kind itself.
_KINDS: dict[type[AnyField], Kind] = {
    serializers.BooleanField: Kind.FLAG,
    serializers.IntegerField: Kind.NUMBER,
    serializers.ChoiceField: Kind.CODE,
    serializers.DateField: Kind.CODE,
    serializers.ListField: Kind.LIST,
    serializers.CharField: Kind.TEXT,
    serializers.PrimaryKeyRelatedField: Kind.TEXT,
}


def kind(field: AnyField) -> Kind:
    """Return how a field's value is written in JSON."""
    own: Kind | None = getattr(field, "kind", None)
    found = own or next((known for type_, known in _KINDS.items() if isinstance(field, type_)), None)
    if found is None or not (field.source or own):
        raise TypeError(f"{field.field_name}: {type(field).__name__} has no SQL form; give it sql(row) and a kind.")
    return found


def expression(field: AnyField, row: str) -> str:
    """Return a field's value as an SQL expression."""
    kind(field)
    sql = getattr(field, "sql", None)
    if sql is not None:
        return str(sql(row))
    return f'{row}."{_column(field)}"'


def _column(field: AnyField) -> str:
    """Return a field's column: that of the model's field of its name, else its name itself."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {known.name: known.column for known in model._meta.concrete_fields} if model else {}
    return str(columns.get(str(field.source), field.source))


def columns(serializer: "serializers.Serializer[Any]", row: str, names: Collection[str] = ()) -> str:
    """Return the select list of a serializer's fields, or of the named ones, in the serializer's order."""
    chosen = [(name, field) for name, field in serializer.fields.items() if not names or name in names]
    return ", ".join(f'{expression(field, row)} AS "{name}"' for name, field in chosen)


def json_object(serializer: "serializers.Serializer[Any]", row: str, names: Collection[str] = ()) -> str:
    """Return the expression of a row's compact JSON, as text.

    ``row_to_json`` looks every column's type up anew for every row; ``concat`` knows them, and copies nothing twice.
    """
    pieces: list[str] = []
    for name, field in serializer.fields.items():
        if not names or name in names:
            pieces += [f"""'{"," if pieces else "{"}"{name}":'""", *_value(field, expression(field, row))]
    joined = _joined([*pieces, "'}'"])
    chunks = [joined[n : n + _ARGUMENTS] for n in range(0, len(joined), _ARGUMENTS)]
    return "(" + " || ".join(f"concat({', '.join(chunk)})" for chunk in chunks) + ")"


def _joined(pieces: list[str]) -> list[str]:
    """Return the pieces with neighbouring literals made one: each argument costs the database as much as a column."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _LITERAL.fullmatch(piece) and _LITERAL.fullmatch(joined[-1]):
            joined[-1] = joined[-1][:-1] + piece[1:]
        else:
            joined.append(piece)
    return joined


def _value(field: AnyField, value: str) -> list[str]:
    """Return the pieces of a field's value in JSON; concat would swallow a null, so that it is written out before."""
    written = {
        Kind.NUMBER: [value],
        Kind.FLAG: [f"CASE WHEN {value} THEN 'true' ELSE 'false' END"],
        Kind.CODE: ["'\"'", value, "'\"'"],
        Kind.TEXT: [f"to_json({value})"],
        Kind.LIST: [f"array_to_json({value})"],
        Kind.JSON: [value],
    }[kind(field)]
    if not _may_be_null(field):
        return written
    whole = " || ".join(f"({piece})" if len(written) > 1 else f"({piece})::text" for piece in written)
    return [f"coalesce({whole}, 'null')"]


def _may_be_null(field: AnyField) -> bool:
    """Say whether a field's value may be null: as its column says, or it itself where it has none of its own."""
    columns_of = getattr(getattr(field.parent, "Meta", None), "model", None)
    known = {column.name: column.null for column in columns_of._meta.concrete_fields} if columns_of else {}
    by_column: bool = known.get(str(field.source), False) and not hasattr(field, "sql")
    return bool(by_column or getattr(field, "allow_null", False))


def json_array(texts: str, *, order: str = "", only: str = "TRUE") -> str:
    """Return the aggregate of JSON texts as one compact array: json_agg would put blanks and line ends between."""
    return f"'[' || coalesce(string_agg({texts}, ',' {order}) FILTER (WHERE {only}), '') || ']'"


def compiled(rows: "QuerySet[Any]") -> tuple[str, tuple[Any, ...]]:
    """Return a queryset's statement with ``%s`` for what a client sent; codes of our own are written out.

    A code such as ``'accepted'`` in the text lets the planner use the partial index that was made for it, also for a
    prepared statement, which is planned without its parameters.
    """
    sql, params = rows.query.sql_with_params()
    pieces = sql.split("%s")
    text, kept = [pieces[0]], []
    for param, piece in zip(params, pieces[1:], strict=True):
        if isinstance(param, Enum):
            text.append(f"'{param.value}'")
        else:
            text.append("%s")
            kept.append(param)
        text.append(piece)
    return "".join(text), tuple(kept)


def without_parameters(rows: "QuerySet[Any]") -> str:
    """Return the statement of a queryset that depends on nothing a client sends."""
    sql, params = compiled(rows)
    if params:
        raise TypeError(f"This queryset holds values that are not codes: {params}.")
    return sql
