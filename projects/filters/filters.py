"""Filters that read one parameter each, strictly: what they do not understand is an error, never ignored."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.filters.problems import Text, nearest
from projects.models import Achievement, Commitment, Department, Jurisdiction, Project, Report, Source
from projects.models.report import FIRST_YEAR, LAST_YEAR

REPORT_KEY = r"(?P<jurisdiction>[0-9]{6})-(?P<year>[0-9]{4})"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,9}")
# A plus sign that is not escaped reaches us as a blank.
_LOST_PLUS = re.compile(r"[0-9-]{8,10}[Tt ][0-9:.]+ [0-9]{2}:?[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,4})?")
_NOT_ALLOWED = _("“%(value)s”不是这个参数允许的值。")


def refuse(value: str, allowed: Sequence[str]) -> ValidationError:
    """Return the error of a word that is not among the allowed ones."""
    params = {"value": value, "allowed": tuple(allowed), "nearest": nearest(value, allowed)}
    return ValidationError(_NOT_ALLOWED, "invalid_choice", params)


class CodeField(forms.ChoiceField):
    """One code of a vocabulary."""

    def validate(self, value: object) -> None:
        """Refuse a word outside the vocabulary, with the vocabulary."""
        forms.Field.validate(self, value)
        if value and not self.valid_value(str(value)):
            raise refuse(str(value), codes(self))


class CodesField(forms.MultipleChoiceField):
    """Several codes of a vocabulary, repeated or separated by commas."""

    def to_python(self, value: object) -> list[str]:
        """Split at commas and drop doubles."""
        return _listed(value)

    def validate(self, value: object) -> None:
        """Refuse the first word outside the vocabulary, with the vocabulary."""
        for word in value if isinstance(value, list) else []:
            if not self.valid_value(word):
                raise refuse(word, codes(self))


def _listed(value: object) -> list[str]:
    items = value if isinstance(value, list) else []
    return list(dict.fromkeys(word for item in items for word in str(item).split(",")))


def codes(field: forms.Field) -> tuple[str, ...]:
    """Return the words that a field allows; none when it has no vocabulary."""
    if isinstance(field, FlagField):
        return ("true", "false")
    return tuple(str(code) for code, _label in getattr(field, "choices", ()) if code != "")


class FlagField(forms.Field):
    """``true`` or ``false``."""

    def to_python(self, value: object) -> bool | None:
        """Read the two words; nothing else stands for them."""
        if value in (None, ""):
            return None
        if value not in ("true", "false"):
            raise refuse(str(value), ("true", "false"))
        return bool(value == "true")


class WholeField(forms.IntegerField):
    """A whole number in plain digits, within bounds that the error names."""

    def to_python(self, value: object) -> int | None:
        """Read digits only."""
        if value in (None, ""):
            return None
        if not _WHOLE.fullmatch(str(value)):
            raise ValidationError(_("“%(value)s”不是整数。"), "invalid", {"value": value})
        return int(str(value))


class WholesField(WholeField):
    """Several whole numbers, repeated or separated by commas."""

    widget = forms.SelectMultiple

    def to_python(self, value: object) -> list[int]:  # type: ignore[override]  # several where the base reads one
        """Read each; an empty place between commas is no number."""
        words = _listed(value)
        if "" in words:
            raise ValidationError(_("“%(value)s”不是整数。"), "invalid", {"value": ",".join(words)})
        return [number for word in words if (number := super(WholesField, self).to_python(word)) is not None]

    def run_validators(self, value: object) -> None:
        """Hold each number to the bounds."""
        for number in value if isinstance(value, list) else []:
            super().run_validators(number)


class TextField(forms.CharField):
    """Words as they are, without the blanks around them; invisible control characters are refused."""

    def validate(self, value: object) -> None:
        """Refuse blanks alone, and what a text cannot hold."""
        super().validate(value)
        if "\ufffd" in str(value):
            raise ValidationError(_("不是 UTF-8 编码的文字。请按 UTF-8 编码后再作百分号转义。"), "invalid")
        if any(ord(letter) < ord(" ") or "\ud800" <= letter <= "\udfff" for letter in str(value)):
            raise ValidationError(_("含有不可见的控制字符。"), "invalid")


class NumberField(forms.Field):
    """A decimal number of at most sixteen digits before and four after the point."""

    def to_python(self, value: object) -> Decimal | None:
        if value in (None, ""):
            return None
        if not _NUMBER.fullmatch(str(value)):
            message = _("“%(value)s”不是数，或超出小数点前16位、后4位。")
            raise ValidationError(message, "invalid", {"value": value})
        return Decimal(str(value))


class DayField(forms.Field):
    """A day written YYYY-MM-DD."""

    def to_python(self, value: object) -> date | None:
        """Read the one form."""
        if value in (None, ""):
            return None
        return read_day(str(value))


def read_day(value: str) -> date:
    """Return the day that is written; raises ValidationError for any other form and for days that do not exist."""
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("“%(value)s”不是 YYYY-MM-DD 形式的日期。"), "invalid", {"value": value})
    return day


class MomentField(forms.Field):
    """A day (from its first second in Asia/Shanghai) or a moment with its offset from UTC."""

    def to_python(self, value: object) -> datetime | None:
        """Read ``2025-01-31`` or ``2025-01-31T08:00:00+08:00``."""
        if value in (None, ""):
            return None
        if _DAY.fullmatch(str(value)):
            return datetime.combine(read_day(str(value)), datetime.min.time(), ZoneInfo(settings.TIME_ZONE))
        moment = _moment(str(value))
        if moment is None and _LOST_PLUS.fullmatch(str(value)):
            raise ValidationError(_("时区的加号在地址中须写作 %2B，或改用 UTC 时刻，以 Z 结尾。"), "invalid")
        if moment is None:
            message = _("“%(value)s”不是日期，也不是带时区的时刻，例如 2025-01-31T08:00:00Z。")
            raise ValidationError(message, "invalid", {"value": value})
        return moment


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.upper())
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class KeyField(forms.CharField):
    """The public key of a row that the public sees, such as a project's slug."""

    not_found: Text = _("没有“%(value)s”。")

    def __init__(self, rows: Callable[[str], "models.QuerySet[Any]"], pattern: str, **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)
        self._rows, self._pattern = rows, re.compile(pattern)

    def validate(self, value: object) -> None:
        """Refuse a key of another form, and one that no public row has."""
        super().validate(value)
        if value and not (self._pattern.fullmatch(str(value)) and self._rows(str(value)).exists()):
            raise ValidationError(self.not_found, "not_found", {"value": value, "quoted": quote(str(value))})


class JurisdictionField(KeyField):
    """The code of a government."""

    not_found = _("没有代码为“%(value)s”的政府。按名称查代码：/api/v1/jurisdictions/?q=%(quoted)s")


class NumberKeyField(KeyField):
    """The number of a row that the public sees."""

    def __init__(self, rows: Callable[[str], "models.QuerySet[Any]"], **kwargs: Any) -> None:
        super().__init__(rows, r"[0-9]{1,18}", **kwargs)

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        return int(text) if text else None


class StrictFilter(django_filters.Filter):
    """A filter with an example for the documentation. One that is not ``narrowing`` shapes the answer instead."""

    def __init__(self, *args: Any, label: Text, example: str = "", narrowing: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, label=label, **kwargs)
        self.example, self.narrowing = example, narrowing

    def filter(self, qs: "models.QuerySet[Any]", value: object) -> "models.QuerySet[Any]":
        """Narrow the rows when a value is given."""
        rows: models.QuerySet[Any] = super().filter(qs, value) if self.narrowing else qs
        return rows


class CodeFilter(StrictFilter):
    field_class = CodeField


class CodesFilter(StrictFilter):
    """Several codes of a vocabulary."""

    field_class = CodesField

    def __init__(self, *args: Any, lookup_expr: str = "in", **kwargs: Any) -> None:
        super().__init__(*args, lookup_expr=lookup_expr, **kwargs)


class FlagFilter(StrictFilter):
    """True or false."""

    field_class = FlagField


class WholeFilter(StrictFilter):
    field_class = WholeField


class YearFilter(WholeFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class YearsFilter(YearFilter):
    field_class = WholesField

    def __init__(self, *args: Any, lookup_expr: str = "in", **kwargs: Any) -> None:
        super().__init__(*args, lookup_expr=lookup_expr, **kwargs)

    def filter(self, qs: "models.QuerySet[Any]", value: object) -> "models.QuerySet[Any]":
        """Keep what is of one of the years; a single one is compared plainly: an index then keeps its order."""
        if isinstance(value, list) and len(value) == 1:
            return qs.filter(**{self.field_name: value[0]})
        return super().filter(qs, value)


class NumberFilter(StrictFilter):
    field_class = NumberField


class TextFilter(StrictFilter):
    """Words."""

    field_class = TextField


class DayFilter(StrictFilter):
    field_class = DayField


class AsOfField(DayField):
    """A day of the years that reports can be of: a later one is no forecast any more."""

    def to_python(self, value: object) -> date | None:
        """Read the day; refuse one behind the last year."""
        day = super().to_python(value)
        if day is not None and day.year > LAST_YEAR:
            message = _("“%(value)s”太晚：最晚到 %(last)s 年末。今天以后的日子是假定此后再无变动的预计。")
            raise ValidationError(message, "invalid", {"value": value, "last": LAST_YEAR})
        return day


class AsOfFilter(DayFilter):
    """The day for which an answer holds."""

    field_class = AsOfField


class UpdatedSinceFilter(StrictFilter):
    """A day or a moment since which a row has been updated."""

    field_class = MomentField

    def __init__(self) -> None:
        label = _("此刻以来有更新：日期，或带时区的时刻")
        super().__init__("updated_at", "gte", label=label, example="2025-01-31")


class KeyFilter(StrictFilter):
    """The public key of a row that the public sees."""

    field_class = KeyField


class NumberKeyFilter(StrictFilter):
    """The number of a row that the public sees."""

    field_class = NumberKeyField


class JurisdictionFilter(KeyFilter):
    """A government's code."""

    field_class = JurisdictionField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        rows = Jurisdiction.objects.published
        super().__init__(*args, rows=lambda code: rows().filter(code=code), pattern=r"[0-9]{6}", **kwargs)


class ReportFilter(KeyFilter):
    """A report's key: government and year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, rows=_report, pattern=REPORT_KEY, **kwargs)


class ProjectFilter(KeyFilter):
    """A project's slug."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        rows = Project.objects.published
        super().__init__(*args, rows=lambda slug: rows().filter(slug=slug), pattern=r"[-a-zA-Z0-9_]+", **kwargs)


def _report(key: str) -> "models.QuerySet[Any]":
    code, _dash, year = key.partition("-")
    return Report.objects.published().filter(jurisdiction=code, year=int(year))


def _of(model: type[models.Model]) -> "Callable[[str], models.QuerySet[Any]]":
    manager: Any = model._default_manager
    return lambda number: manager.published().filter(pk=number)


department_rows, commitment_rows, achievement_rows, source_rows = map(
    _of, (Department, Commitment, Achievement, Source)
)
