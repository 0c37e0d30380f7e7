import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from projects.choices import ReportState
from projects.models import Project, Report
from projects.sitemaps import SITEMAPS
from tests.projects.pages import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> World:
    return world()


def locations(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", response.content.decode())


def test_the_index_names_every_section(client: Client) -> None:
    assert locations(client, "/sitemap.xml") == [f"/sitemap-{section}.xml" for section in SITEMAPS]


def test_every_address_exists_in_both_languages(client: Client, rows: World) -> None:
    found = [place for section in SITEMAPS for place in locations(client, f"/sitemap-{section}.xml")]
    assert f"/commitments/{rows.commitment.pk}/" in found
    assert f"/en/projects/{rows.project.slug}/" in found
    assert "/reports/500112/2025/" in found
    assert "/en/places/500112/" in found
    assert len(found) == len(set(found))
    assert {client.get(place).status_code for place in found} == {200}


def test_pages_name_their_other_language(client: Client, rows: World) -> None:
    body = client.get("/sitemap-projects.xml").content.decode()
    address = f"http://testserver/en/projects/{rows.project.slug}/"
    assert f'<xhtml:link rel="alternate" hreflang="en" href="{address}"/>' in body
    assert 'hreflang="x-default"' in body


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025-12-31"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "2026-01-01"),
    ],
)
def test_the_day_of_the_last_change_is_that_in_beijing(
    client: Client, rows: World, changed: datetime, day: str
) -> None:
    Project.objects.filter(pk=rows.project.pk).update(updated_at=changed)
    assert f"<lastmod>{day}</lastmod>" in client.get("/sitemap-projects.xml").content.decode()


def test_what_is_not_public_is_not_listed(client: Client, rows: World) -> None:
    Report.objects.filter(pk=rows.earlier.pk).update(state=ReportState.WITHDRAWN)
    assert locations(client, "/sitemap-reports.xml") == ["/reports/500112/2025/", "/en/reports/500112/2025/"]
    assert f"/commitments/{rows.commitment.pk}/" not in locations(client, "/sitemap-commitments.xml")
