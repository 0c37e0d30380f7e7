"""The SQL of a serializer: each declared field as an expression, so that the database can write the JSON itself.

The serializer stays the only definition of what the API shows. A plain field is its column; a field that computes
something has a method ``sql(row)`` beside its Python form. Here ``row`` is the alias of the table row, and
``day.today`` the day for which overdue is told. A test proves for every resource that both forms give the same bytes.
"""

from collections.abc import Collection
from enum import Enum
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

# Fields whose Python form is the column's own value, as PostgreSQL writes it in JSON too.
_PLAIN = (
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.DateField,
    serializers.IntegerField,
    serializers.ListField,
)


AnySerializer = type[serializers.Serializer[Any]]


def expression(field: serializers.Field[Any, Any, Any, Any], row: str) -> str:
    """Return a field's value as an SQL expression."""
    sql = getattr(field, "sql", None)
    if sql is not None:
        return str(sql(row))
    if isinstance(field, serializers.PrimaryKeyRelatedField):
        return f'{row}."{field.source}_id"'
    if not isinstance(field, _PLAIN) or field.source is None:
        raise TypeError(f"{field.field_name}: {type(field).__name__} has no SQL form; give it a method sql(row).")
    return f'{row}."{field.source}"'


def columns(serializer: "serializers.Serializer[Any]", row: str, names: Collection[str] = ()) -> str:
    """Return the select list of a serializer's fields, or of the named ones, in the serializer's order."""
    chosen = [(name, field) for name, field in serializer.fields.items() if not names or name in names]
    return ", ".join(f'{expression(field, row)} AS "{name}"' for name, field in chosen)


def json_object(serializer: "serializers.Serializer[Any]", row: str, names: Collection[str] = ()) -> str:
    """Return the expression of a row's compact JSON."""
    return f"(SELECT row_to_json(o) FROM (SELECT {columns(serializer, row, names)}) AS o)"


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
