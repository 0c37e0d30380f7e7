"""The OpenAPI document is one that every tool reads."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils.translation import override
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django import Settings

from projects.api.proposals.bodies import JSON
from projects.api.resources import ENDPOINTS
from projects.choices import Verification
from projects.models import ApiToken, Commitment, Evidence
from tests.factories import ApiTokenFactory, JurisdictionFactory
from tests.projects.api.conftest import TOKEN_SECRET
from tests.projects.api.described import FORMATS, Described
from tests.projects.api.proposing import body, send
from tests.projects.api.world import World, generated


@pytest.fixture(scope="module", params=["zh-hans", "en"])
def schema(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The document in each language, as it is sent."""
    with override(request.param):
        sent: dict[str, Any] = orjson.loads(orjson.dumps(generated(), default=float))
    return sent


def test_it_is_valid(schema: dict[str, Any]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(schema).iter_errors()] == []


def test_every_field_says_what_it_is(schema: dict[str, Any]) -> None:
    fields = [
        (name, field, told.get("description"))
        for name, component in schema["components"]["schemas"].items()
        for field, told in component.get("properties", {}).items()
    ]
    assert len(fields) > 200
    assert [one for one in fields if not one[2] or (one[2] in ("编号", "Id") and one[1] != "id")] == []


def test_it_speaks_one_language(schema: dict[str, Any]) -> None:
    """Whichever language was asked for first in this process."""
    is_chinese = "政府" in schema["info"]["description"]
    texts = [text for text in _texts(schema) if not re.fullmatch(r"[`*\w\s-]+", text, re.ASCII)]
    assert len(texts) > 800
    assert [text for text in texts if bool(re.search(r"[\u4e00-\u9fff]", text)) != is_chinese] == []


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node[name] for name in ("description", "summary") if isinstance(node.get(name), str))
        for name, item in node.items():
            if name not in ("examples", "example"):
                yield from _texts(item)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)


def test_every_example_is_as_described(schema: dict[str, Any]) -> None:
    """An answer of yesterday may lack a field of today: ``make clients`` asks for that, too."""
    checked = 0
    for path in schema["paths"].values():
        for operation in path.values():
            for response in [operation.get("requestBody", {}), *operation["responses"].values()]:
                for kind, content in response.get("content", {}).items():
                    described = {**content["schema"], "components": schema["components"]}
                    for example in content.get("examples", {}).values():
                        found = Draft202012Validator(described, format_checker=FORMATS).iter_errors(example["value"])
                        wrong = [error.message for error in found if error.validator != "required"]
                        assert wrong == [], (operation["operationId"], kind)
                        checked += 1
    assert checked > 200


def test_every_list_and_row_is_described(schema: dict[str, Any]) -> None:
    described = schema["components"]["schemas"]
    for endpoint in ENDPOINTS:
        for resource in (endpoint.row, endpoint.detail):
            assert list(described[resource.name]["properties"]) == list(resource.fields)


ANSWERS = (
    *(f"{endpoint.name}/" for endpoint in ENDPOINTS),
    *(
        "",
        "changes/",
        "categories/",
        "statuses/",
        "vocabularies/",
        "commitments/?categroy=x",
        "commitments/?page_size=1",
    ),
    *(
        "commitments/?format=csv",
        "commitments/?format=ndjson",
        "commitments.atom",
        "commitments.ics",
        "commitments/999/",
    ),
    *(
        "stats/",
        "stats/?by=category,year,due_year,department,unit",
        "stats/?by=category,status&cross=true&sum=quantity",
    ),
    *("commitments/{school}/", "commitments/{school}/history/", "achievements/{achievement}/", "evidence/{evidence}/"),
    *("projects/yuelai-school/", "reports/500112-2021/", "jurisdictions/500112/", "sources/{notice}/"),
)


@pytest.fixture(scope="module")
def described() -> Described:
    """The document."""
    return Described()


def test_every_format_is_checked(described: Described) -> None:
    used = set(re.findall(rb'"format":"([^"]+)"', orjson.dumps(described.document["components"])))
    assert {one.decode() for one in used} - {"binary"} <= FORMATS.checkers.keys()


@pytest.mark.parametrize("path", ANSWERS)
def test_answers_are_as_described(client: Client, made: World, described: Described, path: str) -> None:
    numbers = {name: getattr(made, name).pk for name in ("school", "achievement", "evidence", "notice")}
    asked = f"/api/v1/{path.format(**numbers)}"
    answer: Any = client.get(asked)
    assert list(described.faults(answer)) == []
    if "ETag" in answer:
        again = client.get(asked, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, list(described.faults(again))) == (304, [])
    assert list(described.faults(client.get(asked, headers={"Accept": "image/png"}))) == []


def test_what_is_not_as_described_is_found(client: Client, made: World, described: Described) -> None:
    answer: Any = client.get("/api/v1/projects/yuelai-school/")
    content = answer.json()
    for changed, fault in (
        ({**content, "url": "/api/v1/projects/x/"}, "$.url"),
        ({**content, "category": "schools"}, "$.category"),
        ({**content, "updated_at": "2025-01-01"}, "$.updated_at"),
    ):
        answer.json = lambda changed=changed: changed
        assert [one.partition(":")[0] for one in described.faults(answer)] == [fault]
    answer.json, answer.headers["X-New"] = (lambda: content), "1"
    del answer.headers["ETag"]
    assert list(described.faults(answer)) == ["the header X-New is not described", "the header etag is lacking"]


@pytest.mark.parametrize(
    ("secret", "kind", "content", "status"),
    [
        (None, JSON, b"{}", 401),
        ("dxp_none", JSON, b"{}", 401),
        (TOKEN_SECRET, JSON, b"[]", 400),
        (TOKEN_SECRET, JSON, b"{}", 422),
        pytest.param(TOKEN_SECRET, JSON, b" " * 70_000, 413, id="large"),
        (TOKEN_SECRET, "text/plain", b"{}", 415),
        (TOKEN_SECRET, JSON, None, 201),
    ],
)
def test_answers_to_proposals_are_as_described(
    token: ApiToken,
    commitment: Commitment,
    described: Described,
    secret: str | None,
    kind: str,
    content: bytes | None,
    status: int,
) -> None:
    sent = body(commitment) if content is None else content
    for _time in range(2):
        answer = send(sent, secret=secret, kind=kind, **{"Idempotency-Key": "one"})
        assert (answer.status_code, list(described.faults(answer))) == (status, []), answer.content
    if status != 201:
        return
    assert answer["Idempotency-Replayed"] == "true"
    client = Client(headers={"Authorization": f"Bearer {TOKEN_SECRET}"})
    own = answer.json()["proposal_url"]
    for method, address, status in (
        ("GET", "/api/v1/evidence/proposals/", 200),
        ("GET", own, 200),
        ("DELETE", own, 200),
        ("GET", "/api/v1/evidence/proposals/999/", 404),
    ):
        told = client.generic(method, address)
        assert (told.status_code, list(described.faults(told))) == (status, [])
    Evidence.objects.filter(pk=answer.json()["id"]).update(review_state=Verification.ACCEPTED)
    decided = client.delete(own)
    assert (decided.status_code, list(described.faults(decided))) == (409, [])


def test_refusals_by_the_service_are_as_described(
    client: Client, token: ApiToken, commitment: Commitment, described: Described, settings: Settings
) -> None:
    settings.EXPORTS_AT_ONCE = 0
    busy = client.get("/api/v1/commitments/?format=csv")
    assert (busy.status_code, list(described.faults(busy))) == (503, [])
    settings.API_RATES = {"anonymous": "1/minute", "token": "1/minute"}
    asked: tuple[Callable[[], Any], ...] = (lambda: client.get("/api/v1/reports/"), lambda: send(body(commitment)))
    for ask in asked:
        answers = [ask() for _time in range(2)]
        assert [list(described.faults(answer)) for answer in answers] == [[], []]
        assert answers[1].status_code == 429
        assert {"RateLimit", "Retry-After"} <= set(answers[1].headers)


def test_who_may_not_propose_is_told_as_described(commitment: Commitment, described: Described) -> None:
    ApiTokenFactory.create(secret="dxp_elsewhere", jurisdiction=JurisdictionFactory.create())
    refused = send(body(commitment), secret="dxp_elsewhere")
    assert (refused.status_code, list(described.faults(refused))) == (403, [])
