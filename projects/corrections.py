"""How two versions of a row differ, in words, and which differences of a published statement were corrections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from projects.choices import ReportState, ReviewState

EMPTY_VALUE: Final = "—"
# What a statement says to the public; where it stands in its text, and what the program thinks of it, are not that.
SAID: Final = (
    *("title", "title_en", "quote", "section", "category", "milestone", "quantity", "comparator", "unit", "names"),
    *("due_on", "due_basis", "period_end"),
)
_PUBLIC: Final = {"review_state": ReviewState.PUBLISHED, "report_state": ReportState.PUBLISHED}
# Under this name the context of a version tells why somebody made it.
REASON: Final = "reason"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs: its label, and its values in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of a statement while the public saw it: when, why where somebody said so, and of what."""

    at: datetime
    reason: str
    changes: list[FieldChange]


def corrections(row: models.Model) -> list[Correction]:
    """Return what was corrected in a statement since the public first saw it, the newest first.

    What was changed while it was withdrawn counts: the public saw it before, and sees it otherwise now.
    """
    model: Any = type(row)
    events = model.pgh_event_model
    fields = [field for field in events._meta.fields if field.name in SAID]
    seen = events._default_manager.filter(pgh_obj_id=row.pk, **_PUBLIC).select_related("pgh_context")
    made = [
        Correction(after.pgh_created_at, _reason(after), list(field_changes(before, after, fields, {})))
        for after, before in pairwise(seen.order_by("-pgh_id"))
    ]
    return [correction for correction in made if correction.changes]


def _reason(event: models.Model) -> str:
    context = getattr(event, "pgh_context", None)
    return str(context.metadata.get(REASON) or "") if context else ""


def related_names(events: list[Any], fields: Iterable[Any]) -> dict[str, dict[Any, str]]:
    """Return the names of the rows that versions point at, by field."""
    names: dict[str, dict[Any, str]] = {}
    for field in fields:
        if field.is_relation:
            keys = {getattr(event, field.attname) for event in events} - {None}
            names[field.name] = {
                key: str(row) for key, row in field.related_model._default_manager.in_bulk(keys).items()
            }
    return names


def field_changes(
    before: models.Model | None, after: models.Model, fields: Iterable[Any], related: dict[str, dict[Any, str]]
) -> Iterator[FieldChange]:
    """Return the fields in which two versions differ; before the first version there was nothing."""
    for field in fields:
        old = getattr(before, field.attname) if before is not None else None
        new = getattr(after, field.attname)
        if old != new and not (before is None and new in ("", [], None)):
            shown = [value_display(field, value, related.get(field.name, {})) for value in (old, new)]
            yield FieldChange(capfirst(str(field.verbose_name)), *shown)


def value_display(field: "models.Field[Any, Any]", value: object, names: dict[Any, str]) -> str:
    """Return a value of a field as people read it; ``names`` are those of the rows that it may point at."""
    if value is None or value == "" or value == []:
        return EMPTY_VALUE
    if field.is_relation:
        return gettext("%(name)s（%(more)s）") % {"name": names.get(value, ""), "more": value}
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, Decimal):
        return number_display(value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, datetime):
        return datetime_display(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def number_display(value: Decimal | None) -> str:
    """Return a number as people read it: 48,677,000, not 48677000.0000."""
    return EMPTY_VALUE if value is None else f"{value.normalize():,f}"


def datetime_display(value: datetime) -> str:
    """Return a moment in the site's time zone and the reader's form."""
    return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
