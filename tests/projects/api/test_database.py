"""One prepared statement, one round trip, and a second try when the server has gone away meanwhile."""

import psycopg
import pytest
from django.db import ProgrammingError, connection

from projects.api.database import fetch


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


@pytest.mark.django_db
def test_an_error_of_the_statement_is_told() -> None:
    with pytest.raises(ProgrammingError):
        fetch(b"SELECT nothing FROM nowhere", [])
