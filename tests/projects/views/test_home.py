import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import DueState, ReportState, Status
from projects.models import Report
from tests.factories import CommitmentFactory, EvidenceFactory, ReportFactory
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


def test_totals_lead_to_the_lists_that_they_count(read: Read) -> None:
    world()
    html = read("/")
    assert '<a href="/commitments/"><b>2</b> 条承诺</a>' in html
    assert '<a href="/commitments/?due_state=kept,kept_late"><b>0</b>' in html
    assert '<a href="/commitments/?overdue_basis=evidence"><b>1</b>' in html
    assert '<a href="/commitments/?due_state=unverified"><b>1</b>' in html
    assert '<a href="/commitments/?category=education">教育</a>' in html
    assert '<a href="/commitments/?category=education&amp;overdue_basis=evidence">1</a>' in html
    assert '<a href="/commitments/?due_state=partly_kept&amp;year=2021">' in html
    assert "overdue=true" not in html, "what is known and what nobody verified is never one number"


def test_every_number_is_that_of_its_list(read: Read) -> None:
    world()
    html = read("/")
    links = re.findall(r'<a href="(/commitments/[^"]*)">(?:<span[^>]*>[^<]*</span> )?(<b>)?([0-9]+)(?:</b>|</a>)', html)
    assert len(links) >= 8
    for address, _bold, number in links:
        assert re.search(rf">{number} 条承诺</h2>", read(address.replace("&amp;", "&"))), address


def test_the_home_page_and_the_api_agree(read: Read, client: Client) -> None:
    world()
    html = read("/")
    counts = client.get("/api/v1/stats/?by=due_state").json()["by"]["due_state"]
    shown = dict.fromkeys(DueState.values, 0)
    for code, number in re.findall(
        r'\?due_state=([a-z_]+)&amp;year=[0-9]+"><span[^>]*>[^<]*</span> <b>([0-9]+)</b>', html
    ):
        shown[code] += int(number)
    assert sum(shown.values()) == 2
    assert {code: number for code, number in shown.items() if number} == {
        group["value"]: group["count"] for group in counts if group["count"]
    }


def test_what_is_known_not_to_be_kept_is_told_apart_from_what_nobody_verified(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2022, 6, 1))
    report = ReportFactory.create()
    for title, due_on in (("后到期", date(2022, 1, 1)), ("先到期", date(2021, 12, 31))):
        row = CommitmentFactory.create(report=report, title=title, due_on=due_on)
        proof = EvidenceFactory.create(
            commitment=row, verdict=Status.PARTIAL, as_of=date(2022, 2, 1), source__published_on=None
        )
        row.record_status(Status.PARTIAL, evidence=proof, effective_on=date(2022, 2, 1))
    CommitmentFactory.create(report=report, title="没人核查", due_on=date(2021, 12, 31))
    CommitmentFactory.create(report=report, title="未到期", due_on=date(2022, 12, 31))
    known = read("/").split('<h2 id="known">')[1].split("最新的报告")[0]
    assert known.index("先到期") < known.index("后到期")
    assert "到期已约 5 个月（152 天）；证据截至 2022-02-01" in known
    assert "没人核查" not in known
    assert "未到期" not in known


def test_the_years_on_file_and_those_that_lack_are_told(read: Read) -> None:
    world()
    html = read("/")
    assert '<a href="/places/500112/">渝北区</a>：已收录 2021、2025 年的报告，缺 2022、2023、2024' in html
    assert "Reports on file: 2021, 2025; missing: 2022, 2023, 2024" in read("/en/")


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
        with django_assert_num_queries(8):
            client.get("/")
        CommitmentFactory.create_batch(20, report=Report.objects.earliest("pk"))


def test_no_page_sets_a_cookie_or_varies_with_the_reader(client: Client) -> None:
    response = client.get("/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
