"""Which admin site stands behind ``django.contrib.admin.site``."""

from django.contrib.admin.apps import AdminConfig


class TrackerAdminConfig(AdminConfig):
    default_site = "projects.admin_site.TrackerAdminSite"
