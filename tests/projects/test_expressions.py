"""The rules as expressions say what the rules in Python say, for whatever commitment on whatever day."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateField, F
from django.db.models.expressions import RawSQL
from django.test import override_settings
from hypothesis import given, settings as hypothesis_settings, strategies as st

from projects import expressions, rules
from projects.choices import Comparator, Coverage, DueBasis, Milestone, Precision, Status
from projects.models import Commitment
from projects.querysets import grace
from projects.sql import compiled_expression

pytestmark = pytest.mark.django_db

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
FIGURES = st.none() | st.decimals(0, 10**9, places=4)
HAPPENED = st.one_of(
    st.just({"happened_on": None, "happened_precision": ""}),
    st.fixed_dictionaries({"happened_on": DAYS, "happened_precision": st.sampled_from(Precision.values)}),
)
ROWS = st.fixed_dictionaries(
    {
        "year": st.integers(2000, 2060),
        "status": st.sampled_from(Status.values),
        "milestone": st.sampled_from(Milestone.values),
        "status_as_of": st.none() | DAYS,
        "due_on": DAYS,
        "due_basis": st.sampled_from(DueBasis.values),
        "quantity": FIGURES,
        "comparator": st.sampled_from(Comparator.values),
        "reported_value": FIGURES,
        "reported_bound": st.sampled_from(["", *Comparator.values]),
        "reported_on": DAYS,
    }
)
SELECT = (
    "SELECT {parts} FROM (SELECT %(year)s::smallint AS year, %(status)s AS status, %(milestone)s AS milestone,"
    " %(due_on)s::date AS due_on,"
    " %(due_basis)s AS due_basis, %(quantity)s::numeric AS quantity, %(comparator)s AS comparator,"
    " %(reported_value)s::numeric AS reported_value, %(reported_bound)s AS reported_bound,"
    " %(reported_on)s::date AS reported_on, %(happened_on)s::date AS happened_on,"
    " %(happened_precision)s AS happened_precision, commitment_outcome(%(milestone)s, %(status)s,"
    " %(status_as_of)s, %(happened_on)s, %(happened_precision)s, %(due_on)s) AS outcome) AS projects_commitment"
)


def in_sql(row: dict[str, Any], day: date) -> tuple[Any, ...]:
    """Return what the database makes of a commitment."""
    on = RawSQL("%(day)s::date", [], DateField())
    told = (
        F("outcome"),
        expressions.due_state(on),
        expressions.is_overdue(on),
        expressions.overdue_basis(on),
        expressions.overdue_since(on),
        expressions.days_overdue(on),
        expressions.days_late(),
        expressions.light(),
    )
    parts = ", ".join(compiled_expression(Commitment, one).sql for one in told)
    with connection.cursor() as cursor:
        cursor.execute(SELECT.format(parts=parts), {**row, "day": day})
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def in_python(row: dict[str, Any], day: date, *, official: bool) -> tuple[Any, ...]:
    """Return what the rules make of it."""
    happened, precision, due = row["happened_on"], row["happened_precision"], row["due_on"]
    found = rules.outcome(
        row["milestone"],
        row["status"],
        as_of=row["status_as_of"],
        happened_on=happened,
        precision=precision,
        due_on=due,
    )
    basis = rules.overdue_basis(found, due, row["due_basis"], on=day, grace=grace())
    return (
        found,
        rules.due_state(found, due, row["due_basis"], on=day, grace=grace()),
        basis is not None,
        basis,
        basis and rules.overdue_since(found, due, row["due_basis"], grace()),
        None if basis is None else (day - due).days,
        rules.days_late(found, due, happened, precision),
        rules.light(
            row["milestone"],
            found,
            row["quantity"],
            row["comparator"],
            row["reported_value"],
            row["reported_bound"] or "eq",
            starts_on=date(row["year"], 1, 1),
            due_on=due,
            reported_on=row["reported_on"],
            official=official,
        ),
    )


@hypothesis_settings(max_examples=400)
@given(row=ROWS, happened=HAPPENED, day=DAYS, official=st.booleans())
def test_sql_says_what_python_says(row: dict[str, Any], happened: dict[str, Any], day: date, official: bool) -> None:
    with override_settings(LIGHT_OFFICIAL_RULE=official):
        assert in_sql({**row, **happened}, day) == in_python({**row, **happened}, day, official=official)


# Each milestone, status and precision, told and happened before, on and after the due date.
COMBINATIONS = """
SELECT commitment_outcome(milestone, status, as_of, happened_on, happened_precision, %(due)s),
       milestone, status, as_of, happened_on, happened_precision
  FROM unnest(%(milestones)s::text[]) AS milestone, unnest(%(statuses)s::text[]) AS status,
       unnest(%(days)s::date[] || ARRAY[NULL]::date[]) AS as_of, unnest(%(days)s::date[]) AS happened_on,
       unnest(%(precisions)s::text[]) AS happened_precision
"""


def test_all_combinations_around_the_due_date() -> None:
    due = date(2021, 12, 31)
    values: dict[str, Any] = {
        "due": due,
        "days": [date(2021, 12, 30), due, date(2022, 1, 1), date(2022, 3, 31)],
        "milestones": Milestone.values,
        "statuses": Status.values,
        "precisions": Precision.values,
    }
    with connection.cursor() as cursor:
        cursor.execute(COMBINATIONS, values)
        rows = cursor.fetchall()
    assert len(rows) == len(Milestone) * len(Status) * 5 * 4 * len(Precision)
    for found, milestone, status, as_of, happened, precision in rows:
        wanted = rules.outcome(milestone, status, as_of=as_of, happened_on=happened, precision=precision, due_on=due)
        assert found == wanted, (milestone, status, as_of, happened, precision)


@given(
    milestone=st.sampled_from(Milestone.values),
    year=st.integers(2000, 2060),
    due=DAYS,
    coverage=st.sampled_from(Coverage.values),
    as_of=DAYS,
    forecast=st.booleans(),
)
def test_the_database_compares_the_same_values(
    milestone: str, year: int, due: date, coverage: str, as_of: date, forecast: bool
) -> None:
    with connection.cursor() as cursor:
        values: list[Any] = [milestone, year, due, coverage, as_of, forecast]
        cursor.execute("SELECT is_comparable(%s, %s, %s, %s, %s, %s)", values)
        (found,) = cursor.fetchone()
    assert found is rules.comparable(milestone, year, due, coverage, as_of, forecast=forecast)
