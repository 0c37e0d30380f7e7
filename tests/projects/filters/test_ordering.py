"""Places in an order: pages meet without a gap and without a double, forwards and backwards."""

import base64
from contextlib import suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from projects.filters.ordering import Cursor, Ordering, beyond
from projects.models import Commitment, Project
from tests.factories import CommitmentFactory, ProjectFactory, ReportFactory

TEXTS = st.text(max_size=30)


@given(ordering=TEXTS, value=TEXTS, key=TEXTS, backwards=st.booleans())
def test_a_cursor_is_read_as_it_was_written(ordering: str, value: str, key: str, backwards: bool) -> None:
    cursor = Cursor(ordering, value, key, backwards)
    assert Cursor.read(str(cursor)) == cursor


@given(text=st.text(max_size=60))
def test_any_other_text_is_read_or_refused(text: str) -> None:
    with suppress(ValidationError):
        assert str(Cursor.read(text))


@pytest.mark.parametrize("parts", ['["id","1"]', '["id",1,"1",0]', '["id","1","1",2]', "[]", "7", "[[[["])
def test_damaged_cursors_are_refused(parts: str) -> None:
    with pytest.raises(ValidationError):
        Cursor.read(base64.urlsafe_b64encode(parts.encode()).decode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["id", "-id", "due_on", "-due_on", "-year"])
def test_pages_meet(name: str) -> None:
    report = ReportFactory.create()
    for position in range(7):
        CommitmentFactory.create(report=report, position=position, due_on=date(2021, 1, 1 + position % 3))
    ordering = Ordering(name, name.removeprefix("-"))
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
