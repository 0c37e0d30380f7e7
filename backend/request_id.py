"""Each request has an id, in its answer's ``X-Request-ID`` and in every log line that it causes."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.core.signals import request_finished
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Request-ID"
# What proxies make of it: hexadecimal, UUIDs, trace ids. Nothing else gets into an answer or a log.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:=+/-]{7,127}")
_current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives each request its id: the one that a proxy or client sends if that is well formed, else a new one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Tell the id with the answer.

        It stays until the request is finished: Django logs errors after the middleware, and exports are written then.
        """
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _WELL_FORMED.fullmatch(given) else uuid4().hex
        _current.set(request_id)
        response = self._get_response(request)
        response[HEADER] = request_id
        return response


def _forget(**_signal: object) -> None:
    _current.set("-")


request_finished.connect(_forget, dispatch_uid="request_id")


class RequestIdFilter(logging.Filter):
    """Gives log records ``request_id``; a dash outside of requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        record.request_id = _current.get()
        return True
