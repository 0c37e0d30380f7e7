"""The admin site at /admin/, where curators work: one module for each thing that is edited there."""

from django.apps import apps
from django.db.models.signals import post_migrate

from projects.admin import (
    access_admin,
    evidence_admin,
    extraction_admin,
    history,
    place_admin,
    project_admin,
    report_admin,
    source_admin,
    statement_admin,
)

__all__ = [
    "access_admin",
    "evidence_admin",
    "extraction_admin",
    "history",
    "place_admin",
    "project_admin",
    "report_admin",
    "source_admin",
    "statement_admin",
]

history.register_event_models()
post_migrate.connect(access_admin.grant_curator_permissions, sender=apps.get_app_config("projects"))
