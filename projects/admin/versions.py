"""The versions of a row: what each changed, and what somebody else changed while a form was open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext

from projects.admin.list_filters import parse_pk
from projects.corrections import FieldChange, field_changes, related_names, value_display

# The newest so many versions are shown; older ones are listed among the events.
_MOST_VERSIONS = 200
# Columns that only the program reads.
INTERNAL_FIELDS = frozenset({"id", "seeded", "pinyin", "outline"})
_NOTHING: tuple[Any, ...] = (None, "", [])
_HIDDEN_FIELDS = INTERNAL_FIELDS | {"created_at", "updated_at"}


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
    usernames, related = _usernames(newest), related_names(newest, tracked)
    versions = [
        Version(
            after.pgh_created_at,
            usernames.get(_actor_id(after)) or gettext("程序"),
            before is None,
            list(field_changes(before, after, tracked, related)),
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
    before = events.filter(pgh_id=parse_pk(version.partition("-")[0])).first()
    now = events.order_by("-pgh_id").first()
    if before is None or now is None:
        return None
    fields = [now._meta.get_field(name) for name in (*typed, "review_state") if hasattr(now, name)]
    changed = [field for field in fields if getattr(before, field.attname) != getattr(now, field.attname)]
    if not changed:
        return None
    names = related_names([before, now], changed)
    changes = []
    for field in changed:
        old, new = getattr(before, field.attname), getattr(now, field.attname)
        value = typed.get(field.name, old)
        if isinstance(value, models.Model):
            names.setdefault(field.name, {})[value.pk] = str(value)
            value = value.pk
        before_text, now_text, typed_text = (
            value_display(field, one, names.get(field.name, {})) for one in (old, new, value)
        )
        label, touched = capfirst(str(field.verbose_name)), not _same(value, old)
        changes.append(ConcurrentChange(field.name, label, before_text, now_text, typed_text, touched))
    return Conflict(_usernames([now]).get(_actor_id(now)) or gettext("程序"), now.pgh_created_at, changes)


def _same(one: Any, other: Any) -> bool:
    return one == other or (one in _NOTHING and other in _NOTHING)
