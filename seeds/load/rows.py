"""The rows that the data files hold, one class a table, each with the place where it was read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from projects.choices import (
    Category,
    Comparator,
    Confidence,
    DueBasis,
    Level,
    Milestone,
    RestatementPhase,
    ReviewState,
    Status,
    Verification,
)
from projects.models import Commitment, Department, Jurisdiction, Project, Report
from projects.models.report import FIRST_YEAR, LAST_YEAR
from projects.pinyin import sort_key
from seeds.load.fields import Fields, Span, length_of

_NO_DAY = date.min
_VERDICTS = frozenset(Status.values) - {Status.NOT_ASSESSED.value}
_REVIEWS = (Verification.ACCEPTED.value, Verification.PROPOSED.value)


def _text_of(fields: Fields, model: type[Jurisdiction | Department | Project | Report]) -> Callable[..., str]:
    """Return a reader of texts as long as the model's columns."""

    def text(name: str, *, optional: bool = False) -> str:
        return fields.text(name, length_of(model, name), optional=optional)

    return text


@dataclass(frozen=True, slots=True)
class JurisdictionRow:
    """A line of jurisdictions.jsonl."""

    where: str
    code: str
    name: str
    name_en: str
    pinyin: str
    level: str
    parent_id: str | None
    valid_from: date | None
    valid_until: date | None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""
        text = _text_of(fields, Jurisdiction)
        code, name = text("code"), text("name")
        if code and not (len(code) == 6 and code.isascii() and code.isdigit()):
            fields.problem("code", f"is {code!r}: write the six digits of GB/T 2260, such as 500112")
        parent = fields.text("parent", None, optional=True) or None
        if parent == code:
            fields.problem("parent", "is the government itself: name the one above it, or null")
        level = fields.code("level", Level.values)
        first, last = fields.day("valid_from", optional=True), fields.day("valid_until", optional=True)
        if first and last and last < first:
            fields.problem("valid_until", f"is {last}, before valid_from: correct one of the two")
        return cls(fields.where, code, name, text("name_en", optional=True), sort_key(name), level, parent, first, last)


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A line of departments.jsonl."""

    where: str
    jurisdiction_id: str
    name: str
    name_en: str
    pinyin: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""
        text = _text_of(fields, Department)
        jurisdiction, name = fields.text("jurisdiction", 6), text("name")
        return cls(fields.where, jurisdiction, name, text("name_en", optional=True), sort_key(name))


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An entry of the manifest, without the text."""

    where: str
    file: str
    jurisdiction_id: str
    year: int
    title: str
    title_en: str
    delivered_on: date | None
    session: str
    session_en: str
    document_number: str
    publisher: str
    publisher_en: str
    source_url: str
    sha256: str

    @property
    def name(self) -> str:
        """The name under which statements refer to the report: the file's, without its ending."""
        return self.file.removesuffix(".txt")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""
        text = _text_of(fields, Report)
        file, year = fields.text("file", None), fields.whole("year")
        if "/" in file or "\\" in file or not file.endswith(".txt"):
            fields.problem("file", f"is {file!r}: name a .txt file in the manifest's own folder")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            fields.problem("year", f"is {year}: write a year from {FIRST_YEAR} to {LAST_YEAR}")
        url = text("source_url", optional=True)
        if url and not url.startswith(("http://", "https://")):
            fields.problem("source_url", f"is {url!r}: write an address that begins with https:// or http://")
        return cls(
            fields.where,
            file,
            fields.text("jurisdiction", 6),
            year,
            text("title"),
            text("title_en", optional=True),
            fields.day("delivered_on", optional=True),
            text("session", optional=True),
            text("session_en", optional=True),
            text("document_number", optional=True),
            text("publisher", optional=True),
            text("publisher_en", optional=True),
            url,
            text("sha256"),
        )


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of projects.jsonl, with the statements that are about the project."""

    where: str
    slug: str
    jurisdiction_id: str
    name: str
    name_en: str
    pinyin: str
    aliases: list[str]
    category: str
    review_state: str
    statements: list[Span]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""
        text = _text_of(fields, Project)
        slug, name = text("slug"), text("name")
        if not slug.replace("-", "").replace("_", "").isalnum() or not slug.isascii():
            fields.problem("slug", f"is {slug!r}: use letters a-z, digits and hyphens")
        accepted = fields.code("review", _REVIEWS) == Verification.ACCEPTED
        return cls(
            fields.where,
            slug,
            fields.text("jurisdiction", 6),
            name,
            text("name_en", optional=True),
            sort_key(name),
            fields.texts("aliases", 120),
            fields.code("category", Category.values),
            ReviewState.PUBLISHED if accepted else ReviewState.CANDIDATE,
            fields.spans("statements"),
        )


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A commitment or an achievement. ``day`` is when the one is due, or the end of the other's period."""

    where: str
    kind: str
    start: int
    end: int
    quote: str
    section: str
    title: str
    title_en: str
    category: str
    milestone: str
    quantity: Decimal | None
    unit: str | None
    comparator: str | None
    names: list[str]
    day: date
    due_basis: str
    confidence: float | None = None
    rules: tuple[str, ...] = ()
    extractor_version: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""
        kind = fields.code("kind", ("achievement", "commitment"))
        quantity, unit, comparator = _figure(fields)
        return cls(
            fields.where,
            kind,
            fields.whole("start"),
            fields.whole("end"),
            fields.text("quote", None),
            fields.text("section", length_of(Commitment, "section"), optional=True),
            fields.text("title", length_of(Commitment, "title")),
            fields.text("title_en", length_of(Commitment, "title_en"), optional=True),
            fields.code("category", Category.values),
            fields.code("milestone", Milestone.values),
            quantity,
            unit,
            comparator,
            fields.texts("names", 120),
            fields.day("due_on") or _NO_DAY,
            _basis(fields, kind),
        )


def _basis(fields: Fields, kind: str) -> str:
    """Return what a commitment's due date rests on; an achievement has no due date."""
    if kind == "commitment":
        return fields.code("due_basis", DueBasis.values)
    value = fields.value("due_basis")
    if kind and value is not None:
        fields.problem("due_basis", f"is {value!r} on an achievement: write null")
    return ""


def _figure(fields: Fields) -> tuple[Decimal | None, str | None, str | None]:
    """Return quantity, unit and comparator: all three, or none; a figure without a measure word has an empty unit."""
    quantity = fields.number("quantity")
    if quantity is not None and quantity < 0:
        fields.problem(
            "quantity", f"is {quantity}: write 0 or more; a fall of 2 % has the quantity 2, as its words have it"
        )
    unit = fields.text("unit", length_of(Commitment, "unit"), optional=True)
    comparator = fields.code("comparator", Comparator.values, optional=True)
    if quantity is None:
        for name, value in (("unit", unit), ("comparator", comparator)):
            if value and fields.values.get("quantity") is None:
                fields.problem(name, f"is {value!r} without a quantity: give the quantity, or null for all three")
        return None, None, None
    if not comparator:
        fields.problem("comparator", f"is null beside a quantity: use one of {', '.join(Comparator.values)}")
    return quantity, unit, comparator


@dataclass(frozen=True, slots=True)
class RestatementRow:
    """A line of restatements.jsonl: a later commitment that takes up an earlier one again."""

    where: str
    earlier: Span
    later: Span
    phase: str
    confidence: str
    review_state: str
    note: str
    note_en: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read one object; problems are noted in ``fields``."""
        fields.flag("late")
        return cls(
            fields.where,
            fields.span("earlier"),
            fields.span("later"),
            fields.code("phase", RestatementPhase.values),
            fields.code("confidence", Confidence.values),
            fields.code("review", _REVIEWS),
            fields.text("note", None, optional=True),
            fields.text("note_en", None, optional=True),
        )
