"""The schema and the pages that show it, from our own static files."""

from functools import lru_cache
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotAcceptable
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from projects.api.exports.formats import language_filter
from projects.api.language import language_of
from projects.api.problems import read_only
from projects.filters import BadQuery
from projects.filters.filterset import as_problem, read_parameters

# Both readers write their own styles into the page; Redoc also searches in a worker that it makes itself.
_ALLOWED = {"style-src": [SELF, UNSAFE_INLINE], "worker-src": [SELF, "blob:"]}


@method_decorator(conditional_page, name="dispatch")
@method_decorator(extend_schema(exclude=True), name="get")
class SchemaView(SpectacularAPIView):
    """The OpenAPI 3.1 schema, in the client's language or in that of ``?lang=``; as YAML, or as JSON if asked for.

    JSON is asked for by the Accept header, or by ``?format=json`` where a tool takes nothing but an address.
    """

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        """Return the renderer that the address names, else one that the client accepts. Raises NotAcceptable."""
        named = request._request.GET.get("format")
        if named is None:
            chosen: tuple[BaseRenderer, str] = super().perform_content_negotiation(request, force)
            return chosen
        for renderer in self.get_renderers():
            if renderer.media_type == f"application/{named}":
                return renderer, renderer.media_type
        raise NotAcceptable

    def get(self, request: Request, *_args: Any, **_parts: Any) -> HttpResponse:
        """Answer the schema, as of the server that is asked for it, so that a page of its own may try calls."""
        _check(request._request.GET)
        language = request._request.GET.get("lang") or language_of(request._request)
        renderer = request.accepted_renderer
        content = _rendered(language, renderer.media_type)
        server = request.build_absolute_uri("/")[:-1]
        response = HttpResponse(
            content.replace(settings.SITE_URL.encode(), server.encode()),
            content_type=renderer.media_type + (f"; charset={renderer.charset}" if renderer.charset else ""),
            headers={
                "Cache-Control": settings.PUBLIC_CACHE_CONTROL,
                "Content-Disposition": f'inline; filename="duixian.{renderer.format}"',
                "Content-Language": language,
            },
        )
        patch_vary_headers(response, ["Accept", "Accept-Language"])
        return response


@lru_cache(maxsize=4)
def _rendered(language: str, media_type: str) -> bytes:
    """Write the schema, as of ``SITE_URL``; it takes half a second."""
    renderer = next(one for one in SchemaView.renderer_classes if one.media_type == media_type)
    generator: Any = SchemaView.generator_class()
    with override(language):
        written = renderer().render(generator.get_schema(request=None, public=True), media_type, {})
    return written.encode() if isinstance(written, str) else written


def _check(given: QueryDict) -> None:
    """Raise BadQuery for a parameter that the schema does not have, and for a language that it does not speak."""
    lang = language_filter().field
    read_parameters(given, {"format": forms.CharField(), "lang": lang}, blanks=False)
    try:
        lang.clean(given.get("lang"))
    except ValidationError as error:
        raise BadQuery([as_problem("lang", error, lang)]) from None


@read_only
@csp_update(_ALLOWED)
def swagger(request: HttpRequest) -> HttpResponse:
    """Show the schema so that each call can be tried."""
    return _page(request, "projects/api/swagger.html")


@read_only
@csp_update(_ALLOWED)
def redoc(request: HttpRequest) -> HttpResponse:
    """Show the schema for reading."""
    return _page(request, "projects/api/redoc.html")


@read_only
def policy(request: HttpRequest) -> HttpResponse:
    """Say what clients can rely on and how changes are announced, as docs/stability.md tells it."""
    language = language_of(request)
    name = "stability.md" if language == "en" else "stability.zh.md"
    text = (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Content-Language": language})
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _page(request: HttpRequest, template: str) -> HttpResponse:
    with override(language_of(request)):
        response = render(request, template, {"schema": reverse("schema"), "policy": reverse("policy")})
    patch_vary_headers(response, ["Accept-Language"])
    return response
