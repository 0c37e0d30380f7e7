"""A table for a terminal, where a Chinese character takes two columns."""

import pytest
from hypothesis import given, strategies as st

from seeds.table import fitted, rows, width


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("学校", 4), ("３所", 4), ("é", 1), ("e\u0301", 1), ("…", 1)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("学校", 4, "学校"),
        ("学校", 6, "学校  "),
        ("学校公园", 6, "学校… "),
        ("学校公园", 7, "学校公…"),
        ("abcd", 3, "ab…"),
    ],
)
def test_fitted(text: str, columns: int, shown: str) -> None:
    assert fitted(text, columns) == shown


@given(st.text("学a，e\u0301…", max_size=20), st.integers(1, 20))
def test_fitted_is_exact(text: str, columns: int) -> None:
    assert width(fitted(text, columns)) == columns


def test_rows_align_and_the_last_column_gives_way() -> None:
    body = [("1", "学校", "建成悦来中学等学校四所"), ("1000", "路", "短")]
    assert list(rows(("位", "类", "题"), body, 24)) == [
        "位    类    题",
        "1     学校  建成悦来中…",
        "1000  路    短",
    ]


def test_a_narrow_terminal_keeps_the_other_columns() -> None:
    assert list(rows(("a", "b"), [("xx", "yyyy")], 1)) == ["a   b", "xx  …"]
