"""Two readings of a report as one: what both found is surer; what one alone found or both see differently is marked."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projects.choices import SecondReader
from seeds.evaluation.gold import Row
from seeds.evaluation.measures import compare, same
from seeds.extract import Statement, extract
from seeds.extract.pipeline import Passage, pieces
from seeds.extract.score import probability
from seeds.reading.messages import Message
from seeds.second.answers import Answer, Found, parsed
from seeds.second.prompts import Prompt, prompts
from seeds.sheets.annex import masked

_ATTRIBUTES = ("kind", "category", "milestone", "quantity", "unit", "due_on")
# Of two reports that neither reader had seen, careful readers took 115 of 118 that both found, 11 of 41 that the rules
# alone found and 30 of 51 that a language model alone found, where they took 126 of 159 that the rules found.
_ODDS = math.log(126 / 33)
_BOTH = math.log(115 / 3) - _ODDS
_RULES_ALONE = math.log(11 / 30) - _ODDS
_SECOND_ALONE = 30 / 51
_SURE = 0.999
# A promise is not dated further off than this.
_FAR = timedelta(days=16 * 366)


@dataclass(frozen=True, slots=True)
class Merged:
    """The statements of both readings, ordered by start, and what there was to count."""

    statements: list[Statement]
    read: int = 0
    asked: int = 0
    agreed: int = 0
    differing: int = 0
    rules_alone: int = 0
    second_alone: int = 0
    malformed: int = 0
    invented: int = 0

    @property
    def messages(self) -> list[Message]:
        """The counts in words, if the second reader has read anything."""
        if not self.read:
            return []
        counts = {"read": self.read, "asked": self.asked, "agreed": self.agreed, "differing": self.differing}
        told = [Message("second_reader", {**counts, "rules": self.rules_alone, "second": self.second_alone})]
        if self.malformed or self.invented:
            told.append(Message("second_dropped", {"malformed": self.malformed, "invented": self.invented}))
        return told


def second_read(
    text: str, answer_of: Callable[[Prompt], str | None], *, year: int | None = None, jurisdiction: str | None = None
) -> Merged:
    """Read a report by rules, and set the answers beside it that are at hand; without any, rules stand alone."""
    statements = extract(text, year=year, jurisdiction=jurisdiction)
    asked = prompts(text, year=year)
    answers = [(prompt, parsed(answer, prompt, text)) for prompt in asked if (answer := answer_of(prompt)) is not None]
    return merged(text, statements, answers, asked=len(asked), year=year)


def merged(
    text: str,
    statements: Sequence[Statement],
    answers: Iterable[tuple[Prompt, Answer]],
    *,
    asked: int,
    year: int | None = None,
) -> Merged:
    """Set checked answers beside the statements that lie in the same stretches; all others stay as they are."""
    given = list(answers)
    if not given:
        return Merged(list(statements), asked=asked)
    views = [(one, prompt) for prompt, answer in given for one in answer.found]
    read = [one for one in statements if any(_covers(prompt, one) for prompt, _ in given)]
    ours = [Row.of(one.as_dict()) for one in read]
    theirs = [_row(one, _passage(prompt, one)) for one, prompt in views]
    outcome = compare(theirs, ours)
    of_row = {id(row): one for row, one in zip(ours, read, strict=True)}
    changed = {id(of_row[id(found)]): _both(of_row[id(found)], view, found) for view, found in outcome.pairs}
    alone = {id(of_row[id(row)]): _ruled(of_row[id(row)]) for row in outcome.spurious}
    missed = {id(row) for row in outcome.missed}
    beside = [(one, prompt) for (one, prompt), row in zip(views, theirs, strict=True) if id(row) in missed]
    kept = [changed.get(id(one)) or alone.get(id(one)) or one for one in statements]
    new, kept = _added(text, kept, beside, year)
    agreed = sum(SecondReader.AGREES in one.rules for one in changed.values())
    return Merged(
        sorted([*kept, *new], key=lambda one: (one.start, one.end)),
        read=len(given),
        asked=asked,
        agreed=agreed,
        differing=len(changed) - agreed,
        rules_alone=len(alone),
        second_alone=len(beside),
        malformed=sum(answer.malformed for _, answer in given),
        invented=sum(answer.invented for _, answer in given),
    )


def _covers(prompt: Prompt, statement: Statement) -> bool:
    return prompt.passages[0].start <= statement.start and statement.end <= prompt.passages[-1].end


def _passage(prompt: Prompt, found: Found) -> Passage:
    """The sentence in which a quote begins."""
    return next((one for one in reversed(prompt.passages) if one.start <= found.start), prompt.passages[0])


def _due(found: Found, passage: Passage) -> date | None:
    """The day that the second reader names for a promise, if it is near its part's own; else that of the part."""
    day, own = found.view.due_on, passage.due_on
    near = day and own and abs(day - own) <= _FAR
    return day if near and passage.kind == "commitment" else own


def _row(found: Found, passage: Passage) -> Row:
    view, due = found.view, _due(found, passage)
    quantity = None if view.quantity is None else float(view.quantity)
    comparator = None if quantity is None else view.comparator or "eq"
    return Row(
        *(found.start, found.end, view.quote, view.kind, view.category, view.milestone, quantity),
        *(view.unit or None, comparator, due.isoformat() if due else None),
    )


def _marked(statement: Statement, odds: float, *marks: str) -> Statement:
    """The statement with marks of the second reader, and with odds that are so much better or worse."""
    now = min(max(statement.confidence, 1 - _SURE), _SURE)
    sure = round(min(probability(math.log(now / (1 - now)) + odds), _SURE), 3)
    return statement._replace(rules=(*statement.rules, *marks), confidence=sure)


def _both(statement: Statement, view: Row, found: Row) -> Statement:
    """What both found; where they see it differently, the rules' view stands and the other is told."""
    other = [name for name in _ATTRIBUTES if not same(view, found, name)]
    if not other:
        return _marked(statement, _BOTH, SecondReader.AGREES)
    told = [SecondReader.told(name, _plain(getattr(view, name))) for name in other]
    return _marked(statement, _BOTH, SecondReader.DIFFERS, *told)


def _plain(value: object) -> object:
    """A whole number as people write it: 30, not 30.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _ruled(statement: Statement) -> Statement:
    return _marked(statement, _RULES_ALONE, SecondReader.DIFFERS, SecondReader.RULES_ALONE)


def _added(
    text: str, kept: list[Statement], beside: Sequence[tuple[Found, Prompt]], year: int | None
) -> tuple[list[Statement], list[Statement]]:
    """What only the second reader found: statements, or another span for those with which they share words."""
    dropped = [one.statement for one in pieces(masked(text, year).text, year=year, scored=False)] if beside else []
    new: list[Statement] = []
    for found, prompt in beside:
        shared = [at for at, one in enumerate(kept) if one.start < found.end and found.start < one.end]
        for at in shared:
            rules = kept[at].rules
            differs = () if SecondReader.DIFFERS in rules else (SecondReader.DIFFERS,)
            mine = tuple(mark for mark in rules if mark not in (SecondReader.AGREES, SecondReader.RULES_ALONE))
            span = SecondReader.told("span", f"{found.start}-{found.end}")
            kept[at] = kept[at]._replace(rules=(*mine, *differs, span))
        if not shared:
            new.append(_statement(found, _passage(prompt, found), dropped))
    return new, kept


def _statement(found: Found, passage: Passage, dropped: Sequence[Statement]) -> Statement:
    """A candidate of the second reader alone; names and title are the rules' where they looked at the same words."""
    view, due = found.view, _due(found, passage)
    known = next((one for one in dropped if one.start < found.end and found.start < one.end), None)
    quantity = int(view.quantity) if view.quantity == int(view.quantity or 0) else view.quantity
    other = [] if view.kind == passage.kind else [SecondReader.told("kind", view.kind)]
    return Statement(
        kind=passage.kind,
        start=found.start,
        end=found.end,
        quote=view.quote,
        section=passage.section,
        category=view.category,
        milestone=view.milestone,
        quantity=quantity,
        unit=view.unit or None,
        comparator=None if quantity is None else view.comparator or "eq",
        due_on=due,
        names=known.names if known else (),
        title=known.title if known else "".join(view.quote.split()),
        due_basis=("implied" if due == passage.due_on else "stated") if due else None,
        rules=(SecondReader.DIFFERS, SecondReader.SECOND_ALONE, *other),
        confidence=round(_SECOND_ALONE, 3),
    )
