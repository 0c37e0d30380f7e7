"""What a downloaded file is called: the list, what narrows it, and the day."""

import re
from datetime import date
from enum import Enum
from urllib.parse import quote

from django.db.models import Model
from django.utils.translation import override

from projects.api.exports.asking import Whole

_LONGEST = 120
_UNSAFE = re.compile(r"\W+")


def file_name(whole: Whole, today: date) -> str:
    """Return the name in the language of the table: 承诺_category-education_year-2021_2026-01-31.csv."""
    with override(whole.language):
        parts = [str(whole.asked.rows.model._meta.verbose_name_plural)]
    parts += [f"{name}-{_words(value)}" for name, value in whole.asked.filters.cleaned.items()]
    parts += [f"as-of-{whole.asked.as_of}"] if whole.asked.as_of else []
    stem = "_".join(_safe(part) for part in parts)[:_LONGEST].rstrip("_-")
    return f"{stem}_{today}.{whole.format.name}"


def disposition(name: str, model: type[Model], today: date) -> str:
    """Return the Content-Disposition header, with a plain name for clients that read no UTF-8 (RFC 6266)."""
    plain = f"{model._meta.model_name}-{today}{name[name.rindex('.') :]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _words(value: object) -> str:
    return "-".join(_word(item) for item in value) if isinstance(value, list) else _word(value)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.value) if isinstance(value, Enum) else str(value)


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text).strip("-")
