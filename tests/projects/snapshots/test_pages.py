"""The page of the data and what describes them to programs."""

import re
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from arro3.io import read_parquet
from django.conf import settings
from django.test import Client

from projects.api.exports.table import columns
from projects.api.resources import ENDPOINTS
from projects.snapshots import store
from projects.snapshots.catalog import LICENCE, codebook, fields
from projects.snapshots.store import File, Snapshot
from projects.snapshots.writing import take
from tests.projects.api.world import HIDDEN, World

PAGES = ("/data/", "/en/data/")


@pytest.fixture
def snapshot(made: World) -> Snapshot:
    """A snapshot of the world."""
    taken = take()
    assert taken is not None
    return taken


def keep(version: int, day: date, until: date | None) -> Snapshot:
    """Keep a snapshot without rows."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    made = Snapshot(version, day, moment, until, (File("reports.csv", "reports", "csv", 1234, 5, "0" * 64),))
    made.folder.mkdir(parents=True)
    (made.folder / store.MANIFEST).write_bytes(made.manifest())
    return made


def linked(html: str) -> Any:
    """Return what a page tells search engines."""
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return orjson.loads(script)


def table_of(content: bytes) -> str:
    """Return all cells of a Parquet file."""
    table: Any = read_parquet(content).read_all()
    return repr([[cell.as_py() for cell in table[name]] for name in table.column_names])


class TestBeforeTheFirst:
    """What there is before the first snapshot."""

    @pytest.mark.parametrize(("page", "words"), [("/data/", "还没有快照"), ("/en/data/", "There is no copy yet")])
    def test_the_page_says_so(self, client: Client, page: str, words: str) -> None:
        html = client.get(page).content.decode()
        assert words in html
        assert "due_basis" in html
        assert '/data/catalog.jsonld"' in html
        assert "<script" not in html

    def test_programs_get_empty_lists(self, client: Client) -> None:
        assert client.get("/data/manifest.json").json() == {"licence": LICENCE, "snapshots": []}
        assert client.get("/data/catalog.jsonld").json()["dcat:dataset"] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_page_shows_every_file_with_size_and_sum(client: Client, snapshot: Snapshot, page: str) -> None:
    html = client.get(page).content.decode()
    for file in snapshot.files:
        if file.resource:
            assert f'href="{settings.SITE_URL}/data/{snapshot.name}/{file.name}"' in html
            assert file.sha256 in html
    assert f"{settings.SITE_URL}/data/{snapshot.name}/manifest.json" in html.split('id="citation"')[1]
    assert 'href="/data/manifest.json"' in html.replace("/en/data/manifest.json", "/data/manifest.json")


def test_the_page_tells_the_version_and_the_earlier_ones(client: Client) -> None:
    keep(186, date(2026, 1, 1), None)
    keep(187, date(2026, 1, 2), date(2026, 2, 1))
    keep(188, date(2026, 1, 3), date(2026, 2, 2))
    english = client.get("/en/data/").content.decode()
    assert "Version 188, 2026-01-03." in english
    assert "1234 rows" in english
    earlier = re.findall(r'href="/en/data/([-0-9v]+)/manifest.json"', english)
    assert earlier == ["2026-01-02-v187", "2026-01-01-v186"]
    assert "第 188 版，2026-01-03" in client.get("/data/").content.decode()


def test_every_field_is_explained_once(client: Client) -> None:
    html = client.get("/data/").content.decode()
    for endpoint in ENDPOINTS:
        (part,) = re.findall(rf"<code>{endpoint.name}</code></summary>(.*?)</details>", html, re.DOTALL)
        told = re.findall(r"<dt><code>([^<]+)</code></dt>", part)
        assert told == [path for path, _label, _field in fields(endpoint.row)]
        assert {column.code for column in columns(endpoint.row)} <= set(told)
    assert "到期日" in html
    assert "Due date" in client.get("/en/data/").content.decode()


def test_the_codebook_tells_types_and_codes_in_both_languages(snapshot: Snapshot) -> None:
    held = orjson.loads((snapshot.folder / store.CODEBOOK).read_bytes())
    assert held == codebook()
    (commitments,) = [one for one in held["resources"] if one["name"] == "commitments"]
    told = {field["name"]: field for field in commitments["fields"]}
    assert told["due_on"]["type"] == "date"
    assert told["due_on"]["label"] == {"zh-hans": "到期日", "en": "Due date"}
    assert told["overdue"]["type"] == "boolean"
    assert (told["quantity"]["type"], told["quantity"]["nullable"]) == ("number", True)
    assert {"code": "implied", "label": {"zh-hans": "推定", "en": "implied"}} in told["due_basis"]["codes"]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_types_are_those_of_the_rows(snapshot: Snapshot, endpoint: Any) -> None:
    kinds: dict[str, Any] = {"integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    rows = [orjson.loads(line) for line in (snapshot.folder / f"{endpoint.name}.ndjson").read_bytes().splitlines()]
    assert rows
    for path, _label, field in fields(endpoint.row):
        for row in rows:
            value: Any = row
            for name in path.split("."):
                value = None if value is None else value[name]
            assert value is None or isinstance(value, kinds.get(field.type, str)), path
            assert value is not None or field.kind.null or "." in path, path


def test_the_manifest_lists_what_is_kept(client: Client, snapshot: Snapshot) -> None:
    answer = client.get("/data/manifest.json")
    (told,) = answer.json()["snapshots"]
    assert (told["version"], told["day"], told["kept_until"]) == (snapshot.version, snapshot.day.isoformat(), None)
    assert len(told["files"]) == 3 * len(ENDPOINTS) + 1
    for file in told["files"]:
        assert client.head(file["url"].removeprefix(settings.SITE_URL))["Content-Length"] == str(file["bytes"])
    assert answer["Cache-Control"] == settings.PUBLIC_CACHE_CONTROL
    assert client.get("/data/manifest.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_search_engines_read_the_dataset(client: Client, snapshot: Snapshot) -> None:
    told = linked(client.get("/en/data/").content.decode())
    assert (told["@type"], told["version"], told["license"]) == ("Dataset", str(snapshot.version), LICENCE)
    assert 50 <= len(told["description"]) <= 5000
    assert len(told["distribution"]) == 3 * len(ENDPOINTS)
    assert told["name"].startswith("Duixian")
    assert linked(client.get("/data/").content.decode())["name"].startswith("兑现")


def test_what_search_engines_read_cannot_end_its_script(client: Client) -> None:
    made = keep(1, date(2026, 1, 1), None)
    evil = File("<!--<script>.csv", "reports", "csv", 1, 1, "0" * 64)
    (made.folder / store.MANIFEST).write_bytes(Snapshot(1, made.day, made.made_at, None, (evil,)).manifest())
    html = client.get("/data/").content.decode()
    assert "<!--<script>" not in html
    assert linked(html)["distribution"][0]["name"] == evil.name


def test_catalogues_read_each_resource(client: Client, snapshot: Snapshot) -> None:
    answer = client.get("/data/catalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    told = orjson.loads(answer.content)
    assert [one["dcterms:identifier"] for one in told["dcat:dataset"]] == [one.name for one in ENDPOINTS]
    for one in told["dcat:dataset"]:
        assert {text["@language"] for text in one["dcterms:title"]} == {"zh-Hans", "en"}
        kinds = [file["dcat:mediaType"]["@id"].rpartition("/")[2] for file in one["dcat:distribution"]]
        assert kinds == ["x-ndjson", "csv", "vnd.apache.parquet"]


def test_no_address_tells_what_is_hidden(client: Client, snapshot: Snapshot) -> None:
    waiting = ["/data/", "/en/data/", "/data/manifest.json", "/data/catalog.jsonld"]
    seen: dict[str, bytes] = {}
    while waiting:
        place = waiting.pop()
        if place not in seen:
            answer = client.get(place)
            assert answer.status_code == 200, place
            seen[place] = b"".join(answer) if answer.streaming else answer.content
            found = re.findall(r'"(?:' + re.escape(settings.SITE_URL) + r')?((?:/en)?/data/[^"#]*)"', repr(seen[place]))
            waiting += found
    assert len(seen) > len(snapshot.files)
    for place, content in seen.items():
        assert HIDDEN not in (table_of(content) if place.endswith(".parquet") else content.decode()), place
