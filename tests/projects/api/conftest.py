"""A world to ask about, a token to write with, and no plans of other tests' questions."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client

from projects.api.queries import detail_plan, page_plan
from projects.api.response_cache import response_cache
from projects.api.stats import stats_plan
from projects.models import ApiToken, Commitment
from tests.factories import ApiTokenFactory, CommitmentFactory
from tests.projects.api.world import World, world

Get = Callable[..., dict[str, Any]]
TOKEN_SECRET: Final = "dxp_a-secret-of-the-tests"


@pytest.fixture(autouse=True)
def fresh_plans() -> None:
    """Forget what other tests asked, and its answers: their rows are gone."""
    for plans in (page_plan, detail_plan, stats_plan, response_cache):
        plans.cache_clear()


@pytest.fixture
def made(db: None) -> World:
    """The world."""
    return world()


@pytest.fixture
def get(client: Client) -> Get:
    """Ask the API; return its JSON, and insist on the status."""

    def ask(path: str, query: str = "", *, status: int = 200, **headers: Any) -> dict[str, Any]:
        response = client.get(f"/api/v1/{path}", QUERY_STRING=quote(query, safe="=&,%+-:"), **headers)
        assert response.status_code == status, response.content
        body: dict[str, Any] = orjson.loads(response.content)
        return body

    return ask


@pytest.fixture
def raw(client: Client) -> Callable[..., HttpResponse]:
    """Ask the API; return the whole response."""

    def ask(path: str, query: str = "", **headers: Any) -> HttpResponse:
        answer: Any = client.get(f"/api/v1/{path}", QUERY_STRING=quote(query, safe="=&,%+-:"), **headers)
        response: HttpResponse = answer
        return response

    return ask


@pytest.fixture
def token(db: None) -> ApiToken:
    """A token that may propose evidence on everything."""
    token: ApiToken = ApiTokenFactory.create(secret=TOKEN_SECRET)
    return token


@pytest.fixture
def commitment(db: None) -> Commitment:
    """A public commitment."""
    commitment: Commitment = CommitmentFactory.create(quantity=42, unit="所", comparator="eq")
    return commitment
