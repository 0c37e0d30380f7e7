"""What a citizen does on the site, on a phone and at a desk, without JavaScript."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor

# One process of several runs all of these: they share a site and a browser.
pytestmark = pytest.mark.xdist_group("browser")

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@SIZES
def test_from_the_totals_to_the_words_of_the_report(visitor: Visitor, size: ViewportSize) -> None:
    page = visitor.open("/", size)
    page.get_by_role("link", name="交通", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("43 条承诺")
    page.get_by_role("link", name="江北国际机场年旅客吞吐量达到6300万人次以上").click()
    expect(page.locator("h1")).to_have_text("江北国际机场年旅客吞吐量达到6300万人次以上")
    expect(page.locator(".verdict .status").first).to_have_text("到期未兑现")
    expect(page.locator(".verdict .ground a")).to_have_attribute("href", re.compile(r"^#e\d+$"))
    expect(page.locator("blockquote mark").first).to_contain_text("6300")
    page.get_by_role("link", name="在报告全文中查看").click()
    expect(page).to_have_url(re.compile(r"/reports/500112/2021/#c\d+$"))
    expect(page.locator(":target")).to_contain_text("江北国际机场年旅客吞吐量达到6300万人次以上")
    expect(page.locator(":target")).to_be_in_viewport()


@SIZES
def test_the_list_is_narrowed_by_choosing_and_widened_again(visitor: Visitor, size: ViewportSize) -> None:
    page = visitor.open("/commitments/", size)
    results = page.locator("#results")
    expect(results).to_have_text("187 条承诺")
    page.get_by_label("类别").select_option("education")
    page.get_by_label("报告年度").select_option("2021")
    page.get_by_role("button", name="筛选").click()
    expect(results).to_have_text("6 条承诺")
    expect(page.locator(".rows > li")).to_have_count(6)
    page.get_by_role("link", name="报告年度：2021").click()
    expect(results).to_have_text("14 条承诺")
    expect(page.get_by_label("类别")).to_have_value("education")


@SIZES
def test_the_numbers_of_the_front_page_lead_to_lists_as_long(visitor: Visitor, size: ViewportSize) -> None:
    page = visitor.open("/", size)
    links = page.locator(".totals a, .states a")
    numbers = [int(number) for number in page.locator(".totals b, .states b").all_inner_texts()]
    assert links.count() == len(numbers) >= 8
    for place, number in enumerate(numbers):
        links.nth(place).click()
        expect(page.locator("#results")).to_have_text(f"{number} 条承诺")
        page.go_back()


def test_a_search_from_the_front_page(visitor: Visitor) -> None:
    page = visitor.open("/en/", PHONE)
    page.get_by_label("Search the commitments").fill("hospital")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/en/commitments/\?q=hospital$"))
    expect(page.locator(".rows > li").first).to_contain_text("ospital")


def test_the_language_changes_and_the_page_stays(visitor: Visitor) -> None:
    page = visitor.open("/commitments/?category=health&year=2021")
    count = page.locator(".rows > li").count()
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/commitments/\?category=health&year=2021$"))
    expect(page.locator(".rows > li")).to_have_count(count)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_pages_of_a_long_list_lead_on_and_back(visitor: Visitor) -> None:
    page = visitor.open("/commitments/?page_size=100")
    first = page.locator(".row-title").first.inner_text()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".rows > li")).to_have_count(87)
    page.get_by_role("link", name="上一页").click()
    expect(page.locator(".row-title").first).to_have_text(first)


@SIZES
def test_a_project_shows_its_years_and_its_place(visitor: Visitor, size: ViewportSize) -> None:
    page = visitor.open("/en/projects/", size)
    page.get_by_role("link", name="Terminal 3B and fourth runway of Chongqing Jiangbei International Airport").click()
    expect(page.locator(".chapters h2")).to_have_text(["2021", "2025"])
    page.get_by_role("link", name="Yubei District, Chongqing", exact=True).click()
    expect(page.locator(".totals b").first).to_have_text("187")
    page.get_by_role("link", name="2025 Work Report of the People’s Government of Yubei District, Chongqing").click()
    expect(page.locator("a.said.commitment")).to_have_count(69)


def test_a_misspelt_address_says_what_was_perhaps_meant(visitor: Visitor) -> None:
    page = visitor.open("/commitments/?categroy=education", PHONE)
    expect(page.locator(".problems")).to_contain_text("是不是：category")
    page.get_by_role("link", name="全部承诺").click()
    expect(page.locator("#results")).to_have_text("187 条承诺")
    visitor.forgive_refusals()


def test_a_printed_commitment_leaves_the_navigation_out(visitor: Visitor) -> None:
    page = visitor.open("/commitments/?q=旅客吞吐量")
    page.locator(".row-title").first.click()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.locator("blockquote mark").first).to_be_visible()
