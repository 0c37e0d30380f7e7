"""A statement's quote with the words around it, cut out of the report by the database."""

from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest, Substr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.models import Achievement, Commitment

Row = TypeVar("Row", Commitment, Achievement)

# Characters to either side: a paragraph of a work report has some 300.
NEAR, FAR = 60, 400
_PAGE_BREAK = "---"


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote and the paragraph around it."""

    before: str
    quote: str
    after: str

    def marked(self) -> SafeString:
        """Return the passage with its quote marked."""
        return format_html('<span class="passage">{}<mark>{}</mark>{}</span>', self.before, self.quote, self.after)


def with_surroundings(rows: "QuerySet[Row]", characters: int) -> "QuerySet[Row]":
    """Add ``before_quote`` and ``after_quote``, up to so many characters of the report on either side."""
    first = Greatest(F("start") - characters, Value(0), output_field=models.IntegerField())
    return rows.annotate(
        before_quote=Substr("report__text", first + 1, F("start") - first),
        after_quote=Substr("report__text", F("end") + 1, characters),
    )


def passage_of(row: Commitment | Achievement) -> Passage:
    """Return the quote of a row from ``with_surroundings`` in its paragraph, wraps of the source undone."""
    before, after = getattr(row, "before_quote", ""), getattr(row, "after_quote", "")
    return Passage(_joined(_last(before)), _joined(row.quote), _joined(_first(after)))


def _paragraphs(text: str) -> list[str]:
    """Cut at empty lines, but not at the marks of page breaks, which may stand in the middle of a sentence."""
    parts: list[str] = []
    torn = False
    for part in text.split("\n\n"):
        if part.strip() in ("", _PAGE_BREAK):
            torn = bool(parts) and part.strip() == _PAGE_BREAK
        elif torn:
            parts[-1] += part
            torn = False
        else:
            parts.append(part)
    return parts or [""]


def _last(text: str) -> str:
    return "" if text.endswith("\n\n") else _paragraphs(text)[-1]


def _first(text: str) -> str:
    return "" if text.startswith("\n\n") else _paragraphs(text)[0]


def _joined(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))
