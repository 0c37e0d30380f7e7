"""Everybody can use the pages: axe finds nothing, phones need no sideways scrolling, the keyboard reaches all."""

from importlib.resources import files
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Visitor

# One process of several runs all of these: they share a site and a browser.
pytestmark = pytest.mark.xdist_group("browser")

PAGES: Final = (
    "/",
    "/commitments/?category=transport&year=2021&light=yellow",
    "/commitments/?q=没有这样的词",
    "/commitments/?categroy=education",
    "/projects/",
    "/projects/jiangbei-airport-t3b-fourth-runway/",
    "/reports/",
    "/reports/500112/2021/",
    "/places/500112/",
    "/data/",
    "/about/",
    "/nowhere/",
)
NARROWEST: Final = 320
AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def commitment_with_everything(visitor: Visitor) -> str:
    """Return the address of a commitment with status, evidence, a figure and a history."""
    page = visitor.open("/commitments/?q=旅客吞吐量")
    address = page.locator(".row-title").first.get_attribute("href")
    assert address is not None
    return address


def complaints_of_axe(page: Page) -> list[str]:
    """Return what axe finds wrong, with the place."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    return [f"{problem['id']}: {node['html'][:160]}" for problem in found for node in problem["nodes"]]


@pytest.mark.parametrize("address", [*PAGES, "commitment"])
def test_axe_finds_nothing_on_a_phone(visitor: Visitor, address: str) -> None:
    place = commitment_with_everything(visitor) if address == "commitment" else address
    assert complaints_of_axe(visitor.open(place, PHONE, scripts=True)) == []
    visitor.forgive_refusals()


@pytest.mark.parametrize("state", ["kept_late", "partly_kept", "not_kept", "unverified", "ongoing"])
def test_axe_finds_nothing_whatever_became_of_a_commitment(visitor: Visitor, state: str) -> None:
    address = visitor.open(f"/commitments/?due_state={state}").locator(".row-title").first.get_attribute("href")
    assert address is not None
    assert complaints_of_axe(visitor.open(address, PHONE, scripts=True, dark=True)) == []


@pytest.mark.parametrize(
    "address",
    ["/en/", "/en/data/", "/en/places/500112/", "/en/commitments/?year=2021", "/en/reports/500112/2021/", "commitment"],
)
def test_axe_finds_nothing_on_dark_english_pages(visitor: Visitor, address: str) -> None:
    place = f"/en{commitment_with_everything(visitor)}" if address == "commitment" else address
    assert complaints_of_axe(visitor.open(place, DESKTOP, scripts=True, dark=True)) == []


def test_the_narrowest_phone_needs_no_sideways_scrolling(visitor: Visitor) -> None:
    page = visitor.open("/", {"width": NARROWEST, "height": 640}, scripts=True)
    places = [*PAGES, commitment_with_everything(visitor)]
    wide = []
    # English words are the longer ones.
    for place in places:
        page.goto(f"/en{place}")
        if page.evaluate("document.scrollingElement.scrollWidth") > NARROWEST:
            wide.append(place)
    visitor.forgive_refusals()
    assert wide == []


def test_the_keyboard_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.open("/", scripts=True)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("address", ["/", "/en/commitments/"])
def test_the_keyboard_reaches_every_control_and_shows_where_it_is(visitor: Visitor, address: str) -> None:
    page = visitor.open(address, scripts=True)
    controls = page.evaluate(
        "[...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]"
        ".filter(e => e.checkVisibility()).length"
    )
    seen: set[int] = set()
    for _ in range(controls):
        page.keyboard.press("Tab")
        number, outline = page.evaluate(
            "[[...document.querySelectorAll('*')].indexOf(document.activeElement),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert outline == "solid"
        seen.add(number)
    assert len(seen) == controls


def test_a_control_is_large_enough_for_a_thumb(visitor: Visitor) -> None:
    page = visitor.open("/commitments/", PHONE, scripts=True)
    small = page.evaluate(
        "[...document.querySelectorAll('nav a, button, select, input:not([type=hidden]), summary, .row-title')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    )
    assert small == []
