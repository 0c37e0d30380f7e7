"""Answers are kept for as long as the version of the public data stands.

The version is read before the data: a body can only be newer than the version it is kept under, never older.
A client that names what it has (``If-None-Match``) gets 304; the rest is answered from memory while it fits. Answers
to requests that say who is asking, and those that are streamed, are never kept.
"""

import copy
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time as time_of_day
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from projects.api.dataset import TODAY, Version, current
from projects.api.language import language_of

PREFIX = "/api/v1/"
# HTTP dates count seconds: within so many of a change another one could bear the same date.
_SETTLED = 2.0
# Headers that tell one client something.
_PRIVATE = frozenset({"ratelimit", "ratelimit-policy"})
_Key = tuple[str, ...]
_Response = TypeVar("_Response", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class CacheVersion:
    """The public data as they stand on a day: what the tags and the date of its answers tell.

    ``changed`` is when they came to stand so, in seconds since 1970, and ``dated`` the same as an HTTP date.
    """

    number: str
    day: date
    stamp: str
    changed: float
    dated: str

    def etag(self, key: _Key) -> str:
        """Return the entity tag of the answer to a question."""
        return f'"{self.stamp}-{blake2b(chr(10).join(key).encode(), digest_size=9).hexdigest()}"'

    @property
    def is_settled(self) -> bool:
        """Whether the date tells this version from the one before."""
        return time.time() - self.changed > _SETTLED


@lru_cache(maxsize=4)
def _cache_version(version: Version, day: date) -> CacheVersion:
    # What was changed or turned into another day since cannot bear an older date.
    midnight = datetime.combine(day, time_of_day.min, timezone.get_default_timezone())
    changed = max(version.changed_at, midnight).timestamp()
    return CacheVersion(str(version.number), day, f"{version.number}-{day:%Y%m%d}", changed, http_date(changed))


def cache_version() -> CacheVersion:
    """Return today's version."""
    return _cache_version(*current())


class ResponseCache:
    """The answers of one version, the least recently used leaving first when they exceed a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size, self._stamp = limit, 0, ""
        self._responses: OrderedDict[_Key, HttpResponse] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, stamp: str, key: _Key) -> HttpResponse | None:
        """Return the answer that was kept under this version."""
        with self._lock:
            response = self._responses.get(key) if stamp == self._stamp else None
            if response is not None:
                self._responses.move_to_end(key)
            return response

    def put(self, stamp: str, key: _Key, response: HttpResponse) -> None:
        """Keep an answer; the first of a new version clears the old ones away."""
        size = len(response.content)
        with self._lock:
            if stamp != self._stamp:
                self._responses.clear()
                self._stamp, self._size = stamp, 0
            if key in self._responses or size > self._limit // 16:
                return
            self._responses[key] = response
            self._size += size
            while self._size > self._limit:
                self._size -= len(self._responses.popitem(last=False)[1].content)


@lru_cache(maxsize=1)
def response_cache(limit: int) -> ResponseCache:
    """Return the process's one cache."""
    return ResponseCache(limit)


class ResponseCacheMiddleware:
    """Answer public reads of the API from memory where that is right, else ask on and keep the answer.

    It stands before all that knows sessions and languages, so that a hit is cheap.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._cache = response_cache(settings.PAGE_CACHE_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; its view speaks the language, and tells of the day, under which the answer is kept."""
        if not request.path_info.startswith(PREFIX):
            return self._get_response(request)
        now = cache_version()
        request.META[TODAY], request.LANGUAGE_CODE = now.day, language_of(request)
        if request.method not in ("GET", "HEAD"):
            return self._get_response(request)
        key = _key(request)
        etag = now.etag(key)
        if "HTTP_AUTHORIZATION" in request.META:
            return self._answer_token(request, now, etag)
        if _has_it(request, etag):
            return _stamped(HttpResponseNotModified(), now, etag)
        kept = self._cache.get(now.stamp, key)
        response = _copied(kept, frozenset()) if kept else self._get_response(request)
        if kept is None and response.status_code == 200:
            self._keep(_stamped(response, now, etag), now, key, request)
        if response.status_code == 200 and _asks_for_news(request):
            return _unless_known(request, response, now, etag)
        return response

    def _keep(self, response: HttpResponseBase, now: CacheVersion, key: _Key, request: HttpRequest) -> None:
        if isinstance(response, HttpResponse):
            response["Content-Length"] = str(len(response.content))
            if request.method == "GET" and now.is_settled and not response.cookies:
                self._cache.put(now.stamp, key, _copied(response, _PRIVATE))

    def _answer_token(self, request: HttpRequest, now: CacheVersion, etag: str) -> HttpResponseBase:
        """Answer who says who is asking: each request is counted, and what is for one token alone gets no tag."""
        response = self._get_response(request)
        if response.status_code != 200 or response.has_header("Cache-Control"):
            return response
        return _unless_known(request, _stamped(response, now, etag), now, etag)


def _unless_known(request: HttpRequest, response: HttpResponseBase, now: CacheVersion, etag: str) -> HttpResponseBase:
    """Return the answer, or 304 to a client that has it."""
    whole: Any = response
    answer: Any = get_conditional_response(request, etag, int(now.changed) if now.is_settled else None, whole)
    if answer.status_code != 304:
        return response
    answer._resource_closers.append(response.close)  # a file may be open
    told: HttpResponseBase = _stamped(answer, now, etag)
    return told


def _asks_for_news(request: HttpRequest) -> bool:
    """Say whether the client wants an answer only if there is another one than it has, whichever that is."""
    return "HTTP_IF_MODIFIED_SINCE" in request.META or request.META.get("HTTP_IF_NONE_MATCH") == "*"


def _has_it(request: HttpRequest, etag: str) -> bool:
    """Say whether the client names this answer as one that it has: then nobody needs to ask for it."""
    named = request.META.get("HTTP_IF_NONE_MATCH", "*")
    return named != "*" and get_conditional_response(request, etag) is not None


def _key(request: HttpRequest) -> _Key:
    """Return what an answer depends on besides the version. Raises DisallowedHost."""
    meta = request.META
    asked = (request.path_info, meta.get("QUERY_STRING", ""), meta.get("HTTP_ACCEPT", ""), request.LANGUAGE_CODE)
    return (request.scheme or "", request.get_host(), *asked)


def _stamped(response: _Response, now: CacheVersion, etag: str) -> _Response:
    response["ETag"] = etag
    response["X-Dataset-Version"] = now.number
    response["Cache-Control"] = settings.PUBLIC_CACHE_CONTROL
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    if now.is_settled:
        response["Last-Modified"] = now.dated
    return response


def _copied(response: HttpResponse, left_out: frozenset[str]) -> HttpResponse:
    """Return the answer with headers of its own, for what stands outside tells each client something, too."""
    copied = copy.copy(response)
    copied.headers = ResponseHeaders({name: value for name, value in response.items() if name.lower() not in left_out})
    return copied
