"""Typed readers of environment variables; each error names the variable and the fix."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


class Environment:
    """Reads settings from a mapping of environment variables.

    An empty value counts as not set, because compose files pass on unset variables as empty ones.
    """

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables

    def text(self, name: str, default: str | None = None) -> str:
        """Return the variable's text, or the default; without a default the variable is required."""
        value = self._variables.get(name, "").strip() or default
        if value is None:
            raise ImproperlyConfigured(f"{name} is not set. Set it in the environment (see .env.example).")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Return a yes/no variable: 1, true, yes, on or 0, false, no, off."""
        value = self._variables.get(name, "").strip().lower()
        if value in _TRUE or value in _FALSE:
            return value in _TRUE
        if value:
            raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")
        return default

    def number(self, name: str, default: int, *, at_least: int = 0) -> int:
        value = self._variables.get(name, "").strip()
        if not value:
            return default
        try:
            number = int(value)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number.") from None
        if number < at_least:
            raise ImproperlyConfigured(f"{name} is {number}. Set it to {at_least} or more.")
        return number

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """Return a comma-separated list without its blanks."""
        value = self._variables.get(name, "")
        return [word.strip() for word in value.split(",") if word.strip()] or list(default)

    def path(self, name: str, default: Path) -> Path:
        """Return an absolute path; ``~`` is the user's home."""
        value = self._variables.get(name, "").strip()
        return Path(value).expanduser().resolve() if value else default

    def url(self, name: str, schemes: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value.split("://", 1)[0] not in schemes or "://" not in value:
            expected = " or ".join(f"{scheme}://" for scheme in schemes)
            raise ImproperlyConfigured(f"{name} must begin with {expected}.")
        return value
