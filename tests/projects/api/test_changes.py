"""A copy that is kept by the list of changes equals one that is made anew."""

from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from projects import evidence as decisions
from projects.api.resources import ENDPOINTS
from projects.choices import ReportState, ReviewState, Status, Verification
from projects.models import Commitment, DatasetVersion, Department, Evidence, Project, PublicChange, Report, Source
from projects.sweep import record_overdue
from tests.factories import CommitmentFactory, DepartmentFactory, EvidenceFactory
from tests.projects.api.conftest import Get
from tests.projects.api.world import World

CHANGES = "/api/v1/changes/"
# What identifies a row of a list, where it is not its number.
KEYS = {"projects": "slug", "reports": "key", "jurisdictions": "code"}
Copy = dict[tuple[str, str], Any]


def committed() -> int:
    """Let the triggers that wait for a commit run; return the version that stands."""
    connection.check_constraints()
    return DatasetVersion.objects.get().number


def whole(client: Client) -> Copy:
    """Return all public rows, as the lists show them."""
    found: Copy = {}
    for endpoint in ENDPOINTS:
        rows = client.get(f"/api/v1/{endpoint.name}/?page_size=500").json()["results"]
        found |= {(endpoint.name, str(row[KEYS.get(endpoint.name, "id")])): row for row in rows}
    return found


def told(client: Client, since: int, query: str = "") -> list[dict[str, Any]]:
    """Return all changes since a version, page by page."""
    found: list[dict[str, Any]] = []
    address = f"{CHANGES}?since={since}{query}"
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]
    return found


def brought_up(copy: Copy, client: Client, since: int) -> Copy:
    """Return a copy with the changes since its version."""
    renewed = dict(copy)
    names = {endpoint.name: endpoint for endpoint in ENDPOINTS}
    for change in told(client, since):
        place = (change["resource"], change["id"])
        answer = client.get(change["url"])
        assert (answer.status_code == 404) is change["removed"], change
        if change["removed"]:
            renewed.pop(place, None)
        else:
            shown = names[change["resource"]].row.fields
            renewed[place] = {name: value for name, value in answer.json().items() if name in shown}
    return renewed


EDITS: dict[str, Callable[[World], Any]] = {
    "a title": lambda made: Commitment.objects.filter(pk=made.school.pk).update(title="改了标题"),
    "a withdrawal": lambda made: Commitment.objects.filter(pk=made.road.pk).update(review_state=ReviewState.WITHDRAWN),
    "published again": lambda made: Commitment.objects.filter(pk=made.road.pk).update(
        review_state=ReviewState.PUBLISHED
    ),
    "a report withdrawn": lambda made: Report.objects.filter(pk=made.later_report.pk).update(
        state=ReportState.WITHDRAWN
    ),
    "a report published": lambda made: Report.objects.filter(pk=made.later_report.pk).update(
        state=ReportState.PUBLISHED
    ),
    "a project withdrawn": lambda made: Project.objects.filter(pk=made.project.pk).update(
        review_state=ReviewState.WITHDRAWN
    ),
    "a project renamed": lambda made: Project.objects.filter(pk=made.project.pk).update(name="悦来一中"),
    "a source renamed": lambda made: Source.objects.filter(pk=made.notice.pk).update(title="另一通报"),
    "evidence rejected": lambda made: Evidence.objects.filter(commitment=made.hospital, status_changes=None).update(
        review_state=Verification.REJECTED
    ),
    "a figure": lambda made: EvidenceFactory.create(
        commitment=made.school, as_of=date(2022, 2, 3), verdict=Status.IN_PROGRESS, reported_value=2
    ),
    "a department": lambda made: DepartmentFactory.create(jurisdiction=made.report.jurisdiction),
    "a department renamed": lambda _made: Department.objects.update(name_en="Renamed"),
    "a promise": lambda made: CommitmentFactory.create(report=made.report),
    "a sweep": lambda _made: record_overdue(on=date(2026, 7, 1)),
    "a candidate": lambda made: CommitmentFactory.create(report=made.report, review_state=ReviewState.CANDIDATE),
    "a due date": lambda made: Commitment.objects.filter(pk=made.restated.pk).update(due_on=date(2024, 1, 1)),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_copy_is_kept_by_the_changes(client: Client, made: World, name: str) -> None:
    copy, since = whole(client), committed()
    EDITS[name](made)
    committed()
    assert brought_up(copy, client, since) == whole(client)


@hypothesis_settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=6, unique=True))
def test_so_it_is_by_any_changes_in_any_order(client: Client, made: World, names: list[str]) -> None:
    copy, since = whole(client), committed()
    for name in names:
        EDITS[name](made)
        committed()
    assert brought_up(copy, client, since) == whole(client)


def test_since_nothing_it_tells_everything(client: Client, made: World) -> None:
    committed()
    assert brought_up({}, client, 0) == whole(client)


def test_pages_meet_and_name_the_version(client: Client, made: World) -> None:
    version = committed()
    every = told(client, 0)
    assert told(client, 0, "&page_size=3") == every
    assert len(every) > 20
    assert [change["version"] for change in every] == sorted(change["version"] for change in every)
    assert client.get(CHANGES).json()["version"] == version
    assert told(client, version) == []


def test_resources_can_be_chosen(client: Client, made: World) -> None:
    committed()
    found = {change["resource"] for change in told(client, 0, "&resource=commitments,projects")}
    assert found == {"commitments", "projects"}


def test_a_removed_row_stays_told(client: Client, made: World) -> None:
    since = committed()
    EDITS["a withdrawal"](made)
    committed()
    (change,) = [one for one in told(client, since) if one["resource"] == "commitments"]
    assert (change["id"], change["removed"]) == (str(made.road.pk), True)


def test_a_figure_that_is_accepted_is_a_change_of_its_promise(client: Client, made: World) -> None:
    waiting = EvidenceFactory.create(
        commitment=made.hospital,
        as_of=date(2022, 1, 3),
        verdict=Status.IN_PROGRESS,
        reported_value=2,
        review_state=Verification.PROPOSED,
    )
    since = committed()
    decisions.accept(waiting, None)
    committed()
    assert {"commitments", "evidence"} <= {change["resource"] for change in told(client, since)}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("since=x", "since"),
        ("since=-1", "since"),
        ("since=999999", "since"),
        ("cursor=zz", "cursor"),
        ("sicne=1", "sicne"),
    ],
)
def test_what_cannot_be_answered_is_named(get: Get, made: World, query: str, parameter: str) -> None:
    assert get("changes/", query, status=400)["parameter"] == parameter


def _address() -> str:
    settings = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"], password=settings["PASSWORD"],
        dbname=settings["NAME"],
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_what_commits_late_comes_late(client: Client) -> None:
    first, second = CommitmentFactory.create(), CommitmentFactory.create()
    since = DatasetVersion.objects.get().number
    with psycopg.connect(_address()) as early:
        early.execute("UPDATE projects_commitment SET title = '早开始' WHERE id = %s", [first.pk])
        Commitment.objects.filter(pk=second.pk).update(title="先提交")
        seen = client.get(f"{CHANGES}?since={since}").json()
        assert [change["id"] for change in seen["results"]] == [str(second.pk)]
        early.commit()
    later = client.get(f"{CHANGES}?since={seen['version']}").json()
    assert [change["id"] for change in later["results"]] == [str(first.pk)]


@pytest.mark.django_db(transaction=True)
def test_many_writers_lose_nothing(client: Client) -> None:
    rows = [CommitmentFactory.create() for _number in range(4)]
    since = DatasetVersion.objects.get().number

    def write(number: int) -> None:
        with psycopg.connect(_address(), autocommit=True) as own:
            for step in range(5):
                own.execute("UPDATE projects_commitment SET title = %s WHERE id = %s", [f"第{step}次", number])

    threads = [Thread(target=write, args=[row.pk]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DatasetVersion.objects.get().number == since + 20
    assert {change["id"] for change in told(client, since)} == {str(row.pk) for row in rows}
    assert PublicChange.objects.filter(resource="commitments").count() == 4
