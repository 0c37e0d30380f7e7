"""Form fields of the desk."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.forms import SimpleArrayField


def plain(value: Decimal | None) -> str:
    """Return a number as people read it: 48,677,000, not 48677000.0000; a dash for none."""
    return "—" if value is None else f"{value.normalize():,f}"


class PlainDecimalField(forms.DecimalField):
    """A number without the zeros that its column adds: 6, not 6.0000."""

    def prepare_value(self, value: Any) -> Any:
        """Return the number as people write it."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class LinesField(SimpleArrayField):
    """A list of texts, one a line; empty lines do not count."""

    def __init__(self, base_field: forms.Field, **kwargs: Any) -> None:
        kwargs.setdefault("widget", AdminTextareaWidget(attrs={"rows": 3}))
        super().__init__(base_field, delimiter="\n", **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something."""
        if isinstance(value, str):
            value = "\n".join(line.strip() for line in value.splitlines() if line.strip())
        return super().to_python(value)
