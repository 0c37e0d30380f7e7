"""Reading the tutorials: their calls and programs, each with what the page says comes of it; and running them."""

import io
import re
import shlex
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.error import HTTPError
from urllib.request import Request

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

_DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
PAGES: Final = (_DOCS / "api.md", _DOCS / "api.zh.md")
SITE: Final = "http://127.0.0.1:8000"
TOKEN: Final = "dxp_tutorial"
_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


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


def _curl() -> ArgumentParser:
    """Return a reader of the options of curl that the pages use."""
    options = ArgumentParser("curl")
    options.add_argument("address")
    options.add_argument("-X", dest="method", default="GET")
    options.add_argument("-d", dest="body", default="")
    for name in ("-H", "-F"):
        options.add_argument(name, action="append", default=[])
    # What only shapes what curl prints.
    options.add_argument("-s", action="store_true")
    options.add_argument("-o")
    options.add_argument("-w")
    return options


def call(command: str, client: Client, token: str) -> "Answer":
    """Ask what a line of curl asks."""
    program, *words = shlex.split(command.replace("\\\n", " ").replace("$TOKEN", token))
    assert program == "curl"
    asked = _curl().parse_args(words)
    headers = dict(header.split(": ", maxsplit=1) for header in asked.H)
    if asked.F:
        parts = [part.split("=", maxsplit=1) for part in asked.F]
        fields = {name: _file(value[1:]) if value.startswith("@") else value for name, value in parts}
        return client.post(asked.address.removeprefix(SITE), fields, headers=headers)
    return send(client, asked.method, asked.address, asked.body.encode(), headers)


def _file(words: str) -> SimpleUploadedFile:
    """Return the file that curl would send: ``notice.pdf``, or ``notice.pdf;filename=another.pdf``."""
    path, _semicolon, name = words.partition(";filename=")
    return SimpleUploadedFile(name or path, Path(path).read_bytes())


def send(client: Client, method: str, address: str, body: bytes, headers: dict[str, str]) -> "Answer":
    """Send a request to the site of the tutorial."""
    assert address.startswith(SITE), address
    kind = headers.pop("Content-Type", "application/octet-stream")
    return client.generic(method, address.removeprefix(SITE), body, content_type=kind, headers=headers)


def content(answer: "Answer") -> bytes:
    """Return the bytes of an answer."""
    return b"".join(answer) if answer.streaming else answer.content


def shape(value: object) -> object:
    """Return the names and types of a JSON value; of a list, those of its first item."""
    if isinstance(value, dict):
        return {name: shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


class Program:
    """The page's Python: each piece goes on where the one before it ended."""

    def __init__(self, client: Client, token: str) -> None:
        self._client = client
        self._names: dict[str, Any] = {"TOKEN": token}

    def run(self, source: str) -> str:
        """Run a piece; return what it prints. Its requests go to the site that is tested."""
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(source, "<the page>", "exec"), self._names)
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
