import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import ReviewState
from tests.factories import AchievementFactory, CommitmentFactory, ProjectFactory
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


def test_promises_and_claims_stand_in_the_order_of_time(read: Read) -> None:
    rows = world()
    html = read(f"/projects/{rows.project.slug}/")
    order = ["2021 年</h2>", rows.commitment.title, "2025 年</h2>", rows.again.title, "报告的成绩", rows.claim.title]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert "悦来校区" in html
    assert f"/reports/500112/2025/#a{rows.claim.pk}" in html


def test_the_english_page_keeps_the_chinese_name(read: Read) -> None:
    rows = world()
    html = read(f"/en/projects/{rows.project.slug}/")
    assert "<h1>Yuelai School</h1>" in html
    assert '<dd lang="zh-Hans">悦来中学</dd>' in html


def test_only_public_statements_of_public_projects_are_shown(read: Read, client: Client) -> None:
    rows = world()
    CommitmentFactory.create(report=rows.later, project=rows.project, title="候选", review_state=ReviewState.CANDIDATE)
    assert "候选" not in read(f"/projects/{rows.project.slug}/")
    hidden = ProjectFactory.create(review_state=ReviewState.WITHDRAWN)
    assert client.get(f"/projects/{hidden.slug}/").status_code == 404
    assert client.get("/projects/no-such/").status_code == 404


def test_a_project_without_statements_says_so(read: Read) -> None:
    assert "还没有发布这个项目的承诺或成绩。" in read(f"/projects/{ProjectFactory.create().slug}/")


def test_a_project_takes_three_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rows = world()
    for _ in range(2):
        with django_assert_num_queries(3):
            client.get(f"/projects/{rows.project.slug}/")
        CommitmentFactory.create_batch(5, report=rows.later, project=rows.project)
        AchievementFactory.create_batch(5, report=rows.later, project=rows.project)
