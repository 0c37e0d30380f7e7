"""A promise with its chain, what nobody mentioned again, the grid, and a rejected pair that stays away."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, ROOT, Visitor, running_site

pytestmark = pytest.mark.xdist_group("browser")

PASSWORD = "for-one-test-alone-5c1e"
GRID = "/admin/projects/linkproposal/?review_state__exact=proposed"
# No result of it is in the report of 2025, though a road of that name is.
ORCHARDS = "建成南北大道特色伏季水果产业带"
ZONE = "全面建成全市乡村振兴综合试验示范区"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_promise_of_yubei_with_its_chain(visitor: Visitor, size: ViewportSize) -> None:
    page = visitor.open("/commitments/?q=T3B&year=2021", size)
    page.get_by_role("link", name="推动江北国际机场T3B航站楼及第四跑道建成投用").click()
    chain = page.locator("table.chain")
    expect(chain.locator("tbody th")).to_have_text(["2021", "2021", "2025"])
    expect(chain).to_contain_text("缩小范围")
    chain.get_by_role("link", name="推动江北国际机场T3B航站楼正式启用").click()
    expect(page.locator("h1")).to_have_text("推动江北国际机场T3B航站楼正式启用")
    expect(page.locator("table.chain tbody tr")).to_have_count(3)


def test_the_list_of_what_nobody_mentioned_again(visitor: Visitor) -> None:
    page = visitor.open("/", PHONE)
    silent = page.locator("table.answers tbody td a").last
    number = silent.inner_text()
    silent.click()
    expect(page.locator("#results")).to_have_text(f"{number} 条承诺")
    page.locator(".rows .row-title").first.click()
    expect(page.locator(".verdict .answer")).to_have_text("2025 年的报告没有再提到它。没有提到，不等于没有做到。")


@pytest.fixture
def desk(
    browser: Browser, postgres_url: str, database_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Visitor, Callable[[], None]]]:
    """A visitor of a site of its own, and what compares the years of Yubei's reports there."""
    folder = tmp_path_factory.mktemp("years")
    with running_site(postgres_url, database_template, folder, ADMINISTRATOR_PASSWORD=PASSWORD) as (
        address,
        environment,
    ):

        def compare() -> None:
            subprocess.run([sys.executable, "manage.py", "link", "500112"], cwd=ROOT, env=environment, check=True)

        somebody = Visitor(browser, address)
        yield somebody, compare
        somebody.leave()
    assert somebody.complaints == []


def logged_in(visitor: Visitor) -> Page:
    page = visitor.open("/admin/", DESKTOP, scripts=True)
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    return page


def test_the_grid_and_a_rejected_pair_that_stays_away(desk: tuple[Visitor, Callable[[], None]]) -> None:
    visitor, compare = desk
    compare()
    page = logged_in(visitor)
    page.goto(GRID)
    page.get_by_role("link", name=ORCHARDS).click()
    expect(page.locator(".sides blockquote")).to_have_text([ORCHARDS, "南北大道全线通车"])
    page.get_by_role("link", name="否决").click()
    page.get_by_label("为什么不是同一件事").fill("通车的是路，不是产业带")
    page.get_by_role("button", name="否决").click()
    expect(page.locator(".messagelist")).to_contain_text("已否决 1 条对应")
    compare()
    page.goto(GRID)
    expect(page.get_by_role("link", name=ORCHARDS)).to_have_count(0)
    row = page.locator("#result_list tbody tr", has_text="全力创建国家乡村振兴示范区")
    row.locator("input.action-select").check()
    page.locator("select[name=action]").select_option("accept")
    page.get_by_role("button", name="执行").click()
    expect(page.locator("form.confirm")).to_contain_text("记为再次承诺（改期）")
    page.get_by_role("button", name="采纳").click()
    expect(page.locator(".messagelist")).to_contain_text("已采纳 1 条对应")
    citizen = visitor.open(f"/commitments/?q={ZONE}", PHONE)
    citizen.get_by_role("link", name=ZONE, exact=True).click()
    expect(citizen.locator("table.chain tbody th")).to_have_text(["2021", "2025"])
    # What was rejected answers nothing: now the promise counts as not mentioned.
    citizen.goto(f"/commitments/?answer=silent&q={ORCHARDS}")
    expect(citizen.locator("#results")).to_have_text("1 条承诺")
