"""Nothing that is not published is answered anywhere: every address is asked, and every link in every answer."""

import re
from collections import Counter

import orjson
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern

from projects.api import urls
from projects.models import Achievement, Commitment, Evidence, Project, Report, Source
from tests.projects.api.world import HIDDEN, World

# Addresses are absolute; the walk goes on with what follows the site's own.
LINK = re.compile(rb'"' + re.escape(settings.SITE_URL.encode()) + rb'(/api/v1/[^"]+)"')
# What would find hidden rows if a filter were applied before, or instead of, publication.
PROBES = (
    "",
    "q=HIDDEN",
    "as_of=2030-01-01",
    "as_of=2022-06-30",
    "status=completed",
    "category=education&year=2021",
    "year=2022",
    "year=2023",
    "ordering=updated_at",
    "page_size=1",
    "overdue=true",
    "due_state=kept,kept_late,closed",
    "overdue_basis=evidence",
    "kind=media&jurisdiction=500112",
    "report=500112-2021",
    "speaker=media",
    "by=category,status,year,due_year,due_basis,milestone,jurisdiction,light,due_state,overdue_basis",
    "by=milestone&as_of=2022-06-30",
)


def lists() -> list[str]:
    """Return the addresses without parts of every resource."""
    return [
        f"/api/v1/{pattern.pattern}" for pattern in urls.v1 if isinstance(pattern, URLPattern) and _is_list(pattern)
    ]


def _is_list(pattern: URLPattern) -> bool:
    return not str(pattern.pattern).startswith("^")


def walk(client: Client, start: list[str]) -> dict[str, bytes]:
    """Ask every address and every link in what comes back; return the answers."""
    seen: dict[str, bytes] = {}
    waiting = list(start)
    while waiting:
        address = waiting.pop()
        if address not in seen:
            response = client.get(address)
            seen[address] = response.content if response.status_code == 200 else b""
            waiting += [link.decode() for link in LINK.findall(seen[address])]
    return seen


def test_the_walk_follows_links(client: Client, made: World) -> None:
    shown = (made.school, made.restated, made.achievement, made.evidence, made.notice, made.project, made.later_report)
    assert {address(row) for row in shown} <= walk(client, lists()).keys()


def test_no_address_and_no_link_tells_what_is_hidden(client: Client, made: World) -> None:
    hidden = {address(row) for row in made.hidden}
    connection.check_constraints()  # the list of changes is written at the end of a transaction
    assert client.get("/api/v1/changes/").json()["results"]
    for probe in PROBES:
        answers = walk(client, [f"{place}?{probe}" for place in lists()])
        assert any(answers.values()), probe
        told = [place for place, answer in answers.items() if HIDDEN.encode() in answer.replace(probe.encode(), b"")]
        assert (probe, told, hidden & answers.keys()) == (probe, [], set())


def address(row: Model) -> str:
    """Return where a row would be answered."""
    if isinstance(row, Report):
        return f"/api/v1/reports/{row.jurisdiction_id}-{row.year}/"
    kinds: dict[type[Model], str] = {
        Commitment: "commitments",
        Achievement: "achievements",
        Evidence: "evidence",
        Project: "projects",
        Source: "sources",
    }
    return f"/api/v1/{kinds[type(row)]}/{row.slug if isinstance(row, Project) else row.pk}/"


def test_hidden_rows_are_not_found(client: Client, made: World) -> None:
    asked = {address(row): client.get(address(row)).status_code for row in made.hidden}
    assert set(asked.values()) == {404}
    hidden = [row for row in made.hidden if isinstance(row, Commitment)]
    assert {client.get(f"{address(row)}history/").status_code for row in hidden} == {404}


def test_hidden_rows_cannot_be_named(client: Client, made: World) -> None:
    hidden = next(row for row in made.hidden if isinstance(row, Commitment))
    source = next(row for row in made.hidden if isinstance(row, Source))
    for query in (
        "commitments/?project=hidden-project",
        "commitments/?report=500112-2023",
        "sources/?report=500112-2023",
        f"evidence/?commitment={hidden.pk}",
        f"evidence/?source={source.pk}",
    ):
        assert client.get(f"/api/v1/{query}").status_code == 400


def test_counts_count_what_the_list_shows(client: Client, made: World) -> None:
    shown = orjson.loads(client.get("/api/v1/commitments/?page_size=500").content)
    counted = orjson.loads(client.get("/api/v1/stats/?by=status").content)
    live = orjson.loads(client.get("/api/v1/stats/?by=milestone").content)
    assert shown["count"] == len(shown["results"]) == counted["total"] == live["total"]
    assert counted["overdue"] == live["overdue"] == len([row for row in shown["results"] if row["overdue"]])


def test_what_is_overdue_is_what_three_due_states_hold(client: Client, made: World) -> None:
    shown = orjson.loads(client.get("/api/v1/commitments/?page_size=500").content)["results"]
    for query in ("by=due_state,overdue_basis", "by=due_state,overdue_basis,milestone"):
        counted = orjson.loads(client.get(f"/api/v1/stats/?{query}").content)
        states = {row["value"]: row["count"] for row in counted["by"]["due_state"]}
        assert states == Counter(row["due_state"] for row in shown)
        assert sum(states.values()) == counted["total"]
        overdue = [states.get(state, 0) for state in ("partly_kept", "not_kept", "unverified")]
        assert sum(overdue) == counted["overdue"] == len([row for row in shown if row["overdue"]])
        bases = {row["value"]: row["count"] for row in counted["by"]["overdue_basis"]}
        assert (bases["evidence"], bases["none"]) == (sum(overdue[:2]), overdue[2])
    for state, count in states.items():
        assert orjson.loads(client.get(f"/api/v1/commitments/?due_state={state}").content)["count"] == count


def test_a_source_ceases_to_be_public_with_its_only_evidence(client: Client, made: World) -> None:
    source = Evidence.objects.published().filter(commitment=made.road).get().source
    assert source is not None
    assert client.get(address(source)).status_code == 200
    Commitment.objects.filter(pk=made.road.pk).update(review_state="withdrawn")
    assert client.get(address(source)).status_code == 404
    assert address(source) not in walk(client, lists())


def test_withdrawing_takes_effect_at_once(client: Client, made: World) -> None:
    address = f"/api/v1/commitments/{made.school.pk}/"
    assert client.get(address).status_code == 200
    connection.check_constraints()
    Commitment.objects.filter(pk=made.school.pk).update(review_state="withdrawn")
    connection.check_constraints()
    assert client.get(address).status_code == 404
    told = [place for place, answer in walk(client, lists()).items() if f'{address}"'.encode() in answer]
    assert told == ["/api/v1/changes/"]


def test_withdrawing_a_report_takes_all_that_stands_in_it(client: Client, made: World) -> None:
    made.later_report.state = "withdrawn"
    made.later_report.save()
    answers = walk(client, lists())
    assert not [link for link in answers if "/500112-2025/" in link]
    assert not [link for link in answers if f"/achievements/{made.achievement.pk}/" in link]
    assert not [link for link in answers if "500112-2025" in link]
