"""The health check of a container."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from backend.local.process import free_port
from backend.probe import is_ready


class _Site(BaseHTTPRequestHandler):
    """Ready under one name only."""

    def do_GET(self) -> None:
        accepted = self.path == "/readyz" and self.headers["Host"] in {"duixian.example", "localhost"}
        self.send_response(200 if accepted else 400)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("hosts", ["duixian.example,www.duixian.example", ".duixian.example", "*", ""])
def test_the_site_is_asked_under_a_name_that_it_accepts(port: int, hosts: str) -> None:
    assert is_ready(port, {"ALLOWED_HOSTS": hosts})


def test_a_refusal_is_not_ready(port: int) -> None:
    assert not is_ready(port, {"ALLOWED_HOSTS": "elsewhere.example"})


def test_silence_is_not_ready() -> None:
    assert not is_ready(free_port(), {})
