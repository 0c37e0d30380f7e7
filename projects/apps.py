"""The app's registration."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from projects.checks import replaced_migrations_are_complete


class ProjectsConfig(AppConfig):
    """Commitments of governments and what became of them."""

    name = "projects"
    verbose_name = _("兑现")

    def ready(self) -> None:
        """Load the pages of the desk, as Django does of the admin; let ``migrate`` ask first what it stands on."""
        autodiscover_modules("desk")
        register(replaced_migrations_are_complete, Tags.database)
