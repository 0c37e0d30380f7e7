"""What the database refuses, whoever asks: a row through the ORM, a bare UPDATE, plain SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction


@contextmanager
def refused(reason: str) -> Iterator[None]:
    """Expect the block, deferred constraints included, to fail for this constraint or reason."""
    expected = pytest.raises(DatabaseError, match=reason)
    with expected, transaction.atomic():
        yield
        connection.check_constraints()


def execute(statement: str, *values: Any, table: str = "") -> list[Any]:
    """Run plain SQL, with ``{table}`` standing for a table of ours, and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{table}", table), values)
        return cursor.fetchall() if cursor.description else []
