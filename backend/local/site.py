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
    preparing = {**environment, "ADMINISTRATOR_PASSWORD": password}
    administrator = supervisor.ask(_module("setup", ["backend.local.prepare"], preparing, _ENDING))
    web, beat, worker = site_services(options, environment)
    supervisor.start(web)
    supervisor.wait_until(
        lambda: _is_ready(options.port), _PATIENCE, f"The site did not become ready within {_PATIENCE:.0f} s."
    )
    # After the site, which would otherwise wait while these load; stopped before it, the worker first.
    supervisor.start(beat)
    supervisor.start(worker)
    address = f"http://{LOOPBACK}:{options.port}/"
    show("", f"ready: {address}")
    show("", f"admin: {address}admin/")
    if administrator:
        show("", f"administrator: {administrator}  password: {password}  (shown only now; change it in the admin)")
    supervisor.wait()


def site_services(options: Options, environment: Mapping[str, str]) -> tuple[Service, Service, Service]:
    """Return web, beat and worker."""
    cores = str(min(os.cpu_count() or 1, 4))
    web = ["granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(options.port), "--no-ws"]
    web += ["--workers", cores, "--blocking-threads", "4", "--workers-kill-timeout", "8", "backend.wsgi:application"]
    beat = ["celery", "--app", "backend", "--quiet", "beat", "--loglevel", "WARNING"]
    beat += ["--schedule", str(options.data / "beat-schedule")]
    worker = ["celery", "--app", "backend", "--quiet", "worker", "--loglevel", "INFO", "--concurrency", cores]
    # It is alone: there are no other workers to greet or to watch.
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return (
        _module("web", web, environment, _ENDING),
        _module("beat", beat, environment, _ENDING),
        _module("worker", worker, environment, _WORKER_ENDING),
    )


def _module(name: str, command: list[str], environment: Mapping[str, str], ending: Ending) -> Service:
    """Return a service that is a Python module with its arguments."""
    # Celery's advice not to run as root is no news to the person who did.
    quiet = ["-W", "ignore:You're running the worker with superuser"]
    return Service(name, [sys.executable, *quiet, "-m", *command], environment, ending, folder=ROOT)


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
