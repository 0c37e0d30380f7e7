from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.models import Jurisdiction, Succession
from tests.factories import JurisdictionFactory, SuccessionFactory
from tests.projects.pages import World, world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


def end(rows: World) -> None:
    """Let the district end with 2025, and a neighbour take over a part of it."""
    Jurisdiction.objects.filter(pk=rows.place.pk).update(valid_until=date(2025, 12, 31))
    neighbour = JurisdictionFactory.create(code="500109", name="北碚区", name_en="Beibei District")
    SuccessionFactory.create(
        predecessor=rows.place, successor=neighbour, on=date(2026, 1, 2), scope="五镇", scope_en="Five towns",
        source=Succession.objects.get().source,
    )  # fmt: skip


def test_a_place_shows_its_totals_reports_and_parent(read: Read) -> None:
    world()
    html = read("/places/500112/")
    assert '<a href="/places/500000/">重庆市</a>' in html
    assert '<a href="/commitments/?jurisdiction=500112"><b>2</b> 条承诺</a>' in html
    assert 'href="/commitments/?category=education&amp;jurisdiction=500112"' in html
    assert 'href="/reports/500112/2021/"' in html


def test_a_place_tells_its_years_by_due_state_and_what_is_missing(read: Read) -> None:
    world()
    html = read("/places/500112/")
    assert '<a href="/commitments/?due_state=partly_kept&amp;year=2021&amp;jurisdiction=500112">' in html
    assert '<a href="/commitments/?overdue_basis=evidence&amp;jurisdiction=500112"><b>1</b>' in html
    assert "已收录 2021、2025 年的报告，缺 2022、2023、2024" in html


def test_a_government_that_goes_on_has_no_end(read: Read) -> None:
    world()
    html = read("/places/500112/")
    assert "已经撤销" not in html
    assert "它的一部分已由别的政府承接" in html
    assert "承接" not in read("/places/500000/")


def test_a_government_that_ended_says_who_carries_on_and_from_where_that_is_known(read: Read) -> None:
    rows = world()
    end(rows)
    html = read("/places/500112/")
    assert "渝北区已经撤销。它的承诺照旧按期限和证据判定。" in html
    assert "自 2026-01-01 起 新区：全部" in html
    assert '<li>自 2026-01-02 起 <a href="/places/500109/">北碚区</a>：五镇</li>' in html
    assert html.count("<cite>") == 1, "what both rest on is told once"
    assert "2025-12-31" in html
    assert "此后不再有它的报告" in html
    english = read("/en/places/500112/")
    assert "New Area: All of it" in english
    assert '<a href="/places/500112/">渝北区</a>：五镇' in read("/places/500109/")


def test_a_government_that_has_not_ended_yet_goes_on(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = world()
    end(rows)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 12, 31))
    html = read("/places/500112/")
    assert "已经撤销" not in html
    assert "承接" not in html


def test_an_end_without_a_successor_on_file_is_told_as_such(read: Read) -> None:
    ended = JurisdictionFactory.create(code="500105", name="江北区", valid_until=date(2025, 11, 5))
    assert ended.name in read("/places/500105/")
    assert "由谁承接，没有收录。" in read("/places/500105/")


def test_a_city_shows_the_places_below_it(read: Read) -> None:
    world()
    html = read("/en/places/500000/")
    assert '<a class="row-title" href="/en/places/500112/">Yubei District</a>' in html
    assert "No report of this government has been published yet." in html


def test_an_unknown_place_is_not_found(client: Client) -> None:
    assert client.get("/places/999999/").status_code == 404


def test_a_place_takes_nine_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rows = world()
    for number in range(2):
        with django_assert_num_queries(9):
            client.get("/places/500112/")
        JurisdictionFactory.create(code=f"50011{number + 3}", parent=rows.place)
