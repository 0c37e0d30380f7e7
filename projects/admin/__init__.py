"""The curators' desk at /admin/: one file for each thing that is edited there."""

from django.apps import apps
from django.db.models.signals import post_migrate

from projects.admin import (
    accounts,
    achievement,
    commitment,
    events,
    evidence,
    extraction,
    place,
    project,
    report,
    responsibility,
    roles,
    source,
    tokens,
)

__all__ = [
    "accounts",
    "achievement",
    "commitment",
    "events",
    "evidence",
    "extraction",
    "place",
    "project",
    "report",
    "responsibility",
    "roles",
    "source",
    "tokens",
]

events.register_versions()
post_migrate.connect(roles.grant_curators, sender=apps.get_app_config("projects"))
