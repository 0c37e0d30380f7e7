"""How the admin shows figures, days, due states, and a quote in the words around it."""

from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest, Substr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from projects.choices import DueState, Precision, SecondReader
from projects.corrections import EMPTY_VALUE, number_display
from projects.models import Achievement, Commitment, Evidence, Statement

_BOUND_SIGNS = {"gte": "≥ ", "lte": "≤ ", "approx": "≈ "}


def quantity_display(row: Statement) -> str:
    """Return a promised or reported figure with its bound and unit."""
    if row.quantity is None:
        return EMPTY_VALUE
    sign = _BOUND_SIGNS.get(row.comparator or "", "")
    return f"{sign}{number_display(row.quantity)}{' ' if row.unit else ''}{row.unit}"


def reported_value_display(row: Evidence) -> str:
    """Return the value of evidence with its bound and what it covers."""
    if row.reported_value is None:
        return EMPTY_VALUE
    sign = _BOUND_SIGNS.get(row.bound, "")
    return f"{sign}{number_display(row.reported_value)}（{row.get_coverage_display()}）"


def happened_on_display(row: Evidence) -> str:
    """Return when it happened: a day, or the last day that it may have been and how exactly that is known."""
    if row.happened_on is None:
        return EMPTY_VALUE
    day = row.happened_on.isoformat()
    return day if row.happened_precision == Precision.DAY else f"{day}（{row.get_happened_precision_display()}）"


def due_state_badge(state: DueState) -> SafeString:
    return format_html('<span class="due-state {}">{}</span>', state.value, state.label)


def second_view(row: Statement) -> list[str]:
    """Return what a second reader found of a row, and where it sees it differently."""
    known = [str(SecondReader(rule).label) for rule in row.rules if rule in SecondReader]
    told = [rule.removeprefix("second:") for rule in row.rules if rule.startswith("second:")]
    return known + [_told_view(row, *rule.split("=", 1)) for rule in told if "=" in rule]


def _told_view(row: Statement, name: str, value: str) -> str:
    own = {"kind": _("类型"), "span": _("起点和终点"), "due_on": _("期限")}
    field = None if name in own else row._meta.get_field(name)
    labels = {"commitment": _("承诺"), "achievement": _("成果"), **dict(getattr(field, "flatchoices", ()))}
    label = own[name] if field is None else getattr(field, "verbose_name", name)
    return _("第二读者：%(label)s %(value)s") % {"label": label, "value": labels.get(value, value) or EMPTY_VALUE}


Row = TypeVar("Row", Commitment, Achievement)

# Characters to either side: a paragraph of a work report has some 300.
LIST_CONTEXT, FORM_CONTEXT = 60, 400
_PAGE_BREAK = "---"


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    """A quote and the paragraph around it."""

    before: str
    quote: str
    after: str

    def as_html(self) -> SafeString:
        return format_html('<span class="passage">{}<mark>{}</mark>{}</span>', self.before, self.quote, self.after)


def annotate_context(rows: "QuerySet[Row]", characters: int) -> "QuerySet[Row]":
    """Add ``before_quote`` and ``after_quote``, up to so many characters of the report on either side.

    The database cuts them out: a report's text has tens of thousands of characters.
    """
    first = Greatest(F("start") - characters, Value(0), output_field=models.IntegerField())
    return rows.annotate(
        before_quote=Substr("report__text", first + 1, F("start") - first),
        after_quote=Substr("report__text", F("end") + 1, characters),
    )


def quote_in_context(row: Commitment | Achievement) -> QuoteInContext:
    """Return the quote of a row from ``annotate_context`` in its paragraph, wraps of the source undone."""
    before, after = getattr(row, "before_quote", ""), getattr(row, "after_quote", "")
    last = "" if before.endswith("\n\n") else _paragraphs(before)[-1]
    first = "" if after.startswith("\n\n") else _paragraphs(after)[0]
    return QuoteInContext(_unwrapped(last), _unwrapped(row.quote), _unwrapped(first))


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


def _unwrapped(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))
