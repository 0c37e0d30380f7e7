"""Reading the API passes by what only pages need; everything else goes the whole way."""

from pathlib import Path

import pytest
from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from backend.middleware import ReadingTheApi, innermost


class Layer:
    """A middleware that leaves its mark."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        """Mark the answer."""
        return HttpResponse(b"the long way")


def view(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse(b"the view")


@pytest.mark.parametrize(
    ("method", "path", "way"),
    [
        ("GET", "/api/v1/commitments/", b"the view"),
        ("HEAD", "/api/v1/commitments/", b"the view"),
        ("POST", "/api/v1/evidence/", b"the long way"),
        ("GET", "/api/docs/", b"the long way"),
        ("GET", "/", b"the long way"),
    ],
)
def test_the_way(method: str, path: str, way: bytes) -> None:
    answer = ReadingTheApi(Layer(Layer(view)))(RequestFactory().generic(method, path))
    assert isinstance(answer, HttpResponse)
    assert answer.content == way


def test_the_innermost_handler() -> None:
    assert innermost(view) is view
    assert innermost(Layer(Layer(view))) is view


def test_all_that_follows_is_for_pages() -> None:
    following = site.MIDDLEWARE[site.MIDDLEWARE.index("backend.middleware.ReadingTheApi") + 1 :]
    assert "projects.api.caching.PublicCache" not in following
    assert "projects.api.throttling.Throttle" not in following


@pytest.mark.django_db
def test_reading_the_api_asks_for_no_session(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    answer = client.get("/api/v1/commitments/", headers={"Cookie": "sessionid=x"})
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")
    assert "Content-Security-Policy" not in answer
    assert int(answer["Content-Length"]) == len(answer.content)
