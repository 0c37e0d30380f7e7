"""What the second reader answered, taken at its word only where the report has these words."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from projects.choices import LIVELIHOOD, Comparator, Milestone
from seeds.second.prompts import Prompt

_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_LONGEST_QUOTE = 200
_MOST_ROWS = 200


class View(BaseModel):
    """A statement as the second reader sees it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    quote: Annotated[str, Field(min_length=2, max_length=_LONGEST_QUOTE)]
    kind: Literal["commitment", "achievement"]
    category: Annotated[str, Field(pattern=f"^({'|'.join(sorted(LIVELIHOOD))})$")]
    milestone: Annotated[str, Field(pattern=f"^({'|'.join(Milestone)})$")]
    quantity: Annotated[int | float, Field(ge=0, lt=1e15, allow_inf_nan=False)] | None
    unit: Annotated[str, Field(max_length=20)] | None
    comparator: Annotated[str, Field(pattern=f"^({'|'.join(Comparator)})$")] | None
    due_on: date | None

    @model_validator(mode="after")
    def _whole(self) -> "View":
        """A measure word or a bound without a figure says nothing."""
        if self.quantity is None and (self.unit or self.comparator):
            raise ValueError("unit and comparator need a quantity")
        return self


@dataclass(frozen=True, slots=True)
class Found:
    """A view and where its quote stands in the report."""

    start: int
    end: int
    view: View


@dataclass(frozen=True, slots=True)
class Answer:
    """What is left of an answer, and what was dropped: rows in no form, and quotes that are not in the text."""

    found: tuple[Found, ...] = ()
    malformed: int = 0
    invented: int = 0


def parsed(answer: str, prompt: Prompt, text: str) -> Answer:
    """Check an answer against the stretch that was asked about; an answer in no form counts as one malformed row."""
    rows = _rows(answer)
    if rows is None:
        return Answer(malformed=1)
    views = [_view(row) for row in rows]
    found = list(_located([view for view in views if view], prompt, text))
    placed = tuple(one for one in found if one)
    return Answer(placed, malformed=views.count(None), invented=found.count(None))


def is_json(answer: str) -> bool:
    """Whether an answer has the form that was asked for, whatever its rows are."""
    return _rows(answer) is not None


def _rows(answer: str) -> list[Any] | None:
    fenced = _FENCE.fullmatch(answer)
    try:
        values = json.loads(fenced[1] if fenced else answer, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None
    rows = values.get("statements") if isinstance(values, dict) and len(values) == 1 else None
    return rows if isinstance(rows, list) and len(rows) <= _MOST_ROWS else None


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _view(row: object) -> View | None:
    try:
        return View.model_validate_json(json.dumps(row))
    except ValidationError:
        return None


def _located(views: Sequence[View], prompt: Prompt, text: str) -> Iterator[Found | None]:
    """Each quote at its first place behind the one before, else anywhere; within the stretch, and each place once."""
    start, end = prompt.passages[0].start, prompt.passages[-1].end
    taken: set[int] = set()
    at = start
    for view in views:
        places = [text.find(view.quote, at, end), text.find(view.quote, start, end)]
        place = next((one for one in places if one >= 0 and one not in taken), None)
        if place is None:
            yield None
            continue
        taken.add(place)
        at = place + len(view.quote)
        yield Found(place, at, view)
