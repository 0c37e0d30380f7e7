"""One browser for all tests, and one site as visitors get it: the project's own data behind the production server."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, sync_playwright
from psycopg import sql

from backend.local.process import LOOPBACK, free_port

ROOT: Final = Path(__file__).parents[2]
CHROMIUM: Final = "/usr/bin/chromium"
# No sandbox, because tests may run as root; the others keep the browser from calling its makers.
ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
PATIENCE: Final = 60.0
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def site(postgres_url: str, database_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the reports and curated data that ship with the project."""
    with running_site(postgres_url, database_template, tmp_path_factory.mktemp("site")) as (address, _environment):
        yield address


@contextmanager
def running_site(server: str, template: str, folder: Path, **given: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a site of its own, with the data that ship; return its address and what its programs find around them."""
    with _database(server, f"browser_{folder.name.replace('-', '_')}_{os.getpid()}", template) as address:
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "DUIXIAN_DATA_DIR": str(folder),
            "SECRET_KEY": "for the tests of one session only",
            **given,
        }
        _prepare(environment)
        port = free_port()
        with _serving(port, environment):
            yield f"http://{LOOPBACK}:{port}", environment


@contextmanager
def _database(server: str, name: str, template: str) -> Iterator[str]:
    """Make a database for the site beside the tests' own, and drop it afterwards."""
    with psycopg.connect(server, autocommit=True) as connection:
        names = map(sql.Identifier, (name, template))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _prepare(environment: Mapping[str, str]) -> None:
    """Bring the site up as `make run` does: tables, seed data, static files, the first snapshot."""
    for command in (["-m", "backend.local.prepare"], ["manage.py", "snapshot"]):
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def _serving(port: int, environment: Mapping[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(port)]
    command += ["--log-level", "error", "backend.wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_until_ready(server, port)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError(f"the site did not become ready within {PATIENCE:.0f} s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of a file of tests.

    While Playwright is at work, its loop runs in this thread, and Django refuses the database: it must not outlast the
    tests that need it, for the same process goes on with others.
    """
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield running
        running.close()


class Visitor:
    """Somebody with a browser. What their pages ask of other hosts, and complain about, is written down."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site = site
        self.complaints: list[str] = []
        self._browser = browser
        self._pages: list[Page] = []

    def open(self, address: str, size: ViewportSize = DESKTOP, *, scripts: bool = False, dark: bool = False) -> Page:
        """Open a page in a window of its own; the tests' own measuring needs scripts, the pages do not."""
        context = self._browser.new_context(
            base_url=self.site,
            viewport=size,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.on("request", self._note_foreign)
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        self._pages.append(page)
        return page

    def _note_foreign(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", f"blob:{self.site}/", "data:")):
            self.complaints.append(f"another host: {request.url}")

    def forgive_refusals(self) -> None:
        """Forget that the browser reports the 400 and 404 that a test asked for."""
        self.complaints = [line for line in self.complaints if not re.search(r"status of 40[04]", line)]

    def leave(self) -> None:
        """Close every window."""
        for page in self._pages:
            page.context.close()


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """A visitor whose pages must neither complain nor call another host."""
    somebody = Visitor(browser, site)
    yield somebody
    somebody.leave()
    assert somebody.complaints == []
