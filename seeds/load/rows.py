"""The rows of the data files, one class a file; ``seeds.load.corpus`` reads and checks them.

A row that a program makes, as from a reading, is not checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from django.db.models import Model
from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from projects import models, rules
from projects.choices import (
    OFFICIAL_KINDS,
    Category,
    Change,
    Comparator,
    Coverage,
    DueBasis,
    Level,
    Milestone,
    Precision,
    RestatementPhase,
    ReviewState,
    SourceKind,
    Verification,
)
from projects.models.report import FIRST_YEAR, LAST_YEAR
from projects.models.source import SCORES
from projects.pinyin import sort_key
from seeds.load.fields import (
    Address,
    Code,
    Date,
    Flag,
    Grade,
    Ground,
    Integer,
    NameList,
    NullableDecimal,
    NullableText,
    OptionalCode,
    OptionalReason,
    OptionalText,
    Review,
    Score,
    SpanList,
    SpanReference,
    Text,
    Verdict,
    null_as,
    one_of,
    with_fix,
)

# The key under which a row is told where it stands: no field of a file has this name.
WHERE_KEY = "file:line"


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a file. Its texts are no longer than the columns of ``table`` that have their names."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")
    table: ClassVar[type[Model]]

    where: Annotated[str, Field(alias=WHERE_KEY)]

    def disagreements(self) -> Iterator[tuple[str, str]]:
        """Yield each field that is right by itself and wrong beside the others, and what is wrong with it."""
        yield from ()


@dataclass(frozen=True, slots=True)
class JurisdictionRow(Row):
    """A line of jurisdictions.jsonl."""

    table = models.Jurisdiction

    code: Code
    name: Text
    name_en: OptionalText
    level: Annotated[str, one_of(Level.values)]
    parent_id: Annotated[OptionalCode, Field(alias="parent")]
    valid_from: Date | None
    valid_until: Date | None

    @property
    def pinyin(self) -> str:
        return sort_key(self.name)

    def disagreements(self) -> Iterator[tuple[str, str]]:
        if self.parent_id == self.code:
            yield "parent", "is the government itself: name the one above it, or null"
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            yield "valid_until", f"is {self.valid_until}, before valid_from: correct one of the two"


@dataclass(frozen=True, slots=True)
class DepartmentRow(Row):
    """A line of departments.jsonl."""

    table = models.Department

    jurisdiction_id: Annotated[Code, Field(alias="jurisdiction")]
    name: Text
    name_en: OptionalText

    @property
    def pinyin(self) -> str:
        return sort_key(self.name)


@dataclass(frozen=True, slots=True)
class ReportRow(Row):
    """An entry of the manifest, without the text."""

    table = models.Report

    file: Annotated[
        str, Field(pattern=r"^[^/\\\x00]*\.txt$"), with_fix("name a .txt file in the manifest's own folder")
    ]
    jurisdiction_id: Annotated[Code, Field(alias="jurisdiction")]
    year: Annotated[
        int, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR), with_fix(f"write a year from {FIRST_YEAR} to {LAST_YEAR}")
    ]
    title: Text
    title_en: OptionalText
    delivered_on: Date | None
    session: OptionalText
    session_en: OptionalText
    document_number: OptionalText
    publisher: OptionalText
    publisher_en: OptionalText
    source_url: Address
    sha256: Text

    @property
    def name(self) -> str:
        """The name under which statements refer to the report: the file's, without its ending."""
        return self.file.removesuffix(".txt")


@dataclass(frozen=True, slots=True)
class ProjectRow(Row):
    """A line of projects.jsonl, with the statements that are about the project."""

    table = models.Project

    slug: Annotated[
        str, Field(pattern="^[-_]*[A-Za-z0-9][-_A-Za-z0-9]*$"), with_fix("use letters a-z, digits and hyphens")
    ]
    jurisdiction_id: Annotated[Code, Field(alias="jurisdiction")]
    name: Text
    name_en: OptionalText
    aliases: NameList
    category: Annotated[str, one_of(Category.values)]
    review: Review
    statements: SpanList

    @property
    def pinyin(self) -> str:
        return sort_key(self.name)

    @property
    def review_state(self) -> str:
        return ReviewState.PUBLISHED if self.review == Verification.ACCEPTED else ReviewState.CANDIDATE


@dataclass(frozen=True, slots=True)
class StatementRow(Row):
    """A commitment or an achievement. ``day`` is when the one is due, or the end of the other's period.

    Beside a quantity, ``unit`` is empty where there is no measure word; without one, unit and comparator are null.
    """

    table = models.Commitment

    kind: Annotated[str, one_of(("achievement", "commitment"))]
    start: Integer
    end: Integer
    quote: Text
    section: OptionalText
    title: Text
    title_en: OptionalText
    category: Annotated[str, one_of(Category.values)]
    milestone: Annotated[str, one_of(Milestone.values)]
    quantity: NullableDecimal
    unit: NullableText
    comparator: Annotated[str, one_of(Comparator.values)] | None
    names: NameList
    day: Annotated[Date, Field(alias="due_on")]
    due_basis: Annotated[str, one_of(DueBasis.values), null_as("")]

    @field_validator("unit")
    @classmethod
    def _empty_beside_a_quantity(cls, unit: str | None, info: ValidationInfo) -> str | None:
        return unit or (None if info.data.get("quantity") is None else "")

    def disagreements(self) -> Iterator[tuple[str, str]]:
        if self.kind == "commitment" and not self.due_basis:
            yield "due_basis", f"is null on a commitment: use one of {', '.join(DueBasis.values)}"
        if self.kind == "achievement" and self.due_basis:
            yield "due_basis", f"is {self.due_basis!r} on an achievement: write null"
        if self.quantity is not None:
            yield from self._lacks_of(self.quantity)
        else:
            for name, value in (("unit", self.unit), ("comparator", self.comparator)):
                if value:
                    yield name, f"is {value!r} without a quantity: give the quantity, or null for all three"

    def _lacks_of(self, quantity: Decimal) -> Iterator[tuple[str, str]]:
        if quantity < 0:
            message = "write 0 or more; a fall of 2 % has the quantity 2, as its words have it"
            yield "quantity", f"is {quantity}: {message}"
        if not self.comparator:
            yield "comparator", f"is null beside a quantity: use one of {', '.join(Comparator.values)}"


@dataclass(frozen=True, slots=True)
class RestatementRow(Row):
    """A line of restatements.jsonl: a later commitment that takes up an earlier one again."""

    table = models.Restatement

    earlier: SpanReference
    later: SpanReference
    phase: Annotated[str, one_of(RestatementPhase.values)]
    change: Annotated[str, one_of(Change.values), null_as("")]
    late: Flag
    confidence: Grade
    review_state: Review
    note: OptionalText
    note_en: OptionalText


@dataclass(frozen=True, slots=True)
class PairRow(Row):
    """A line of pairs.jsonl: two reports that somebody has gone through.

    ``mentioned`` are promises of the earlier one with the clauses of the later that only speak of them again.
    """

    table = models.ReportPair

    earlier: Text
    later: Text
    gone_through_on: Date
    mentioned: Annotated[list[tuple[SpanReference, SpanReference]], with_fix("write a list of pairs of references")]


@dataclass(frozen=True, slots=True)
class SourceRow(Row):
    """A line of sources.jsonl: one document or page outside the reports."""

    table = models.Source

    slug: Text
    kind: Annotated[str, one_of(SourceKind.values)]
    jurisdiction_id: Annotated[OptionalCode, Field(alias="jurisdiction")]
    title: Text
    title_en: OptionalText
    publisher: Text
    publisher_en: OptionalText
    url: Address
    original_url: Address
    address_doubt: OptionalText
    address_doubt_en: OptionalText
    document_number: OptionalText
    published_on: Date | None
    retrieved_on: Date | None
    report: OptionalText
    score: Annotated[Score, with_fix(f"write an object with {', '.join(SCORES)}, or null"), null_as(Score())]
    note: OptionalText
    note_en: OptionalText

    def disagreements(self) -> Iterator[tuple[str, str]]:
        if self.kind in OFFICIAL_KINDS and self.jurisdiction_id is None:
            yield "jurisdiction", f"is null for {self.kind}: name the government that speaks"
        if self.url and self.retrieved_on is None:
            yield "retrieved_on", "is null for a page: give the day on which it was read"
        if not self.url and not self.document_number:
            yield "url", "is null: give an address or a document_number, so that it can be found again"
        for part, whole in (("indicators_met", "indicators_total"), ("tasks_done", "tasks_total")):
            told, total = getattr(self.score, part), getattr(self.score, whole)
            if told is not None and (total is None or told > total):
                yield part, f"is {told} of {total}: correct one of the two"


@dataclass(frozen=True, slots=True)
class SuccessionRow(Row):
    """A line of successions.jsonl: one government taking over from another."""

    table = models.Succession

    predecessor_id: Annotated[Code, Field(alias="predecessor")]
    on: Date
    successor_id: Annotated[OptionalCode, Field(alias="successor")]
    successor_name: OptionalText
    successor_name_en: OptionalText
    scope: OptionalText
    scope_en: OptionalText
    source: OptionalText

    @field_validator("successor_name", "successor_name_en")
    @classmethod
    def _without_a_code(cls, name: str, info: ValidationInfo) -> str:
        """With a code the name is that of its government."""
        return "" if info.data.get("successor_id") else name

    def disagreements(self) -> Iterator[tuple[str, str]]:
        if self.successor_id == self.predecessor_id:
            yield "successor", "is the predecessor itself: name the government that took over"
        if self.successor_id is None and not self.successor_name:
            yield "successor_name", "is null without a successor: name the government that took over"


@dataclass(frozen=True, slots=True)
class EvidenceRow(Row):
    """A line of evidence.jsonl: an achievement or a source that bears on a commitment."""

    table = models.Evidence

    commitment: SpanReference
    achievement: SpanReference | None
    source: Text | None
    quote: OptionalText
    place: OptionalText
    item_number: OptionalText
    official_word: OptionalText
    verdict: Verdict
    as_of: Date
    happened_on: Date | None
    happened_precision: Annotated[str, one_of(Precision.values), null_as("")]
    reported_value: NullableDecimal
    coverage: Annotated[str, one_of(Coverage.values), null_as("")]
    value_from: Date | None
    bound: Annotated[str, one_of(Comparator.values), null_as("")]
    is_forecast: Annotated[Flag, Field(alias="forecast")]
    delay_reason: OptionalReason
    announced_on: Date | None
    confidence: Grade
    review_state: Review
    note: OptionalText
    note_en: OptionalText

    @property
    def ground(self) -> Ground:
        return Ground(self.achievement, self.source)

    def disagreements(self) -> Iterator[tuple[str, str]]:
        yield from self.ground.disagreements()
        if (self.happened_on is None) != (self.happened_precision == ""):
            yield "happened_precision", "goes with happened_on: give both, or null for both"
        if len({self.reported_value is None, self.coverage == "", self.bound == ""}) > 1:
            yield "coverage", "goes with reported_value and bound: give all three, or null for all three"


@dataclass(frozen=True, slots=True)
class StatusRow(Row):
    """A line of statuses.jsonl: a commitment's status and what its evidence rests on."""

    table = models.StatusChange

    commitment: SpanReference
    ground: Annotated[
        Ground, BeforeValidator(lambda value: value if isinstance(value, dict) else {}), Field(alias="evidence")
    ]
    status: Verdict
    effective_on: Date
    reason_code: OptionalReason
    note: OptionalText
    note_en: OptionalText

    def disagreements(self) -> Iterator[tuple[str, str]]:
        yield from self.ground.disagreements()
        if self.status in rules.NEED_A_REASON and not self.reason_code:
            yield "reason_code", f"is null for {self.status}: give a reason, not_given where none was told"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a directory holds: every row of every file; ``texts`` and ``statements`` are by the report's name."""

    jurisdictions: list[JurisdictionRow]
    departments: list[DepartmentRow]
    reports: list[ReportRow]
    texts: dict[str, str]
    statements: dict[str, list[StatementRow]]
    projects: list[ProjectRow]
    sources: list[SourceRow]
    successions: list[SuccessionRow]
    evidence: list[EvidenceRow]
    statuses: list[StatusRow]
    restatements: list[RestatementRow]
    pairs: list[PairRow]
