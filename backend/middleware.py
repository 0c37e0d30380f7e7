"""What reading the API passes by.

Sessions, the language of an address, forms, sign-in, messages and framing mean nothing to a client that asks for
JSON, and together they take longer than its answer. The API knows its clients by tokens and speaks their language
itself; what is written through it goes the whole way.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

API = "/api/v1/"
Handler = Callable[[HttpRequest], HttpResponseBase]


class ReadingTheApi:
    """Hand a request that reads the API to its view at once, past all middleware that follows this one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response, self.view = get_response, innermost(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Choose the way."""
        if request.method in ("GET", "HEAD", "OPTIONS") and request.path_info.startswith(API):
            return _measured(self.view(request))
        return self.get_response(request)


def _measured(response: HttpResponseBase) -> HttpResponseBase:
    """Say how long the answer is, which other answers learn on the longer way."""
    if isinstance(response, HttpResponse) and not response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))
    return response


def innermost(handler: Handler) -> Handler:
    """Return the handler that all middleware behind this one leads to: Django's own, which calls the view."""
    while True:
        middleware: Any = getattr(handler, "__wrapped__", handler)
        if not hasattr(middleware, "get_response"):
            return handler
        handler = middleware.get_response
