import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import ReportState, ReviewState
from projects.models import Report, Source
from tests.factories import AchievementFactory, CommitmentFactory, ReportFactory
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db

TEXT = "# 报告\n\n一、回顾\n\n新建学校4所，全年空\n\n---\n\n气质量优良。\n\n二、今年\n\n（一）办好教育。建成小学5所。"
OUTLINE = [
    {"level": 1, "title": "报告", "start": 2, "end": 4},
    {"level": 1, "title": "一、回顾", "start": 6, "end": 10},
    {"level": 1, "title": "二、今年", "start": 37, "end": 41},
]

PROMISE = {"start": 51, "end": 57, "quote": "建成小学5所"}


@pytest.fixture
def report() -> Report:
    found: Report = ReportFactory.create(text=TEXT, outline=OUTLINE, title="报告")
    return found


def address(report: Report) -> str:
    return f"/reports/{report.jurisdiction_id}/{report.year}/"


def test_statements_are_marked_and_linked_in_the_full_text(report: Report, read: Read) -> None:
    item = CommitmentFactory.create(report=report, **PROMISE)
    html = read(address(report))
    mark = f'<a class="said commitment" href="/commitments/{item.pk}/" id="c{item.pk}">建成小学5所</a>'
    assert f"（一）办好教育。{mark}。</p>" in html
    assert "1 条承诺</a>" in html


def test_an_achievement_leads_to_what_it_supports_else_to_its_project_else_nowhere(read: Read) -> None:
    rows = world()
    mark = f'<a class="said achievement" href="/commitments/{rows.commitment.pk}/" id="a{rows.claim.pk}">'
    assert mark in read(address(rows.later))
    alone = AchievementFactory.create(report=rows.later, position=9)
    assert f'<mark class="said achievement" id="a{alone.pk}">' in read(address(rows.later))


def test_an_achievement_of_a_project_leads_to_it(read: Read) -> None:
    rows = world()
    other = AchievementFactory.create(report=rows.later, position=9, project=rows.project)
    mark = f'<a class="said achievement" href="/projects/{rows.project.slug}/" id="a{other.pk}">'
    assert mark in read(address(rows.later))


def test_a_statement_across_a_page_break_is_marked_on_both_sides(report: Report, read: Read) -> None:
    start = TEXT.index("全年空")
    quote = TEXT[start : TEXT.index("优良")]
    item = AchievementFactory.create(report=report, start=start, end=start + len(quote), quote=quote)
    html = read(address(report))
    assert f'id="a{item.pk}">全年空</mark><span class="page-break"' in html
    assert '<mark class="said achievement">气质量</mark>优良。' in html


def test_the_outline_leads_to_the_headings(report: Report, read: Read) -> None:
    html = read(address(report))
    outline, text = html.split('<h2 id="text">')
    for anchor, heading in (("p6", "一、回顾"), ("p37", "二、今年"), ("p43", "（一）办好教育")):
        assert f'<a href="#{anchor}">{heading}</a>' in outline
        assert f'id="{anchor}">{heading}' in text
    assert '<a href="#p2">' not in outline
    assert "# 报告" not in text


def test_the_source_is_told(read: Read) -> None:
    rows = world()
    html = read(address(rows.later))
    assert rows.later.sha256 in html
    assert "渝北府发〔2025〕1号" in html
    assert "2025-01-08" in html


def test_the_address_of_the_original_is_told(read: Read) -> None:
    rows = world()
    assert "政府网站上的原文" not in read(address(rows.later))
    Report.objects.filter(pk=rows.later.pk).update(source_url="https://gov.example/report")
    assert 'href="https://gov.example/report" rel="external nofollow noopener"' in read(address(rows.later))


def test_the_governments_own_score_is_told_as_its_own_with_its_source(read: Read) -> None:
    rows = world()
    score = read(address(rows.earlier)).split('<h2 id="score">')[1].split("</section>")[0]
    assert "没有经过独立核实" in score
    assert "指标 7 项，完成 7 项" in score
    assert "任务 106 项，完成 94 项，部分完成 12 项" in score
    assert "完成情况</a></cite>，区政府，发布日期不详，2022-02-01 查阅" in score
    assert '<h2 id="score">' not in read(address(rows.later))


def test_a_score_that_is_not_public_is_not_shown(read: Read) -> None:
    rows = world()
    Source.objects.filter(report=rows.earlier).update(is_public=False)
    assert '<h2 id="score">' not in read(address(rows.earlier))


def test_unpublished_reports_and_statements_are_not_shown(report: Report, read: Read, client: Client) -> None:
    CommitmentFactory.create(report=report, **PROMISE, review_state=ReviewState.CANDIDATE)
    assert "<mark" not in read(address(report))
    assert "said commitment" not in read(address(report)).split('<h2 id="text">')[1].split("</p>", 1)[1]
    Report.objects.filter(pk=report.pk).update(state=ReportState.DRAFT)
    assert client.get(address(report)).status_code == 404
    assert client.get("/reports/50011/2021/").status_code == 404


def test_a_report_takes_six_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rows = world()
    for first in (20, 60):
        with django_assert_num_queries(6):
            client.get(address(rows.later))
        for position in range(first, first + 20):
            AchievementFactory.create(report=rows.later, position=position, project=rows.project)
