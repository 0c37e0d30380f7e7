"""What is sent by COPY arrives as it was; what is remembered of a row is what PostgreSQL would say of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase
from psycopg.types.json import Jsonb

from projects.choices import Category
from seeds.load.upsert import copy_rows, json_of

# PostgreSQL keeps neither NUL nor half of a surrogate pair.
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8), max_size=4)
AWKWARD = ["", " ", "NULL", "{}", "a,b", '"', "\\", '\\"', "\n\t", "{学,校}", "'", "𠮷"]


def arrived(rows: list[list[list[str]]]) -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE arrivals (names text[]) ON COMMIT DROP")
        assert copy_rows(cursor, "COPY arrivals FROM STDIN", rows) == len(rows)
        cursor.execute("SELECT names FROM arrivals")
        found = [names for (names,) in cursor.fetchall()]
        cursor.execute("DROP TABLE arrivals")
    return found


class TestArrays(TestCase):
    @settings(max_examples=50)
    @given(lists=st.lists(TEXTS, max_size=4))
    def test_lists_of_texts_arrive_as_they_were(self, lists: list[list[str]]) -> None:
        assert arrived([[texts] for texts in [*lists, AWKWARD, []]]) == [*lists, AWKWARD, []]


@pytest.mark.django_db
def test_what_is_remembered_is_what_the_database_would_say() -> None:
    values: dict[str, Any] = {
        "title": 'He said "学校" \\ \n',
        "category": Category.EDUCATION,
        "quantity": Decimal("1234567890123456.7891"),
        "share": 0.1,
        "names": ["第一中学", '"'],
        "project_id": None,
        "due_on": date(2021, 12, 31),
        "outline": Jsonb([{"level": 1}]),
    }
    kinds = ("text", "text", "numeric(20, 4)", "float8", "text[]", "bigint", "date", "jsonb")
    pairs = ", ".join(f"'{name}', %s::{kind}" for name, kind in zip(values, kinds, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT jsonb_build_object({pairs}) = %s::jsonb",
            [*values.values(), json_of(tuple(values), tuple(values.values()))],
        )
        assert cursor.fetchone() == (True,)


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        json_of(["span"], [range(3)])
