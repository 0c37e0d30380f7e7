"""The API's speed beside its bars: requests a second, latency, and the ratio to three rivals on the same data.

usage: python bench/api.py [--rows 1000000] [--seconds 1] [--turns 3] [--connections 4] [--database URL] [--only WORDS]

(a) pgbench runs the API's own statement, prepared, and throws the JSON away: the database's own limit.
(b) a plain ModelViewSet with page numbers. (c) FastAPI with asyncpg and orjson. All share this machine's cores with
the client, so the ratios count, not the numbers. `N=10_000_000` in the environment sets the rows for `make bench`;
--database uses a database that an earlier run has built.
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
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.utils import timezone

from backend.local.net import LOOPBACK, free_port
from backend.local.postgres import Postgres, durable, program
from backend.local.scratch import running, scratch_folder

if TYPE_CHECKING:
    from bench.rivals.cases import Script

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
    """Ask a server for a turn."""
    command = [sys.executable, "-m", "bench.rivals.client", LOOPBACK, str(port), str(options.seconds)]
    command += [str(options.connections)]
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


def sides_of(case: str) -> Iterator[str]:
    """Yield the sides that answer a case."""
    yield from ("api", "a", "b", "c") if case in SHARED else ("api", "a")


def measure(url: str, options: argparse.Namespace) -> dict[str, dict[str, Speed]]:
    """Return the speed of every case on every side; the sides take turns, so that all meet the same load."""
    os.environ.update(SETTINGS, DATABASE_URL=url)
    django.setup()
    cases = importlib.import_module("bench.rivals.cases")  # it reads the models, which the line above makes ready
    today, found = timezone.localdate(), {}
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder())
        statements = folder / "statements.json"
        cases.write_statements(statements, today)
        served_by = {
            "api": ("wsgi", "backend.wsgi:application", {"PAGE_CACHE_BYTES": "0", "API_RATE_ANONYMOUS": "off"}),
            "b": ("wsgi", "bench.rivals.plain_wsgi:application", {}),
            "c": ("asgi", "bench.rivals.fast:app", {"FAST_STATEMENTS": str(statements)}),
        }
        ports = {side: stack.enter_context(served(url, *how[:2], **how[2])) for side, how in served_by.items()}
        chosen = {case: paths for case, paths in cases.paths(options.rows).items() if options.only in case}
        for number, (case, paths) in enumerate(chosen.items()):
            place = folder / str(number)
            scripts = cases.write_scripts(place, paths, today)
            turns: dict[str, list[Speed]] = {side: [] for side in sides_of(case)}
            for turn in range(options.turns + 1):  # the first warms up
                for side, speeds in turns.items():
                    speed = limit(url, scripts, options, place) if side == "a" else ask(ports[side], paths, options)
                    if turn:
                        speeds.append(speed)
            found[case] = {side: middle(speeds) for side, speeds in turns.items()}
    return found


def report(found: dict[str, dict[str, Speed]]) -> None:
    """Print the figures and how they stand to their bars."""
    detail = found.get("detail", next(iter(found.values())))["a"]
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
    parser.add_argument("--seconds", type=float, default=1.0, help="of each turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--database", help="one that an earlier run has built")
    parser.add_argument("--only", default="", help="cases whose names hold this")
    options = parser.parse_args()
    if options.database:
        report(measure(options.database, options))
        return
    with database(options.rows) as url:
        report(measure(url, options))


if __name__ == "__main__":
    main()
