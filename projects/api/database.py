"""One prepared statement, one round trip: how every list and every detail is read.

Django's cursor puts the parameters into the text, so that PostgreSQL plans each request anew. Here the statement is
prepared once a connection, the parameters travel beside it, and what comes back is the database's own bytes: JSON
that goes out as it is, never decoded and never built from Python objects.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection
from django.db.utils import OperationalError

# Above any count of repetitions: psycopg prepares what is marked so, and nothing else of its own accord.
_ONLY_WHEN_ASKED = 2**31


def fetch(sql: bytes, params: Sequence[Any]) -> list[bytes | None]:
    """Run a statement with ``$1``-style parameters that returns one row; return its columns as text in UTF-8.

    A connection that the server has closed meanwhile is opened again, once: reading twice does no harm.
    """
    try:
        return _fetch(sql, params)
    except OperationalError:
        if connection.in_atomic_block or not _is_lost():
            raise
        connection.close()
        return _fetch(sql, params)


def _is_lost() -> bool:
    raw: Any = connection.connection
    return raw is not None and raw.closed


def _fetch(sql: bytes, params: Sequence[Any]) -> list[bytes | None]:
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.prepare_threshold = _ONLY_WHEN_ASKED
    with connection.wrap_database_errors, psycopg.RawCursor(raw) as cursor:
        cursor.execute(sql, params, prepare=True)
        result = cursor.pgresult
        if result is None or result.ntuples == 0:
            return []
        return [result.get_value(0, column) for column in range(result.nfields)]
