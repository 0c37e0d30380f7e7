"""One question to an OpenAI-compatible address, bounded in time and size; pure Python, no Django, no database."""

import json
import logging
import time
from dataclasses import dataclass
from typing import Any

import urllib3

from seeds.second.prompts import Prompt, guideline

logger = logging.getLogger(__name__)

_TRIES = 3
_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_CONNECT = 10.0
_MOST_BYTES = 1_000_000
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
# Redirects are not followed: the key is meant for one address.
_POOL = urllib3.PoolManager(num_pools=2)


class EndpointError(Exception):
    """The address gives no answer; the message says why, and never holds the key."""


class _PassingError(Exception):
    """Worth another try, after ``pause`` seconds if the address names them."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, and the tokens that it cost."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model at an address, such as ``http://127.0.0.1:8080/v1``; a try may take ``seconds``."""

    url: str
    model: str
    key: str = ""
    seconds: float = 120.0

    def ask(self, prompt: Prompt) -> Reply:
        """Ask one question, again after passing failures; raises EndpointError."""
        failure = _PassingError("")
        for attempt in range(_TRIES):
            if attempt:
                pause = _PAUSE * 2**attempt if failure.pause is None else failure.pause
                time.sleep(min(pause, _LONGEST_PAUSE))
            try:
                return self._try(prompt)
            except _PassingError as error:
                logger.info("the second reader's address: %s", error)
                failure = error
        raise EndpointError(f"{self.url}: {failure}, {_TRIES} times") from failure

    def _try(self, prompt: Prompt) -> Reply:
        messages = [{"role": "system", "content": guideline()}, {"role": "user", "content": prompt.material}]
        body = {"model": self.model, "messages": messages, "temperature": 0}
        deadline = time.monotonic() + self.seconds
        try:
            response = _POOL.request(
                "POST",
                f"{self.url.rstrip('/')}/chat/completions",
                json=body,
                headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
                timeout=urllib3.Timeout(connect=min(_CONNECT, self.seconds), read=self.seconds),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                content = _content(response, deadline)
            finally:
                # What was not read to its end is of no further use.
                response.close()
        except urllib3.exceptions.HTTPError as error:
            raise _PassingError(type(error).__name__) from error
        if response.status in _PASSING:
            raise _PassingError(f"HTTP {response.status}", _seconds(response.headers.get("Retry-After")))
        if response.status != 200:
            raise EndpointError(f"{self.url}: HTTP {response.status}")
        return _reply(content, prompt)


def _content(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """The body, unless it comes too slowly or is too long."""
    content = b""
    while chunk := response.read1(65_536):
        content += chunk
        if len(content) > _MOST_BYTES:
            raise EndpointError(f"an answer of more than {_MOST_BYTES} bytes")
        if time.monotonic() > deadline:
            raise _PassingError("too slow")
    return content


def _seconds(told: str | None) -> float | None:
    return float(told) if told and told.isascii() and told.isdigit() and len(told) < 6 else None


def _reply(content: bytes, prompt: Prompt) -> Reply:
    try:
        values: Any = json.loads(content)
        text = values["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise _PassingError("no chat completion") from error
    if not isinstance(text, str):
        raise _PassingError("no chat completion")
    usage = values.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    if not isinstance(tokens, int) or not 0 <= tokens < 10_000_000:
        # In Chinese a character is about a token.
        tokens = len(prompt.text) + len(text)
    # PostgreSQL keeps no NUL.
    return Reply(text.replace("\0", "\ufffd"), tokens)
