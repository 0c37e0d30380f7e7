"""The versions of a row: what each changed, and what somebody else changed while a form was open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Max
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from projects.admin.display import EMPTY_VALUE, number_display

# The newest so many versions are shown; older ones are listed among the events.
_MOST_VERSIONS = 200
# Columns that only the program reads.
INTERNAL_FIELDS = frozenset({"id", "seeded", "pinyin", "outline"})
_NOTHING: tuple[Any, ...] = (None, "", [])
_HIDDEN_FIELDS = INTERNAL_FIELDS | {"created_at", "updated_at"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """When a row was written, by whom, and how it differs from the version before."""

    created_at: datetime
    actor: str
    is_first: bool
    changes: list[FieldChange]


def versions_of(model: type[models.Model], pk: int | str) -> list[Version]:
    """Return the versions of a row, newest first; empty for a table without history."""
    event_model = getattr(model, "pgh_event_model", None)
    if event_model is None:
        return []
    tracked = [field for field in event_model._meta.fields if _is_shown(field)]
    events = event_model._default_manager.filter(pgh_obj_id=pk).select_related("pgh_context")
    newest = list(events.order_by("-pgh_id")[: _MOST_VERSIONS + 1])
    usernames, related = _usernames(newest), _related_names(newest, tracked)
    versions = [
        Version(
            after.pgh_created_at,
            usernames.get(_actor_id(after)) or gettext("程序"),
            before is None,
            list(_field_changes(before, after, tracked, related)),
        )
        for after, before in zip(newest[:_MOST_VERSIONS], [*newest[1:], None], strict=False)
    ]
    return [version for version in versions if version.is_first or version.changes]


def _is_shown(field: Any) -> bool:
    return not field.name.startswith("pgh_") and field.name not in _HIDDEN_FIELDS


def _actor_id(event: Any) -> str:
    context = event.pgh_context
    return str(context.metadata.get("user") or "") if context else ""


def _usernames(events: list[Any]) -> dict[str, str]:
    ids = {actor for event in events if (actor := _actor_id(event)).isdigit()}
    return {str(user.pk): user.get_username() for user in get_user_model()._default_manager.filter(pk__in=ids)}


def _related_names(events: list[Any], fields: list[Any]) -> dict[str, dict[Any, str]]:
    """Return the names of the rows that the versions point at, by field."""
    names: dict[str, dict[Any, str]] = {}
    for field in fields:
        if field.is_relation:
            keys = {getattr(event, field.attname) for event in events} - {None}
            names[field.name] = {
                key: str(row) for key, row in field.related_model._default_manager.in_bulk(keys).items()
            }
    return names


def _field_changes(
    before: Any, after: Any, fields: list[Any], related: dict[str, dict[Any, str]]
) -> Iterator[FieldChange]:
    for field in fields:
        old = getattr(before, field.attname) if before is not None else None
        new = getattr(after, field.attname)
        if old != new and not (before is None and new in ("", [], None)):
            shown = [_value_display(field, value, related.get(field.name, {})) for value in (old, new)]
            yield FieldChange(capfirst(str(field.verbose_name)), *shown)


def _value_display(field: Any, value: Any, names: dict[Any, str]) -> str:
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


def datetime_display(value: datetime) -> str:
    return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")


# -- What somebody else changed while a form was open -----------------------------------------------------------------


class ConcurrentChange(NamedTuple):
    """A field that somebody else changed: before, since, as it is in the form, and whether it was touched there."""

    name: str
    label: str
    before: str
    now: str
    typed: str
    touched: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who changed a row last while a form was open, when, and what."""

    actor: str
    at: datetime
    changes: list[ConcurrentChange]


def row_version(model: type[models.Model], rows: Any) -> str:
    """Return what becomes another text with every change of the rows, or of which rows they are.

    ``rows`` are primary keys or a query of them. Tables without history have no versions.
    """
    events = getattr(model, "pgh_event_model", None)
    if events is None:
        return ""
    keys = sorted(map(str, rows))
    newest = events._default_manager.filter(pgh_obj_id__in=keys).aggregate(newest=Max("pgh_id"))["newest"]
    return f"{newest or 0}-{sha256(' '.join(keys).encode()).hexdigest()[:12]}"


def conflict_of(model: type[models.Model], pk: Any, version: str, typed: Mapping[str, Any]) -> Conflict | None:
    """Return what changed of the fields that a form holds, and of the review, since the row had this version.

    ``typed`` are the form's values by field. None if nothing of it changed.
    """
    events: Any = model
    events = events.pgh_event_model._default_manager.filter(pgh_obj_id=pk).select_related("pgh_context")
    number = version.partition("-")[0]
    before = events.filter(pgh_id=int(number)).first() if number.isdecimal() else None
    now = events.order_by("-pgh_id").first()
    if before is None or now is None:
        return None
    fields = [now._meta.get_field(name) for name in (*typed, "review_state") if hasattr(now, name)]
    changed = [field for field in fields if getattr(before, field.attname) != getattr(now, field.attname)]
    if not changed:
        return None
    names = _related_names([before, now], changed)
    changes = []
    for field in changed:
        old, new = getattr(before, field.attname), getattr(now, field.attname)
        value = typed.get(field.name, old)
        if isinstance(value, models.Model):
            names.setdefault(field.name, {})[value.pk] = str(value)
            value = value.pk
        before_text, now_text, typed_text = (
            _value_display(field, one, names.get(field.name, {})) for one in (old, new, value)
        )
        label, touched = capfirst(str(field.verbose_name)), not _same(value, old)
        changes.append(ConcurrentChange(field.name, label, before_text, now_text, typed_text, touched))
    return Conflict(_usernames([now]).get(_actor_id(now)) or gettext("程序"), now.pgh_created_at, changes)


def _same(one: Any, other: Any) -> bool:
    return one == other or (one in _NOTHING and other in _NOTHING)
