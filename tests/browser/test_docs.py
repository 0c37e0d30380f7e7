"""The pages that show the API's schema work in a browser, from our own files alone, and complain about nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")


def test_the_reference_is_read(visitor: Visitor) -> None:
    page = visitor.open("/api/redoc/", scripts=True)
    expect(page.get_by_text("/api/v1/commitments/", exact=True).first).to_be_attached(timeout=30_000)
    mark = page.get_by_alt_text("redocly logo")
    expect(mark).to_have_count(1)
    assert (mark.get_attribute("src") or "").startswith("data:")


def test_a_call_is_tried(visitor: Visitor) -> None:
    page = visitor.open("/api/docs/", scripts=True)
    page.locator("#operations-categories-categories_list").click(timeout=30_000)
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")
