import pytest
from django.test import Client
from pytest_django import Settings

from projects.choices import Category, DueState, Light, Speaker, Status
from tests.projects.views.conftest import Read

LAMPS = {Light.BLUE: "蓝灯", Light.GREEN: "绿灯", Light.YELLOW: "黄灯", Light.RED: "红灯", Light.GREY: "灰灯"}


def test_every_state_light_speaker_and_category_is_explained(read: Read) -> None:
    html = read("/about/")
    for status in Status:
        assert f'<dt><span class="status s-{status}">{status.label}</span></dt>' in html
    for state in DueState:
        assert f'<dt><span class="status d-{state}">{state.label}</span></dt>' in html
    for speaker in Speaker:
        assert f"<dt>{speaker.label}</dt>" in html
    for light in Light:
        assert f'<span class="light l-{light}">{LAMPS[light]}</span>' in html
    for category in Category:
        assert f'<th scope="row">{category.label}</th>' in html


def test_the_grace_periods_are_those_of_the_settings(read: Read, settings: Settings) -> None:
    settings.OVERDUE_GRACE_DAYS_STATED, settings.OVERDUE_GRACE_DAYS_IMPLIED = 1, 45
    html = read("/en/about/")
    assert "Due date stated in the text: a grace period of 1 day." in html
    assert "Implied due date: a grace period of 45 days" in html


@pytest.mark.parametrize(
    "anchor",
    [
        *("commitment", "status", "due-state", "overdue", "late", "ground", "light", "missing"),
        *("limits", "licence", "api"),
    ],
)
def test_other_pages_can_point_into_it(read: Read, anchor: str) -> None:
    assert f'<h2 id="{anchor}">' in read("/about/")


def test_the_rule_of_the_lights_is_that_of_the_settings(read: Read, settings: Settings) -> None:
    assert "本站允许 10 个百分点以内的出入。" in read("/about/")
    settings.LIGHT_OFFICIAL_RULE = True
    html = read("/about/")
    assert "本站按官方督查的口径：有任何落后就是欠进度。" in html
    assert "10 个百分点" not in html.replace("领先 10 个百分点以上", "")


def test_robots_are_shown_the_sitemap_and_kept_from_endless_lists(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /*?" in lines
    assert "Disallow: /admin/" in lines
