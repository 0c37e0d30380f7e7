"""Form fields of the desk."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.choices import DueState, Precision
from projects.models import Evidence, Statement

NOTHING = "—"
_BOUNDS = {"gte": "≥ ", "lte": "≤ ", "approx": "≈ "}


def plain(value: Decimal | None) -> str:
    """Return a number as people read it: 48,677,000, not 48677000.0000; a dash for none."""
    return NOTHING if value is None else f"{value.normalize():,f}"


def figure_of(row: Statement) -> str:
    """Return a promised or reported figure with its bound and unit."""
    if row.quantity is None:
        return NOTHING
    return f"{_BOUNDS.get(row.comparator or '', '')}{plain(row.quantity)}{' ' if row.unit else ''}{row.unit}"


def value_of(row: Evidence) -> str:
    """Return the value of evidence with its bound and what it covers."""
    if row.reported_value is None:
        return NOTHING
    return f"{_BOUNDS.get(row.bound, '')}{plain(row.reported_value)}（{row.get_coverage_display()}）"


def happened(row: Evidence) -> str:
    """Return when it happened: a day, or the last day that it may have been and how exactly that is known."""
    if row.happened_on is None:
        return NOTHING
    day = row.happened_on.isoformat()
    return day if row.happened_precision == Precision.DAY else f"{day}（{row.get_happened_precision_display()}）"


def badge(state: DueState) -> SafeString:
    """Return a due state as a coloured word."""
    return format_html('<span class="due-state {}">{}</span>', state.value, state.label)


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
