"""One prepared statement, one round trip, and a second try when the server has gone away meanwhile."""

from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection

from projects.api.database import execute


def fetch(sql: bytes, params: list[object]) -> list[bytes | None]:
    """Return the first row of a statement."""
    rows = execute(sql, params)
    return [rows.get_value(0, column) for column in range(rows.nfields)] if rows.ntuples else []


@pytest.mark.django_db
def test_a_row_comes_as_the_database_wrote_it() -> None:
    assert fetch(b"SELECT $1::int + 1, NULL, $2::text", [1, "学"]) == [b"2", None, "学".encode()]
    assert fetch(b"SELECT 1 WHERE false", []) == []


@pytest.mark.django_db
def test_a_statement_is_prepared_once() -> None:
    for number in range(3):
        fetch(b"SELECT $1::int, 'prepared once'", [number])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%prepared once%"])
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_opened_again() -> None:
    (number,) = fetch(b"SELECT pg_backend_pid()", [])
    assert number is not None
    with psycopg.connect(_address()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [int(number)])
    (after,) = fetch(b"SELECT pg_backend_pid()", [])
    assert after != number


def _address() -> str:
    settings = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"], password=settings["PASSWORD"],
        dbname=settings["NAME"],
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_the_server_has_forgotten_is_prepared_again() -> None:
    assert fetch(b"SELECT 1 AS forgotten", []) == [b"1"]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert fetch(b"SELECT 1 AS forgotten", []) == [b"1"]


@pytest.mark.django_db
def test_a_connection_keeps_no_more_statements_than_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch(b"SELECT 1", [])
    monkeypatch.setattr(connection.connection, "prepared_max", 3)
    for number in range(9):
        assert fetch(b"SELECT 'kept %d'" % number, []) == [b"kept %d" % number]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%'kept %"])
        assert cursor.fetchone() == (3,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "type_name", "text"),
    [
        (7, "smallint", b"7"),
        (Decimal("5.50"), "numeric", b"5.50"),
        (date(2021, 12, 31), "date", b"2021-12-31"),
        (datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC), "timestamptz", b"2021-01-02 03:04:05+00"),
        ("学's", "text", "学's".encode()),
        (["a", "学,"], "text[]", '{a,"学,"}'.encode()),
        (None, "text", None),
    ],
)
def test_every_kind_of_parameter(value: object, type_name: str, text: bytes | None) -> None:
    assert fetch(f"SELECT $1::{type_name}".encode(), [value]) == [text]


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_ran_out_of_time_is_not_run_again() -> None:
    (number,) = fetch(b"SELECT pg_backend_pid()", [])
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 20")
    with pytest.raises(OperationalError):
        fetch(b"SELECT pg_sleep(5)", [])
    assert fetch(b"SELECT pg_backend_pid()", []) == [number]
    connection.close()


@pytest.mark.django_db
def test_all_rows() -> None:
    rows = execute(b"SELECT n, NULL FROM generate_series(1, 3) n", [])
    assert [(rows.get_value(n, 0), rows.get_value(n, 1)) for n in range(rows.ntuples)] == [
        (b"1", None),
        (b"2", None),
        (b"3", None),
    ]


@pytest.mark.django_db
def test_an_error_of_the_statement_is_told() -> None:
    with pytest.raises(ProgrammingError):
        fetch(b"SELECT nothing FROM nowhere", [])
