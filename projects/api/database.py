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


def execute(sql: bytes, params: Sequence[Any]) -> PGresult:
    """Run a statement with ``$1``-style parameters as a prepared one; return the rows as the driver holds them.

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


def _execute(own: BaseDatabaseWrapper, sql: bytes, params: Sequence[Any]) -> PGresult:
    if own.connection is None:
        own.ensure_connection()
    raw: Any = own.connection
    if raw.prepare_threshold is None:  # Django's own cursors prepare nothing
        raw.prepare_threshold, raw.prepared_max = 0, PREPARED
    with own.wrap_database_errors:
        result: Any = RawCursor(raw).execute(sql, [as_text(value) for value in params], prepare=True).pgresult
        found: PGresult = result
        return found


def as_text(value: object) -> str | None:
    """Return a parameter as PostgreSQL reads it from text; it knows the type from the place."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | date | Decimal):
        return str(value)
    (dumped,) = Transformer().dump_sequence([value], [PyFormat.TEXT])
    return None if dumped is None else bytes(dumped).decode()
