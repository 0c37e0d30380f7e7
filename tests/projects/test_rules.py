"""The rules of the domain, example by example and as properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from projects import rules
from projects.choices import Comparator, DueBasis, Outcome, Status
from projects.rules import Grace

DUE = date(2021, 12, 31)
GRACE = Grace(stated=0, implied=90)

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


class TestCarried:
    @pytest.mark.parametrize("verdict", sorted(set(Status) - {Status.NOT_ASSESSED}))
    def test_every_verdict_carries_its_own_status_and_never_the_first(self, verdict: str) -> None:
        assert rules.carries(verdict, verdict)
        assert not rules.carries(verdict, Status.NOT_ASSESSED)

    @pytest.mark.parametrize(
        ("verdict", "status", "carried"),
        [
            ("in_progress", "completed", False),
            ("in_progress", "partial", False),
            ("partial", "in_progress", True),
            ("partial", "completed", False),
            ("completed", "not_met", False),
            ("not_met", "completed", False),
            ("not_started", "in_progress", False),
        ],
    )
    def test_examples(self, verdict: str, status: str, carried: bool) -> None:
        assert rules.carries(verdict, status) is carried


class TestEarliest:
    @pytest.mark.parametrize(
        ("precision", "first"),
        [
            ("day", date(2024, 11, 30)),
            ("month", date(2024, 11, 1)),
            ("quarter", date(2024, 10, 1)),
            ("year", date(2024, 1, 1)),
            ("by", None),
        ],
    )
    def test_first_day_of_the_period(self, precision: str, first: date | None) -> None:
        assert rules.earliest(date(2024, 11, 30), precision) == first

    def test_nothing_known(self) -> None:
        assert rules.earliest(None, "") is None


def outcome(
    milestone: str,
    status: str,
    *,
    as_of: date | None = date(2024, 12, 31),
    happened_on: date | None = None,
    precision: str = "",
) -> str:
    return rules.outcome(milestone, status, as_of=as_of, happened_on=happened_on, precision=precision, due_on=DUE).value


class TestOutcome:
    @pytest.mark.parametrize(
        ("milestone", "status", "expected"),
        [
            ("plan", "completed", "kept"),
            ("plan", "in_progress", "not_kept"),
            ("start", "in_progress", "kept"),
            ("start", "completed", "kept"),
            ("start", "not_started", "not_kept"),
            # One of three things that were to start.
            ("start", "partial", "partly_kept"),
            ("complete", "completed", "kept"),
            ("complete", "in_progress", "not_kept"),
            ("complete", "partial", "partly_kept"),
            ("complete", "not_met", "not_kept"),
            ("level", "completed", "kept"),
            ("level", "in_progress", "not_kept"),
            ("complete", "not_assessed", "open"),
            # To go on names no end; a thing that is finished was gone on with.
            ("progress", "in_progress", "ongoing"),
            ("progress", "not_started", "ongoing"),
            ("progress", "not_met", "ongoing"),
            ("progress", "not_assessed", "ongoing"),
            ("progress", "completed", "kept"),
            ("progress", "cancelled", "closed"),
            *(("complete", status, "closed") for status in ("suspended", "cancelled", "unverifiable")),
        ],
    )
    def test_of_evidence_after_the_due_date(self, milestone: str, status: str, expected: str) -> None:
        assert outcome(milestone, status) == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"), [(date(2021, 12, 30), "open"), (DUE, "not_kept"), (date(2022, 1, 1), "not_kept")]
    )
    def test_evidence_before_the_due_date_tells_nothing_of_it(self, as_of: date, expected: str) -> None:
        assert outcome("complete", "in_progress", as_of=as_of) == expected

    def test_a_plain_failure_needs_no_later_evidence(self) -> None:
        assert outcome("complete", "not_met", as_of=date(2021, 6, 30)) == "not_kept"

    @pytest.mark.parametrize(
        ("happened_on", "precision", "expected"),
        [
            (date(2021, 12, 31), "day", "kept"),
            (date(2022, 1, 1), "day", "kept_late"),
            (date(2022, 1, 31), "month", "kept_late"),
            (date(2021, 12, 31), "month", "kept"),
            (date(2022, 3, 31), "quarter", "kept_late"),
            (date(2022, 12, 31), "year", "kept_late"),
            (date(2021, 12, 31), "year", "kept"),
            # Known by October 2022, perhaps in 2021: nobody may be charged with being late.
            (date(2022, 10, 21), "by", "kept"),
            (None, "", "kept"),
        ],
    )
    def test_late_only_for_certain(self, happened_on: date | None, precision: str, expected: str) -> None:
        assert outcome("complete", "completed", happened_on=happened_on, precision=precision) == expected

    def test_to_go_on_is_never_late(self) -> None:
        assert outcome("progress", "completed", happened_on=date(2030, 1, 1), precision="day") == "kept"


class TestDueState:
    @pytest.mark.parametrize(
        ("basis", "first"), [(DueBasis.STATED, date(2022, 1, 1)), (DueBasis.IMPLIED, date(2022, 4, 1))]
    )
    def test_unverified_from_the_day_after_the_grace_period(self, basis: str, first: date) -> None:
        assert rules.overdue_since("open", DUE, basis, GRACE) == first
        assert rules.due_state("open", DUE, basis, on=first - timedelta(days=1), grace=GRACE) == "running"
        assert rules.due_state("open", DUE, basis, on=first, grace=GRACE) == "unverified"
        assert rules.overdue_basis("open", DUE, basis, on=first, grace=GRACE) == "none"

    @pytest.mark.parametrize("found", ["not_kept", "partly_kept"])
    def test_evidence_waits_for_no_grace(self, found: str) -> None:
        assert rules.due_state(found, DUE, DueBasis.IMPLIED, on=DUE, grace=GRACE) == "running"
        after = DUE + timedelta(days=1)
        assert rules.due_state(found, DUE, DueBasis.IMPLIED, on=after, grace=GRACE) == found
        assert rules.overdue_basis(found, DUE, DueBasis.IMPLIED, on=after, grace=GRACE) == "evidence"

    @pytest.mark.parametrize("found", ["kept", "kept_late", "ongoing", "closed"])
    def test_others_stand_whatever_the_day(self, found: str) -> None:
        assert rules.overdue_since(found, DUE, DueBasis.STATED, GRACE) is None
        for on in (date(1990, 1, 1), DUE, date(2100, 1, 1)):
            assert rules.due_state(found, DUE, DueBasis.STATED, on=on, grace=GRACE) == found
            assert rules.overdue_basis(found, DUE, DueBasis.STATED, on=on, grace=GRACE) is None

    @given(found=st.sampled_from(Outcome), due=days, on=days, basis=st.sampled_from(DueBasis), wait=st.integers(0, 400))
    def test_overdue_is_three_of_the_states(self, found: str, due: date, on: date, basis: str, wait: int) -> None:
        grace = Grace(wait, wait)
        state = rules.due_state(found, due, basis, on=on, grace=grace)
        expected = {"partly_kept": "evidence", "not_kept": "evidence", "unverified": "none"}.get(state)
        assert rules.overdue_basis(found, due, basis, on=on, grace=grace) == expected
        tomorrow = rules.overdue_basis(found, due, basis, on=on + timedelta(days=1), grace=grace)
        assert expected is None or tomorrow == expected


class TestDaysLate:
    @pytest.mark.parametrize(("happened_on", "late"), [(date(2022, 1, 1), 1), (date(2023, 1, 1), 366)])
    def test_counts_from_the_due_date_without_grace(self, happened_on: date, late: int) -> None:
        assert rules.days_late("kept_late", DUE, happened_on, "day") == late

    @pytest.mark.parametrize("precision", ["month", "quarter", "year", "by"])
    def test_only_of_a_known_day(self, precision: str) -> None:
        assert rules.days_late("kept_late", DUE, date(2024, 12, 31), precision) is None

    @pytest.mark.parametrize("found", sorted(set(Outcome) - {Outcome.KEPT_LATE}))
    def test_only_what_was_kept_late(self, found: str) -> None:
        assert rules.days_late(found, DUE, date(2023, 1, 1), "day") is None

    def test_without_a_day_nothing_is_known(self) -> None:
        assert rules.days_late("kept_late", DUE, None, "") is None


class TestFigures:
    @pytest.mark.parametrize(
        ("quantity", "comparator", "value", "bound", "met"),
        [
            ("10", "gte", "10", "eq", True),
            ("10", "gte", "9.9", "eq", False),
            ("10", "eq", "12", "eq", True),
            ("5", "lte", "5.5", "eq", False),
            ("5", "lte", "5", "eq", True),
            ("55", "gte", "12", "eq", False),
            # Over 50 million: of 63 million it says nothing, of 40 million that they are reached.
            ("63", "gte", "50", "gte", None),
            ("40", "gte", "50", "gte", True),
            ("5", "lte", "5.5", "lte", None),
            ("5", "lte", "4", "lte", True),
            ("5", "lte", "6", "gte", False),
            ("63", "gte", "50", "lte", False),
            ("10", "approx", "9.5", "eq", True),
            ("10", "approx", "8", "eq", False),
            ("10", "gte", "9.8", "approx", None),
            ("10", "gte", "5", "approx", False),
        ],
    )
    def test_meets(self, quantity: str, comparator: str, value: str, bound: str, met: bool | None) -> None:
        assert rules.meets(Decimal(quantity), comparator, Decimal(value), bound) is met

    @given(quantity=amounts, comparator=st.sampled_from(Comparator), value=amounts)
    def test_a_bare_value_always_tells(self, quantity: Decimal, comparator: str, value: Decimal) -> None:
        assert rules.meets(quantity, comparator, value) is not None

    @pytest.mark.parametrize(
        ("verdict", "met", "contradicts"),
        [
            ("completed", False, True),
            ("completed", True, False),
            ("completed", None, False),
            ("not_met", True, True),
            ("not_met", False, False),
            ("in_progress", True, False),
            ("partial", False, False),
        ],
    )
    def test_contradicts(self, verdict: str, met: bool | None, contradicts: bool) -> None:
        assert rules.contradicts(verdict, met) is contradicts

    @pytest.mark.parametrize(
        ("milestone", "year", "due", "coverage", "as_of", "forecast", "measures"),
        [
            ("level", 2021, 2025, "level", 2024, False, True),
            ("level", 2021, 2025, "cumulative", 2024, False, False),
            ("level", 2021, 2025, "level", 2024, True, False),
            ("complete", 2021, 2025, "cumulative", 2024, False, True),
            # One autumn's three schools are not the forty-two of five years.
            ("complete", 2021, 2025, "period", 2021, False, False),
            ("complete", 2021, 2021, "period", 2021, False, True),
            ("complete", 2021, 2021, "period", 2022, False, False),
            ("complete", 2021, 2025, "level", 2024, False, False),
        ],
    )
    def test_comparable(
        self, milestone: str, year: int, due: int, coverage: str, as_of: int, forecast: bool, measures: bool
    ) -> None:
        day = date(as_of, 12, 31)
        found = rules.comparable(milestone, year, date(due, 12, 31), coverage, day, forecast=forecast)
        assert found is measures


class TestSpeaker:
    @pytest.mark.parametrize(
        ("kind", "place", "claimant", "expected"),
        [
            (None, None, "500112", "official_claim"),
            (None, None, "500105", "official_other"),
            (None, None, "500199", "official_claim"),
            ("outcome_notice", "500112", None, "official_claim"),
            ("official_page", "500000", None, "official_other"),
            ("official_page", "500199", None, "official_claim"),
            ("media", "500112", None, "media"),
            ("other", None, None, "media"),
            ("audit", "500112", None, "independent"),
        ],
    )
    def test_follows_from_the_source(
        self, kind: str | None, place: str | None, claimant: str | None, expected: str
    ) -> None:
        heirs = frozenset({"500199"})
        assert rules.speaker("500112", heirs, kind=kind, place=place, claimant=claimant) == expected
