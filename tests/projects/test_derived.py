"""The rules as SQL say what the rules in Python say, for whatever commitment on whatever day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st

from projects import derived, rules
from projects.choices import Comparator, DueBasis, Milestone, Status
from projects.querysets import grace

pytestmark = pytest.mark.django_db

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
FIGURES = st.none() | st.decimals(0, 10**9, places=4)
ROWS = st.fixed_dictionaries(
    {
        "year": st.integers(2000, 2060),
        "status": st.sampled_from(Status.values),
        "milestone": st.sampled_from(Milestone.values),
        "status_since": DAYS,
        "due_on": DAYS,
        "due_basis": st.sampled_from(DueBasis.values),
        "quantity": FIGURES,
        "comparator": st.sampled_from(Comparator.values),
        "reported_value": FIGURES,
        "reported_on": DAYS,
    }
)
SELECT = (
    "SELECT {since}, {overdue}, {late}, {light} FROM (SELECT %(year)s::smallint AS year, %(status)s AS status,"
    " %(milestone)s AS milestone, %(status_since)s::date AS status_since, %(due_on)s::date AS due_on,"
    " %(due_basis)s AS due_basis, %(quantity)s::numeric AS quantity, %(comparator)s AS comparator,"
    " %(reported_value)s::numeric AS reported_value, %(reported_on)s::date AS reported_on) AS t"
)


def in_sql(row: dict[str, Any], day: date) -> tuple[Any, ...]:
    """Return what the database makes of a commitment."""
    parts = {
        "since": derived.overdue_since("t"),
        "overdue": derived.is_overdue("t", f"'{day}'::date"),
        "late": derived.days_late("t"),
        "light": derived.light("t"),
    }
    with connection.cursor() as cursor:
        cursor.execute(SELECT.format(**parts), row)
        found: tuple[Any, ...] = cursor.fetchone()
        return found


@settings(max_examples=300)
@given(row=ROWS, day=DAYS)
def test_sql_says_what_python_says(row: dict[str, Any], day: date) -> None:
    _since, overdue, late, light = in_sql(row, day)
    assert overdue == rules.is_overdue(row["status"], row["due_on"], row["due_basis"], on=day, grace=grace())
    assert late == rules.days_late(row["status"], row["milestone"], row["due_on"], row["status_since"])
    assert light == rules.light(
        row["status"],
        row["quantity"],
        row["comparator"],
        row["reported_value"],
        starts_on=date(row["year"], 1, 1),
        due_on=row["due_on"],
        reported_on=row["reported_on"],
    )


@pytest.mark.parametrize("reported", ["4", "4.0001", "2", "1.9999", "0"])
def test_the_light_turns_at_the_same_points(reported: str) -> None:
    row = {
        "year": 2021, "status": "in_progress", "milestone": "complete", "status_since": None, "comparator": "eq",
        "due_on": date(2021, 12, 31), "due_basis": "implied", "quantity": Decimal(10),
        "reported_value": Decimal(reported), "reported_on": date(2021, 7, 2),
    }  # fmt: skip
    lead = Decimal(reported) / 10 - Decimal(182) / 364
    expected = "green" if lead >= rules.GREEN_FROM else "yellow" if lead >= rules.YELLOW_FROM else "red"
    assert in_sql(row, date(2022, 1, 1))[3] == expected


def test_an_open_commitment_is_overdue_from_the_day_after_the_grace() -> None:
    row = {
        "year": 2021, "status": "not_assessed", "milestone": "complete", "status_since": None, "comparator": None,
        "due_on": date(2021, 12, 31), "due_basis": "implied", "quantity": None,
        "reported_value": None, "reported_on": None,
    }  # fmt: skip
    assert in_sql(row, date(2022, 4, 1))[:2] == (date(2022, 4, 1), True)
    assert in_sql(row, date(2022, 3, 31))[1] is False
