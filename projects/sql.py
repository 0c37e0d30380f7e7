"""Statements made of Django's querysets and expressions, to be run with their parameters beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Expression, Model, QuerySet
from django.db.models.expressions import Combinable

_PLACEHOLDER = re.compile(r"%s|%%")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What each request fills in: the day, or a part of the address, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with ``%s`` for each of its parameters."""

    sql: str
    params: tuple[Any, ...]


def compiled(rows: "QuerySet[Any]") -> Statement:
    """Return a queryset's statement; codes of our own are written out, what a client sent are its parameters.

    A code such as ``'accepted'`` in the text lets the planner use the partial index that was made for it, also for a
    prepared statement, which is planned without its parameters.
    """
    return written_out(*rows.query.sql_with_params())


def written_out(sql: str, params: Iterable[Any]) -> Statement:
    """Return the statement with the codes among its parameters in the text."""
    kept: list[Any] = []
    waiting = iter(params)

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        param = next(waiting)
        if isinstance(param, Enum):
            return f"'{param.value}'"
        kept.append(param)
        return "%s"

    return Statement(_PLACEHOLDER.sub(place, sql), tuple(kept))


@lru_cache(maxsize=512)
def _shared(text: str) -> bytes:
    return text.encode()


def numbered(statement: Statement) -> tuple[bytes, tuple[Any, ...]]:
    """Return a statement with ``$1`` for ``%s``, and its parameters; a ``Parameter`` of a name has one number.

    Equal statements are one object, however many questions they answer.
    """
    params: list[Any] = []
    waiting = iter(statement.params)

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        param = next(waiting)
        if isinstance(param, Parameter) and param in params:
            return f"${params.index(param) + 1}"
        params.append(param)
        return f"${len(params)}"

    return _shared(_PLACEHOLDER.sub(number, statement.sql)), tuple(params)


def compiled_expression(model: type[Model], expression: "Expression | Combinable") -> Statement:
    """Return an expression over the rows of a model's table, under the table's own name."""
    query = model._default_manager.all().query
    resolved: Any = expression.resolve_expression(query)  # type: ignore[union-attr]  # every expression has it
    sql, params = query.get_compiler(DEFAULT_DB_ALIAS).compile(resolved)
    return written_out(sql, params)
