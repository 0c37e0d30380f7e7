"""Brings a table in line with data: COPY into a staging table, then one update and one insert; never row by row.

``seeded`` on a row holds the values that were last loaded. A column that still has its seeded value follows the
data; one that a person has changed since stays as it is. A row that a person made (``seeded`` is null) is left alone.
Why not by a library: docs/adr/0022.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, LiteralString

import orjson
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.adapt import Dumper
from psycopg.errors import UniqueViolation
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal
from psycopg.types.json import Jsonb

from seeds.load.result import Pk, TableResult


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what a load does to it.

    ``key`` finds a row again. ``fixed`` columns are written once; ``columns`` follow the data; ``constants`` are the
    values of new rows that no data give. ``state`` is the column, and ``gone`` its value, of rows that have left the
    data; a table without one keeps them. ``guard`` is a condition on present rows (``t``) that a load may change.
    ``nullable`` are the key columns that may be null; ``staging`` tells two loads of one table apart.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    fixed: tuple[str, ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    pk: str = "id"
    state: str = ""
    gone: str = ""
    guard: LiteralString = "TRUE"
    nullable: tuple[str, ...] = ()
    staging: str = ""

    @property
    def staged(self) -> tuple[str, ...]:
        """The columns of the staging table, in the order of COPY; behind them it has ``seeded``."""
        return (*self.key, *self.fixed, *self.columns)


_DROP_STAGE: LiteralString = "DROP TABLE IF EXISTS pg_temp.{stage}"
_CREATE_STAGE: LiteralString = """
CREATE TEMPORARY TABLE {stage} ON COMMIT DROP AS SELECT {staged}, seeded FROM {table} WITH NO DATA
"""
_COPY: LiteralString = "COPY pg_temp.{stage} ({staged}, seeded) FROM STDIN"
# Tells the planner how many rows there are, finds them by key whatever it thinks of that, and refuses a key twice.
_INDEX: LiteralString = "CREATE UNIQUE INDEX ON pg_temp.{stage} ({key})"
_DIFFERENCES: LiteralString = """
SELECT t.{pk}, array_remove(ARRAY[{changing}], NULL), array_remove(ARRAY[{staying}], NULL)
  FROM pg_temp.{stage} AS s JOIN {table} AS t ON {same} AND {within}
 WHERE ({present}) IS DISTINCT FROM ({wanted}) AND {guard}
"""
_UPDATE: LiteralString = """
UPDATE {table} AS t SET {follow}, seeded = t.seeded || s.seeded FROM pg_temp.{stage} AS s
 WHERE {same} AND {within} AND t.seeded IS NOT NULL AND t.seeded || s.seeded IS DISTINCT FROM t.seeded AND {guard}
"""
# Not INSERT … ON CONFLICT: that writes to every row that is there, and takes longer over those that are not.
_INSERT: LiteralString = """
INSERT INTO {table} ({staged}, seeded{constants})
SELECT {given}, s.seeded{fillers} FROM pg_temp.{stage} AS s
 WHERE NOT EXISTS (SELECT FROM {table} AS t WHERE {same} AND {within}) ORDER BY {order}
RETURNING {pk}
"""
_SAME: LiteralString = "t.{0} = s.{0}"
_SAME_OR_NULL: LiteralString = "t.{0} IS NOT DISTINCT FROM s.{0}"
# Follows from equal keys, and saves a merge of the two from reading the table from its first row on.
_WITHIN: LiteralString = "t.{first} >= (SELECT min({first}) FROM pg_temp.{stage})"
_WITHDRAW: LiteralString = """
UPDATE {table} AS t SET {state} = {gone}, seeded = t.seeded || jsonb_build_object({state_name}, {gone}::text)
 WHERE t.{state} = t.seeded ->> {state_name} AND t.{state} <> {gone} AND {scope}
   AND NOT EXISTS (SELECT FROM pg_temp.{stage} AS s WHERE {same})
RETURNING t.{pk}
"""
# A column that holds what was last loaded; null, which is not true, where nothing was.
_UNTOUCHED: LiteralString = "coalesce(to_jsonb(t.{column}), 'null') = t.seeded -> {name}"
_FOLLOW: LiteralString = "{column} = CASE WHEN {untouched} THEN s.{column} ELSE t.{column} END"
_CHANGING: LiteralString = "CASE WHEN t.{column} IS DISTINCT FROM s.{column} AND {untouched} THEN {name} END"
_STAYING: LiteralString = (
    "CASE WHEN t.{column} IS DISTINCT FROM s.{column} AND ({untouched}) IS NOT TRUE THEN {name} END"
)
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
        differences = _run(self.table, _DIFFERENCES)
        updated = {pk: tuple(changing) for pk, changing, _ in differences if changing}
        kept = {pk: tuple(staying) for pk, _, staying in differences if staying}
        # Where nothing was withdrawn a moment ago, triggers have just made plans for no rows at all.
        _run(self.table, _FORGET_PLANS)
        _run(self.table, _UPDATE)
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
        return tuple(pk for (pk,) in _run(self.table, _INSERT, [value for _, value in self.table.constants]))

    def withdraw(self, scope: LiteralString, values: Sequence[Any], *, only_untouched: bool = False) -> tuple[Pk, ...]:
        """Withdraw loaded rows of ``scope`` (a condition on ``t``) that are not staged.

        A row whose state a person has decided stays; ``only_untouched`` spares rows with any change by hand.
        """
        untouched = [_untouched(name) for name in self.table.columns if only_untouched]
        conditions = SQL(" AND ").join([SQL(scope), *untouched])
        return tuple(pk for (pk,) in _run(self.table, _WITHDRAW, values, scope=conditions))


def stage(table: Table, rows: Iterable[Sequence[Any]]) -> Staged:
    """Copy tuples, in the order of ``table.staged`` and with no key twice, into a staging table.

    Runs inside the caller's transaction, as does what follows.
    """
    for template in (_FORGET_PLANS, _DROP_STAGE, _CREATE_STAGE):
        _run(table, template)
    followed = len(table.staged) - len(table.columns)
    with connection.cursor() as cursor:
        # The server reads rows while the next are made here: so the values to remember are written down on this side.
        remembered = ((*row, json_of(table.columns, row[followed:])) for row in rows)
        size = copy_rows(cursor, _text(table, _COPY), remembered)
    _run(table, _INDEX)
    return Staged(table, size)


def _run(table: Table, template: LiteralString, values: Sequence[Any] = (), **parts: Composable) -> list[Any]:
    """Execute a statement on a table and return what it gives back."""
    with connection.cursor() as cursor:
        cursor.execute(_text(table, template, **parts), values)
        return cursor.fetchall() if cursor.description else []


def _text(table: Table, template: LiteralString, **parts: Composable) -> str:
    return SQL(template).format(**_parts(table), **parts).as_string()


@cache
def _parts(table: Table) -> dict[str, Composable]:
    stage = Identifier(f"load_{table.staging or table.name}")
    return {
        "stage": stage,
        "table": Identifier(table.name),
        "pk": Identifier(table.pk),
        "same": SQL(" AND ").join(
            SQL(_SAME_OR_NULL if name in table.nullable else _SAME).format(Identifier(name)) for name in table.key
        ),
        "within": SQL(_WITHIN).format(first=Identifier(table.key[0]), stage=stage),
        "key": _columns(table.key),
        "order": _columns(table.key, "s"),
        "staged": _columns(table.staged),
        "given": _columns(table.staged, "s"),
        "present": _columns(table.columns, "t"),
        "wanted": _columns(table.columns, "s"),
        "constants": SQL("").join(SQL(", {}").format(Identifier(name)) for name, _ in table.constants),
        "fillers": SQL("").join([SQL(", %s")] * len(table.constants)),
        "follow": _comma(_column(_FOLLOW, name) for name in table.columns),
        "changing": _comma(_column(_CHANGING, name) for name in table.columns),
        "staying": _comma(_column(_STAYING, name) for name in table.columns),
        "guard": SQL(table.guard),
        "state": Identifier(table.state),
        "state_name": Literal(table.state),
        "gone": Literal(table.gone),
    }


def _comma(parts: Iterable[Composable]) -> Composed:
    return SQL(", ").join(parts)


def _columns(names: Iterable[str], of: str = "") -> Composed:
    return _comma(Identifier(of, name) if of else Identifier(name) for name in names)


def _untouched(name: str) -> Composed:
    return SQL(_UNTOUCHED).format(column=Identifier(name), name=Literal(name))


def _column(template: LiteralString, name: str) -> Composed:
    return SQL(template).format(column=Identifier(name), name=Literal(name), untouched=_untouched(name))


class _TextsDumper(Dumper):
    """Writes a list of texts as an array; psycopg's own, for lists of anything, takes three times as long."""

    def dump(self, obj: Sequence[str]) -> bytes:
        """Return every text in quotes, with a backslash before its own quotes and backslashes."""
        texts = [text.replace("\\", r"\\").replace('"', r"\"") for text in obj]
        return ('{"' + '","'.join(texts) + '"}').encode() if texts else b"{}"


def copy_rows(cursor: CursorWrapper, statement: str, rows: Iterable[Sequence[Any]]) -> int:
    """Send rows to the server by COPY and return how many; a list among their values is one of texts."""
    # Django's cursor hands these on to psycopg's.
    cursor.adapters.register_dumper(list, _TextsDumper)
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return int(cursor.rowcount)


def json_of(names: Sequence[str], values: Sequence[Any]) -> str:
    """Return an object of these names and values in JSON; a number keeps all its digits."""
    return orjson.dumps(dict(zip(names, values, strict=True)), _plain).decode()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value))
    if isinstance(value, Jsonb):
        return value.obj
    raise TypeError(f"{value!r} has no form in JSON")
