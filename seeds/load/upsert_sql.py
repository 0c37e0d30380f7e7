"""The SQL of a load, made from a table's description."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import LiteralString

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal


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


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements for one table; ``insert`` has a placeholder for each constant, the others have none."""

    prepare: tuple[str, ...]
    copy: str
    index: str
    differences: str
    update: str
    insert: str


@cache
def statements(table: Table) -> Statements:
    """Return a table's statements."""

    def text(template: LiteralString) -> str:
        return SQL(template).format(**parts).as_string()

    parts = _parts(table)
    return Statements(
        prepare=(text(_DROP_STAGE), text(_CREATE_STAGE)),
        copy=text(_COPY),
        index=text(_INDEX),
        differences=text(_DIFFERENCES),
        update=text(_UPDATE),
        insert=text(_INSERT),
    )


def withdraw(table: Table, scope: LiteralString, *, only_untouched: bool) -> str:
    """Return the statement that withdraws what is not staged, within a condition that may have placeholders."""
    conditions: list[Composable] = [SQL(scope)]
    if only_untouched:
        conditions += [_untouched(name) for name in table.columns]
    return (
        SQL(_WITHDRAW)
        .format(
            **_parts(table),
            state=Identifier(table.state),
            state_name=Literal(table.state),
            gone=Literal(table.gone),
            scope=SQL(" AND ").join(conditions),
        )
        .as_string()
    )


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
    }


def _comma(parts: Iterable[Composable]) -> Composed:
    return SQL(", ").join(parts)


def _columns(names: Iterable[str], of: str = "") -> Composed:
    return _comma(Identifier(of, name) if of else Identifier(name) for name in names)


def _untouched(name: str) -> Composed:
    return SQL(_UNTOUCHED).format(column=Identifier(name), name=Literal(name))


def _column(template: LiteralString, name: str) -> Composed:
    return SQL(template).format(column=Identifier(name), name=Literal(name), untouched=_untouched(name))
