"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """Commitments of governments and what became of them."""

    name = "projects"
    verbose_name = _("兑现")
