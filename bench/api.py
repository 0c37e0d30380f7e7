"""The API's speed beside its bars: requests a second, latency, and the ratio to three rivals on the same data.

usage: python bench/api.py [--rows 1000000] [--seconds 1] [--turns 3] [--connections 4] [--only WORDS]
                           [--database URL] [--larger URL [--larger-rows 10000000]]

(a) pgbench runs the API's own statement as one prepared statement whose values change, and throws the JSON away: the
database's own limit. (b) a plain ModelViewSet with page numbers. (c) FastAPI with asyncpg and orjson. All share this
machine's cores with the client, so the ratios count, not the numbers. `N=10_000_000` in the environment sets the rows
for `make bench`; --database uses a database that an earlier run has built, and --larger a second one with more rows,
which tells how each statement grows.
"""

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.utils import timezone

from backend.local.data_dir import temporary_folder
from backend.local.postgres import Postgres, durable, program
from backend.local.process import LOOPBACK, free_port, running
from bench.rivals.report import Found, Speed, report

if TYPE_CHECKING:
    from bench.rivals.cases import Script

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"DJANGO_SETTINGS_MODULE": "backend.settings"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "8GB"}
# Two workers a core, one thread each: as the site is served, and alike for all rivals.
WORKERS = 2 * (os.cpu_count() or 1)
# Seconds in which a server has to answer for the first time.
PATIENCE = 60
# Cases that rival (c) answers too.
SHARED = (
    "detail",
    "page by category and year",
    "page of what is overdue",
    "search, common word",
    "search, rare word",
    "search, absent word",
    "counts by category, status, year",
)


@contextmanager
def database(rows: int) -> Iterator[str]:
    """Yield the address of a new database with so many commitments."""
    with temporary_folder() as folder:
        server = Postgres(folder / "postgres", "bench", {**durable(), **FAST})
        with running(server):
            server.ensure_database("bench")
            url = server.url("bench")
            begin = time.perf_counter()
            fill(url, rows)
            print(f"{rows:,} commitments built in {time.perf_counter() - begin:.0f} s\n")
            yield url


def fill(url: str, rows: int) -> None:
    environment = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    code = f"import django; django.setup(); from bench.rivals.data import build; build({url!r}, {rows})"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**environment, **SETTINGS}, check=True)


@contextmanager
def served(url: str, interface: str, target: str, **variables: str) -> Iterator[int]:
    """Serve an application with granian as the site is served; yield its port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", interface, "--host", LOOPBACK, "--port", str(port)]
    command += ["--workers", str(WORKERS), "--no-ws", "--log-level", "error", target]
    if interface == "wsgi":
        command += ["--blocking-threads", "1"]
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "bench", "LOG_LEVEL": "ERROR", **variables}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{LOOPBACK}:{port}/api/v1/stats/?by=status", timeout=60).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("a server did not start")


def ask(port: int, paths: list[str], options: argparse.Namespace, *more: str) -> Speed:
    """Ask a server for a turn; ``known`` shows it the tags of its answers."""
    command = [sys.executable, "-m", "bench.rivals.client", LOOPBACK, str(port), str(options.seconds)]
    command += [str(options.connections), *more]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(paths), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    if found["errors"] or not found["requests"]:
        raise SystemExit(f"{paths[0]}: {found['errors']} errors in {found['requests']} requests")
    return Speed(found["requests"] / found["seconds"], found["p50"], found["p99"])


def limit(url: str, script: "Script", options: argparse.Namespace, folder: Path) -> Speed:
    """Run a case's statement with pgbench for a turn; latencies come from its log."""
    parts, seconds = urlsplit(url), max(1, round(options.seconds))
    file = folder / "case.sql"
    file.write_text(script.text, encoding="utf-8")
    command = [str(program("pgbench", folder)), "-n", "-M", "prepared", "-c", str(options.connections), "-f", str(file)]
    command += [f"-D{name}={value}" for name, value in script.fixed.items()]
    command += ["-T", str(seconds), "-l", "--log-prefix", str(folder / "log")]
    command += ["-h", str(parts.hostname), "-p", str(parts.port), "-U", str(parts.username)]
    environment = {**os.environ, "PGPASSWORD": str(parts.password)}
    subprocess.run([*command, parts.path.lstrip("/")], env=environment, capture_output=True, check=True)
    logs = list(folder.glob("log*"))
    times = sorted(int(line.split()[2]) for log in logs for line in log.read_text().splitlines())
    for log in logs:
        log.unlink()
    return Speed(len(times) / seconds, times[len(times) // 2] / 1e3, times[len(times) * 99 // 100] / 1e3)


def middle(turns: list[Speed]) -> Speed:
    """Return the median turn's figures."""
    return Speed(*(statistics.median(figures) for figures in zip(*map(astuple, turns), strict=True)))


class Match:
    """The sides of one run: their servers, and the two databases."""

    def __init__(self, url: str, options: argparse.Namespace, stack: ExitStack) -> None:
        self.url, self.options, self.stack = url, options, stack
        self.cases: Any = importlib.import_module("bench.rivals.cases")  # it reads the models, which are ready by now
        self.folder, self.today = stack.enter_context(temporary_folder()), timezone.localdate()
        statements = self.folder / "statements.json"
        self.cases.write_statements(statements, self.today)
        quiet = {"API_RATE_ANONYMOUS": "off"}
        served_by = {
            "api": ("wsgi", "backend.wsgi:application", {**quiet, "PAGE_CACHE_BYTES": "0"}),
            "kept": ("wsgi", "backend.wsgi:application", quiet),
            "b": ("wsgi", "bench.rivals.plain_wsgi:application", {}),
            "c": ("asgi", "bench.rivals.fast:app", {"FAST_STATEMENTS": str(statements)}),
            "floor": ("wsgi", "bench.rivals.floor:application", {}),
        }
        self.ports = {side: stack.enter_context(served(url, *how[:2], **how[2])) for side, how in served_by.items()}
        self.larger = _scripts(options.larger, options.larger_rows) if options.larger else {}

    def sides(self, case: str, paths: list[str]) -> Iterator[tuple[str, Callable[[], Speed]]]:
        """Yield the sides that answer a case, and how to give each a turn."""
        asking = ("api", "kept", "b", "c", "floor") if case in SHARED else ("api",)
        for side in asking:
            yield side, partial(ask, self.ports[side], paths, self.options)
        if case in SHARED:
            yield "known", partial(ask, self.ports["kept"], paths, self.options, "known")
        script = self.cases.script(self.url, paths, self.today)
        yield "a", partial(limit, self.url, script, self.options, self.folder)
        if self.larger:
            yield "larger", partial(limit, self.options.larger, self.larger[case], self.options, self.folder)

    def play(self) -> Found:
        """Return the speed of every case on every side; the sides take turns, so that all meet the same load."""
        found: Found = {}
        for case, paths in self.cases.paths(self.options.rows).items():
            if self.options.only not in case:
                continue
            sides = dict(self.sides(case, paths))
            turns = [{side: play() for side, play in sides.items()} for _turn in range(self.options.turns + 1)]
            # The first turn warms up.
            found[case] = {side: middle([turn[side] for turn in turns[1:]]) for side in sides}
        return found


def _scripts(url: str, rows: int) -> "dict[str, Script]":
    """Return the scripts of all cases on another database, which decides anew what is common there."""
    cases: Any = importlib.import_module("bench.rivals.cases")
    command = [sys.executable, "-m", "bench.rivals.cases", str(rows)]
    environment = {**os.environ, **SETTINGS, "DATABASE_URL": url}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return {case: cases.Script(**script) for case, script in json.loads(done.stdout).items()}


def main() -> None:
    """Build, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=int(os.environ.get("N", "1_000_000")))
    parser.add_argument("--seconds", type=float, default=1.0, help="of each turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--database", help="one that an earlier run has built")
    parser.add_argument("--only", default="", help="cases whose names hold this")
    parser.add_argument("--larger", help="a second database, with more rows")
    parser.add_argument("--larger-rows", type=int, default=10_000_000)
    options = parser.parse_args()
    with nullcontext(options.database) if options.database else database(options.rows) as url, ExitStack() as stack:
        os.environ.update(SETTINGS, DATABASE_URL=url)
        django.setup()
        report(Match(url, options, stack).play())


if __name__ == "__main__":
    main()
