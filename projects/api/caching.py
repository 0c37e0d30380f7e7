"""Answers are kept for as long as the version of the public data stands.

The version is read before the data: a body can only be newer than the version it is kept under, never older.
A client that names what it has (``If-None-Match``) gets 304 from memory; the rest is answered from memory while it
fits. Requests that say who is asking, and answers that are streamed, pass by.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from projects.api.dataset import listener
from projects.api.language import language_of

PREFIX = "/api/v1/"
# HTTP dates count seconds: within this time of a change another one could bear the same date.
_SETTLED = timedelta(seconds=2)
_HOP_BY_HOP = frozenset({"content-length", "set-cookie", "date"})


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


class PublicCache:
    """Middleware for the reads of the API; stands before all that knows sessions and languages, so a hit is cheap."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._shelf = Shelf(settings.PAGE_CACHE_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory where that is right, else ask on and keep the answer."""
        if not _is_public_read(request):
            return self._get_response(request)
        version, day = listener.current(), timezone.localdate()
        stamp, key = f"{version.number}-{day:%Y%m%d}", _key(request)
        etag = f'"{stamp}-{blake2b(key.encode(), digest_size=9).hexdigest()}"'
        # What was changed or turned into another day since cannot bear an older date.
        modified = max(version.changed_at, datetime.combine(day, time.min, timezone.get_default_timezone()))
        if _has_it(request, etag, modified):
            return _stamped(HttpResponseNotModified(), etag, modified)
        kept = self._shelf.get(stamp, key)
        if kept is not None:
            return _stamped(_again(kept), etag, modified)
        response = self._get_response(request)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            if request.method == "GET" and not response.cookies:
                self._shelf.put(stamp, key, _kept(response))
            _stamped(response, etag, modified)
        return response


def _is_public_read(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and request.path_info.startswith(PREFIX)
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _key(request: HttpRequest) -> str:
    meta = request.META
    asked = (request.path_info, meta.get("QUERY_STRING", ""), meta.get("HTTP_ACCEPT", ""), meta.get("HTTP_HOST", ""))
    return "\n".join((*asked, language_of(request)))


def _has_it(request: HttpRequest, etag: str, modified: datetime) -> bool:
    """Say whether the client already has this answer; its tag, where it sends one, counts before its date."""
    tags = request.META.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return tags == etag or etag in {tag.removeprefix("W/") for tag in parse_etags(tags)}
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and int(modified.timestamp()) <= since and _is_settled(modified)


def _is_settled(modified: datetime) -> bool:
    return datetime.now(UTC) - modified > _SETTLED


def _stamped(response: HttpResponse, etag: str, modified: datetime) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = settings.PUBLIC_CACHE_CONTROL
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    if _is_settled(modified):
        response["Last-Modified"] = http_date(modified.timestamp())
    return response


def _kept(response: HttpResponse) -> Kept:
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in _HOP_BY_HOP)
    return Kept(response.content, headers)


def _again(kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body)
    for name, value in kept.headers:
        response[name] = value
    return response
