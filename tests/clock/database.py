"""A PostgreSQL whose clock can be moved like that of the programs that ask it."""

from collections.abc import Iterator, Mapping
from typing import Final, LiteralString

import psycopg
from django.db.backends.utils import CursorWrapper
from psycopg import sql

# What PostgreSQL has for the time as functions, and how steady each is. CURRENT_DATE and its kin are syntax and cannot
# be moved: a test keeps them out of the schema.
_CLOCKS: Final[Mapping[str, LiteralString]] = {
    "now": "STABLE",
    "transaction_timestamp": "STABLE",
    "statement_timestamp": "STABLE",
    "clock_timestamp": "VOLATILE",
}
_CLOCK: Final = sql.SQL(
    "CREATE OR REPLACE FUNCTION public.{}() RETURNS timestamptz LANGUAGE sql {} PARALLEL SAFE "
    "RETURN pg_catalog.{}() + interval {}"
)


def make_movable(template: str) -> None:
    """Give each database made from now on clocks of its own, which are found before the server's and still right.

    ``template`` is the address of the server's template1. It must happen before tables are made: the default of a
    column stays with the function that it found.
    """
    with psycopg.connect(template) as connection:
        for statement in _statements(0):
            connection.execute(statement)
        connection.execute("ALTER ROLE CURRENT_USER SET search_path = public, pg_catalog")


def move(cursor: CursorWrapper, seconds: int) -> None:
    """Move the clocks of a database, for all its sessions."""
    for statement in _statements(seconds):
        cursor.execute(statement)


def _statements(seconds: int) -> Iterator[sql.Composed]:
    for name, steadiness in _CLOCKS.items():
        yield _CLOCK.format(sql.Identifier(name), sql.SQL(steadiness), sql.Identifier(name), f"{seconds} seconds")
