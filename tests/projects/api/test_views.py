"""The resources as a client meets them: lists, pages, rows, history, counts, codes."""

from typing import Any

import pytest
from django.test import Client

from projects.api.plans import page_plan
from tests.factories import CommitmentFactory
from tests.projects.api.conftest import Get
from tests.projects.api.world import World


def ids(body: dict[str, Any]) -> list[int]:
    """Return the numbers of a page's rows."""
    return [row["id"] for row in body["results"]]


def test_a_question_is_planned_once(client: Client, made: World) -> None:
    for _time in range(3):
        client.get("/api/v1/commitments/?year=2021", headers={"Cache-Control": "no-cache"})
    assert page_plan.cache_info().misses == 1


def test_the_list_is_narrowed_and_counted(get: Get, made: World) -> None:
    body = get("commitments/", "category=education&year=2021")
    assert body["count"] == len(body["results"]) == 2
    assert {row["category"] for row in body["results"]} == {"education"}
    assert (body["next"], body["previous"]) == (None, None)


@pytest.mark.parametrize("ordering", ["-id", "id", "due_on", "-due_on", "year", "jurisdiction", "updated_at"])
def test_pages_lead_through_the_whole_list_and_back(client: Client, made: World, ordering: str) -> None:
    whole = ids(client.get(f"/api/v1/commitments/?ordering={ordering}").json())
    forth: list[Any] = []
    back: list[Any] = []
    page = client.get(f"/api/v1/commitments/?ordering={ordering}&page_size=2").json()
    forth += ids(page)
    while page["next"]:
        page = client.get(page["next"]).json()
        forth += ids(page)
    while page["previous"]:
        page = client.get(page["previous"]).json()
        back = ids(page) + back
    assert forth == whole
    assert back == whole[:4]


def test_a_row_that_comes_between_pages_moves_none(client: Client, made: World) -> None:
    first = client.get("/api/v1/commitments/?page_size=2").json()
    CommitmentFactory.create(report=made.report, position=60)
    second = client.get(first["next"]).json()
    assert not set(ids(first)) & set(ids(second))


def test_counts_on_demand(get: Get, made: World) -> None:
    first = get("commitments/", "page_size=1")
    assert first["count"] == 5
    assert get("commitments/", "page_size=1&count=false")["count"] is None
    later = first["next"].partition("?")[2]
    assert get("commitments/", later)["count"] is None
    assert get("commitments/", later + "&count=true")["count"] == 5


def test_chosen_fields(get: Get, made: World) -> None:
    assert get("commitments/", "fields=title,id&page_size=1")["results"][0].keys() == {"id", "title"}
    assert get(f"commitments/{made.school.pk}/", "fields=evidence").keys() == {"evidence"}


def test_a_day_of_the_past(get: Get, made: World) -> None:
    assert get(f"commitments/{made.road.pk}/", "as_of=2022-01-01&fields=status") == {"status": "not_assessed"}
    assert get(f"commitments/{made.road.pk}/", "fields=status") == {"status": "completed"}
    assert get("commitments/", "as_of=2022-01-01&status=completed")["count"] == 0
    assert get("achievements/", "as_of=2022-01-01")["count"] == 0


@pytest.mark.parametrize(
    "path", ["commitments/999999/", "commitments/999999/history/", "reports/500112-1999/", "projects/none/", "nothing/"]
)
def test_what_is_not_there(get: Get, made: World, path: str) -> None:
    assert get(path, status=404)["type"] == "/api/problems/not-found/"


def test_history(get: Get, made: World) -> None:
    body = get(f"commitments/{made.road.pk}/history/")
    assert [(row["from_status"], row["to_status"]) for row in body["results"]] == [("not_assessed", "completed")]
    assert get(f"commitments/{made.hospital.pk}/history/")["results"] == []


def test_counts_by_group(get: Get, made: World) -> None:
    body = get("stats/", "by=status,year&as_of=2026-03-01")
    tallied = get("stats/", "by=status,year")
    assert body["total"] == tallied["total"] == 5
    assert {row["value"]: row["count"] for row in tallied["by"]["status"]} == {
        "completed": 1,
        "in_progress": 1,
        "not_assessed": 2,
        "partial": 1,
    }
    assert [row["value"] for row in tallied["by"]["year"]] == [2021, 2025]
    assert get("stats/")["by"] == {}


def test_counts_are_the_same_kept_and_counted(get: Get, made: World) -> None:
    for query in ("", "category=education", "overdue=true", "due_year=2021&status=not_assessed"):
        kept = get("stats/", f"by=category&{query}".strip("&"))
        live = get("stats/", f"by=category,milestone&{query}".strip("&"))
        assert kept["by"]["category"] == live["by"]["category"], query
        assert (kept["total"], kept["overdue"]) == (live["total"], live["overdue"])


def test_codes(get: Get, db: None) -> None:
    categories = {row["code"]: row for row in get("categories/")["results"]}
    assert categories["education"] == {
        "code": "education",
        "name": "教育",
        "name_en": "Education",
        "cofog": ["09"],
        "oc4ids": ["education"],
        "livelihood": True,
        "core_livelihood": True,
    }
    statuses = {row["code"]: row for row in get("statuses/")["results"]}
    assert (statuses["completed"]["ogp"], statuses["completed"]["oc4ids"]) == ("Complete", "met")
    assert get("vocabularies/")["due_basis"][0] == {
        "code": "stated",
        "name": "原文写明",
        "name_en": "Stated in the text",
    }
    assert get("categories/", "x=1", status=400)["parameter"] == "x"


def test_a_report_has_its_text_and_a_government_its_tree(get: Get, made: World) -> None:
    report = get("reports/500112-2021/")
    assert report["text"] == made.report.text
    city = get("jurisdictions/500000/")
    assert [child["code"] for child in city["children"]] == ["500112"]
    assert get("jurisdictions/", "below=500000")["count"] == 2
    place = get("jurisdictions/500112/")
    assert [row["key"] for row in place["reports"]] == ["500112-2025", "500112-2021"]


def test_every_row_links_to_its_neighbours(client: Client, made: World) -> None:
    row = client.get(f"/api/v1/commitments/{made.school.pk}/").json()
    links = [value for name, value in row.items() if name == "url" or name.endswith("_url")]
    assert len(links) == 4
    assert {client.get(link).status_code for link in links} == {200}


def test_only_reading(client: Client, db: None) -> None:
    response = client.delete("/api/v1/commitments/")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert "GET" in response["Allow"]
