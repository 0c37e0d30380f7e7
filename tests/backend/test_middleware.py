"""Reads of the API pass by what only pages need; everything else goes through all of it."""

from pathlib import Path

import pytest
from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from backend.middleware import API_CONTENT_SECURITY_POLICY, PageMiddleware


class Mark:
    """A middleware that leaves its mark."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        """Mark the answer."""
        return HttpResponse(b"through all")

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Refuse one address."""
        return HttpResponse(b"refused") if request.path == "/refused/" else None


def view(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse(b"the view")


@pytest.mark.parametrize(
    ("method", "path", "way"),
    [
        ("GET", "/api/v1/commitments/", b"the view"),
        ("HEAD", "/api/v1/commitments/", b"the view"),
        ("POST", "/api/v1/evidence/", b"through all"),
        ("GET", "/api/docs/", b"through all"),
        ("GET", "/", b"through all"),
    ],
)
def test_who_passes_by(settings: Settings, method: str, path: str, way: bytes) -> None:
    settings.PAGE_MIDDLEWARE = [f"{__name__}.Mark"]
    answer = PageMiddleware(view)(RequestFactory().generic(method, path))
    assert isinstance(answer, HttpResponse)
    assert answer.content == way


def test_each_looks_at_the_view(settings: Settings) -> None:
    settings.PAGE_MIDDLEWARE = [f"{__name__}.Mark"]
    middleware = PageMiddleware(view)
    assert middleware.process_view(RequestFactory().get("/"), view, (), {}) is None
    refused = middleware.process_view(RequestFactory().get("/refused/"), view, (), {})
    assert isinstance(refused, HttpResponse)
    assert middleware.process_view(RequestFactory().get("/api/v1/refused/"), view, (), {}) is None


@pytest.mark.parametrize(
    "name",
    [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
def test_what_djangos_checks_look_for_is_there(name: str) -> None:
    """The checks that ask for it are silenced, because they look in MIDDLEWARE alone."""
    assert name in site.PAGE_MIDDLEWARE
    assert site.MIDDLEWARE[-1] == "backend.middleware.PageMiddleware"
    assert "django.middleware.security.SecurityMiddleware" in site.MIDDLEWARE


@pytest.mark.django_db
def test_reading_the_api_asks_for_no_session(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    answer = client.get("/api/v1/commitments/", headers={"Cookie": "sessionid=x"})
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Content-Security-Policy"] == API_CONTENT_SECURITY_POLICY
    assert int(answer["Content-Length"]) == len(answer.content)


@pytest.mark.django_db
def test_a_page_has_the_headers_of_pages(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    answer = client.get("/healthz")
    assert {"X-Frame-Options", "Content-Security-Policy"} <= set(answer.headers)
