"""Cross tables, sums and shared groups of the counts agree with the rows that they count."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from projects.api import stats
from tests.factories import CommitmentFactory, ProjectFactory, ResponsibilityFactory
from tests.projects.api.conftest import Get
from tests.projects.api.world import World


def test_a_cross_table_adds_up_to_its_margins(get: Get, made: World) -> None:
    for groups in (["category", "status"], ["due_state", "year", "milestone"], ["department", "category"]):
        body = get("stats/", f"by={','.join(groups)}&cross=true&sum=quantity")
        for name in groups:
            counted: dict[Any, int] = {}
            for cell in body["cross"]:
                counted[cell[name]] = counted.get(cell[name], 0) + cell["count"]
            if "department" not in groups or name == "department":
                assert counted == {row["value"]: row["count"] for row in body["by"][name]}
        assert body["omitted"] == {}
    assert "cross" not in get("stats/", "by=category,status")


def test_quantities_are_summed_up_unit_by_unit(get: Get, db: None) -> None:
    for quantity, unit, category in ((3, "公里", "transport"), (4.5, "公里", "transport"), (2, "所", "education")):
        CommitmentFactory.create(quantity=quantity, unit=unit, comparator="eq", category=category)
    CommitmentFactory.create(category="education", quantity=None, unit=None, comparator=None)
    body = get("stats/", "by=category,unit&sum=quantity")
    kilometres = {"unit": "公里", "count": 2, "quantity": 7.5}
    schools = {"unit": "所", "count": 1, "quantity": 2}
    assert (body["total"], body["sums"]) == (4, [kilometres, schools])
    assert {row["value"]: (row["count"], row["sums"]) for row in body["by"]["category"]} == {
        "education": (2, [schools]),
        "transport": (2, [kilometres]),
    }
    assert [row["value"] for row in body["by"]["unit"]] == ["公里", "所", None]
    assert "sums" not in get("stats/", "by=category")


@pytest.mark.parametrize("groups", ["", "by=category&", "by=department,year,unit&cross=true&", "by=lead_department&"])
@pytest.mark.parametrize(
    "narrowed",
    [
        "as_of=0055-12-31&year_min=2025&overdue_basis=evidence&days_overdue_min=365&light=red&updated_since=2025-01-31",
        "year=1999",
        "as_of=1999-01-01",
        "jurisdiction=500112&year_min=2098",
    ],
)
def test_where_nothing_matches_the_counts_are_nought(get: Get, made: World, groups: str, narrowed: str) -> None:
    plain = get("stats/", f"{groups}{narrowed}")
    summed = get("stats/", f"{groups}{narrowed}&sum=quantity")
    assert (plain["total"], plain["overdue"]) == (0, 0)
    assert (summed.pop("sums"), summed.pop("sums_omitted")) == ([], 0)
    assert summed == plain
    assert all(rows == [] for rows in plain["by"].values())
    assert plain["omitted"] == {}


def test_a_commitment_of_two_departments_counts_once_in_all(get: Get, db: None) -> None:
    road, school = (CommitmentFactory.create(category=name) for name in ("transport", "education"))
    first = ResponsibilityFactory.create(commitment=road, role="lead").department
    second = ResponsibilityFactory.create(commitment=road, role="cooperating").department
    body = get("stats/", "by=department,category&sum=quantity&cross=true")
    assert {row["value"]: row["count"] for row in body["by"]["department"]} == {first.pk: 1, second.pk: 1, None: 1}
    assert {row["value"]: row["count"] for row in body["by"]["category"]} == {"transport": 1, "education": 1}
    assert body["total"] == 2
    led = get("stats/", "by=lead_department")["by"]["lead_department"]
    assert {row["value"]: row["count"] for row in led} == {first.pk: 1, None: 1}
    assert school.pk


def test_groups_are_named_as_their_filters_take_them(get: Get, made: World) -> None:
    for name in ("jurisdiction", "report", "project", "unit"):
        for row in get("stats/", f"by={name}")["by"][name]:
            if row["value"] is not None:
                assert get("stats/", f"{name}={quote(row['value'])}")["total"] == row["count"], (name, row)
    hidden = ProjectFactory.create(review_state="candidate")
    CommitmentFactory.create(project=hidden)
    assert hidden.slug not in {row["value"] for row in get("stats/", "by=project")["by"]["project"]}


def test_what_is_left_out_of_a_table_is_told(get: Get, made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    every = get("stats/", "by=category,status&cross=true")
    monkeypatch.setattr(stats, "MOST_GROUPS", 2)
    few = get("stats/", "by=status,category&cross=true")
    assert len(few["cross"]) == len(few["by"]["status"]) == 2
    assert few["omitted"]["cross"] == len(every["cross"]) - 2
    assert few["omitted"]["status"] == len(every["by"]["status"]) - 2


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("cross=true", "cross", "missing"),
        ("by=category&cross=true", "cross", "missing"),
        ("by=department,lead_department", "by", "invalid"),
        ("sum=days", "sum", "invalid"),
    ],
)
def test_tables_that_make_no_sense_are_refused(client: Client, db: None, query: str, parameter: str, code: str) -> None:
    answer = client.get(f"/api/v1/stats/?{query}")
    assert answer.status_code == 400
    assert [(one["parameter"], one["code"]) for one in answer.json()["errors"]] == [(parameter, code)]
