"""The order of a list, and the place in it where a page begins.

Every order ends with the row's key, so that it is total; both run in the same direction, so that one index serves
the order, and the place in it is one comparison of rows: ``(due_on, id) > ('2021-12-31', 700)``.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order by one column and the key; ``name`` is how a client asks for it, such as ``-due_on``."""

    name: str
    column: str
    key: str = "id"

    @property
    def descending(self) -> bool:
        """Whether it runs from the largest to the smallest."""
        return self.name.startswith("-")

    def terms(self, *, backwards: bool = False) -> tuple[str, ...]:
        """Return the terms for ``order_by``; backwards for the page before a place."""
        sign = "-" if self.descending != backwards else ""
        columns = (self.key,) if self.column == self.key else (self.column, self.key)
        return tuple(sign + column for column in columns)


def _row(first: F | Value, second: F | Value) -> Func:
    return Func(first, second, template="(%(expressions)s)", output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order: the column and key of the row there, and whether the page lies before it."""

    ordering: str
    value: str
    key: str
    backwards: bool

    def __str__(self) -> str:
        parts = [self.ordering, self.value, self.key, int(self.backwards)]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return the cursor that was given out as this text; raises ValidationError for any other text."""
        try:
            raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            ordering, value, key, backwards = json.loads(raw)
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise damaged() from None
        if not all(isinstance(part, str) for part in (ordering, value, key)) or backwards not in (0, 1):
            raise damaged()
        return cls(ordering, value, key, bool(backwards))


def damaged() -> ValidationError:
    """Return the error of a cursor that this service did not give out for this list."""
    return ValidationError(_("这个游标不属于这个列表。请使用 next 或 previous 给出的地址。"), "invalid")


def beyond(model: type[models.Model], ordering: Ordering, cursor: Cursor) -> Q:
    """Return the condition for rows beyond the cursor's place; raises ValidationError for a cursor of another list."""
    if cursor.ordering != ordering.name:
        raise damaged()
    key = _value(model, ordering.key, cursor.key)
    upwards = ordering.descending == cursor.backwards
    if ordering.column == ordering.key:
        return Q(**{f"{ordering.key}__{'gt' if upwards else 'lt'}": key.value})
    place = _row(_value(model, ordering.column, cursor.value), key)
    here = _row(F(ordering.column), F(ordering.key))
    sign = " > " if upwards else " < "
    return Q(Func(here, place, template="%(expressions)s", arg_joiner=sign, output_field=BooleanField()))


def _value(model: type[models.Model], column: str, text: str) -> Value:
    """Return the text of a cursor as a value of its column."""
    field: Any = model._meta.get_field(column)
    target: models.Field[Any, Any] = getattr(field, "target_field", field)
    try:
        ProhibitNullCharactersValidator()(text.encode().decode())
        value = target.to_python(text)
        target.run_validators(value)
    except (ValidationError, OverflowError, UnicodeError):
        raise damaged() from None
    return Value(value, output_field=target)
