"""The rows of what is known of commitments: sources, evidence, statuses, and governments taking over from others."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from projects import rules
from projects.choices import (
    OFFICIAL_KINDS,
    Comparator,
    Confidence,
    Coverage,
    DelayReason,
    Precision,
    SourceKind,
    Status,
    Verification,
)
from projects.models import Evidence, Source, Succession
from projects.models.source import SCORES
from seeds.load.fields import Fields, Span, length_of

_NO_DAY = date.min
VERDICTS = frozenset(Status.values) - {Status.NOT_ASSESSED.value}
REVIEWS = (Verification.ACCEPTED.value, Verification.PROPOSED.value)


class Origin(NamedTuple):
    """What evidence rests on: an achievement of a report, or a source by its slug."""

    achievement: Span | None
    source: str | None

    def __str__(self) -> str:
        return str(self.achievement) if self.achievement else f"source {self.source}"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read which of the two it is; both or none is a problem."""
        achievement, source = fields.value("achievement"), fields.value("source")
        if (achievement is None) == (source is None):
            fields.problem("source", "give either an achievement or the slug of a source, and null for the other")
            return cls(None, "")
        if achievement is not None:
            return cls(fields.span("achievement"), None)
        return cls(None, fields.text("source", length_of(Source, "slug")))


def _address(fields: Fields, name: str) -> str:
    url = fields.text(name, length_of(Source, name), optional=True)
    if url and not url.startswith(("http://", "https://")):
        fields.problem(name, f"is {url!r}: write an address that begins with https:// or http://")
    return url


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of sources.jsonl: one document or page outside the reports."""

    where: str
    slug: str
    kind: str
    jurisdiction_id: str | None
    title: str
    title_en: str
    publisher: str
    publisher_en: str
    url: str
    original_url: str
    address_doubt: str
    address_doubt_en: str
    document_number: str
    published_on: date | None
    retrieved_on: date | None
    report: str
    score: dict[str, int | None]
    note: str
    note_en: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""

        def text(name: str, *, optional: bool = False) -> str:
            return fields.text(name, length_of(Source, name), optional=optional)

        kind = fields.code("kind", SourceKind.values)
        place = fields.text("jurisdiction", 6, optional=True) or None
        if kind in OFFICIAL_KINDS and place is None:
            fields.problem("jurisdiction", f"is null for {kind}: name the government that speaks")
        url, retrieved = _address(fields, "url"), fields.day("retrieved_on", optional=True)
        if url and retrieved is None:
            fields.problem("retrieved_on", "is null for a page: give the day on which it was read")
        number = text("document_number", optional=True)
        if not url and not number:
            fields.problem("url", "is null: give an address or a document_number, so that it can be found again")
        return cls(
            fields.where,
            text("slug"),
            kind,
            place,
            text("title"),
            text("title_en", optional=True),
            text("publisher"),
            text("publisher_en", optional=True),
            url,
            _address(fields, "original_url"),
            text("address_doubt", optional=True),
            text("address_doubt_en", optional=True),
            number,
            fields.day("published_on", optional=True),
            retrieved,
            fields.text("report", None, optional=True),
            _score(fields),
            fields.text("note", None, optional=True),
            fields.text("note_en", None, optional=True),
        )


def _score(fields: Fields) -> dict[str, int | None]:
    """Return the government's own score of a report: all five numbers, each null where it is not told."""
    value = fields.value("score")
    inner = Fields(fields.where, value if isinstance(value, dict) else dict.fromkeys(SCORES), fields.problems)
    if value is not None and not isinstance(value, dict):
        fields.problem("score", f"is {value!r}: write an object with {', '.join(SCORES)}, or null")
    found = {name: None if inner.values.get(name) is None else inner.whole(name) for name in SCORES}
    for part, whole in (("indicators_met", "indicators_total"), ("tasks_done", "tasks_total")):
        told, total = found[part], found[whole]
        if told is not None and (total is None or told > total):
            fields.problem(part, f"is {told} of {total}: correct one of the two")
    return found


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A line of successions.jsonl: one government taking over from another."""

    where: str
    predecessor_id: str
    on: date
    successor_id: str | None
    successor_name: str
    successor_name_en: str
    scope: str
    scope_en: str
    source: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""

        def text(name: str) -> str:
            return fields.text(name, length_of(Succession, name), optional=True)

        predecessor, successor = fields.text("predecessor", 6), fields.text("successor", 6, optional=True) or None
        name, name_en = text("successor_name"), text("successor_name_en")
        if successor == predecessor:
            fields.problem("successor", "is the predecessor itself: name the government that took over")
        if successor is None and not name:
            fields.problem("successor_name", "is null without a successor: name the government that took over")
        return cls(
            fields.where,
            predecessor,
            fields.day("on") or _NO_DAY,
            successor,
            # With a code the name is that of its government.
            "" if successor else name,
            "" if successor else name_en,
            text("scope"),
            text("scope_en"),
            fields.text("source", None, optional=True),
        )


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A line of evidence.jsonl: an achievement or a source that bears on a commitment."""

    where: str
    commitment: Span
    origin: Origin
    quote: str
    place: str
    item_number: str
    official_word: str
    verdict: str
    as_of: date
    happened_on: date | None
    happened_precision: str
    reported_value: Decimal | None
    coverage: str
    value_from: date | None
    bound: str
    is_forecast: bool
    delay_reason: str
    announced_on: date | None
    confidence: str
    review_state: str
    note: str
    note_en: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""

        def text(name: str) -> str:
            return fields.text(name, length_of(Evidence, name), optional=True)

        happened = fields.day("happened_on", optional=True)
        precision = fields.code("happened_precision", Precision.values, optional=True)
        if (happened is None) != (precision == ""):
            fields.problem("happened_precision", "goes with happened_on: give both, or null for both")
        value = fields.number("reported_value")
        coverage = fields.code("coverage", Coverage.values, optional=True)
        bound = fields.code("bound", Comparator.values, optional=True)
        if (value is None) != (coverage == "") or (value is None) != (bound == ""):
            fields.problem("coverage", "goes with reported_value and bound: give all three, or null for all three")
        return cls(
            fields.where,
            fields.span("commitment"),
            Origin.read(fields),
            text("quote"),
            text("place"),
            text("item_number"),
            text("official_word"),
            fields.code("verdict", VERDICTS),
            fields.day("as_of") or _NO_DAY,
            happened,
            precision,
            value,
            coverage,
            fields.day("value_from", optional=True),
            bound,
            bool(fields.flag("forecast")),
            fields.code("delay_reason", DelayReason.values, optional=True),
            fields.day("announced_on", optional=True),
            fields.code("confidence", Confidence.values),
            fields.code("review", REVIEWS),
            text("note"),
            text("note_en"),
        )


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A line of statuses.jsonl: a commitment's status and what its evidence rests on."""

    where: str
    commitment: Span
    origin: Origin
    status: str
    effective_on: date
    reason_code: str
    note: str
    note_en: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""
        inner: Any = fields.value("evidence")
        told = {"achievement": None, "source": None, **(inner if isinstance(inner, dict) else {})}
        status = fields.code("status", VERDICTS)
        reason = fields.code("reason_code", DelayReason.values, optional=True)
        if status in rules.NEED_A_REASON and not reason:
            fields.problem("reason_code", f"is null for {status}: give a reason, not_given where none was told")
        return cls(
            fields.where,
            fields.span("commitment"),
            Origin.read(Fields(fields.where, told, fields.problems)),
            status,
            fields.day("effective_on") or _NO_DAY,
            reason,
            fields.text("note", None, optional=True),
            fields.text("note_en", None, optional=True),
        )
