"""The resources as a client meets them: lists, pages, rows, history, counts, codes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from projects.api import dataset
from projects.api.queries import page_plan
from projects.choices import DueState
from projects.coverage import coverage_of
from projects.serializers import absolute
from tests.factories import CommitmentFactory, EvidenceFactory, JurisdictionFactory, ReportFactory, SourceFactory
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


@pytest.mark.parametrize("query", ["unit=所&ordering=-quantity", "overdue=true&ordering=-days_overdue"])
def test_an_order_by_size_leads_through_its_list(client: Client, made: World, query: str) -> None:
    for position, quantity in enumerate(("12.5", "3", "3", "100"), start=60):
        CommitmentFactory.create(
            report=made.report,
            position=position,
            quantity=Decimal(quantity),
            unit="所",
            comparator="eq",
            due_on=dataset.today() - timedelta(days=200 + position % 2),
        )
    page = client.get(f"/api/v1/commitments/?{query}&page_size=2").json()
    rows = page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        rows += page["results"]
    column = query.rpartition("-")[2]
    sizes = [float(row[column]) for row in rows]
    assert len(rows) >= 4
    assert sizes == sorted(sizes, reverse=True)
    assert len({row["id"] for row in rows}) == len(rows)


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
    assert get(f"commitments/{made.restated.pk}/history/")["results"] == []


def test_a_change_of_ground_stands_in_the_history(get: Get, made: World) -> None:
    newer = EvidenceFactory.create(commitment=made.road, as_of=date(2022, 1, 4), verdict="completed")
    made.road.record_status("completed", evidence=newer, effective_on=date(2022, 5, 1))
    body = get(f"commitments/{made.road.pk}/history/")
    assert next((row["from_status"], row["evidence"]) for row in body["results"]) == ("completed", newer.pk)
    assert get(f"commitments/{made.road.pk}/", "fields=status_as_of,happened_on") == {
        "status_as_of": "2022-01-04",
        "happened_on": None,
    }


def test_what_became_of_a_promise(get: Get, made: World) -> None:
    fields = "due_state,overdue,overdue_basis,overdue_since,days_overdue,days_late,status_as_of,happened_on"
    query = f"fields={fields},happened_precision,reported_bound,light&as_of=2026-03-01"
    assert get(f"commitments/{made.road.pk}/", query) == {
        "status_as_of": "2022-05-01",
        "happened_on": "2022-04-20",
        "happened_precision": "day",
        "due_state": "kept_late",
        "overdue": False,
        "overdue_basis": None,
        "overdue_since": None,
        "days_overdue": None,
        "days_late": 110,
        "light": "blue",
        "reported_bound": None,
    }
    assert get(f"commitments/{made.school.pk}/", query) == {
        "status_as_of": "2024-12-31",
        "happened_on": None,
        "happened_precision": None,
        "due_state": "not_kept",
        "overdue": True,
        "overdue_basis": "evidence",
        "overdue_since": "2022-01-01",
        "days_overdue": (date(2026, 3, 1) - date(2021, 12, 31)).days,
        "days_late": None,
        "light": "red",
        "reported_bound": "gte",
    }


def test_days_count_from_the_due_date_also_within_the_grace_period(get: Get, made: World) -> None:
    query = "fields=due_state,overdue,days_overdue&as_of="
    early = get(f"commitments/{made.school.pk}/", query + "2022-03-31")
    assert early == {"due_state": "running", "overdue": False, "days_overdue": None}
    assert get(f"commitments/{made.school.pk}/", query + "2022-04-01") == {
        "due_state": "unverified",
        "overdue": True,
        "days_overdue": 91,
    }


def test_a_source_stands_inside_its_evidence(get: Get, made: World) -> None:
    (evidence,) = get(f"commitments/{made.hospital.pk}/", "fields=evidence")["evidence"]
    source = evidence["source"]
    assert (source["id"], source["kind"], source["jurisdiction"]) == (made.notice.pk, "outcome_notice", "500112")
    assert (source["address"], source["url"]) == ("https://yubei.example/1", "https://mirror.example/1")
    assert (source["address_doubt"], source["address_doubt_en"]) == ("原页未能打开", "The original did not open")
    assert (source["published_on"], source["retrieved_on"]) == (None, "2022-05-02")
    assert source["file_url"].startswith(absolute("/media/evidence/2024/"))
    assert (evidence["speaker"], evidence["delay_reason"], evidence["announced_on"]) == (
        *("official_claim", "land"),
        "2022-06-30",
    )
    assert (evidence["place"], evidence["item_number"], evidence["official_word"]) == ("第2页", "第10项", "部分完成")
    (claim,) = get(f"commitments/{made.school.pk}/", "fields=evidence")["evidence"]
    assert (claim["source"], claim["coverage"], claim["bound"]) == (None, "cumulative", "gte")


def test_a_source_lists_what_it_shows(get: Get, made: World) -> None:
    source = get(f"sources/{made.notice.pk}/")
    assert [row["commitment"] for row in source["evidence"]] == [made.hospital.pk]
    assert (source["report"], source["report_url"]) == ("500112-2021", absolute("/api/v1/reports/500112-2021/"))
    assert "source" not in source["evidence"][0]


def test_a_report_has_its_governments_own_score(get: Get, made: World) -> None:
    told = {"indicators_total": 7, "indicators_met": 7, "tasks_total": 106, "tasks_done": 94, "tasks_partly": 12}
    address = absolute(f"/api/v1/sources/{made.notice.pk}/")
    score = {"id": made.notice.pk, "self_url": address, "published_on": None, **told}
    assert get("reports/500112-2021/", "fields=score") == {"score": score}
    assert [row["score"] for row in get("reports/")["results"]] == [None, score]
    (source,) = get("reports/500112-2021/", "fields=sources")["sources"]
    assert source["id"] == made.notice.pk


def test_the_newest_score_of_a_report_is_shown(get: Get, made: World) -> None:
    of_report: dict[str, Any] = {"report": made.report, "is_public": True}
    newest = SourceFactory.create(tasks_total=106, tasks_done=100, published_on=date(2022, 6, 1), **of_report)
    SourceFactory.create(tasks_total=106, tasks_done=60, published_on=date(2021, 9, 1), **of_report)
    SourceFactory.create(published_on=date(2023, 1, 1), **of_report)
    assert get("reports/500112-2021/", "fields=score")["score"]["id"] == newest.pk
    assert len(get("reports/500112-2021/", "fields=sources")["sources"]) == 4


def test_a_government_says_who_carries_on(get: Get, made: World) -> None:
    place = get("jurisdictions/500112/", "fields=valid_from,valid_until,predecessors,successors")
    assert (place["valid_from"], place["valid_until"], place["predecessors"]) == (None, "2025-11-06", [])
    named, known = place["successors"]
    assert (named["government"], named["successor_name"], named["scope"]) == (None, "两江新区", "五镇“除外”")
    assert (known["government"]["code"], known["on"], known["source"]) == ("500000", "2025-11-07", None)
    assert get(named["source"]["self_url"].removeprefix(absolute("/api/v1/")))["title"] == named["source"]["title"]
    (before,) = get("jurisdictions/500000/", "fields=predecessors")["predecessors"]
    assert (before["government"]["code"], before["on"]) == ("500112", "2025-11-07")


def test_a_government_says_which_reports_are_missing(get: Get, made: World) -> None:
    years = {"report_years": [2021, 2025], "missing_years": [2022, 2023, 2024]}
    assert get("jurisdictions/500112/", "fields=report_years,missing_years") == years
    listed = {row["code"]: row for row in get("jurisdictions/", "fields=code,report_years,missing_years")["results"]}
    assert listed["500112"] == {"code": "500112", **years}
    assert listed["500000"] == {"code": "500000", "report_years": [], "missing_years": []}


@pytest.mark.parametrize(
    ("query", "reports"),
    [
        ("", {"on_file": 3, "missing": 3 + 1, "url": absolute("/api/v1/jurisdictions/")}),
        (
            "jurisdiction=500000&descendants=true",
            {"on_file": 2, "missing": 3, "url": absolute("/api/v1/jurisdictions/?below=500000")},
        ),
        (
            "jurisdiction=500112",
            {"on_file": 2, "missing": 3, "report_years": [2021, 2025], "missing_years": [2022, 2023, 2024]},
        ),
        (
            "report=500112-2021&category=health",
            {"on_file": 2, "missing": 3, "url": absolute("/api/v1/jurisdictions/500112/")},
        ),
        ("jurisdiction=500000", {"on_file": 0, "missing": 0, "report_years": [], "missing_years": []}),
        (
            "jurisdiction=500112&as_of=2024-06-30",
            {"on_file": 1, "missing": 3, "report_years": [2021], "missing_years": [2022, 2023, 2024]},
        ),
    ],
)
def test_counts_say_which_reports_they_rest_on(
    get: Get, made: World, query: str, reports: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "today", lambda: date(2026, 3, 1))
    elsewhere = ReportFactory.create(jurisdiction__code="110101", year=2025).jurisdiction
    told = get("stats/", query)["reports"]
    assert {name: told[name] for name in reports} == reports
    on_file = coverage_of(["500112", elsewhere.code], on=date(2026, 3, 1)).values()
    if not query:
        assert told["on_file"] == sum(len(place.on_file) for place in on_file)
        assert told["missing"] == sum(len(place.missing) for place in on_file)
        assert (told["report_years"], told["missing_years"]) == (None, None)


def test_a_report_after_the_end_of_a_government_fills_no_gap(
    get: Get, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "today", lambda: date(2026, 3, 1))
    place = JurisdictionFactory.create(code="500112", valid_until=date(2023, 5, 1))
    for year in (2021, 2024, 2025):
        ReportFactory.create(jurisdiction=place, year=year)
    assert coverage_of([place.code], on=date(2026, 3, 1))[place.code].missing == (2022, 2023)
    for query in ("", "jurisdiction=500112"):
        told = get("stats/", query)["reports"]
        assert (told["on_file"], told["missing"]) == (3, 2)


def test_counts_by_group(get: Get, made: World) -> None:
    body = get("stats/", "by=status,year&as_of=2026-03-01")
    tallied = get("stats/", "by=status,year")
    assert body["total"] == tallied["total"] == 5
    assert {row["value"]: row["count"] for row in tallied["by"]["status"]} == {
        "completed": 1,
        "in_progress": 1,
        "not_assessed": 1,
        "not_met": 1,
        "partial": 1,
    }
    assert [row["value"] for row in tallied["by"]["year"]] == [2021, 2025]
    assert get("stats/")["by"] == {}


def test_counts_are_the_same_kept_and_counted(get: Get, made: World) -> None:
    queries = ("", "category=education", "overdue=true", "due_year=2021,2099&status=not_assessed", "year=2021,2025")
    for query in (
        *queries,
        "due_state=not_kept",
        "due_state=kept_late,running",
        "overdue_basis=none",
        "days_overdue_min=365",
    ):
        kept = get("stats/", f"by=category,due_state,overdue_basis&{query}".strip("&"))
        live = get("stats/", f"by=category,due_state,overdue_basis,milestone&{query}".strip("&"))
        assert kept["by"].items() <= live["by"].items(), query
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
    assert "open" not in statuses["completed"]
    assert (statuses["completed"]["ogp"], statuses["completed"]["oc4ids"]) == ("Complete", "met")
    vocabularies = get("vocabularies/")
    assert {"due_state", "overdue_basis", "source_kind", "speaker", "happened_precision", "coverage"} < set(
        vocabularies
    )
    assert [row["code"] for row in vocabularies["due_state"]] == DueState.values
    assert vocabularies["due_basis"][0] == {
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
