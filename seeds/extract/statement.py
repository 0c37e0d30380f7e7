"""What the extractor returns: one deliverable or one measured outcome, tied to its exact words."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from seeds.reading.messages import Message

Quantity = int | float


class Statement(NamedTuple):
    """One commitment or achievement found in a report.

    ``start`` and ``end`` count Unicode code points of the untouched text, ``end`` exclusive; ``quote`` is
    ``text[start:end]``. ``quantity`` has 万 and 亿 multiplied out and is an ``int`` when it is whole.
    ``due_on`` is the last day by which a commitment is due, or the end of the period an achievement reports on;
    ``due_basis`` says whether the sentence states it (``stated``) or its section implies it (``implied``).
    ``rules`` are the ids of the rules that made the statement and ``confidence`` (0 to 1) follows from them.
    """

    kind: str
    start: int
    end: int
    quote: str
    section: str
    category: str
    milestone: str
    quantity: Quantity | None
    unit: str | None
    comparator: str | None
    due_on: date | None
    names: tuple[str, ...]
    title: str
    due_basis: str | None = None
    rules: tuple[str, ...] = ()
    confidence: float = 0.5

    def as_dict(self) -> dict[str, object]:
        """The statement as JSON-ready values, the guideline's keys first."""
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "section": self.section,
            "category": self.category,
            "milestone": self.milestone,
            "quantity": self.quantity,
            "unit": self.unit,
            "comparator": self.comparator,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "names": list(self.names),
            "title": self.title,
            "due_basis": self.due_basis,
            "rules": list(self.rules),
            "confidence": self.confidence,
        }


# The least report that may be doubted: a shorter text is an excerpt.
_FEW = 5


def doubt_of(statements: Iterable[Statement]) -> Message | None:
    """What makes one doubt a report as a whole: nothing is found in it, or several statements all of one kind."""
    kinds = [statement.kind for statement in statements]
    if not kinds:
        return Message("nothing_found")
    return Message(f"only_{kinds[0]}s") if len(kinds) >= _FEW and len(set(kinds)) == 1 else None
