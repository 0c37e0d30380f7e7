"""A task table from its upload to the public page of a department, as a curator and a citizen do it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, running_site
from tests.seeds import papers
from tests.seeds.workers import running_worker

pytestmark = pytest.mark.xdist_group("browser")

PASSWORD = "for-one-test-alone-7f3a"


@pytest.fixture
def desk(
    browser: Browser,
    postgres_url: str,
    database_template: str,
    broker_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visitor]:
    """A visitor of a site of its own, with a worker."""
    folder = tmp_path_factory.mktemp("desk")
    given = {"ADMINISTRATOR_PASSWORD": PASSWORD, "CELERY_BROKER_URL": broker_url}
    with (
        running_site(postgres_url, database_template, folder, **given) as (address, environment),
        running_worker(broker_url, folder / "worker.log", environment),
    ):
        somebody = Visitor(browser, address)
        yield somebody
        somebody.leave()
    assert somebody.complaints == []


def test_upload_preview_accept_and_the_department_s_page(desk: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "渝北区2025年任务分解表.xlsx"
    file.write_bytes(papers.task_table())
    page = desk.open("/admin/", DESKTOP, scripts=True)
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="上传报告或官方文件").click()
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="上传并提取").click()
    # The page comes again by itself until the worker is through.
    page.get_by_role("link", name="逐行对照").click(timeout=60_000)
    expect(page.locator("#result_list tbody tr")).to_have_count(len(papers.TASKS))
    first = page.locator("#result_list tbody tr").first
    expect(first).to_contain_text("新增公共停车位1000个")
    expect(first).to_contain_text("到期日：2025-12-31（推定）→ 2025-09-30")
    expect(page.locator("#result_list tbody tr").last).to_contain_text("没有找到对应的承诺")
    page.get_by_role("button", name="采纳全部这样的").click()
    expect(page.locator("form.confirm")).to_contain_text("牵头：区城市管理局（新登记的部门）")
    page.get_by_role("button", name="写入").click()
    expect(page.locator(".messagelist")).to_contain_text(re.compile(r"已采纳 \d+ 条对应"))
    citizen = desk.open("/places/500112/", PHONE)
    citizen.get_by_role("link", name="区城市管理局", exact=True).click()
    expect(citizen.locator("h1")).to_have_text("区城市管理局")
    citizen.get_by_role("link", name="新增公共停车位1000个").click()
    expect(citizen.locator(".facts-list")).to_contain_text("2025-09-30")
    expect(citizen.locator(".facts-list")).to_contain_text(f"“{papers.TASK_TITLE}”写明。")
    citizen.get_by_role("link", name="区城市管理局（牵头）").click()
    citizen.get_by_role("link", name="English").click()
    expect(citizen.locator("main")).to_contain_text("leads 1")
