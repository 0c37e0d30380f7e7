"""Reading the tutorial: its calls and programs, each with what the page says comes of it; and running them."""

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.error import HTTPError
from urllib.request import Request

from django.test import Client

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "api.md"
SITE: Final = "http://127.0.0.1:8000"
_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Options of curl that shape what it prints, not what it asks.
_SHOWING: Final = {"-s": 0, "-o": 1, "-w": 1}


@dataclass(frozen=True)
class Step:
    """A call or a program, and what the page shows of its outcome."""

    kind: str
    source: str
    shown_as: str | None
    shown: str


def steps(page: str) -> Iterator[Step]:
    """Yield what the page runs, in its order."""
    blocks = [(found[1], found[2]) for found in _BLOCK.finditer(page)]
    for (kind, source), (following, shown) in zip(blocks, [*blocks, ("sh", "")][1:], strict=True):
        if kind in ("sh", "python"):
            is_outcome = following not in ("sh", "python")
            yield Step(kind, source, following if is_outcome else None, shown if is_outcome else "")


def call(command: str, client: Client, token: str) -> "Answer":
    """Ask what a line of curl asks."""
    words = iter(shlex.split(command.replace("\\\n", " ").replace("$TOKEN", token)))
    assert next(words) == "curl"
    address, method, body, headers = "", "GET", "", {}
    for word in words:
        if word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-X":
            method = next(words)
        elif word == "-d":
            body = next(words)
        elif word in _SHOWING:
            for _argument in range(_SHOWING[word]):
                next(words)
        else:
            address = word
    return send(client, method, address, body.encode(), headers)


def send(client: Client, method: str, address: str, body: bytes, headers: dict[str, str]) -> "Answer":
    """Send a request to the site of the tutorial."""
    assert address.startswith(SITE), address
    kind = headers.pop("Content-Type", "application/octet-stream")
    return client.generic(method, address.removeprefix(SITE), body, content_type=kind, headers=headers)


def content(answer: "Answer") -> bytes:
    """Return the bytes of an answer."""
    return b"".join(answer) if answer.streaming else answer.content


class Program:
    """The page's Python: each piece goes on where the one before it ended."""

    def __init__(self, client: Client, token: str) -> None:
        self._client = client
        self._names: dict[str, Any] = {"TOKEN": token}

    def run(self, source: str) -> str:
        """Run a piece; return what it prints. Its requests go to the site that is tested."""
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(source, str(PAGE), "exec"), self._names)
        return printed.getvalue()

    def urlopen(self, asked: str | Request) -> io.BytesIO:
        """Stand in for urllib's function of this name."""
        request = asked if isinstance(asked, Request) else Request(asked)
        data = request.data if isinstance(request.data, bytes) else b""
        headers = {name.title(): value for name, value in request.header_items()}
        answer = send(self._client, request.get_method(), request.full_url, data, headers)
        if answer.status_code >= 400:
            raise HTTPError(
                request.full_url, answer.status_code, answer.reason_phrase, Message(), io.BytesIO(content(answer))
            )
        return io.BytesIO(content(answer))
