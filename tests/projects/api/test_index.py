"""Whoever opens the API's address learns what there is, where, and on which terms."""

from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern
from pytest_django import Settings

from projects.api.dataset import NOTHING_YET
from projects.api.urls import v1
from projects.api.views import index
from projects.models import DatasetVersion
from projects.serializers import absolute
from tests.factories import CommitmentFactory
from tests.projects.api.world import generated

pytestmark = pytest.mark.django_db
INDEX: Final = "/api/v1/"
# Addresses that are lists but no resources of their own.
BESIDES: Final = {"", "commitments.atom", "commitments.ics", "evidence/proposals/"}


def test_every_list_is_named() -> None:
    listed = {str(one.pattern) for one in v1 if isinstance(one, URLPattern) and "^" not in str(one.pattern)}
    assert {f"{one['name']}/" for one in index(NOTHING_YET)["resources"]} == listed - BESIDES


def test_every_address_answers(client: Client) -> None:
    index = client.get(INDEX).json()
    names = ("documentation", "reference", "schema", "policy", "updates", "calendar", "snapshots")
    addresses = [index[name] for name in names]
    addresses += [resource["url"] for resource in index["resources"]]
    addresses.append(index["licence"]["url"].partition("#")[0])
    assert len(addresses) > 15
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    assert 'id="licence"' in client.get(addresses[-1]).content.decode()


@pytest.mark.parametrize(("language", "told"), [("en", "# What you can rely on"), ("zh", "# 可以依赖什么")])
def test_the_policy_is_told_in_the_clients_language(client: Client, language: str, told: str) -> None:
    answer = client.get(client.get(INDEX).json()["policy"], headers={"Accept-Language": language})
    assert (answer["Content-Type"], answer.content.decode().startswith(told)) == ("text/plain; charset=utf-8", True)
    assert "/api/policy/" in client.get("/api/docs/").content.decode()


def test_every_format_answers(client: Client) -> None:
    for resource in client.get(INDEX).json()["resources"]:
        for name in set(resource["formats"]) - {"json"}:
            answer = client.get(f"{resource['url']}?format={name}")
            assert answer.status_code == 200
            answer.getvalue()


def test_it_speaks_the_clients_language(client: Client) -> None:
    chinese = client.get(INDEX).json()
    english = client.get(INDEX, headers={"Accept-Language": "en"}).json()
    assert chinese["resources"][0]["meaning"] == "政府工作报告中的承诺"
    assert english["resources"][0]["meaning"].isascii()
    assert english["licence"]["name"] == chinese["licence"]["name"] == "Apache-2.0"
    assert client.get(english["licence"]["url"]).status_code == 200


def test_its_version_moves_with_the_data(client: Client) -> None:
    first = client.get(INDEX)
    CommitmentFactory.create()
    connection.check_constraints()  # as a commit would
    second = client.get(INDEX)
    assert second.json()["dataset"]["version"] > first.json()["dataset"]["version"]
    stands = DatasetVersion.objects.get()
    assert second.json()["dataset"]["version"] == stands.number
    assert second.json()["dataset"]["changed_at"] == f"{stands.changed_at:%Y-%m-%dT%H:%M:%SZ}"
    assert second["ETag"] != first["ETag"]


def test_it_has_the_headers_of_the_others(client: Client, settings: Settings) -> None:
    settings.API_RATES = {"anonymous": "10/minute", "token": "off"}
    index, listed = client.get(INDEX), client.get(f"{INDEX}commitments/")
    assert (index["Content-Type"], index["Cache-Control"]) == (listed["Content-Type"], listed["Cache-Control"])
    assert {"ETag", "RateLimit", "Vary"} <= set(index.headers)
    again = client.get(INDEX, headers={"If-None-Match": index["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_takes_no_parameters(client: Client) -> None:
    answer = client.get(f"{INDEX}?page=1")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "page")
    assert client.post(INDEX).status_code == 405
    assert client.get(INDEX, headers={"Accept": "text/csv"}).status_code == 406


def test_the_address_above_leads_to_it(client: Client) -> None:
    assert client.get("/api/")["Location"] == INDEX


def test_the_schema_shows_it() -> None:
    told = generated()["paths"][INDEX]["get"]
    assert told["operationId"] == "index"
    (example,) = told["responses"]["200"]["content"]["application/json"]["examples"].values()
    assert example["value"]["resources"][0]["url"] == absolute("/api/v1/commitments/")
