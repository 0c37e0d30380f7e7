from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import ReportState
from projects.models import Report
from tests.factories import CommitmentFactory, ReportFactory
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


def test_totals_lead_to_the_lists_that_they_count(read: Read) -> None:
    world()
    html = read("/")
    assert '<a href="/commitments/"><b>2</b> 条承诺</a>' in html
    assert '<a href="/commitments/?status=completed"><b>0</b>' in html
    assert '<a href="/commitments/?overdue=true"><b>2</b>' in html
    assert '<a href="/commitments/?category=education">教育</a>' in html
    assert '<a href="/commitments/?status=partial">' in html


def test_the_longest_overdue_comes_first_with_its_days(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2022, 6, 1))
    report = ReportFactory.create()
    CommitmentFactory.create(report=report, title="后到期", due_on=date(2022, 1, 1))
    CommitmentFactory.create(report=report, title="先到期", due_on=date(2021, 12, 31))
    CommitmentFactory.create(report=report, title="未到期", due_on=date(2022, 12, 31))
    overdue = read("/").split("期限已过最久")[1].split("最新的报告")[0]
    assert overdue.index("先到期") < overdue.index("后到期")
    assert "期限已过 152 天，暂无完成证据在案" in overdue
    assert "未到期" not in overdue


def test_an_empty_site_says_so(read: Read) -> None:
    assert "还没有发布任何承诺。" in read("/")
    assert "No commitment has been published yet." in read("/en/")


def test_withdrawn_reports_are_gone_with_all_that_stands_in_them(read: Read) -> None:
    rows = world()
    Report.objects.filter(pk=rows.earlier.pk).update(state=ReportState.WITHDRAWN)
    html = read("/")
    assert "<b>1</b> 条承诺" in html
    assert "/reports/500112/2021/" not in html
    assert "/reports/500112/2025/" in html


def test_the_front_page_costs_the_same_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world()
    for _ in range(2):
        with django_assert_num_queries(5):
            client.get("/")
        CommitmentFactory.create_batch(20, report=Report.objects.earliest("pk"))


def test_no_page_sets_a_cookie_or_varies_with_the_reader(client: Client) -> None:
    response = client.get("/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
