"""The examples of the OpenAPI document are real answers, and every answer is as the document says."""

import json
import os
from typing import Any

import orjson
import pytest
from django.test import Client

from projects.api.resources import ENDPOINTS
from projects.api.schema import EXAMPLES
from projects.api.stats import GROUPS
from tests.docs.examples import API, LANGUAGES, as_document, examples
from tests.docs.tutorial import TOKEN, shape
from tests.projects.api.described import Described


def test_the_examples_are_answers_of_today(site: Client) -> None:
    """With WRITE_EXAMPLES in the environment they are written anew: ``make examples``."""
    told = as_document(examples(site, TOKEN))
    if "WRITE_EXAMPLES" in os.environ:
        EXAMPLES.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    kept = orjson.loads(EXAMPLES.read_bytes())
    assert told.keys() == kept.keys()
    for operation, places in kept.items():
        assert shows(shape(told[operation]), shape(places)), f"{operation}: run `make examples` and look at it"


def shows(whole: object, part: object) -> bool:
    """Say whether an answer still shows all that an example does; what came later, `make examples` adds."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(name in whole and shows(whole[name], value) for name, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return all(map(shows, whole, part)) and len(whole) == len(part)
    return whole == part


def test_an_example_may_lack_what_came_later_alone() -> None:
    assert shows({"a": [{"b": "str"}], "new": "str"}, {"a": [{"b": "str"}]})
    others: tuple[object, ...] = ({"a": "str"}, {"c": "str"}, {"a": [{"b": "number"}]}, {"a": []})
    assert not any(shows({"a": [{"b": "str"}]}, other) for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_ships_is_as_the_document_says(site: Client, language: str) -> None:
    """Every row of every list, and a row of each alone: also with the rarest of values."""
    described, rows = Described(), 0
    for endpoint in ENDPOINTS:
        address: str | None = f"{API}{endpoint.name}/?page_size=500&count=true"
        while address:
            page = _ask(site, described, address, language)
            results, address = page["results"], page["next"]
            rows += len(results)
            for row in results[:: max(1, len(results) // 12)]:
                _ask(site, described, f"{API}{endpoint.name}/{next(iter(row.values()))}/", language)
    assert rows > 500
    for path in (
        "",
        "changes/",
        "categories/",
        "statuses/",
        "vocabularies/",
        *(f"stats/?by={name}" for name in GROUPS),
    ):
        _ask(site, described, API + path, language)


def _ask(site: Client, described: Described, address: str, language: str) -> dict[str, Any]:
    answer = site.get(address, headers={"Accept-Language": language})
    assert (answer.status_code, list(described.faults(answer))) == (200, []), address
    content: dict[str, Any] = answer.json()
    return content
