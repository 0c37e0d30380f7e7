"""The curators' desk at /admin/: one file for each thing that is edited there."""

from django.apps import apps
from django.contrib import admin
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from projects.admin import (
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
)

__all__ = [
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
]

admin.site.site_header = _("兑现编辑台")
admin.site.site_title = _("兑现编辑台")
admin.site.index_title = _("今日待办与全部内容")
admin.site.index_template = "admin/projects/index.html"
events.register_versions()
post_migrate.connect(roles.grant_curators, sender=apps.get_app_config("projects"))
