"""The app's registration."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from projects.checks import replaced_migrations_are_complete


class ProjectsConfig(AppConfig):
    """Commitments of governments and what became of them."""

    name = "projects"
    verbose_name = _("兑现")

    def ready(self) -> None:
        """Let ``manage.py migrate`` ask first what it stands on."""
        register(replaced_migrations_are_complete, Tags.database)
