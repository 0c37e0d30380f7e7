"""What several tables share: time stamps, constraint helpers, protection from deletion."""

from collections.abc import Iterable
from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# The days that reports, promises and evidence can speak of.
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)


class Stamped(models.Model):
    """A row that knows when it was made and last changed."""

    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    class Meta:
        abstract = True


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Return the constraint that a column holds one of its codes (or NULL)."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


def never_deleted() -> pgtrigger.Protect:
    """Return the trigger that keeps rows: what is wrong is withdrawn, not destroyed."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


def append_only() -> pgtrigger.Protect:
    """Return the trigger that keeps rows as they were written."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def never_truncated() -> pgtrigger.Trigger:
    """Return the trigger that keeps a table from being emptied, also by CASCADE and by ``manage.py flush``."""
    return pgtrigger.Trigger(
        name="never_truncated",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


def protect_from_truncation(tables: Iterable[type[models.Model]]) -> None:
    """Give each table that trigger, those of versions as well, unless its class says ``may_be_truncated``."""
    for model in tables:
        if not getattr(model, "may_be_truncated", False):
            pgtrigger.register(never_truncated())(model)


class _OnlyDated(pgtrigger.AllDontChange):
    """Nothing but the date changes, to a later one."""

    def resolve(self, model: type[models.Model]) -> str:
        """Return the condition as SQL."""
        return f"NEW.updated_at > OLD.updated_at AND ({super().resolve(model)})"


def touched(*, unless_only: tuple[str, ...] = ()) -> tuple[pgtrigger.Trigger, ...]:
    """Return the triggers that date every change, also a bare UPDATE, unless only the named fields change.

    A model that is saved as it was, or with a change of those fields alone, keeps its date: the public sees none.
    """
    ignored = ["updated_at", *unless_only]
    return (
        pgtrigger.Trigger(
            name="touched",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(exclude=ignored),
            func="NEW.updated_at := now(); RETURN NEW;",
        ),
        pgtrigger.Trigger(
            name="untouched",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=_OnlyDated(exclude=ignored),
            func="NEW.updated_at := OLD.updated_at; RETURN NEW;",
        ),
    )


def trackers(*, unless_only: tuple[str, ...] = ()) -> tuple[pghistory.RowEvent, ...]:
    """Return the history of a table: every insert, and every update that changes more than the named fields."""
    ignored = ["updated_at", *unless_only]
    return (pghistory.InsertEvent(), pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=ignored)))
