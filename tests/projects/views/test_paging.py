from datetime import date

import pytest
from django.http import QueryDict

from projects.filters import COMMITMENTS, PROJECTS
from projects.models import Commitment
from projects.views.paging import Page, kept_parameters, page
from tests.factories import CommitmentFactory, ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db


def ask(query: str) -> Page[Commitment]:
    data = QueryDict(query)
    asked = COMMITMENTS.parse(data, today=date(2025, 1, 1), blanks=True)
    return page(asked, asked.page(), data)


@pytest.mark.parametrize("order", ["-id", "due_on", "-due_on"])
def test_pages_lead_through_the_whole_list_and_back(order: str) -> None:
    report = ReportFactory.create()
    for day in (1, 1, 2, 2, 3):
        CommitmentFactory.create(report=report, due_on=date(2021, 1, day))
    whole = [row.pk for row in ask(f"ordering={order}").rows]
    assert len(whole) == 5
    shown, query, seen = ask(f"ordering={order}&page_size=2"), "", []
    assert shown.previous == ""
    while True:
        seen.append([row.pk for row in shown.rows])
        query = shown.following
        if not query:
            break
        shown = ask(query)
    assert [pk for rows in seen for pk in rows] == whole
    assert [row.pk for row in ask(shown.previous).rows] == seen[1]
    first = ask(ask(shown.previous).previous)
    assert ([row.pk for row in first.rows], first.previous) == (seen[0], "")


def test_an_empty_list_has_one_page() -> None:
    shown = ask("")
    assert (shown.rows, shown.previous, shown.following) == ([], "", "")


def test_projects_follow_each_other_by_pinyin() -> None:
    for name in ("渝北", "安居", "白云"):
        ProjectFactory.create(name=name)
    data = QueryDict("page_size=2")
    asked = PROJECTS.parse(data, today=date(2025, 1, 1))
    shown = page(asked, asked.page(), data)
    assert [row.name for row in shown.rows] == ["安居", "白云"]
    rest = QueryDict(shown.following)
    asked = PROJECTS.parse(rest, today=date(2025, 1, 1))
    assert [row.name for row in page(asked, asked.page(), rest).rows] == ["渝北"]


def test_parameters_stay_without_blanks_and_without_the_place_in_the_list() -> None:
    CommitmentFactory.create_batch(3, report=ReportFactory.create())
    query = "q=&category=education,health&year=2021&page_size=1"
    shown = ask(query)
    data = QueryDict(shown.following)
    kept = kept_parameters(COMMITMENTS.parse(data, today=date(2025, 1, 1)), data)
    assert dict(kept.lists()) == {"category": ["education", "health"], "year": ["2021"], "page_size": ["1"]}
    assert shown.query == kept.urlencode()
