"""The admin site of the curators."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the curators' own site."""

    default_site = "projects.desk.DeskSite"
