"""The rules of the domain, example by example and as properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from projects import rules
from projects.choices import OPEN_STATUSES, Comparator, DueBasis, Light, Milestone, Status
from projects.rules import Grace

DUE = date(2021, 12, 31)
GRACE = Grace(stated=0, implied=90)
CLOSED = set(Status) - OPEN_STATUSES

days = st.dates(date(1954, 1, 1), date(2100, 12, 31))
amounts = st.decimals(0, 10**9, places=2)


class TestTransitions:
    def test_every_status_has_its_transitions(self) -> None:
        assert set(rules.TRANSITIONS) == set(Status)

    @pytest.mark.parametrize("status", Status)
    def test_no_status_leads_to_itself_and_all_can_be_taken_back(self, status: Status) -> None:
        assert not rules.may_become(status, status)
        assert status == Status.NOT_ASSESSED or rules.may_become(status, Status.NOT_ASSESSED)

    @pytest.mark.parametrize(
        ("before", "after", "allowed"),
        [
            ("not_assessed", "completed", True),
            ("in_progress", "completed", True),
            ("completed", "partial", True),
            ("completed", "not_met", True),
            ("completed", "in_progress", False),
            ("completed", "not_started", False),
            ("completed", "cancelled", False),
            ("cancelled", "in_progress", True),
            ("cancelled", "partial", False),
            ("cancelled", "suspended", False),
        ],
    )
    def test_examples(self, before: str, after: str, allowed: bool) -> None:
        assert rules.may_become(before, after) is allowed

    def test_an_unknown_status_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="done"):
            rules.may_become("not_assessed", "done")


class TestOverdue:
    @pytest.mark.parametrize(
        ("basis", "first"), [(DueBasis.STATED, date(2022, 1, 1)), (DueBasis.IMPLIED, date(2022, 4, 1))]
    )
    def test_begins_the_day_after_the_grace_period(self, basis: str, first: date) -> None:
        assert rules.overdue_since("in_progress", DUE, basis, GRACE) == first
        assert not rules.is_overdue("in_progress", DUE, basis, on=first - timedelta(days=1), grace=GRACE)
        assert rules.is_overdue("in_progress", DUE, basis, on=first, grace=GRACE)

    @pytest.mark.parametrize("status", sorted(CLOSED))
    def test_closed_commitments_never_are(self, status: str) -> None:
        assert rules.overdue_since(status, DUE, DueBasis.STATED, GRACE) is None
        assert not rules.is_overdue(status, DUE, DueBasis.STATED, on=date(2100, 1, 1), grace=GRACE)

    @given(due=days, on=days, basis=st.sampled_from(DueBasis), grace=st.integers(0, 400))
    def test_once_overdue_always_overdue(self, due: date, on: date, basis: str, grace: int) -> None:
        allowed = Grace(grace, grace)
        today = rules.is_overdue("partial", due, basis, on=on, grace=allowed)
        tomorrow = rules.is_overdue("partial", due, basis, on=on + timedelta(days=1), grace=allowed)
        assert today == ((on - due).days > grace)
        assert tomorrow or not today


class TestDaysLate:
    @pytest.mark.parametrize(
        ("completed", "late"), [(DUE, None), (date(2021, 6, 1), None), (date(2022, 1, 1), 1), (date(2023, 1, 1), 366)]
    )
    def test_counts_from_the_due_date_without_grace(self, completed: date, late: int | None) -> None:
        assert rules.days_late("completed", "complete", DUE, completed) == late

    @pytest.mark.parametrize("status", sorted(set(Status) - {Status.COMPLETED}))
    def test_only_completed_commitments_are_late(self, status: str) -> None:
        assert rules.days_late(status, "complete", DUE, date(2023, 1, 1)) is None

    def test_without_a_day_nothing_is_known(self) -> None:
        assert rules.days_late("completed", "complete", DUE, None) is None

    @pytest.mark.parametrize("milestone", sorted(Milestone))
    def test_only_an_end_that_was_promised_can_come_late(self, milestone: str) -> None:
        late = None if milestone == Milestone.PROGRESS else 366
        assert rules.days_late("completed", milestone, DUE, date(2023, 1, 1)) == late


class TestShares:
    @pytest.mark.parametrize(
        ("quantity", "comparator", "reported", "share"),
        [
            (10, "gte", 5, "0.5"),
            (10, "eq", 12, "1"),
            (10, "gte", -3, "0"),
            (0, "eq", 0, "1"),
            (5, "lte", 10, "0.5"),
            (5, "lte", 5, "1"),
            (5, "lte", 0, "1"),
        ],
    )
    def test_reached(self, quantity: int, comparator: str, reported: int, share: str) -> None:
        assert rules.share_reached(Decimal(quantity), comparator, Decimal(reported)) == Decimal(share)

    @given(quantity=amounts, comparator=st.sampled_from(Comparator), reported=amounts)
    def test_reached_is_a_share(self, quantity: Decimal, comparator: str, reported: Decimal) -> None:
        assert 0 <= rules.share_reached(quantity, comparator, reported) <= 1

    @given(start=days, due=days, on=days)
    def test_elapsed_is_a_share_that_ends_at_one(self, start: date, due: date, on: date) -> None:
        share = rules.share_elapsed(start, due, on)
        assert 0 <= share <= 1
        assert on < due or share == 1

    def test_elapsed_at_half_time(self) -> None:
        assert rules.share_elapsed(date(2021, 1, 1), date(2021, 1, 11), date(2021, 1, 6)) == Decimal("0.5")


def light(reported: str | None, *, status: str = "partial", on: date | None = date(2021, 1, 6)) -> Light:
    """The light of ten things promised for 1 to 11 January, of which so many are reported."""
    value = None if reported is None else Decimal(reported)
    due = date(2021, 1, 11)
    return rules.light(status, Decimal(10), "eq", value, starts_on=date(2021, 1, 1), due_on=due, reported_on=on)


class TestLight:
    @pytest.mark.parametrize(
        ("reported", "expected"),
        [
            ("5", "green"),
            ("10", "green"),
            ("4", "green"),
            ("3.999", "yellow"),
            ("2", "yellow"),
            ("1.999", "red"),
            ("0", "red"),
        ],
    )
    def test_at_half_time(self, reported: str, expected: str) -> None:
        assert light(reported) == expected

    def test_completed_is_blue_whatever_the_figure(self) -> None:
        assert light("0", status="completed") == light(None, status="completed") == Light.BLUE

    def test_nothing_known_is_grey(self) -> None:
        assert light(None) == light("5", on=None) == Light.GREY
        unknown = rules.light("partial", None, None, Decimal(5), starts_on=DUE, due_on=DUE, reported_on=DUE)
        assert unknown == Light.GREY

    @given(reported=amounts, more=amounts)
    def test_more_is_never_worse(self, reported: Decimal, more: Decimal) -> None:
        order = [Light.RED, Light.YELLOW, Light.GREEN]
        assert order.index(light(str(reported + more))) >= order.index(light(str(reported)))
