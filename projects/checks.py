"""What ``manage.py migrate`` looks at before it begins."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def replaced_migrations_are_complete(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a database that an older release left between two migrations that one file has replaced since."""
    return [
        Error(
            f"The database {alias} is older than the release before this one: it has some, not all, of what became "
            f"{', '.join(sorted(found))}.",
            hint="Install the release before, run its `manage.py migrate`, then upgrade to this one.",
            id="projects.E001",
        )
        for alias in databases or []
        if (found := halfway(MigrationRecorder(connections[alias]).applied_migrations()))
    ]


def halfway(applied: Iterable[tuple[str, str]]) -> list[str]:
    """Return the migrations of this app some of whose replaced ones are applied, but not all."""
    done = set(applied)
    return [
        name
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app == "projects" and done.intersection(migration.replaces) and not done.issuperset(migration.replaces)
    ]
