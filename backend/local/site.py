"""The site of a run: its preparation, and its web server, worker and timetable."""

import http.client
import os
import secrets
import signal
import sys
from collections.abc import Mapping

from backend.local.errors import LauncherError
from backend.local.folder import DataFolder
from backend.local.net import LOOPBACK
from backend.local.options import ROOT, Options
from backend.local.service import Ending, Service
from backend.local.supervisor import Supervisor, show

# Seconds in which the web server must answer once it is started.
_PATIENCE = 60.0
# A worker finishes its task on SIGTERM; on SIGQUIT it gives the task back to the queue.
_WORKER_ENDING: Ending = ((signal.SIGTERM, 30.0), (signal.SIGQUIT, 5.0))
_ENDING: Ending = ((signal.SIGTERM, 10.0),)


def site_environment(variables: Mapping[str, str], options: Options, folder: DataFolder) -> dict[str, str]:
    return {
        "SECRET_KEY": variables.get("SECRET_KEY", "").strip() or folder.secret("django"),
        "SITE_URL": variables.get("SITE_URL", "").strip() or f"http://{LOOPBACK}:{options.port}",
        "DUIXIAN_DATA_DIR": str(folder.path),
        "PYTHONUNBUFFERED": "1",
    }


def serve(supervisor: Supervisor, options: Options, environment: Mapping[str, str]) -> None:
    """Prepare the site, start its three programs, say where it is, and look after them."""
    password = secrets.token_urlsafe(16)
    administrator = supervisor.ask(_preparation({**environment, "ADMINISTRATOR_PASSWORD": password}))
    for service in site_services(options, environment):
        supervisor.start(service)
    supervisor.wait_until(
        lambda: _is_ready(options.port), _PATIENCE, f"The site did not become ready within {_PATIENCE:.0f} s."
    )
    address = f"http://{LOOPBACK}:{options.port}/"
    show("", f"ready: {address}")
    show("", f"admin: {address}admin/")
    if administrator:
        show("", f"administrator: {administrator}  password: {password}  (shown only now; change it in the admin)")
    supervisor.wait()


def _preparation(environment: Mapping[str, str]) -> Service:
    return Service("setup", [sys.executable, "-m", "backend.local.prepare"], environment, _ENDING, folder=ROOT)


def site_services(options: Options, environment: Mapping[str, str]) -> list[Service]:
    """Return web, beat and worker: stopped in the opposite order, the worker finishes before its broker goes."""
    cores = min(os.cpu_count() or 1, 4)
    web = ["granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(options.port), "--no-ws"]
    web += ["--workers", str(cores), "--blocking-threads", "4", "--workers-kill-timeout", "8"]
    celery = ["celery", "--app", "backend", "--quiet"]
    timetable = ["--schedule", str(options.data / "beat-schedule"), "--loglevel", "WARNING"]
    programs: list[tuple[str, list[str], Ending]] = [
        ("web", [*web, "backend.wsgi:application"], _ENDING),
        ("beat", [*celery, "beat", *timetable], _ENDING),
        ("worker", [*celery, "worker", "--concurrency", str(cores), "--loglevel", "INFO"], _WORKER_ENDING),
    ]
    return [
        Service(name, [sys.executable, "-m", *command], environment, ending, folder=ROOT)
        for name, command, ending in programs
    ]


def _is_ready(port: int) -> bool:
    """Ask the site itself; an answer that waiting will not change is an error."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if 400 <= status < 500:
        raise LauncherError(f"The site answers {status} to {LOOPBACK}: add 127.0.0.1 to ALLOWED_HOSTS.")
    return status == 200
