"""One prepared statement, one round trip: how every list and every detail is read.

Django's cursor puts the parameters into the text, so that PostgreSQL plans each request anew. Here psycopg prepares the
statement once a connection, the parameters travel beside it as text, and what comes back is the database's own bytes:
JSON that goes out as it is, never decoded and never built from Python objects.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import Error
from psycopg import RawCursor
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName
from psycopg.pq.abc import PGresult

# Statements that a connection keeps prepared: there are some hundred kinds of questions.
PREPARED = 200
# The server has forgotten the statement, or its tables have changed since.
_STALE = (FeatureNotSupported, InvalidSqlStatementName)


class Rows:
    """The rows of a statement as the driver holds them; only what is asked for becomes Python objects."""

    __slots__ = ("_result", "last")

    def __init__(self, result: PGresult) -> None:
        self._result, self.last = result, result.nfields - 1

    def __len__(self) -> int:
        return self._result.ntuples

    def value(self, row: int, column: int) -> bytes | None:
        """Return one value as PostgreSQL wrote it."""
        return self._result.get_value(row, column)

    def text(self, row: int, column: int) -> str | None:
        """Return one value as text."""
        value = self._result.get_value(row, column)
        return None if value is None else value.decode()

    def column(self, column: int, number: int) -> list[bytes]:
        """Return the first values of a column that is never null."""
        value: Any = self._result.get_value
        return [value(row, column) for row in range(number)]


def execute(sql: bytes, params: Sequence[Any]) -> Rows:
    """Run a statement with ``$1``-style parameters as a prepared one.

    Where a new connection helps, it is opened, once: reading twice does no harm.
    """
    own = connections[DEFAULT_DB_ALIAS]
    try:
        return _execute(own, sql, params)
    except Error as error:
        if own.in_atomic_block or not (_is_lost(own) or isinstance(error.__cause__, _STALE)):
            raise
        own.close()
        return _execute(own, sql, params)


def _is_lost(own: BaseDatabaseWrapper) -> bool:
    return own.connection is not None and own.connection.closed


def _execute(own: BaseDatabaseWrapper, sql: bytes, params: Sequence[Any]) -> Rows:
    if own.connection is None:
        own.ensure_connection()
    raw: Any = own.connection
    if raw.prepare_threshold is None:  # Django's own cursors prepare nothing
        raw.prepare_threshold, raw.prepared_max = 0, PREPARED
    with own.wrap_database_errors:
        result: Any = RawCursor(raw).execute(sql, [as_text(value) for value in params], prepare=True).pgresult
        return Rows(result)


def as_text(value: object) -> str | None:
    """Return a parameter as PostgreSQL reads it from text; it knows the type from the place."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | date | Decimal):
        return str(value)
    (dumped,) = Transformer().dump_sequence([value], [PyFormat.TEXT])
    return None if dumped is None else bytes(dumped).decode()
