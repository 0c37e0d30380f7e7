"""The rows of a whole list, batch by batch, as the JSON that the list itself shows.

A cursor of the server holds the place, so that memory stays flat however many rows there are, and every row is of one
moment. The first batch is read at once: what can go wrong with a question shows before the answer has begun.
"""

from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from rest_framework.exceptions import APIException

from projects.api.queries import row_json
from projects.filters import ListQuery
from projects.serializers import Resource
from projects.sql import Parameter, compiled, numbered

# So many rows of a kilobyte are read at a time.
BATCH = 500
# Seconds in which the client must take a batch: one that has fallen asleep must not hold a transaction open.
_PATIENCE = 60
# The number of these locks is their own; each export that is under way holds one of them until its transaction ends.
_LOCK = 500112_11

Batch = list[bytes]

_DECLARE = b"DECLARE duixian_export NO SCROLL CURSOR FOR "
_FETCH = f"FETCH FORWARD {BATCH} FROM duixian_export".encode()


class TooManyExports(APIException):
    """As many exports as there is room for are under way, in all processes together."""

    status_code = 503
    wait = 10


class ExportRows:
    """An iterator over batches of rows; ``close`` ends its transaction. Raises TooManyExports."""

    def __init__(self, query: ListQuery, resource: Resource) -> None:
        self._batches = _batches(*statement(query, resource))
        self._first: Batch | None = next(self._batches, None)

    def __iter__(self) -> Iterator[Batch]:
        return self

    def __next__(self) -> Batch:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._batches)

    def close(self) -> None:
        """End the transaction, also when not all was read."""
        self._first = None
        self._batches.close()


def take_place() -> Callable[[], None] | None:
    """Take a place among the exports until the returned function is called; None where all are taken."""
    with connection.cursor() as cursor:
        for number in range(settings.EXPORTS_AT_ONCE):
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, number])
            if cursor.fetchone()[0]:
                return partial(_leave, number)
    return None


def _leave(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, number])


def statement(query: ListQuery, resource: Resource) -> tuple[bytes, tuple[Any, ...]]:
    """Return the statement that reads the rows as JSON, with its parameters; an empty one when nothing can match."""
    rows = query.rows.order_by(*query.ordering.terms()).annotate(json=row_json(resource, query))
    try:
        sql, params = numbered(compiled(rows.values_list("json")))
    except EmptyResultSet:
        return b"", ()
    return sql, tuple(query.today if isinstance(one, Parameter) else one for one in params)


def _batches(sql: bytes, params: tuple[Any, ...]) -> Generator[Batch, None, None]:
    if not sql:
        return
    connection.ensure_connection()
    with transaction.atomic(), connection.wrap_database_errors:
        with _cursor() as cursor:
            if not any(_locked(cursor, number) for number in range(settings.EXPORTS_AT_ONCE)):
                raise TooManyExports
            cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{_PATIENCE}s'".encode())
        yield from read_batches(sql, params)


def read_batches(sql: bytes, params: tuple[Any, ...]) -> Iterator[Batch]:
    """Yield what a statement of ``statement`` finds, in the transaction that is under way."""
    if not sql:
        return
    with _cursor() as cursor:
        cursor.execute(_DECLARE + sql, params, prepare=False)
        while batch := _fetched(cursor):
            yield batch
        cursor.execute(b"CLOSE duixian_export")


def _cursor() -> "psycopg.RawCursor[Any]":
    raw: Any = connection.connection
    return psycopg.RawCursor(raw)


def _locked(cursor: "psycopg.RawCursor[Any]", number: int) -> bool:
    """Take a place among the exports, if it is free, until the transaction ends."""
    row = cursor.execute(b"SELECT pg_try_advisory_xact_lock($1, $2)", [_LOCK, number], prepare=False).fetchone()
    return bool(row and row[0])


def _fetched(cursor: "psycopg.RawCursor[Any]") -> Batch:
    result = cursor.execute(_FETCH, prepare=False).pgresult
    if result is None:
        return []
    return [result.get_value(number, 0) or b"" for number in range(result.ntuples)]
