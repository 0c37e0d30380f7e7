"""What may stand in the fields of the data files, as types that pydantic checks, and how to mend what may not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from django.db.models import CharField, Model
from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from projects.choices import Confidence, DelayReason, Status, Verification
from projects.models.base import FIRST_DAY, LAST_DAY

NAME_LENGTH = 120

# numeric(20, 4): sixteen digits before the point, four behind it.
_TOO_LARGE = Decimal(10) ** 16
_FINEST = Decimal("0.0001")
_SIX_DIGITS = "^[0-9]{6}$"


class Span(NamedTuple):
    """Where a statement stands: the report's file name without its ending, first and last offset."""

    report: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.report} {self.start}-{self.end}"


def longest_texts(table: type[Model]) -> dict[str, int]:
    """Return how many characters the columns of a table take."""
    columns = table._meta.concrete_fields
    return {column.name: column.max_length for column in columns if isinstance(column, CharField) and column.max_length}


def field_error(message: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{message}", {"message": message})


def _is_storable(text: str) -> bool:
    """Say whether PostgreSQL can keep the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def with_fix(fix: str) -> WrapValidator:
    """Answer a value that the type refuses with the fix."""

    def check(value: object, accept: ValidatorFunctionWrapHandler) -> object:
        try:
            return accept(value)
        except ValidationError as error:
            first = error.errors()[0]
            if first["loc"]:
                # A part of the value, which has its own answer.
                raise
            unstorable = first["type"].startswith("string_") and isinstance(value, str) and not _is_storable(value)
            message = "holds a NUL or half a character: remove it" if unstorable else f"is {value!r}: {fix}"
            raise field_error(message) from error

    return WrapValidator(check)


def one_of(codes: Iterable[str]) -> BeforeValidator:
    known = sorted(codes)

    def check(value: object) -> object:
        if value not in known:
            raise field_error(f"is {value!r}: use one of {', '.join(known)}")
        return value

    return BeforeValidator(check)


def null_as(empty: object) -> WrapValidator:
    return WrapValidator(lambda value, accept: empty if value is None else accept(value))


def _day(value: object) -> date:
    found = date.fromisoformat(value) if isinstance(value, str) else None
    if found is None or found.isoformat() != value or not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(value)
    return found


def _number(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise field_error(f"is {value!r}: write a number or null")
    number = Decimal(value)
    if abs(number) >= _TOO_LARGE or number != number.quantize(_FINEST):
        raise field_error(f"is {value}: write at most 16 digits before the point and 4 behind it")
    return number


def _names(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise field_error(f"is {value!r}: write a list of texts, [] for none")
    if any(len(item) > NAME_LENGTH or not _is_storable(item) for item in value):
        raise field_error(f"has a text of more than {NAME_LENGTH} characters, or with a NUL in it: shorten it")
    return value


def _span(value: object) -> Span:
    if isinstance(value, dict) and value.keys() == Span.__annotations__.keys():
        report, start, end = value["report"], value["start"], value["end"]
        if isinstance(report, str) and type(start) is int and type(end) is int:
            return Span(report, start, end)
    raise field_error(f'is {value!r}: write {{"report": "500112-2021", "start": 816, "end": 839}}')


# PostgreSQL keeps no NUL; an optional text is empty for null; a nullable one stays null.
Text = Annotated[str, Field(pattern=r"^[^\x00]*[^\s\x00][^\x00]*$"), with_fix("write a text")]
NullableText = Annotated[str, Field(pattern=r"^[^\x00]*$"), with_fix("write a text or null")] | None
OptionalText = Annotated[str, Field(pattern=r"^[^\x00]*$"), with_fix("write a text or null"), null_as("")]
Address = Annotated[
    str,
    Field(pattern=r"^(https?://[^\x00]*)?$"),
    with_fix("write an address that begins with https:// or http://, or null"),
    null_as(""),
]
Code = Annotated[str, Field(pattern=_SIX_DIGITS), with_fix("write the six digits of GB/T 2260, such as 500112")]
OptionalCode = Annotated[
    Annotated[str, Field(pattern=_SIX_DIGITS), with_fix("write the six digits of GB/T 2260, such as 500112, or null")]
    | None,
    BeforeValidator(lambda value: None if value == "" else value),
]
Date = Annotated[
    date, BeforeValidator(_day), with_fix(f"write a day that exists as YYYY-MM-DD, from {FIRST_DAY} to {LAST_DAY}")
]
Integer = Annotated[int, Field(strict=True, ge=0, lt=2**31), with_fix("write a whole number, 0 or more")]
NullableDecimal = Annotated[Decimal | None, PlainValidator(_number)]
Flag = Annotated[bool, Field(strict=True), with_fix("write true, false or null"), null_as(empty=False)]
NameList = Annotated[list[str], PlainValidator(_names)]
SpanReference = Annotated[Span, PlainValidator(_span)]
SpanList = Annotated[list[SpanReference], with_fix("write a list of references to statements")]
Verdict = Annotated[str, one_of(set(Status.values) - {Status.NOT_ASSESSED.value})]
OptionalReason = Annotated[str, one_of(DelayReason.values), null_as("")]
Grade = Annotated[str, one_of(Confidence.values)]
Review = Annotated[str, one_of((Verification.ACCEPTED.value, Verification.PROPOSED.value)), Field(alias="review")]


@dataclass(frozen=True, slots=True)
class Ground:
    """What evidence rests on: an achievement of a report, or a source by its slug."""

    achievement: SpanReference | None = None
    source: Text | None = None

    def __str__(self) -> str:
        return str(self.achievement) if self.achievement else f"source {self.source}"

    def disagreements(self) -> Iterator[tuple[str, str]]:
        """Yield that it is both, or none."""
        if (self.achievement is None) == (self.source is None):
            yield "source", "give either an achievement or the slug of a source, and null for the other"


@dataclass(frozen=True, slots=True)
class Score:
    """A government's own score of its report; null where it is not told."""

    indicators_total: Integer | None = None
    indicators_met: Integer | None = None
    tasks_total: Integer | None = None
    tasks_done: Integer | None = None
    tasks_partly: Integer | None = None
