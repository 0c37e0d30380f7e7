"""Each parameter keeps the commitments it names, and no others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import QueryDict

from projects.api import resources
from projects.api.queries import page_plan
from projects.choices import DueState, Light, ResponsibilityRole
from projects.filters import ACHIEVEMENTS, COMMITMENTS
from projects.models import Commitment, Responsibility
from projects.sql import Parameter
from tests.factories import CommitmentFactory, ProjectFactory
from tests.projects.api.world import World, world

TODAY = date(2026, 3, 1)
Numbers = Callable[[str], set[int]]


@pytest.fixture
def made(db: None) -> World:
    """The world."""
    return world()


def numbers(query: str) -> set[int]:
    """Return the numbers of the commitments that a query keeps."""
    asked = COMMITMENTS.parse(QueryDict(query), today=TODAY)
    return set(asked.rows.values_list("pk", flat=True))


def test_all(made: World) -> None:
    assert len(numbers("")) == Commitment.objects.published().count() == 5


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("category=health", {"hospital"}),
        ("category=health&category=transport", {"hospital", "road"}),
        ("category=health,transport", {"hospital", "road"}),
        ("year=2025", {"restated"}),
        ("year=2024,2025&status=not_assessed", {"restated"}),
        ("year=2024&year=2025", {"restated"}),
        ("due_year=2099,2100", {"restated"}),
        ("year_min=2022&year_max=2030", {"restated"}),
        ("status=completed", {"road"}),
        ("due_state=kept_late", {"road"}),
        ("due_state=not_kept", {"school", "hospital"}),
        ("due_state=not_kept,running", {"school", "hospital", "restated"}),
        ("due_state=kept", set()),
        ("overdue_basis=evidence", {"school", "hospital"}),
        ("status=completed,in_progress", {"road", "school"}),
        ("due_basis=stated", {"hospital"}),
        ("due_year=2099", {"restated"}),
        ("due_after=2022-01-01", {"restated"}),
        ("due_before=2021-06-30", {"hospital"}),
        ("quantified=true", {"school", "hospital"}),
        ("unit=公里", {"hospital"}),
        ("comparator=gte", {"school"}),
        ("quantity_min=5", {"hospital"}),
        ("quantity_max=5&quantity_min=4", {"school"}),
        ("name=悦来中学", {"school"}),
        ("project=yuelai-school", {"school"}),
        ("report=500112-2025", {"restated"}),
        ("delay_reason=land", {"hospital"}),
        ("light=blue", {"road"}),
        ("light=red", {"school", "hospital"}),
        ("light=yellow", set()),
        ("milestone=plan", set()),
        ("q=中学", {"school"}),
        ("core_livelihood=false", set()),
        ("updated_since=2099-01-01", set()),
    ],
)
def test_one_parameter(made: World, query: str, names: set[str]) -> None:
    assert numbers(query) == {getattr(made, name).pk for name in names}


def test_overdue_is_told_for_the_day(made: World) -> None:
    assert numbers("overdue=true") & {made.school.pk, made.hospital.pk, made.road.pk, made.restated.pk} == {
        made.school.pk,
        made.hospital.pk,
    }
    assert numbers("overdue=true&as_of=2021-07-01") == {made.hospital.pk}
    assert numbers("overdue=true&as_of=2021-06-30") == set()
    assert numbers("overdue=true") | numbers("overdue=false") == numbers("")


def test_a_promise_of_which_nothing_is_known_is_overdue_by_nothing(made: World) -> None:
    day = date(2022, 4, 1)
    assert made.school.pk in numbers(f"due_state=unverified&as_of={day}")
    assert made.school.pk in numbers(f"overdue_basis=none&as_of={day}")
    assert made.school.pk not in numbers(f"overdue_basis=evidence&as_of={day}")
    assert made.school.pk in numbers(f"due_state=running&as_of={day - timedelta(days=1)}")


def test_days_overdue_are_days_past_the_due_date(made: World) -> None:
    first = date(2021, 7, 1)
    assert made.hospital.pk in numbers(f"days_overdue_min=1&as_of={first}")
    assert made.hospital.pk not in numbers(f"days_overdue_min=2&as_of={first}")
    assert made.hospital.pk in numbers(f"days_overdue_min=2&as_of={first + timedelta(days=1)}")
    # With a grace period of 90 days, the first overdue day is day 91.
    assert made.school.pk in numbers("days_overdue_min=91&as_of=2022-04-01")
    assert made.school.pk not in numbers("days_overdue_min=92&as_of=2022-04-01")
    assert made.school.pk not in numbers("days_overdue_min=1&as_of=2022-03-31")


def test_every_commitment_has_one_due_state(made: World) -> None:
    by_state = {state: numbers(f"due_state={state}") for state in DueState.values}
    assert sum(map(len, by_state.values())) == len(numbers("")) == len(set.union(*by_state.values()))
    for row in Commitment.objects.published():
        assert row.pk in by_state[row.due_state(TODAY)]
    overdue = by_state["partly_kept"] | by_state["not_kept"] | by_state["unverified"]
    assert numbers("overdue=true") == overdue == numbers("overdue_basis=evidence") | numbers("overdue_basis=none")


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("overdue=true", "list_open_by_due_date"),
        ("overdue_basis=evidence", "list_open_by_due_date"),
        ("overdue_basis=none", "list_open_by_due_date"),
        ("due_state=not_kept", "list_open_by_due_date"),
        ("due_state=not_kept,partly_kept,unverified", "list_open_by_due_date"),
        ("days_overdue_min=30", "list_open_by_due_date"),
        ("overdue=true&year=2021", "list_open_by_year_due_date"),
        ("due_state=unverified&year=2021", "list_open_by_year_due_date"),
        ("overdue=true&ordering=-days_overdue", "list_open_by_due_date"),
        (f"unit={quote('所')}&ordering=-quantity", "list_by_unit_and_quantity"),
        (f"unit={quote('所')}&category=education&ordering=quantity", "list_by_unit_and_quantity"),
    ],
)
def test_a_list_is_found_by_its_own_index(made: World, query: str, index: str) -> None:
    """A generic plan must find the partial index by the codes in the statement: what clients send comes later."""
    with connection.cursor() as cursor:
        # As many rows as make an index worth while.
        cursor.execute(
            "UPDATE pg_class SET reltuples = 1000000, relpages = 100000 WHERE relname = 'projects_commitment'"
        )
        # What an autovacuum may have learned of a few rows would decide between two good indexes.
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = 'projects_commitment'::regclass")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        plan, _window = page_plan(resources.COMMITMENTS.list, resources.COMMITMENTS.row, query, TODAY)
        cursor.execute(f"PREPARE overdue_page AS {plan.sql.decode()}")
        values = ", ".join(
            f"'{value}'" for value in (TODAY if isinstance(one, Parameter) else one for one in plan.params)
        )
        cursor.execute(f"EXPLAIN EXECUTE overdue_page ({values})")
        told = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("DEALLOCATE overdue_page")
    assert f"using {index} " in told, told


def test_every_light_is_one_of_the_lights(made: World) -> None:
    by_light = [numbers(f"light={light}") for light in Light.values]
    assert sum(map(len, by_light)) == len(numbers("")) == len(set.union(*by_light))
    assert {row.pk for row in Commitment.objects.published() if row.light == Light.GREY} == numbers("light=grey")


def test_descendants_share_the_code(made: World) -> None:
    assert numbers("jurisdiction=500000") == set()
    assert numbers("jurisdiction=500000&descendants=true") == numbers("jurisdiction=500112") == numbers("")


def test_departments_and_their_roles(made: World) -> None:
    department = Responsibility.objects.filter(commitment=made.school).get().department_id
    assert numbers(f"department={department}") == {made.school.pk}
    assert numbers(f"department={department}&role={ResponsibilityRole.LEAD}") == {made.school.pk}
    assert numbers(f"department={department}&role={ResponsibilityRole.COOPERATING}") == set()


def test_an_update_is_of_its_day_in_beijing(made: World) -> None:
    midnight = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)
    # Backwards: where nothing public changes, a row is not updated later than it was.
    Commitment.objects.update(updated_at=midnight)
    Commitment.objects.exclude(pk=made.school.pk).update(updated_at=midnight - timedelta(seconds=1))
    assert numbers(f"updated_since={TODAY}") == {made.school.pk}
    assert numbers(f"updated_since={TODAY - timedelta(days=1)}") == numbers("")
    assert numbers("updated_since=2026-02-28T16:00:01Z") == set()


def test_a_project_that_is_not_public_keeps_nothing_back(made: World) -> None:
    hidden = ProjectFactory.create(slug="soon-hidden")
    row = CommitmentFactory.create(report=made.report, position=50, project=hidden)
    assert numbers("project=soon-hidden") == {row.pk}


def test_achievements_by_period(made: World) -> None:
    for query, count in (("period_after=2024-12-31", 1), ("period_before=2024-12-30", 0), ("project=yuelai-school", 1)):
        assert ACHIEVEMENTS.parse(QueryDict(query), today=TODAY).rows.count() == count, query
