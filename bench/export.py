"""The export's memory and speed: what a server process needs more for a whole list than at rest.

usage: python bench/export.py [--rows 100000]

One granian process serves a new database. After some pages of the list, its resident memory is the base line; then it
streams the whole list in each format, and its memory is watched. The same rows read through the list's pages, 500
each, are the time to compare with.
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from backend.local.postgres import temporary_postgres
from backend.local.process import LOOPBACK, free_port

ROOT = Path(__file__).resolve().parent.parent
LIST = "/api/v1/commitments/"
MEGABYTE = 1024 * 1024
# What an NDJSON export of a hundred thousand rows may need beyond the base line.
BAR = 50.0
CHUNK = 256 * 1024


@contextmanager
def server(environment: dict[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """Yield the port of a server of one process, and that process."""
    port = free_port()
    command = ["granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(port), "--no-ws"]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-log", "backend.wsgi:application"]
    parent = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=environment)
    try:
        while not answers(port):
            time.sleep(0.1)
        yield port, psutil.Process(parent.pid).children()[-1]
    finally:
        parent.send_signal(signal.SIGTERM)
        parent.wait()


def answers(port: int) -> bool:
    """Say whether the server serves."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


class Watch:
    """The highest resident memory of a process while a block of code runs, in megabytes."""

    def __init__(self, process: psutil.Process) -> None:
        self.process, self.peak = process, 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def now(self) -> float:
        """Return the memory of this moment."""
        return float(self.process.memory_info().rss) / MEGABYTE

    def _run(self) -> None:
        while not self._done.wait(0.01):
            self.peak = max(self.peak, self.now())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()


def download(port: int, path: str) -> tuple[int, int]:
    """Read an answer to its end; return its bytes and its line ends."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=600)
    connection.request("GET", path)
    response = connection.getresponse()
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status} {response.read()[:500]!r}")
    size = lines = 0
    while chunk := response.read(CHUNK):
        size, lines = size + len(chunk), lines + chunk.count(b"\n")
    connection.close()
    return size, lines


def pages(port: int) -> int:
    """Read the whole list page by page; return its rows."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=600)
    path, rows = f"{LIST}?page_size=500", 0
    while path:
        connection.request("GET", path)
        page = json.loads(connection.getresponse().read())
        path, rows = page["next"], rows + len(page["results"])
    connection.close()
    return rows


def measure(port: int, process: psutil.Process, rows: int) -> None:
    """Print what each format needs."""
    for number in range(1, 51):
        download(port, f"{LIST}?page_size={number}")
    begin = time.perf_counter()
    counted = pages(port)
    by_pages = time.perf_counter() - begin
    base = Watch(process).now()
    print(f"{counted:,} rows; page by page {by_pages:.1f} s; at rest {base:.0f} MB\n")
    print(f"{'format':8} {'rows':>9} {'MB':>7} {'s':>6} {'of pages':>9} {'peak MB':>8} {'above rest':>11}")
    for name in ("ndjson", "csv", "xlsx"):
        begin = time.perf_counter()
        with Watch(process) as watch:
            size, lines = download(port, f"{LIST}?format={name}")
        seconds = time.perf_counter() - begin
        shown = lines - (name == "csv") if name != "xlsx" else counted
        above = watch.peak - base
        verdict = "" if name != "ndjson" else ("  ok" if above <= BAR else f"  MORE THAN {BAR:.0f}")
        print(
            f"{name:8} {shown:9,} {size / MEGABYTE:7.1f} {seconds:6.1f} {seconds / by_pages:8.2f}x"
            f" {watch.peak:8.0f} {above:11.1f}{verdict}"
        )
    if rows != counted:
        print(f"\n{rows:,} rows were asked for; {counted:,} fill whole reports.")


def main() -> None:
    """Build, serve, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with temporary_postgres() as postgres:
        environment = {
            **os.environ,
            "DATABASE_URL": postgres.url(),
            "API_RATE_ANONYMOUS": "off",
            "PAGE_CACHE_BYTES": "0",
            "EXPORT_XLSX_ROWS": str(rows),
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        fill = "import sys; from bench.rivals.data import build; build(sys.argv[1], int(sys.argv[2]))"
        build = f"import django; django.setup(); {fill}"
        settings = {**environment, "DJANGO_SETTINGS_MODULE": "backend.settings"}
        subprocess.run([sys.executable, "-c", build, postgres.url(), str(rows)], cwd=ROOT, env=settings, check=True)
        with server(environment) as (port, process):
            measure(port, process, rows)


if __name__ == "__main__":
    main()
