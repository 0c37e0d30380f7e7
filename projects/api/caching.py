"""Answers are kept for as long as the version of the public data stands.

The version is read before the data: a body can only be newer than the version it is kept under, never older.
A client that names what it has (``If-None-Match``) gets 304 from memory; the rest is answered from memory while it
fits. Requests that say who is asking, and answers that are streamed, pass by.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time as time_of_day
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from projects.api.clock import today
from projects.api.dataset import Version, listener
from projects.api.language import preferred

PREFIX = "/api/v1/"
# HTTP dates count seconds: within so many of a change another one could bear the same date.
_SETTLED = 2.0
_HOP_BY_HOP = frozenset({"content-length", "set-cookie", "date"})


@dataclass(frozen=True, slots=True)
class Edition:
    """The public data as they stand on a day: what the tags and the date of its answers tell.

    ``changed`` is when they came to stand so, in seconds since 1970, and ``dated`` the same as an HTTP date.
    """

    stamp: str
    changed: float
    dated: str

    def tag(self, key: str) -> str:
        """Return the entity tag of the answer to a question."""
        return f'"{self.stamp}-{blake2b(key.encode(), digest_size=9).hexdigest()}"'

    @property
    def is_settled(self) -> bool:
        """Whether the date tells this edition from the one before."""
        return time.time() - self.changed > _SETTLED


@lru_cache(maxsize=4)
def _edition(version: Version, day: date) -> Edition:
    # What was changed or turned into another day since cannot bear an older date.
    midnight = datetime.combine(day, time_of_day.min, timezone.get_default_timezone())
    changed = max(version.changed_at, midnight).timestamp()
    return Edition(f"{version.number}-{day:%Y%m%d}", changed, http_date(changed))


def edition() -> Edition:
    """Return today's edition."""
    return _edition(listener.current(), today())


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it went out."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


class Shelf:
    """The answers of one version, the least recently used leaving first when they exceed a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._stamp = ""
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, stamp: str, key: str) -> Kept | None:
        """Return the answer that was kept under this version and day."""
        with self._lock:
            if stamp != self._stamp or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, stamp: str, key: str, kept: Kept) -> None:
        """Keep an answer; the first of a new version clears the old ones away."""
        with self._lock:
            if stamp != self._stamp:
                self._kept.clear()
                self._stamp, self._size = stamp, 0
            if key in self._kept or len(kept.body) > self._limit // 16:
                return
            self._kept[key] = kept
            self._size += len(kept.body)
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1].body)


@lru_cache(maxsize=1)
def shelf(limit: int) -> Shelf:
    """Return the process's one shelf."""
    return Shelf(limit)


class PublicCache:
    """Middleware for the reads of the API; stands before all that knows sessions and languages, so a hit is cheap."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._shelf = shelf(settings.PAGE_CACHE_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory where that is right, else ask on and keep the answer."""
        if not _is_public_read(request):
            return self._get_response(request)
        now, key = edition(), key_of(request.path_info, request.META)
        etag = now.tag(key)
        if has_it(request.META, etag, now):
            return _stamped(HttpResponseNotModified(), etag, now)
        kept = self._shelf.get(now.stamp, key)
        if kept is not None:
            return _stamped(_again(kept), etag, now)
        response = self._get_response(request)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            if request.method == "GET" and not response.cookies:
                self._shelf.put(now.stamp, key, _kept(response))
            _stamped(response, etag, now)
        return response


def _is_public_read(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and request.path_info.startswith(PREFIX)
        and "HTTP_AUTHORIZATION" not in request.META
    )


def key_of(path: str, meta: Mapping[str, Any]) -> str:
    """Return what an answer depends on besides its edition."""
    get = meta.get
    asked = (path, get("QUERY_STRING", ""), get("HTTP_ACCEPT", ""), get("HTTP_HOST", ""))
    return "\n".join((*asked, preferred(get("HTTP_ACCEPT_LANGUAGE", ""))))


def has_it(meta: Mapping[str, Any], etag: str, now: Edition) -> bool:
    """Say whether the client already has this answer; its tag, where it sends one, counts before its date."""
    tags = meta.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return tags == etag or etag in {tag.removeprefix("W/") for tag in parse_etags(tags)}
    dated = meta.get("HTTP_IF_MODIFIED_SINCE")
    since = parse_http_date_safe(dated) if dated else None
    return since is not None and int(now.changed) <= since and now.is_settled


def _stamped(response: HttpResponse, etag: str, now: Edition) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = settings.PUBLIC_CACHE_CONTROL
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    if now.is_settled:
        response["Last-Modified"] = now.dated
    return response


def _kept(response: HttpResponse) -> Kept:
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in _HOP_BY_HOP)
    return Kept(response.content, headers)


def _again(kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body)
    for name, value in kept.headers:
        response[name] = value
    response["Content-Length"] = str(len(kept.body))
    return response
