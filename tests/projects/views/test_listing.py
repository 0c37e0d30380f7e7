import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import Category, ReviewState
from projects.models import Report
from projects.views import listing
from projects.views.report_coverage import PLACES_SHOWN
from tests.factories import CommitmentFactory, ProjectFactory, ReportFactory
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


def titles(html: str) -> list[str]:
    return re.findall(r'<a class="row-title" href="[^"]+">([^<]+)</a>', html)


def test_a_list_is_narrowed_as_the_api_is(read: Read) -> None:
    report = ReportFactory.create(year=2021)
    CommitmentFactory.create(report=report, title="建学校")
    CommitmentFactory.create(report=report, title="建医院", category=Category.HEALTH)
    CommitmentFactory.create(report=ReportFactory.create(year=2025), title="再建学校")
    CommitmentFactory.create(report=report, title="未发布", review_state=ReviewState.CANDIDATE)
    assert titles(read("/commitments/?category=education&year=2021")) == ["建学校"]
    assert titles(read("/commitments/?category=education,health&year=2021")) == ["建医院", "建学校"]
    assert titles(read("/commitments/?q=&category=&year=2025")) == ["再建学校"]
    assert titles(read("/commitments/?q=医院")) == ["建医院"]


def test_what_is_chosen_is_shown_counted_and_removable(read: Read) -> None:
    CommitmentFactory.create_batch(2, report=ReportFactory.create())
    html = read("/commitments/?category=education&year=2021")
    assert "2 条承诺</h2>" in html
    assert re.search(r'<a href="\?year=2021"><span>类别：教育</span>', html)
    assert '<option value="education" selected>教育</option>' in html
    assert 'href="/api/v1/commitments/?category=education&amp;year=2021"' in html
    assert "2 commitments</h2>" in read("/en/commitments/?category=education")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_list_can_be_taken_along_in_every_form(read: Read, client: Client, prefix: str) -> None:
    CommitmentFactory.create(report=ReportFactory.create())
    html = read(f"{prefix}/commitments/?category=education,health&ordering=due_on&page_size=10&q=")
    links = re.findall(r'<a href="([^"]+)">', html.split('class="facts quiet downloads"')[1].split("</p>")[0])
    kinds = []
    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200, link
        assert answer.getvalue()
        kinds.append(answer["Content-Type"].split(";")[0].split("/")[1])
    assert kinds == [
        "json",
        "csv",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "html",
        "atom+xml",
        "calendar",
    ]


def test_what_is_taken_along_as_a_table_is_for_people(read: Read, client: Client) -> None:
    CommitmentFactory.create(report=ReportFactory.create())
    for address, name in (("/commitments/", "教育"), ("/en/commitments/", "Education")):
        (link,) = re.findall(r'<a href="([^"]+)">CSV</a>', read(address))
        text = client.get(link.replace("&amp;", "&")).getvalue().decode()
        assert text.startswith("\ufeff"), "Excel takes UTF-8 without a mark for another encoding"
        assert f",{name}," in text
        assert ",education," not in text


def test_an_empty_result_offers_a_way_on(read: Read) -> None:
    html = read("/commitments/?q=没有这样的词")
    assert "0 条承诺" in html
    assert "没有符合这些条件的承诺。" in html


def test_the_next_page_keeps_the_filters(read: Read) -> None:
    CommitmentFactory.create_batch(3, report=ReportFactory.create())
    html = read("/commitments/?category=education&page_size=2")
    following = re.findall(r'<a rel="next" href="(\?[^"]+)">', html)[0].replace("&amp;", "&")
    assert "category=education" in following
    rest = read(f"/commitments/{following}")
    assert len(titles(rest)) == 1
    assert '<a rel="prev"' in rest
    assert '<a rel="next"' not in rest


@pytest.mark.parametrize(
    ("address", "named", "hint"),
    [
        ("/commitments/?categroy=education", "categroy", "category"),
        ("/commitments/?category=schools", "category", "education"),
        ("/commitments/?overdue=true&overdue=false", "overdue", ""),
        ("/commitments/?cursor=x", "cursor", ""),
        ("/projects/?qq=1", "qq", "q"),
        ("/reports/?as_of=2021-01-01", "as_of", "year"),
    ],
)
def test_a_wrong_parameter_is_a_400_that_names_it(client: Client, address: str, named: str, hint: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    html = response.content.decode()
    assert f"<code>{named}</code>" in html
    assert hint == "" or f"<code>{hint}</code>" in html
    assert "<h1>Something in this link is wrong</h1>" in client.get(f"/en{address}").content.decode()


def test_a_wrong_value_is_escaped(client: Client) -> None:
    assert "<script" not in client.get("/commitments/?<script>=1&category=<script>").content.decode()


def test_the_list_as_of_an_earlier_day_tells_that_day(read: Read) -> None:
    world()
    html = read("/commitments/?as_of=2021-06-01")
    assert "距期限还有约 7 个月（213 天）" in html
    assert "截至日期：2021-06-01" in html


def test_a_list_tells_which_years_of_its_places_are_on_file(read: Read) -> None:
    world()
    ReportFactory.create(jurisdiction__code="500109", jurisdiction__name="北碚区", year=2024)
    yubei, beibei = "渝北区</a>：已收录 2021、2025 年", "北碚区</a>：已收录 2024 年"
    for address, told in (("", {yubei, beibei}), ("?jurisdiction=500109", {beibei}), ("?jurisdiction=500112", {yubei})):
        html = read(f"/commitments/{address}")
        assert {words for words in (yubei, beibei) if words in html} == told, address
    below = read("/commitments/?jurisdiction=500000&descendants=true")
    assert yubei in below
    assert yubei in read("/reports/")


def test_the_years_of_many_places_are_told_on_their_own_pages(read: Read) -> None:
    for _ in range(PLACES_SHOWN + 1):
        ReportFactory.create()
    assert "已收录" not in read("/commitments/")
    assert "已收录" in read(f"/commitments/?jurisdiction={Report.objects.earliest('pk').jurisdiction_id}")


def test_a_line_of_the_list_tells_the_due_state_and_what_belongs_to_it(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 30))
    rows = world()
    html = read("/commitments/?due_state=partly_kept")
    assert titles(html) == [rows.commitment.title]
    assert '<span class="status d-partly_kept">部分兑现</span>' in html
    assert "到期已近 5 年（1795 天）；证据截至 2024-12-31" in html
    assert titles(read("/commitments/?overdue_basis=none")) == [rows.again.title]


def test_counting_ends_where_nobody_reads_on(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNTED", 2)
    CommitmentFactory.create_batch(3, report=ReportFactory.create())
    assert "2 条以上" in read("/commitments/?q=建成")
    assert "3 条承诺" in read("/commitments/?category=education")


def test_a_list_costs_the_same_however_long_it_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = world()
    for _ in range(2):
        with django_assert_num_queries(6):
            client.get("/commitments/?category=education")
        with django_assert_num_queries(4):
            client.get("/projects/")
        with django_assert_num_queries(6):
            client.get("/reports/")
        CommitmentFactory.create_batch(10, report=rows.earlier)
        ProjectFactory.create_batch(10, jurisdiction=rows.place)


def test_projects_are_listed_by_pinyin_and_searched(read: Read) -> None:
    for name in ("渝北中学", "安居小学", "白云医院"):
        ProjectFactory.create(name=name)
    ProjectFactory.create(name="候选", review_state=ReviewState.CANDIDATE)
    assert titles(read("/projects/")) == ["安居小学", "白云医院", "渝北中学"]
    assert titles(read("/projects/?q=医院")) == ["白云医院"]
    assert "没有这样的项目。" in read("/projects/?q=火车站")


def test_reports_are_listed_with_their_counts(read: Read) -> None:
    world()
    html = read("/reports/")
    assert titles(html) == ["2025年渝北区政府工作报告", "2021年渝北区政府工作报告"]
    assert "2025-01-08 作报告" in html
    assert "承诺 1 条" in html
    assert "报告成绩 1 条" in html


def test_the_form_offers_the_years_of_the_reports(read: Read) -> None:
    world()
    assert '<option value="2025">2025</option><option value="2021">2021</option>' in read("/commitments/")
