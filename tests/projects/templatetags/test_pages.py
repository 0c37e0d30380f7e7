from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from projects.models import Commitment, Evidence, Jurisdiction, Report, Source, Succession
from projects.templatetags import pages
from projects.views.localized import plain

NAMED = Jurisdiction(name="渝北区", name_en="Yubei <District>")
UNNAMED = Jurisdiction(name="渝北区", name_en="")


def test_a_text_is_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert pages.own(NAMED, "name") == "渝北区"
        assert plain(NAMED, "name") == "渝北区"
    with translation.override("en"):
        assert pages.own(NAMED, "name") == "Yubei &lt;District&gt;"
        assert plain(NAMED, "name") == "Yubei <District>"


def test_chinese_on_an_english_page_is_marked_where_markup_can_be() -> None:
    with translation.override("en"):
        assert pages.own(UNNAMED, "name") == '<span lang="zh-Hans">渝北区</span>'
        assert plain(UNNAMED, "name") == "渝北区"
        assert pages.chinese("<b>") == '<span lang="zh-Hans">&lt;b&gt;</span>'
        assert pages.chinese("") == ""
    with translation.override("zh-hans"):
        assert pages.chinese("渝北区") == "渝北区"


@pytest.mark.parametrize(
    ("title", "expected"),
    [("渝北区政府工作报告", "2025年渝北区政府工作报告"), ("2025年政府工作报告", "2025年政府工作报告")],
)
def test_a_report_is_told_apart_by_its_year(title: str, expected: str) -> None:
    with translation.override("zh-hans"):
        assert pages.dated(Report(year=2025, title=title)) == expected
    with translation.override("en"):
        assert pages.dated(Report(year=2025, title=title, title_en="2025 report")) == "2025 report"


def test_figures_need_a_quantity() -> None:
    with translation.override("en"):
        assert pages.figure(Commitment()) == ""
        assert pages.figure(Commitment(quantity=Decimal(4), unit="公里", comparator="gte")) == "at least 4 km"
        road = Commitment(unit="公里", comparator="lte", reported_value=Decimal(5), reported_bound="gte")
        assert pages.in_unit_of(Evidence(reported_value=Decimal(3), bound="eq"), road) == "3 km"
        assert pages.in_unit_of(Evidence(reported_value=Decimal(3), bound="gte"), road) == "at least 3 km"
        assert pages.in_unit_of(Evidence(), road) == ""
        assert pages.reported(road) == "at least 5 km"
        assert pages.reported(Commitment()) == ""


def test_an_event_is_told_where_somebody_says_when() -> None:
    assert pages.happened(Evidence(happened_on=date(2024, 12, 31), happened_precision="year")) == "2024 年内"
    assert pages.happened(Evidence()) == ""


@pytest.mark.parametrize(
    ("url", "original", "doubt", "link"),
    [
        ("https://a.example/", "", "", "https://a.example/"),
        ("https://copy.example/", "https://a.example/", "读的是转载", "https://a.example/"),
        ("https://copy.example/", "", "域名不是政府的", ""),
        ("", "", "", ""),
    ],
)
def test_a_copy_is_never_linked(url: str, original: str, doubt: str, link: str) -> None:
    assert pages.link_of(Source(url=url, original_url=original, address_doubt=doubt)) == link


def test_who_took_over_is_named_with_or_without_a_code() -> None:
    with translation.override("en"):
        assert pages.taker(Succession(successor=NAMED)) == "Yubei &lt;District&gt;"
        assert pages.taker(Succession(successor_name="新区", successor_name_en="New Area")) == "New Area"
        assert pages.taker(Succession(successor_name="新区")) == '<span lang="zh-Hans">新区</span>'


def test_a_quote_is_shown_without_its_page_break() -> None:
    assert pages.joined("推进“四\n\n---\n\n山”保护") == "推进“四山”保护"


@pytest.mark.parametrize(
    ("language", "address", "chinese", "english"),
    [
        (
            "zh-hans",
            "/commitments/?q=a&year=2021",
            "/commitments/?q=a&amp;year=2021",
            "/en/commitments/?q=a&amp;year=2021",
        ),
        ("en", "/en/projects/x/", "/projects/x/", "/en/projects/x/"),
        ("zh-hans", "/nowhere/", "/", "/en/"),
        ("en", "/en/nowhere/", "/", "/en/"),
    ],
)
def test_the_other_language_keeps_the_page(language: str, address: str, chinese: str, english: str) -> None:
    request = RequestFactory().get(address)
    template = Template('{% load pages %}{% other_language "zh-hans" %} {% other_language "en" %}')
    with translation.override(language):
        assert template.render(Context({"request": request})) == f"{chinese} {english}"


def test_an_absolute_address_has_the_readers_host_and_no_query() -> None:
    request = RequestFactory().get("/about/?utm=1", headers={"host": "localhost"})
    context = Context({"request": request})
    assert pages.absolute(context) == "http://localhost/about/"
    assert pages.absolute(context, "/en/") == "http://localhost/en/"
