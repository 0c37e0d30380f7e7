"""The OpenAPI document is one that every tool reads."""

from typing import Any

import orjson
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from projects.api.resources import ENDPOINTS
from tests.projects.api.world import generated


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The document, as it is sent."""
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
