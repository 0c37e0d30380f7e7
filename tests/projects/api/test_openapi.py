"""The OpenAPI document is one that every tool reads."""

import re
from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils.translation import override
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from projects.api.resources import ENDPOINTS
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


def test_every_list_and_row_is_described(schema: dict[str, Any]) -> None:
    described = schema["components"]["schemas"]
    for endpoint in ENDPOINTS:
        for resource in (endpoint.row, endpoint.detail):
            assert list(described[resource.name]["properties"]) == list(resource.fields)


ANSWERS = (
    *(f"{endpoint.name}/" for endpoint in ENDPOINTS),
    *("", "changes/", "categories/", "statuses/", "vocabularies/", "commitments/?categroy=x"),
    *(
        "stats/",
        "stats/?by=category,year,due_year,department,unit",
        "stats/?by=category,status&cross=true&sum=quantity",
    ),
    *("commitments/{school}/", "commitments/{school}/history/", "achievements/{achievement}/", "evidence/{evidence}/"),
    *("projects/yuelai-school/", "reports/500112-2021/", "jurisdictions/500112/", "sources/{notice}/"),
)


@pytest.mark.parametrize("path", ANSWERS)
def test_answers_are_as_described(client: Client, made: World, path: str) -> None:
    """Every answer validates against the document, formats included."""
    document = orjson.loads(orjson.dumps(generated(), default=float))
    numbers = {name: getattr(made, name).pk for name in ("school", "achievement", "evidence", "notice")}
    answer = client.get(f"/api/v1/{path.format(**numbers)}")
    described = next(
        operation["get"]["responses"][str(answer.status_code)]["content"][answer["Content-Type"]]["schema"]
        for address, operation in document["paths"].items()
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(address)), answer.wsgi_request.path)
    )
    validator = Draft202012Validator(
        {**described, "components": document["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(answer.json())] == []
