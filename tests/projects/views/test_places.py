import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import JurisdictionFactory
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


def test_a_place_shows_its_totals_reports_and_parent(read: Read) -> None:
    world()
    html = read("/places/500112/")
    assert '<a href="/places/500000/">重庆市</a>' in html
    assert '<a href="/commitments/?jurisdiction=500112"><b>2</b> 条承诺</a>' in html
    assert 'href="/commitments/?category=education&amp;jurisdiction=500112"' in html
    assert 'href="/reports/500112/2021/"' in html


def test_a_city_shows_the_places_below_it(read: Read) -> None:
    world()
    html = read("/en/places/500000/")
    assert '<a class="row-title" href="/en/places/500112/">Yubei District</a>' in html
    assert "No report of this government has been published yet." in html


def test_an_unknown_place_is_not_found(client: Client) -> None:
    assert client.get("/places/999999/").status_code == 404


def test_a_place_takes_six_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    rows = world()
    for number in range(2):
        with django_assert_num_queries(6):
            client.get("/places/500112/")
        JurisdictionFactory.create(code=f"50011{number + 3}", parent=rows.place)
