import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import Category, ReviewState
from projects.views import listing
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
        ("/commitments/?year=2021&year=2025", "year", ""),
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
    assert "<h1>This address is wrong</h1>" in client.get(f"/en{address}").content.decode()


def test_a_wrong_value_is_escaped(client: Client) -> None:
    assert "<script" not in client.get("/commitments/?<script>=1&category=<script>").content.decode()


def test_the_list_as_of_an_earlier_day_tells_that_day(read: Read) -> None:
    world()
    html = read("/commitments/?as_of=2021-06-01")
    assert "距期限还有 213 天" in html
    assert "截至日期：2021-06-01" in html


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
        with django_assert_num_queries(3):
            client.get("/commitments/?category=education")
        with django_assert_num_queries(4):
            client.get("/projects/")
        with django_assert_num_queries(4):
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
