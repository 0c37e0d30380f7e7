"""What a person reads in a cell where a program reads a code: names, yes and no, and addresses that open."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, override
from rest_framework import serializers

from projects.models import Jurisdiction
from projects.serializers.fields import API
from projects.serializers.sql import AnyField, Kind, kind

# The fields that hold the code of a government.
GOVERNMENTS = frozenset({"jurisdiction", "parent"})
# The resources of the API that have a page of their own, and where it is.
_PAGES = {"commitments": "commitments", "projects": "projects", "reports": "reports", "jurisdictions": "places"}


class Words:
    """The names of codes in a language; governments are looked up once they are asked for."""

    def __init__(self, language: str) -> None:
        self._language = language

    def reading(self, name: str, field: AnyField) -> "Callable[[Any], Any] | None":
        """Return what makes a field's value readable; None where it is so already."""
        if name in GOVERNMENTS:
            return _named(self._governments)
        if name == "url" or name.endswith("_url"):
            return self.opened
        with override(self._language):
            if isinstance(field, serializers.ChoiceField):
                return _named({code: str(label) for code, label in field.choices.items()})
            return _named({True: _("是"), False: _("否")}) if kind(field) is Kind.FLAG else None

    def opened(self, path: str) -> str:
        """Return the address of the page that shows what a path of the API names, or of the path itself."""
        if not path.startswith("/"):
            return path
        resource, _slash, key = path.removeprefix(API).partition("/")
        if not path.startswith(API) or resource not in _PAGES:
            return f"{settings.SITE_URL}{path}"
        place = key.replace("-", "/") if resource == "reports" else key
        return f"{settings.SITE_URL}{self._home}{_PAGES[resource]}/{place}"

    @cached_property
    def _home(self) -> str:
        with override(self._language):
            return reverse("pages:home")

    @cached_property
    def _governments(self) -> dict[str, str]:
        name = "name_en" if self._language == "en" else "name"
        return dict(Jurisdiction.objects.published().exclude(**{name: ""}).values_list("code", name))


def _named(names: Mapping[Any, str]) -> Callable[[Any], Any]:
    return lambda code: names.get(code, code)
