"""The schema tells all there is, without a warning: every parameter, field, code and error, with examples."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from projects.api.problems import CONTENT_TYPE
from projects.choices import Category, Status
from projects.filters import COMMITMENTS
from tests.projects.api.world import generated

pytestmark = pytest.mark.slow

Operation = dict[str, Any]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema in Chinese."""
    with override("zh-hans"):
        return generated()


def reads(schema: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Yield the operations that read."""
    for path, operations in schema["paths"].items():
        if "get" in operations:
            yield path, operations["get"]


def test_without_a_warning(tmp_path: Path) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_the_version_and_the_resources(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    names = {path.split("/")[3] for path in schema["paths"] if path.startswith("/api/v1/")}
    assert {"commitments", "achievements", "projects", "evidence", "reports", "jurisdictions", "stats"} <= names


def test_it_says_what_it_is_and_on_which_terms(schema: dict[str, Any]) -> None:
    assert "承诺" in schema["info"]["description"]
    assert schema["info"]["license"]["identifier"] == "Apache-2.0"


def test_every_parameter_has_a_meaning_and_an_example(schema: dict[str, Any]) -> None:
    bare = [
        (path, parameter["name"])
        for path, operation in reads(schema)
        for parameter in operation.get("parameters", [])
        if not parameter.get("description") or not (parameter.get("examples") or parameter["name"] == "cursor")
    ]
    assert bare == []


def test_every_filter_is_a_parameter(schema: dict[str, Any]) -> None:
    told = {parameter["name"] for parameter in schema["paths"]["/api/v1/commitments/"]["get"]["parameters"]}
    assert set(COMMITMENTS.filterset.base_filters) <= told


def test_what_writes_takes_no_parameter(schema: dict[str, Any]) -> None:
    told = {
        (method, parameter["in"], parameter["name"])
        for operations in schema["paths"].values()
        for method, operation in operations.items()
        if method != "get"
        for parameter in operation.get("parameters", [])
    }
    assert told == {("post", "header", "Idempotency-Key"), ("delete", "path", "id")}


def test_bounds_stand_where_they_mean_something(schema: dict[str, Any]) -> None:
    for _path, operation in reads(schema):
        for parameter in operation.get("parameters", []):
            one = parameter["schema"].get("items", parameter["schema"])
            allowed = {"string": {"maxLength", "enum", "format", "pattern"}, "boolean": set()}
            known = allowed.get(one["type"], {"minimum", "maximum", "format"})
            assert one.keys() - known == {"type"}, parameter


def test_vocabularies_are_listed_with_an_example(schema: dict[str, Any]) -> None:
    components = schema["components"]["schemas"]
    assert components["Category"]["enum"] == Category.values
    assert components["Status"]["examples"] == [Status.NOT_ASSESSED]
    assert "`completed` - 已完成" in components["Status"]["description"]


def test_every_field_is_described(schema: dict[str, Any]) -> None:
    bare = [
        (name, field)
        for name, component in schema["components"]["schemas"].items()
        for field, told in component.get("properties", {}).items()
        if not told.get("description")
    ]
    assert bare == []


def test_every_read_tells_its_errors(schema: dict[str, Any]) -> None:
    for path, operation in reads(schema):
        told = operation["responses"]
        assert {"200", "400", "429", "500"} <= told.keys(), path
        assert CONTENT_TYPE in told["400"]["content"], path
        assert told["400"]["content"][CONTENT_TYPE].get("examples"), path
        assert ("404" in told) == ("{" in path), path


@pytest.mark.django_db
def test_the_schema_speaks_the_clients_language(client: Client) -> None:
    chinese = client.get("/api/schema/").content.decode()
    english = client.get("/api/schema/", headers={"Accept-Language": "en"}).content.decode()
    assert "报告年度" in chinese
    assert "读取不需要账号" in chinese
    assert "报告年度" not in english
    assert "读取不需要账号" not in english
