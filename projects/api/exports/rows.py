"""The rows of a whole list, batch by batch, as the JSON that the list itself shows.

A cursor of the server holds the place, so that memory stays flat however many rows there are, and every row is of one
moment. The first batch is read at once: what can go wrong with a question shows before the answer has begun.
"""

import threading
import weakref
from collections.abc import Generator, Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from rest_framework.exceptions import APIException

from projects.api.exports.asking import Whole
from projects.api.plans import numbered
from projects.filters import Asked
from projects.serializers.sql import AnySerializer, compiled, json_object

# So many rows of a kilobyte are read at a time.
BATCH = 500
# Seconds in which the client must take a batch: one that has fallen asleep must not hold a transaction open.
_PATIENCE = 60

# A process has few threads, and a slow download keeps one: exports leave some to all other requests.
_room = threading.BoundedSemaphore(settings.EXPORTS_AT_ONCE)

Batch = list[bytes]

_ROWS = """
SELECT {row}::text FROM ({rows}) AS t CROSS JOIN (SELECT %s::date AS today) AS day ORDER BY {order}
"""
_DECLARE = b"DECLARE duixian_export NO SCROLL CURSOR FOR "
_FETCH = f"FETCH FORWARD {BATCH} FROM duixian_export".encode()


class Busy(APIException):
    """As many exports as this process has room for are under way."""

    status_code = 503
    wait = 10


class Rows:
    """An iterator over batches of rows; ``close`` ends its transaction. Raises Busy when there is no room for it."""

    def __init__(self, whole: Whole, serializer: AnySerializer) -> None:
        if not _room.acquire(blocking=False):
            raise Busy
        # Called once at most: by close(), or when the rows are forgotten.
        self._leave = weakref.finalize(self, _room.release)
        self._batches = _batches(*statement(whole, serializer))
        try:
            self._first: Batch | None = next(self._batches, None)
        except BaseException:
            self._leave()
            raise

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
        self._leave()


def statement(whole: Whole, serializer: AnySerializer) -> tuple[bytes, tuple[Any, ...]]:
    """Return the statement that reads the rows as JSON, with its parameters; an empty one when nothing can match."""
    asked = whole.asked
    try:
        rows, params = compiled(whole.rows)
    except EmptyResultSet:
        return b"", ()
    row = json_object(serializer(context={"today": asked.today, "as_of": asked.as_of}), "t", asked.fields)
    sql = _ROWS.format(row=row, rows=rows, order=", ".join(_terms(asked)))
    return numbered(sql), (*params, asked.today)


def _terms(asked: Asked) -> Iterator[str]:
    meta = asked.rows.model._meta
    for term in asked.ordering.terms():
        name = term.removeprefix("-")
        yield f't."{meta.get_field(name).column}"' + (" DESC" if term != name else "")


def _batches(sql: bytes, params: tuple[Any, ...]) -> Generator[Batch, None, None]:
    if not sql:
        return
    connection.ensure_connection()
    raw: Any = connection.connection
    with transaction.atomic(), connection.wrap_database_errors, psycopg.RawCursor(raw) as cursor:
        cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{_PATIENCE}s'".encode())
        cursor.execute(_DECLARE + sql, params, prepare=False)
        while batch := _fetched(cursor):
            yield batch
        cursor.execute(b"CLOSE duixian_export")


def _fetched(cursor: "psycopg.RawCursor[Any]") -> Batch:
    result = cursor.execute(_FETCH, prepare=False).pgresult
    if result is None:
        return []
    return [result.get_value(number, 0) or b"" for number in range(result.ntuples)]
