"""Which years' reports are on file and which are missing, place by place."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, strategies as st

from projects.choices import ReportState
from projects.coverage import Coverage, coverage_of, last_year, years_missing
from tests.factories import JurisdictionFactory, ReportFactory

YEARS = st.integers(1954, 2100)
TODAY = date(2026, 3, 1)


def test_years_are_missing_from_the_first_on_file_to_the_last_that_can_be() -> None:
    assert years_missing([2021, 2025], last=2026) == (2022, 2023, 2024, 2026)
    assert years_missing([2025, 2021, 2022], last=2022) == ()
    assert years_missing([2021], last=2021) == ()


def test_of_a_place_without_a_report_nothing_is_said() -> None:
    assert years_missing([], last=2026) == ()


@given(st.sets(YEARS), YEARS)
def test_no_year_is_both_and_none_between_is_neither(years: set[int], last: int) -> None:
    missing = years_missing(years, last=last)
    assert not years.intersection(missing)
    assert list(missing) == sorted(missing)
    if years:
        assert set(range(min(years), last + 1)) <= years.union(missing)
    assert all(min(years) < year <= last for year in missing)


@pytest.mark.parametrize(
    ("valid_until", "year"),
    [(None, 2026), (date(2025, 11, 6), 2025), (date(2025, 1, 1), 2025), (date(2030, 1, 1), 2026)],
)
def test_an_ended_government_gave_its_last_report_in_its_last_year(valid_until: date | None, year: int) -> None:
    assert last_year(TODAY, valid_until) == year


@pytest.mark.django_db
def test_each_place_has_its_own_and_only_published_reports_count() -> None:
    ended = JurisdictionFactory.create(code="500112", valid_until=date(2025, 11, 6))
    going_on, bare = JurisdictionFactory.create(code="500109"), JurisdictionFactory.create(code="500108")
    for place, year in ((ended, 2021), (ended, 2025), (going_on, 2024)):
        ReportFactory.create(jurisdiction=place, year=year)
    ReportFactory.create(jurisdiction=ended, year=2022, state=ReportState.DRAFT)
    ReportFactory.create(jurisdiction=ended, year=2023, state=ReportState.WITHDRAWN)
    with CaptureQueriesContext(connection) as asked:
        found = coverage_of(["500112", "500109", "500108", "110101"], on=TODAY)
    assert found == {
        ended.code: Coverage((2021, 2025), (2022, 2023, 2024)),
        going_on.code: Coverage((2024,), (2025, 2026)),
        bare.code: Coverage(),
    }
    assert len(asked) == 2
