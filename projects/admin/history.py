"""An object's history, read from the rows that the database's triggers keep: who, when, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.admin.fields import plain

# The newest so many versions are shown; older ones are listed under the event rows.
_SHOWN = 200
_SILENT = frozenset({"created_at", "updated_at", "seeded", "pinyin", "id"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a row: when it was written, by whom, and how it differs from the one before."""

    at: datetime
    who: str
    made: bool
    fields: list[FieldChange]


def changes_of(model: type[models.Model], pk: str) -> list[Change]:
    """Return the versions of a row, newest first; empty for a table without history."""
    event_model = getattr(model, "pgh_event_model", None)
    if event_model is None:
        return []
    tracked = [field for field in event_model._meta.fields if _is_told(field)]
    events = event_model._default_manager.filter(pgh_obj_id=pk).select_related("pgh_context")
    newest = list(events.order_by("-pgh_id")[: _SHOWN + 1])
    people, related = _people(newest), _related(newest, tracked)
    versions = [
        Change(
            after.pgh_created_at,
            people.get(_actor(after)) or _("程序"),
            before is None,
            list(_differences(before, after, tracked, related)),
        )
        for after, before in zip(newest[:_SHOWN], [*newest[1:], None], strict=False)
    ]
    return [version for version in versions if version.made or version.fields]


def _is_told(field: Any) -> bool:
    return not field.name.startswith("pgh_") and field.name not in _SILENT


def _actor(event: Any) -> str:
    context = event.pgh_context
    return str(context.metadata.get("user") or "") if context else ""


def _people(events: list[Any]) -> dict[str, str]:
    ids = {actor for event in events if (actor := _actor(event)).isdigit()}
    return {str(user.pk): user.get_username() for user in get_user_model()._default_manager.filter(pk__in=ids)}


def _related(events: list[Any], fields: list[Any]) -> dict[str, dict[Any, str]]:
    """Return the names of the rows that the versions point at, by field."""
    names: dict[str, dict[Any, str]] = {}
    for field in fields:
        if field.is_relation:
            keys = {getattr(event, field.attname) for event in events} - {None}
            names[field.name] = {
                key: str(row) for key, row in field.related_model._default_manager.in_bulk(keys).items()
            }
    return names


def _differences(
    before: Any, after: Any, fields: list[Any], related: dict[str, dict[Any, str]]
) -> Iterator[FieldChange]:
    for field in fields:
        old = getattr(before, field.attname) if before is not None else None
        new = getattr(after, field.attname)
        if old != new and not (before is None and new in ("", [], None)):
            shown = [_shown(field, value, related.get(field.name, {})) for value in (old, new)]
            yield FieldChange(capfirst(str(field.verbose_name)), *shown)


def _shown(field: Any, value: Any, names: dict[Any, str]) -> str:
    if value is None or value == "" or value == []:
        return "—"
    if field.is_relation:
        return _("%(name)s（%(more)s）") % {"name": names.get(value, ""), "more": value}
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return value.isoformat() if isinstance(value, date) else str(value)
