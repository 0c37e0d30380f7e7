"""Search: which rows say all the words."""

from typing import Any

from django.db.models import Q, QuerySet


def saying(rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """Keep rows whose title, quote or names hold every word of the text."""
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(quote__icontains=word) | Q(title_en__icontains=word))
    return rows
