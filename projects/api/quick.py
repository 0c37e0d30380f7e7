"""The short way: what most clients ask for, the JSON of a list, a row or counts, answered before Django begins.

Such an answer takes a plan, one statement and a dozen headers. A request object, the middleware, the search for the
address and the REST framework take several times longer than that, so this WSGI application stands in front of them.
It decides nothing by itself. The addresses are those of ``urls``, the content is the views', tags and the answers in
memory are those of ``caching``, the counting is that of ``throttling``; and the other headers are those of the first
answer of the same kind, which went the long way past all middleware. Whatever is not plain (another method, a token,
another format) and whatever goes wrong goes the long way, too. A test proves that both ways give the same answers.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Any, TypeAlias
from urllib.parse import unquote
from wsgiref.types import StartResponse as Start, WSGIApplication, WSGIEnvironment as Environ

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import URLPattern

from projects.api.base import FAILED, JSON, JsonView
from projects.api.caching import PREFIX, Edition, Kept, edition, has_it, key_of, shelf
from projects.api.database import renew
from projects.api.throttling import METER, Meter, measure
from projects.api.urls import v1

Headers: TypeAlias = list[tuple[str, str]]
Error: TypeAlias = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None
# Status, protocol, the protocol that a proxy tells, and the site that asks: what the other headers depend on.
Kind: TypeAlias = tuple[str, Any, Any, Any]

OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
# Headers that each answer has for itself.
_OWN = frozenset({"content-length", "etag", "last-modified", "ratelimit", "ratelimit-policy"})
_PLAIN = frozenset({"*/*", "", JSON})
# Kinds that are remembered, and the longest address that is: clients can make up any number of both.
_KINDS, _LONGEST = 64, 200


@dataclass(frozen=True, slots=True)
class Place:
    """A view and the parts of the address that it reads."""

    view: JsonView
    parts: Mapping[str, str]


def _views() -> list[tuple[URLPattern, JsonView]]:
    found: list[tuple[URLPattern, JsonView]] = []
    for pattern in v1:
        view: Any = getattr(getattr(pattern, "callback", None), "cls", object)
        if isinstance(pattern, URLPattern) and issubclass(view, JsonView):
            found.append((pattern, view()))
    return found


_VIEWS = _views()


@lru_cache(maxsize=8192)
def place_of(path: str) -> Place | None:
    """Return what answers an address, None where it is not a view of plain JSON."""
    if not path.startswith(PREFIX):
        return None
    for pattern, view in _VIEWS:
        found = pattern.pattern.match(path[len(PREFIX) :])
        if found:
            return Place(view, {name: str(part) for name, part in found[2].items()})
    return None


def asked(environ: Environ) -> Place | None:
    """Return what answers a request, None where it is not plain."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ or environ.get("SCRIPT_NAME"):
        return None
    if environ.get("HTTP_ACCEPT", "") not in _PLAIN or "format" in unquote(environ.get("QUERY_STRING", "")):
        return None
    path = environ.get("PATH_INFO", "")
    return place_of(path) if len(path) <= _LONGEST else None


class Quick:
    """A WSGI application in front of Django's."""

    def __init__(self, long_way: WSGIApplication) -> None:
        self._long_way = long_way
        self._shelf = shelf(settings.PAGE_CACHE_BYTES)
        self._usual: dict[Kind, Headers] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer at once, or by the long way."""
        place = asked(environ)
        if place is None:
            return _whole(self._long_way(environ, start))
        with suppress(Exception):
            answer = self._answer(place, environ)
            if answer is not None:
                status, headers, body = answer
                start(status, headers)
                return [body]
        return _whole(self._long_way(environ, self._learning(environ, start)))

    def _answer(self, place: Place, environ: Environ) -> tuple[str, Headers, bytes] | None:
        """Return an answer's status, headers and body; None when the long way has it."""
        now, key = edition(), key_of(environ["PATH_INFO"], environ)
        etag = now.tag(key)
        status = NOT_MODIFIED if has_it(environ, etag, now) else OK
        usual = self._usual.get(_kind(status, environ))
        if usual is None:
            return None
        if status is NOT_MODIFIED:
            return status, [*usual, *_own(now, etag)], b""
        kept = self._shelf.get(now.stamp, key)
        if kept is None:
            if _is_one_too_many(environ):
                return None
            kept = Kept(_read(place, environ), (("Content-Type", JSON),))
            self._shelf.put(now.stamp, key, kept)
        length = ("Content-Length", str(len(kept.body)))
        return status, [*usual, length, *_own(now, etag), *_rates(environ)], kept.body

    def _learning(self, environ: Environ, start: Start) -> Start:
        """Return a ``start`` that remembers the headers of a good answer."""

        def learn(status: str, headers: Headers, error: Error = None, /) -> Callable[[bytes], object]:
            kind = _kind(status, environ)
            usual = [(name, value) for name, value in headers if name.lower() not in _OWN]
            is_for_all = all(name.lower() != "set-cookie" for name, _value in usual)
            if status in (OK, NOT_MODIFIED) and is_for_all and kind not in self._usual:
                if len(self._usual) >= _KINDS:
                    self._usual.clear()
                self._usual[kind] = usual
            return start(status, headers, error)

        return learn


def _kind(status: str, environ: Environ) -> Kind:
    get = environ.get
    return status, get("wsgi.url_scheme"), get("HTTP_X_FORWARDED_PROTO"), get("HTTP_ORIGIN")


def _own(now: Edition, etag: str) -> Headers:
    return [("ETag", etag), ("Last-Modified", now.dated)] if now.is_settled else [("ETag", etag)]


def _is_one_too_many(environ: Environ) -> bool:
    environ[METER] = meter = measure(environ, None)
    return meter is not None and meter.is_exceeded


def _rates(environ: Environ) -> Iterable[tuple[str, str]]:
    meter: Meter | None = environ.get(METER)
    return meter.headers().items() if meter else ()


def _read(place: Place, environ: Environ) -> bytes:
    """Return the JSON; a statement that failed is not run a second time on the long way."""
    renew()
    try:
        return place.view.content(environ["PATH_INFO"], environ.get("QUERY_STRING", ""), place.parts)
    except DatabaseError as error:
        environ[FAILED] = error
        raise


def _whole(answer: Iterable[bytes]) -> Iterable[bytes]:
    """Return an answer of Django's in one piece, unless it is streamed: the web server sends a list at once."""
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        return [answer.content]
    finally:
        answer.close()
