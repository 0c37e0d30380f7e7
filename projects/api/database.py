"""One prepared statement, one round trip: how every list and every detail is read.

Django's cursor puts the parameters into the text, so that PostgreSQL plans each request anew. Here the statement is
prepared once a connection, the parameters travel beside it, and what comes back is the database's own bytes: JSON
that goes out as it is, never decoded and never built from Python objects. It speaks to libpq through psycopg's own
wrapper of it, ``pgconn``: a cursor would take several times longer than all else that Python does for a page.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import Error
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName, OperationalError, error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

# Statements that a connection keeps prepared: there are some hundred kinds of questions.
KEPT = 200
# The server has forgotten the statement, or its tables have changed since.
_STALE = (FeatureNotSupported, InvalidSqlStatementName)

_names = count()
_prepared: "WeakKeyDictionary[psycopg.Connection, OrderedDict[bytes, bytes]]" = WeakKeyDictionary()


def renew() -> None:
    """Begin a request: give up a connection that is too old or broken, as Django does at its own beginning."""
    own = connections[DEFAULT_DB_ALIAS]
    if not own.in_atomic_block:
        own.close_if_unusable_or_obsolete()


def fetch(sql: bytes, params: Sequence[Any]) -> list[bytes | None]:
    """Return the first row of a statement, as ``fetch_all`` does; empty when there is none."""
    return next(iter(fetch_all(sql, params)), [])


def fetch_all(sql: bytes, params: Sequence[Any]) -> list[list[bytes | None]]:
    """Run a statement with ``$1``-style parameters; return its rows, each column as text in UTF-8.

    Where a new connection helps, it is opened, once: reading twice does no harm.
    """
    own = connections[DEFAULT_DB_ALIAS]
    try:
        return _fetch(own, sql, params)
    except Error as error:
        if own.in_atomic_block or not (_is_lost(own) or isinstance(error.__cause__, _STALE)):
            raise
        own.close()
        return _fetch(own, sql, params)


def _is_lost(own: BaseDatabaseWrapper) -> bool:
    return own.connection is not None and own.connection.closed


def _fetch(own: BaseDatabaseWrapper, sql: bytes, params: Sequence[Any]) -> list[list[bytes | None]]:
    if own.connection is None:
        own.ensure_connection()
    raw: Any = own.connection
    with own.wrap_database_errors:
        name = _name(raw, sql)
        result = _checked(raw, raw.pgconn.exec_prepared(name, [as_text(value) for value in params]))
        columns = range(result.nfields)
        return [[result.get_value(row, column) for column in columns] for row in range(result.ntuples)]


def _name(raw: "psycopg.Connection", sql: bytes) -> bytes:
    """Return the name under which the connection has the statement, prepared now if it was not."""
    known = _prepared.setdefault(raw, OrderedDict())
    name = known.get(sql)
    if name is None:
        name = b"duixian_%d" % next(_names)
        _checked(raw, raw.pgconn.prepare(name, sql))
        known[sql] = name
        while len(known) > KEPT:
            _oldest, unused = known.popitem(last=False)
            _checked(raw, raw.pgconn.exec_(b"DEALLOCATE " + unused))
    else:
        known.move_to_end(sql)
    return name


def _checked(raw: "psycopg.Connection", result: PGresult) -> PGresult:
    """Return a result that is good; raise psycopg's error for any other."""
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if raw.closed:
        raise OperationalError("the server closed the connection")
    raise error_from_result(result)


def as_text(value: object) -> bytes | None:
    """Return a parameter as PostgreSQL reads it from text; it knows the type from the place."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, int | date | Decimal):
        return str(value).encode()
    (dumped,) = Transformer().dump_sequence([value], [PyFormat.TEXT])
    return None if dumped is None else bytes(dumped)
