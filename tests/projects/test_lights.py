"""Shares of figures and of time, and the traffic light that follows from them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from projects import rules
from projects.choices import Light, Milestone

DUE = date(2021, 12, 31)

days = st.dates(date(1954, 1, 1), date(2100, 12, 31))
amounts = st.decimals(0, 10**9, places=2)


class TestShares:
    @pytest.mark.parametrize(
        ("quantity", "reported", "share"), [(10, 5, "0.5"), (10, 12, "1"), (10, -3, "0"), (0, 0, "1")]
    )
    def test_reached(self, quantity: int, reported: int, share: str) -> None:
        assert rules.share_reached(Decimal(quantity), Decimal(reported)) == Decimal(share)

    @given(quantity=amounts, reported=amounts)
    def test_reached_is_a_share(self, quantity: Decimal, reported: Decimal) -> None:
        assert 0 <= rules.share_reached(quantity, reported) <= 1

    @given(start=days, due=days, on=days)
    def test_elapsed_is_a_share_that_ends_at_one(self, start: date, due: date, on: date) -> None:
        share = rules.share_elapsed(start, due, on)
        assert 0 <= share <= 1
        assert on < due or share == 1

    def test_elapsed_at_half_time(self) -> None:
        assert rules.share_elapsed(date(2021, 1, 1), date(2021, 1, 11), date(2021, 1, 6)) == Decimal("0.5")


def light(
    reported: str | None,
    *,
    milestone: str = "complete",
    found: str = "open",
    comparator: str = "eq",
    bound: str = "eq",
    on: date | None = date(2021, 1, 6),
    official: bool = False,
) -> Light:
    """The light of ten things promised for 1 to 11 January, of which so many are reported."""
    value = None if reported is None else Decimal(reported)
    return rules.light(
        milestone,
        found,
        Decimal(10),
        comparator,
        value,
        bound,
        starts_on=date(2021, 1, 1),
        due_on=date(2021, 1, 11),
        reported_on=on,
        official=official,
    )


class TestLight:
    @pytest.mark.parametrize(
        ("reported", "expected", "officially"),
        [
            ("10", "blue", "blue"),
            ("6", "blue", "blue"),
            ("5.99", "green", "green"),
            ("5", "green", "green"),
            ("4.999", "green", "yellow"),
            ("4", "green", "yellow"),
            ("3.999", "yellow", "yellow"),
            ("2", "yellow", "yellow"),
            ("1.999", "red", "red"),
            ("0", "red", "red"),
        ],
    )
    def test_a_total_at_half_time(self, reported: str, expected: str, officially: str) -> None:
        assert light(reported) == expected
        assert light(reported, official=True) == officially

    @pytest.mark.parametrize(
        ("reported", "comparator", "expected"),
        [("10", "gte", "green"), ("9.9", "gte", "red"), ("10.5", "lte", "red"), ("9", "lte", "green")],
    )
    def test_a_level_is_met_or_not(self, reported: str, comparator: str, expected: str) -> None:
        assert light(reported, milestone="level", comparator=comparator) == expected

    def test_a_bound_that_leaves_a_level_open_is_grey(self) -> None:
        assert light("9", milestone="level", comparator="gte", bound="gte") == Light.GREY

    @pytest.mark.parametrize("milestone", Milestone)
    @pytest.mark.parametrize(
        ("found", "expected"), [("kept", "blue"), ("kept_late", "blue"), ("not_kept", "red"), ("partly_kept", "yellow")]
    )
    def test_what_became_of_it_comes_before_the_figure(self, milestone: str, found: str, expected: str) -> None:
        assert light("0", milestone=milestone, found=found) == light(None, milestone=milestone, found=found) == expected

    @pytest.mark.parametrize("milestone", ["plan", "start", "progress"])
    @given(reported=amounts)
    def test_what_is_only_begun_or_gone_on_with_has_no_share(self, milestone: str, reported: Decimal) -> None:
        assert light(str(reported), milestone=milestone) == Light.GREY

    def test_nothing_known_is_grey(self) -> None:
        assert light(None) == light("5", on=None) == Light.GREY

    @given(reported=amounts, more=amounts, milestone=st.sampled_from(["complete", "level"]))
    def test_more_is_never_worse(self, reported: Decimal, more: Decimal, milestone: str) -> None:
        order = [Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE]
        better, now = (light(str(value), milestone=milestone) for value in (reported + more, reported))
        assert order.index(better) >= order.index(now)

    @given(reported=amounts, quantity=amounts)
    def test_a_level_is_never_green_against_its_bound(self, reported: Decimal, quantity: Decimal) -> None:
        shown = rules.light(
            "level", "open", quantity, "lte", reported, "eq", starts_on=DUE, due_on=DUE, reported_on=DUE
        )
        assert (shown == Light.GREEN) == (reported <= quantity)
