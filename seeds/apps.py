"""Registers the seeds package with Django, which makes its commands (`extract`, `evaluate`, …) available."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeedsConfig(AppConfig):
    """Reports, the reading of them and the loading of what was found; it has no models of its own."""

    name = "seeds"
    verbose_name = _("报告与提取")
