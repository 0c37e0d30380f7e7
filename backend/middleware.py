"""What only pages need: sessions, the language of an address, forms, sign-in, messages and framing.

To a client that reads JSON they mean nothing, and together they take longer than its answer: reads of the API, which
knows its clients by tokens and speaks their language itself, pass them by. What is written goes the whole way.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

API = "/api/v1/"
# What no page of ours uses; and to a browser that opens an answer of the API, it is data and nothing else.
PERMISSIONS_POLICY = "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"
API_CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'"
# The one answer that is a page, the sheet to print, has a style.
API_PAGE_POLICY = f"{API_CONTENT_SECURITY_POLICY}; style-src 'self'"
Handler = Callable[[HttpRequest], HttpResponseBase]


class PageMiddleware:
    """The middleware of ``PAGE_MIDDLEWARE``, for all requests but those that read the API."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response
        self._pages: Handler = get_response
        self._middleware: list[Any] = []
        for path in reversed(settings.PAGE_MIDDLEWARE):
            middleware = import_string(path)(self._pages)
            self._middleware.insert(0, middleware)
            handler: Any = convert_exception_to_response(middleware)
            self._pages = handler

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand the request to the view, past the pages' middleware or through it. Raises Http404."""
        if "\0" in request.path_info:
            raise Http404  # no name, key or file of ours has it, and no column holds it
        response = (self._get_response if _reads_the_api(request) else self._pages)(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path_info.startswith(API):
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            response.headers["Content-Security-Policy"] = API_PAGE_POLICY if is_page else API_CONTENT_SECURITY_POLICY
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        """Let each of them look at the view, as Django does."""
        if _reads_the_api(request):
            return None
        hooks = (one.process_view for one in self._middleware if hasattr(one, "process_view"))
        answers = (hook(request, view, args, kwargs) for hook in hooks)
        return next((answer for answer in answers if answer is not None), None)


def _reads_the_api(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD", "OPTIONS") and request.path_info.startswith(API)
