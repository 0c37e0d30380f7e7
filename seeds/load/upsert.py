"""Brings a table in line with data: COPY into a staging table, then one update and one insert; never row by row.

``seeded`` on a row holds the values that were last loaded. A column that still has its seeded value follows the
data; one that a person has changed since stays as it is. A row that a person made (``seeded`` is null) is left alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from seeds.load import upsert_sql
from seeds.load.copying import copy_rows, json_of
from seeds.load.result import Pk, TableResult
from seeds.load.upsert_sql import Table

# Triggers keep the plans of their first run in this session, perhaps over a single row: over twenty thousand, the plan
# for one takes minutes.
_FORGET_PLANS: LiteralString = "DISCARD PLANS"


@dataclass(frozen=True, slots=True)
class Staged:
    """The data of one table, waiting in a staging table until the transaction ends."""

    table: Table
    size: int

    def upsert(self) -> TableResult:
        """Update and create rows."""
        updated, kept = self._differences()
        with connection.cursor() as cursor:
            # Where nothing was withdrawn a moment ago, triggers have just made plans for no rows at all.
            cursor.execute(_FORGET_PLANS)
            cursor.execute(upsert_sql.statements(self.table).update)
        created = self._insert()
        return TableResult(created, updated, self.size - len(created) - len(updated), (), kept)

    def _insert(self) -> tuple[Pk, ...]:
        """Create the rows that are not there and return their keys."""
        try:
            with transaction.atomic():
                return self._insert_missing()
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
        # Somebody made one of the rows by hand in this moment: it is there now, and left alone.
        return self._insert_missing()

    def _insert_missing(self) -> tuple[Pk, ...]:
        with connection.cursor() as cursor:
            cursor.execute(upsert_sql.statements(self.table).insert, [value for _, value in self.table.constants])
            return tuple(pk for (pk,) in cursor.fetchall())

    def withdraw(self, scope: LiteralString, values: Sequence[Any], *, only_untouched: bool = False) -> tuple[Pk, ...]:
        """Withdraw loaded rows of ``scope`` (a condition on ``t``) that are not staged.

        A row whose state a person has decided stays; ``only_untouched`` spares rows with any change by hand.
        """
        with connection.cursor() as cursor:
            cursor.execute(upsert_sql.withdraw(self.table, scope, only_untouched=only_untouched), values)
            return tuple(pk for (pk,) in cursor.fetchall())

    def _differences(self) -> tuple[dict[Pk, tuple[str, ...]], dict[Pk, tuple[str, ...]]]:
        """Return, by row, the fields that will change, and those that stay as a person made them."""
        with connection.cursor() as cursor:
            cursor.execute(upsert_sql.statements(self.table).differences)
            found = cursor.fetchall()
        changing = {pk: tuple(fields) for pk, fields, _ in found if fields}
        return changing, {pk: tuple(fields) for pk, _, fields in found if fields}


def stage(table: Table, rows: Iterable[Sequence[Any]]) -> Staged:
    """Copy tuples, in the order of ``table.staged`` and with no key twice, into a staging table.

    Runs inside the caller's transaction, as does what follows.
    """
    texts = upsert_sql.statements(table)
    followed = len(table.staged) - len(table.columns)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_PLANS)
        for text in texts.prepare:
            cursor.execute(text)
        # The server reads rows while the next are made here: so the values to remember are written down on this side.
        size = copy_rows(cursor, texts.copy, ((*row, json_of(table.columns, row[followed:])) for row in rows))
        cursor.execute(texts.index)
    return Staged(table, size)
