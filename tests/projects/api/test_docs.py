"""The pages that show the schema load nothing from other hosts, and nothing that their policy forbids."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.projects.api.world import generated

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


@pytest.mark.parametrize(
    ("query", "accepted", "kind"),
    [
        ("", "*/*", "application/vnd.oai.openapi; charset=utf-8"),
        ("", "application/json", "application/json"),
        ("?format=json", "*/*", "application/json"),
        ("?format=yaml", "application/json", "application/yaml; charset=utf-8"),
    ],
)
def test_the_schema_comes_in_the_form_that_is_asked_for(client: Client, query: str, accepted: str, kind: str) -> None:
    answer = client.get(f"/api/schema/{query}", headers={"Accept": accepted})
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer.content.startswith(b"{" if kind == "application/json" else b"openapi: 3.1")


def test_a_form_of_the_schema_that_is_not_made_is_refused(client: Client) -> None:
    answer = client.get("/api/schema/?format=xml")
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")


@pytest.mark.parametrize(
    ("query", "parameter", "hint"),
    [("lang=fr", "lang", {"allowed": ["zh-hans", "en"]}), ("langg=en", "langg", {"did_you_mean": "lang"})],
)
def test_what_the_schema_is_not_asked_for_is_refused(
    client: Client, query: str, parameter: str, hint: dict[str, object]
) -> None:
    answer = client.get(f"/api/schema/?{query}")
    assert answer.status_code == 400
    assert {name: answer.json()[name] for name in ("parameter", *hint)} == {"parameter": parameter, **hint}
    assert client.get("/api/schema/?lang=en&format=json").json()["paths"]


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_the_schema_is_kept_by_who_has_it_and_written_once(
    client: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = {}
    for language in ("zh-hans", "en"):
        address = f"/api/schema/?format={form}&lang={language}"
        first = client.get(address)
        with monkeypatch.context() as broken:
            broken.setattr("drf_spectacular.generators.SchemaGenerator.get_schema", None)
            again = client.get(address)
            kept = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again["ETag"], again.content) == (200, first["ETag"], first.content)
        assert (kept.status_code, kept.content) == (304, b"")
        assert first["Cache-Control"].startswith("public")
        assert first["Content-Language"] == language
        tags[language] = first["ETag"]
    assert len(set(tags.values())) == 2


def test_the_server_of_the_schema_is_the_one_that_was_asked(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["duixian.example", "127.0.0.1"]
    for headers, secure, server in (
        ({"host": "duixian.example"}, True, "https://duixian.example"),
        ({"host": "127.0.0.1:8123"}, False, "http://127.0.0.1:8123"),
    ):
        sent = [client.get("/api/schema/?format=json", headers=headers, secure=secure) for _time in range(2)]
        assert sent[0].json()["servers"] == [{"url": server}]
        assert sent[0].content == sent[1].content
    assert client.get("/api/schema/", headers={"host": "evil.example"}).status_code == 400


def test_the_server_of_a_document_that_nobody_asked_for_is_the_sites(settings: Settings) -> None:
    assert generated()["servers"] == [{"url": settings.SITE_URL}]
