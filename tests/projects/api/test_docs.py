"""The pages that show the schema load nothing from other hosts, and nothing that their policy forbids."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/docs/", "/api/redoc/"])
def test_pages_load_our_own_files_only(client: Client, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(sources) >= 4
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)
    assert not re.search(r"<script>|<style|onload=", page)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy
    assert 'data-schema="/api/schema/"' in page


def test_pages_speak_the_readers_language(client: Client) -> None:
    assert 'lang="zh-hans"' in client.get("/api/docs/").content.decode()
    assert 'lang="en"' in client.get("/api/docs/", headers={"Accept-Language": "en"}).content.decode()


def test_pages_are_only_read(client: Client) -> None:
    assert client.post("/api/docs/").status_code == 405
