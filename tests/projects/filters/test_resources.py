"""The smaller lists: each parameter keeps the rows it names."""

from datetime import date

import pytest
from django.http import QueryDict

from projects import filters
from projects.filters import ListDefinition
from tests.projects.api.world import World, world

TODAY = date(2026, 3, 1)


@pytest.fixture
def made(db: None) -> World:
    """The world."""
    return world()


@pytest.mark.parametrize(
    ("definition", "query", "count"),
    [
        (filters.PROJECTS, "", 1),
        (filters.PROJECTS, "category=education&jurisdiction=500112", 1),
        (filters.PROJECTS, "category=health", 0),
        (filters.PROJECTS, "q=悦来 中学", 1),
        (filters.PROJECTS, "q=悦中", 1),
        (filters.PROJECTS, "q=医院", 0),
        (filters.PROJECTS, "updated_since=2099-01-01T00:00:00Z", 0),
        (filters.REPORTS, "", 2),
        (filters.REPORTS, "year=2021", 1),
        (filters.REPORTS, "year_min=2022&year_max=2024", 0),
        (filters.REPORTS, "as_of=2022-01-01", 1),
        (filters.JURISDICTIONS, "", 2),
        (filters.JURISDICTIONS, "level=county", 1),
        (filters.JURISDICTIONS, "parent=500000", 1),
        (filters.JURISDICTIONS, "below=500000", 2),
        (filters.JURISDICTIONS, "q=渝北", 1),
        (filters.JURISDICTIONS, "q=5001", 1),
        (filters.DEPARTMENTS, "jurisdiction=500112", 2),
        (filters.DEPARTMENTS, "jurisdiction=500000&descendants=true", 2),
        (filters.DEPARTMENTS, "q=局", 2),
        (filters.EVIDENCE, "", 3),
        (filters.EVIDENCE, "speaker=official_claim", 2),
        (filters.EVIDENCE, "speaker=media", 1),
        (filters.EVIDENCE, "speaker=official_claim,media", 3),
        (filters.EVIDENCE, "delay_reason=land", 1),
        (filters.EVIDENCE, "delay_reason=land,funding", 1),
        (filters.EVIDENCE, "delay_reason=funding", 0),
        (filters.EVIDENCE, "verdict=completed", 1),
        (filters.EVIDENCE, "updated_since=2099-01-01", 0),
        (filters.SOURCES, "", 3),
        (filters.SOURCES, "kind=outcome_notice", 1),
        (filters.SOURCES, "kind=outcome_notice,media", 3),
        (filters.SOURCES, "kind=audit", 0),
        (filters.SOURCES, "jurisdiction=500112", 1),
        (filters.SOURCES, "jurisdiction=500000", 0),
        (filters.SOURCES, "jurisdiction=500000&descendants=true", 1),
        (filters.SOURCES, "report=500112-2021", 1),
        (filters.SOURCES, "report=500112-2025", 0),
        (filters.SOURCES, "q=完成情况 日报", 1),
        (filters.SOURCES, "q=日报", 3),
        (filters.SOURCES, "q=卫报", 0),
        (filters.SOURCES, "updated_since=2099-01-01", 0),
        (filters.STATUS_CHANGES, "", 4),
        (filters.STATUS_CHANGES, "from_status=not_assessed&to_status=completed", 1),
        (filters.STATUS_CHANGES, "effective_after=2022-05-01&effective_before=2022-05-01", 1),
        (filters.RESTATEMENTS, "", 1),
        (filters.RESTATEMENTS, "phase=same", 0),
        (filters.RESTATEMENTS, "phase=next", 1),
        (filters.ACHIEVEMENTS, "q=学校", 1),
    ],
)
def test_one_list(made: World, definition: ListDefinition, query: str, count: int) -> None:
    assert definition.parse(QueryDict(query), today=TODAY).rows.count() == count


def test_rows_of_one_commitment(made: World) -> None:
    school, road = made.school.pk, made.road.pk
    for definition, query, count in (
        (filters.EVIDENCE, f"commitment={school}", 1),
        (filters.EVIDENCE, f"source={made.notice.pk}", 1),
        (filters.STATUS_CHANGES, f"commitment={road}", 1),
        (filters.RESTATEMENTS, f"earlier={school}", 1),
        (filters.RESTATEMENTS, f"later={school}", 0),
    ):
        assert definition.parse(QueryDict(query), today=TODAY).rows.count() == count, query
