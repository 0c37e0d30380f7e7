"""How often a client may ask: a number of requests in each window of time, the same for all processes.

What the page cache answers, and 304s, never get here and are not counted. The counts lie in the cache "throttles";
when that cannot be reached, nobody is turned away.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network
from time import time
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from projects.api.authentication import token_of
from projects.api.problems import answer
from projects.models import ApiToken

PREFIX = "/api/"
CACHE = "throttles"
_RATE = re.compile(r"([1-9][0-9]{0,8})/(second|minute|hour|day)")
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
# Where a request carries what was counted.
RATE_LIMIT = "duixian.rate_limit"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    requests: int
    seconds: int


@lru_cache
def read_rate(text: str) -> Rate | None:
    """Read a rate such as ``600/minute``; None for ``off``. Raises ImproperlyConfigured."""
    if text == "off":
        return None
    found = _RATE.fullmatch(text)
    if found is None:
        raise ImproperlyConfigured(
            f"API_RATE_ANONYMOUS or API_RATE_TOKEN is {text!r}. Set it to a rate such as 600/minute, or to off."
        )
    return Rate(int(found[1]), _SECONDS[found[2]])


@dataclass(frozen=True, slots=True)
class RateLimitState:
    """What a client has used of its rate in this window, which ends in ``left`` seconds."""

    name: str
    rate: Rate
    used: int
    left: int

    @property
    def is_exceeded(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.rate.requests

    def headers(self) -> dict[str, str]:
        """Return the fields of draft-ietf-httpapi-ratelimit-headers."""
        remaining = max(0, self.rate.requests - self.used)
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.rate.requests};w={self.rate.seconds}',
            "RateLimit": f'"{self.name}";r={remaining};t={self.left}',
        }


def count_request(meta: Mapping[str, Any], token: ApiToken | None) -> RateLimitState | None:
    """Count a request; None when its kind of client has no rate."""
    name = "token" if token else "anonymous"
    rate = read_rate(settings.API_RATES[name])
    if rate is None:
        return None
    who = str(token.pk) if token else client_of(meta)
    window, elapsed = divmod(int(time()), rate.seconds)
    return RateLimitState(name, rate, _count(f"{name}:{who}:{window}", rate.seconds), rate.seconds - elapsed)


def client_of(meta: Mapping[str, Any]) -> str:
    """Return the client's address; of IPv6 the network, for each client has a whole one."""
    get = meta.get
    return _client(get("REMOTE_ADDR", ""), get("HTTP_X_FORWARDED_FOR"), str(settings.REST_FRAMEWORK["NUM_PROXIES"]))


@lru_cache(maxsize=8192)
def _client(address: str, forwarded: str | None, _proxies: str) -> str:
    request: Any = HttpRequest()
    request.META = {"REMOTE_ADDR": address, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}
    text = BaseThrottle().get_ident(request)
    try:
        found = ip_address(text or "")
    except ValueError:
        return "unknown"
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def _count(key: str, seconds: int) -> int:
    cache = caches[CACHE]
    try:
        try:
            return cache.incr(key)
        except ValueError:
            return 1 if cache.add(key, 1, timeout=seconds) else cache.incr(key)
    except (RedisError, ValueError) as error:
        _log.warning("requests are not counted: %s", error)
        return 0


def _counted(request: HttpRequest) -> RateLimitState | None:
    return count_request(request.META, token_of(request) if "HTTP_AUTHORIZATION" in request.META else None)


class ThrottleMiddleware:
    """Counts what comes through the response cache as far as a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        for rate in settings.API_RATES.values():
            read_rate(rate)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say with each counted answer how much is left."""
        response = self._get_response(request)
        state: RateLimitState | None = request.META.get(RATE_LIMIT)
        if state is not None:
            for name, value in state.headers().items():
                response[name] = value
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _parts: object
    ) -> HttpResponseBase | None:
        """Count the request before its view is called, and turn one away that is too many."""
        if RATE_LIMIT not in request.META:
            is_counted = request.path_info.startswith(PREFIX)
            request.META[RATE_LIMIT] = _counted(request) if is_counted else None
        state: RateLimitState | None = request.META[RATE_LIMIT]
        if state is None or not state.is_exceeded:
            return None
        return answer(Throttled(wait=state.left), request)
