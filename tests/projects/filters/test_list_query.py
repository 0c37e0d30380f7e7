"""A query string is read as a whole: every parameter says something, or the whole is refused."""

import base64
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given, strategies as st

from projects.filters import COMMITMENTS, JURISDICTIONS, BadQuery, Cursor, Fault, ListQuery, Ordering
from projects.filters.list_query import beyond
from projects.models import Commitment, Project
from tests.factories import CommitmentFactory, ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
DEFINITION = replace(COMMITMENTS, fields=("id", "quote"))


def parsed(query: str, *, blanks: bool = False) -> ListQuery:
    """Return what is asked of the list of commitments."""
    return DEFINITION.parse(QueryDict(query), today=TODAY, blanks=blanks)


def faults(query: str) -> list[tuple[str, Fault]]:
    """Return the wrong parameters."""
    with pytest.raises(BadQuery) as error:
        parsed(query)
    return [(problem.parameter, problem.fault) for problem in error.value.problems]


def test_nothing_asked_is_a_page_of_all() -> None:
    found = parsed("")
    assert (found.page_size, found.ordering.name, found.count, found.today, found.as_of) == (
        50,
        "-id",
        None,
        TODAY,
        None,
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("categroy=education", [("categroy", Fault.UNKNOWN)]),
        ("year_min=2021&year_min=2025", [("year_min", Fault.REPEATED)]),
        ("year=2021,", [("year", Fault.INVALID)]),
        ("year=2021,1900", [("year", Fault.INVALID)]),
        ("due_year=2021&due_year=x", [("due_year", Fault.INVALID)]),
        ("category=", [("category", Fault.BLANK)]),
        ("category=education,shcool", [("category", Fault.INVALID)]),
        ("year=twenty", [("year", Fault.INVALID)]),
        ("year=1900", [("year", Fault.INVALID)]),
        ("year=２０２１", [("year", Fault.INVALID)]),
        ("overdue=1", [("overdue", Fault.INVALID)]),
        ("due_before=2021-02-30", [("due_before", Fault.INVALID)]),
        ("due_before=20210228", [("due_before", Fault.INVALID)]),
        ("quantity_min=1e5", [("quantity_min", Fault.INVALID)]),
        ("quantity_min=NaN", [("quantity_min", Fault.INVALID)]),
        ("q=%00", [("q", Fault.INVALID)]),
        ("updated_since=2025-01-01T00:00:00", [("updated_since", Fault.INVALID)]),
        ("ordering=title", [("ordering", Fault.INVALID)]),
        ("ordering=-quantity", [("ordering", Fault.MISSING)]),
        ("ordering=quantity&quantified=true", [("ordering", Fault.MISSING)]),
        ("ordering=-days_overdue", [("ordering", Fault.MISSING)]),
        ("ordering=days_overdue&overdue=false", [("ordering", Fault.MISSING)]),
        ("page_size=0", [("page_size", Fault.INVALID)]),
        ("page_size=501", [("page_size", Fault.INVALID)]),
        ("fields=qoute", [("fields", Fault.INVALID)]),
        ("as_of=today", [("as_of", Fault.INVALID)]),
        ("as_of=9999-12-31", [("as_of", Fault.INVALID)]),
        ("q=%ff", [("q", Fault.INVALID)]),
        ("jurisdiction=500112", [("jurisdiction", Fault.INVALID)]),
        ("project=no-such-project", [("project", Fault.INVALID)]),
        ("report=500112-2021", [("report", Fault.INVALID)]),
        ("department=99999999999999999999", [("department", Fault.INVALID)]),
        ("descendants=true", [("descendants", Fault.MISSING)]),
        ("role=lead", [("role", Fault.MISSING)]),
        ("year_min=2025&year_max=2021", [("year_min", Fault.INVALID)]),
        ("cursor=zzz", [("cursor", Fault.INVALID)]),
        ("x=1&y=2", [("x", Fault.UNKNOWN), ("y", Fault.UNKNOWN)]),
        ("year=x&page_size=x", [("year", Fault.INVALID), ("page_size", Fault.INVALID)]),
    ],
)
def test_what_is_not_understood_is_refused(query: str, expected: list[tuple[str, Fault]]) -> None:
    assert faults(query) == expected


def test_a_refusal_says_what_is_allowed_and_what_was_meant() -> None:
    with pytest.raises(BadQuery) as error:
        parsed("status=complete")
    (problem,) = error.value.problems
    assert "completed" in problem.allowed
    assert problem.did_you_mean == "completed"


def test_a_browsers_form_may_send_empty_fields() -> None:
    found = parsed("category=&year=2021&status=", blanks=True)
    assert found.given == {"year": [2021]}


def test_the_order_follows_what_the_list_is_narrowed_by() -> None:
    orders = {query: parsed(query).ordering.name for query in ("year=2021", "overdue=true", "updated_since=2025-01-01")}
    assert orders == {"year=2021": "-id", "overdue=true": "due_on", "updated_since=2025-01-01": "updated_at"}
    assert parsed("overdue=true&ordering=-year").ordering.name == "-year"


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("year_min=2020", "-year"),
        ("year_max=2020", "-year"),
        ("as_of=2020-01-01", "-year"),
        ("year_min=2020&overdue=true", "-year"),
        ("year_max=2020&overdue=true", "due_on"),
        ("as_of=2020-01-01&due_year=2020", "due_on"),
    ],
)
def test_the_order_begins_where_the_rows_do(query: str, order: str) -> None:
    assert parsed(query).ordering.name == order


def test_a_cursor_belongs_to_its_order() -> None:
    cursor = Cursor("due_on", "2021-12-31", "5", backwards=False)
    assert parsed(f"ordering=due_on&cursor={cursor}").cursor == cursor
    assert faults(f"ordering=-id&cursor={cursor}") == [("cursor", Fault.INVALID)]
    assert faults(f"ordering=due_on&cursor={Cursor('due_on', 'never', '5', backwards=False)}") == [
        ("cursor", Fault.INVALID)
    ]


@pytest.mark.parametrize(
    ("query", "kept"), [("year=2021&overdue=true", True), ("quantified=true", False), ("as_of=2022-01-01", False)]
)
def test_kept_totals_answer_only_what_they_can_tell(query: str, kept: bool) -> None:
    assert (parsed(query).tally is not None) == kept


def test_one_row_takes_fields_and_day_alone() -> None:
    assert set(COMMITMENTS.single(["id"]).filterset.base_filters) == {"as_of", "fields"}
    assert set(JURISDICTIONS.single([]).filterset.base_filters) == set()


def test_an_order_ends_with_the_key() -> None:
    assert Ordering("-due_on", "due_on").terms() == ("-due_on", "-id")
    assert Ordering("-due_on", "due_on").terms(backwards=True) == ("due_on", "id")
    assert Ordering("id", "id").terms() == ("id",)


# -- Places in an order: pages meet without a gap and without a double, forwards and backwards -------------------------

TEXTS = st.text(max_size=30)


@given(ordering=TEXTS, value=TEXTS, key=TEXTS, backwards=st.booleans())
def test_a_cursor_is_read_as_it_was_written(ordering: str, value: str, key: str, backwards: bool) -> None:
    cursor = Cursor(ordering, value, key, backwards)
    assert Cursor.read(str(cursor)) == cursor


@given(text=st.text(max_size=60))
def test_any_other_text_is_read_or_refused(text: str) -> None:
    with suppress(ValidationError):
        assert str(Cursor.read(text))


def test_the_longest_overdue_is_the_earliest_due() -> None:
    assert parsed("overdue=true&ordering=-days_overdue").ordering.terms() == ("due_on", "id")
    assert parsed("overdue=true&ordering=days_overdue").ordering.terms() == ("-due_on", "-id")


@pytest.mark.parametrize("parts", ['["id","1"]', '["id",1,"1",0]', '["id","1","1",2]', "[]", "7", "[[[["])
def test_damaged_cursors_are_refused(parts: str) -> None:
    with pytest.raises(ValidationError):
        Cursor.read(base64.urlsafe_b64encode(parts.encode()).decode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["id", "-id", "due_on", "-due_on", "-year", "days_overdue", "-quantity"])
def test_pages_meet(name: str) -> None:
    report = ReportFactory.create()
    for position in range(7):
        CommitmentFactory.create(
            report=report,
            position=position,
            due_on=date(2021, 1, 1 + position % 3),
            quantity=Decimal(position % 4),
            unit="所",
            comparator="eq",
        )
    ordering = parsed(f"ordering={name}&unit=所&overdue=true").ordering
    rows = list(Commitment.objects.order_by(*ordering.terms()))
    for place, row in enumerate(rows):
        value = str(getattr(row, ordering.column))
        after = beyond(Commitment, ordering, Cursor(name, value, str(row.pk), backwards=False))
        before = beyond(Commitment, ordering, Cursor(name, value, str(row.pk), backwards=True))
        assert list(Commitment.objects.filter(after).order_by(*ordering.terms())) == rows[place + 1 :]
        back = Commitment.objects.filter(before).order_by(*ordering.terms(backwards=True))
        assert list(back) == rows[:place][::-1]


@pytest.mark.django_db
def test_a_place_among_names_may_hold_any_sign() -> None:
    row = ProjectFactory.create(name="第“一”中学%_'")
    place = beyond(Project, Ordering("name", "pinyin"), Cursor("name", row.pinyin, str(row.pk), backwards=False))
    assert not Project.objects.filter(place).exists()


@pytest.mark.parametrize("value", ["\x00", "\ud800", "x" * 2000])
def test_a_place_that_no_column_can_hold_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        beyond(Project, Ordering("name", "pinyin"), Cursor("name", value, "1", backwards=False))


@pytest.mark.parametrize(
    ("query", "cure"),
    [
        ("updated_since=2025-01-31T08:00:00+08:00", " %2B"),
        ("jurisdiction=渝北区", "/api/v1/jurisdictions/?q=%E6%B8%9D%E5%8C%97%E5%8C%BA"),
        ("q=%ff", "UTF-8"),
    ],
)
def test_an_error_names_the_cure(query: str, cure: str) -> None:
    with pytest.raises(BadQuery) as error:
        parsed(query)
    assert cure in str(error.value.problems[0].detail)


def test_a_moment_may_be_in_small_letters() -> None:
    moments = [parsed(f"updated_since={text}").given for text in ("2025-01-31t08:00:00z", "2025-01-31T08:00:00Z")]
    assert moments[0] == moments[1]


@pytest.mark.parametrize(("name", "meant"), [("limit", None), ("page_size", None), ("categroy", "category")])
def test_counts_suggest_only_what_they_take(name: str, meant: str | None) -> None:
    with pytest.raises(BadQuery) as error:
        COMMITMENTS.grouped(("category",)).parse(QueryDict(f"{name}=1"), today=TODAY)
    assert error.value.problems[0].did_you_mean == meant
