"""Bring the database, the seed data and the static files up to date, and make the first administrator.

A program of its own: its messages go to standard error; its answer, on standard output, is the name of the
administrator if it made one. ADMINISTRATOR_PASSWORD in the environment is that account's password.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

ADMINISTRATOR = "admin"


def main() -> None:
    """Run every step; each does nothing where nothing has changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:  # A variable of the environment; the message names it and the fix.
        sys.exit(f"error: {error}")
    call_command("migrate", interactive=False, verbosity=1, skip_checks=False, stdout=sys.stderr)
    call_command("seed", stdout=sys.stderr)
    collect_static_files()
    if make_administrator(os.environ.get("ADMINISTRATOR_PASSWORD", "")):
        sys.stdout.write(ADMINISTRATOR)


def make_administrator(password: str) -> bool:
    """Create the first superuser unless there is one; tell whether it did."""
    users = get_user_model().objects
    if not password or users.filter(is_superuser=True).exists():
        return False
    users.create_superuser(username=ADMINISTRATOR, password=password)
    return True


def collect_static_files() -> None:
    """Collect, fingerprint and compress the static files unless none has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _static_state()
    if stamp.exists() and stamp.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", interactive=False, verbosity=1, clear=True, stdout=sys.stderr)
    stamp.write_text(state, encoding="ascii")


def _static_state() -> str:
    """Return a digest of every static file's path, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
