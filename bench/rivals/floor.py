"""The web server alone: what is left of a request when nothing answers it."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment


def application(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer an empty object."""
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]
