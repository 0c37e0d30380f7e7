"""The API's speed beside its bars: requests a second, latency, and the ratio to three rivals on the same data.

usage: python bench/api.py [--rows 1000000] [--seconds 3] [--connections 4] [--database URL]

(a) pgbench runs the API's own statement, prepared, and throws the JSON away: the database's own limit.
(b) a plain ModelViewSet with page numbers. (c) FastAPI with asyncpg and orjson. All share this machine's cores with
the client, so the ratios count, not the numbers. `N=10_000_000` in the environment sets the rows for `make bench`;
--database uses a database that an earlier run has built.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.utils import timezone

from backend.local.net import LOOPBACK, free_port
from backend.local.postgres import Postgres, durable, program
from backend.local.scratch import running, scratch_folder

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"DJANGO_SETTINGS_MODULE": "backend.settings"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "8GB"}
WORKERS = 2
# Case, and the bars for its ratio to (a), (b) and (c); a search of two characters has one of its own, in detail reads.
BARS = {"a": 0.40, "b": 8.0, "c": 1.2}
LIST_BAR, SEARCH_BAR = 8.0, 60.0
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


@dataclass(frozen=True, slots=True)
class Speed:
    """What one case came to."""

    rate: float
    p50: float
    p99: float


@contextmanager
def database(rows: int) -> Iterator[str]:
    """Yield the address of a new database with so many commitments."""
    with scratch_folder() as folder:
        server = Postgres(folder / "postgres", "bench", {**durable(), **FAST})
        with running(server):
            server.ensure_database("bench")
            url = server.url("bench")
            begin = time.perf_counter()
            fill(url, rows)
            print(f"{rows:,} commitments built in {time.perf_counter() - begin:.0f} s\n")
            yield url


def fill(url: str, rows: int) -> None:
    """Make the tables and their rows."""
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
        command += ["--blocking-threads", "4"]
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "bench", "LOG_LEVEL": "ERROR", **variables}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _attempt in range(200):
        try:
            urllib.request.urlopen(f"http://{LOOPBACK}:{port}/api/v1/stats/?by=status", timeout=60).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("a server did not start")


def ask(port: int, paths: list[str], options: argparse.Namespace) -> Speed:
    """Ask a server for so many seconds, after a short warm-up."""
    for seconds in (min(1.0, options.seconds / 3), options.seconds):
        command = [sys.executable, "-m", "bench.rivals.client", LOOPBACK, str(port), str(seconds)]
        command += [str(options.connections)]
        done = subprocess.run(command, cwd=ROOT, input="\n".join(paths), capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
    if found["errors"] or not found["requests"]:
        raise SystemExit(f"{paths[0]}: {found['errors']} errors in {found['requests']} requests")
    return Speed(found["requests"] / found["seconds"], found["p50"], found["p99"])


def limit(url: str, scripts: list[Path], options: argparse.Namespace, folder: Path) -> Speed:
    """Run an address's statements with pgbench; latencies come from its log."""
    parts = urlsplit(url)
    command = [str(program("pgbench", folder)), "-n", "-M", "prepared", "-c", str(options.connections)]
    command += ["-T", str(max(1, round(options.seconds))), "-l", "--log-prefix", str(folder / "log")]
    command += ["-h", str(parts.hostname), "-p", str(parts.port), "-U", str(parts.username)]
    for script in scripts:
        command += ["-f", str(script)]
    environment = {**os.environ, "PGPASSWORD": str(parts.password)}
    subprocess.run([*command, parts.path.lstrip("/")], env=environment, capture_output=True, check=True)
    times = sorted(int(line.split()[2]) for log in folder.glob("log*") for line in log.read_text().splitlines())
    rate = len(times) / max(1, round(options.seconds))
    return Speed(rate, times[len(times) // 2] / 1e3, times[len(times) * 99 // 100] / 1e3)


def measure(url: str, options: argparse.Namespace) -> dict[str, dict[str, Speed]]:
    """Return the speed of every case on every side."""
    os.environ.update(SETTINGS, DATABASE_URL=url)
    django.setup()
    cases = importlib.import_module("bench.rivals.cases")  # it reads the models, which the line above makes ready
    asked, today = cases.paths(options.rows), timezone.localdate()
    found: dict[str, dict[str, Speed]] = {name: {} for name in asked}
    with scratch_folder() as folder:
        for number, (case, paths) in enumerate(asked.items()):
            scripts = cases.write_scripts(folder / str(number), paths, today)
            found[case]["a"] = limit(url, scripts, options, folder / str(number))
        statements = folder / "statements.json"
        cases.write_statements(statements, today)
        sides = {
            "api": ("wsgi", "backend.wsgi:application", {"PAGE_CACHE_BYTES": "0", "API_RATE_ANONYMOUS": "off"}),
            "b": ("wsgi", "bench.rivals.plain_wsgi:application", {}),
            "c": ("asgi", "bench.rivals.fast:app", {"FAST_STATEMENTS": str(statements)}),
        }
        for side, (interface, target, variables) in sides.items():
            with served(url, interface, target, **variables) as port:
                for case, paths in asked.items():
                    if side == "api" or case in SHARED:
                        found[case][side] = ask(port, paths, options)
    return found


def report(found: dict[str, dict[str, Speed]]) -> None:
    """Print the figures and how they stand to their bars."""
    detail = found["detail"]["a"]
    print(f"{'':34} {'requests/s':>10} {'p50 ms':>8} {'p99 ms':>8}   (a)     (b)     (c)   x detail in the database")
    for case, sides in found.items():
        api = sides["api"]
        ratios = [f"{api.rate / sides[side].rate:7.2f}" if side in sides else "      –" for side in BARS]
        times = sides["a"].p50 / detail.p50
        bar = SEARCH_BAR if case.startswith("search") else LIST_BAR
        print(
            f"{case:34} {api.rate:10.0f} {api.p50:8.2f} {api.p99:8.2f} {' '.join(ratios)}"
            f"   {times:6.1f} (bar {bar:.0f})"
        )
    bars = ", ".join(f"({side}) {bar}" for side, bar in BARS.items())
    print(f"\nWanted at the least: {bars}. (a) pgbench, (b) plain ModelViewSet, (c) FastAPI with asyncpg and orjson.")
    for side, name in (("a", "pgbench"), ("b", "plain"), ("c", "FastAPI")):
        rates = ", ".join(f"{case} {sides[side].rate:.0f}" for case, sides in found.items() if side in sides)
        print(f"{name}, requests a second: {rates}")


def main() -> None:
    """Build, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=int(os.environ.get("N", "1_000_000")))
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--database")
    options = parser.parse_args()
    if options.database:
        report(measure(options.database, options))
        return
    with database(options.rows) as url:
        report(measure(url, options))


if __name__ == "__main__":
    main()
