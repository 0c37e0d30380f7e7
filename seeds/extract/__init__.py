"""From a government work report to dated, counted, sourced statements; pure Python, no Django."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from seeds.extract import pipeline
from seeds.extract.heading import ReportHeading, heading_of
from seeds.extract.pipeline import EXTRACTOR_VERSION
from seeds.extract.statement import Statement, doubt_of
from seeds.sheets.annex import NamedTask, masked

__all__ = ["EXTRACTOR_VERSION", "ReportHeading", "Statement", "doubt_of", "extract", "heading_of"]


def extract(
    text: str, *, year: int | None = None, jurisdiction: str | None = None, judge: bool = pipeline.JUDGE
) -> list[Statement]:
    """Find every statement of a report, ordered by start; of its tables only the cells that say what is to be done.

    ``year`` is the report's; without it the title lines tell, and where they do not, nothing is dated by its section.
    ``jurisdiction`` is the GB/T 2260 code of the government; the rules are the same for all governments.
    With ``judge`` the scores of pieces decide in whole reports what is kept.
    """
    year = year or heading_of(text).year
    tables = masked(text, year)
    found = pipeline.extract(tables.text, year=year, jurisdiction=jurisdiction, judge=judge)
    missed = [task for task in tables.named if not any(task.start < one.end and one.start < task.end for one in found)]
    if missed:
        shown = tables.with_names(text, missed)
        again = pipeline.extract(shown, year=year, jurisdiction=jurisdiction, judge=judge)
        found = sorted([*found, *_within(text, again, missed)], key=lambda one: one.start)
    if not tables.deadlines:
        return found
    return [_dated(statement, tables.due(statement.start, statement.end)) for statement in found]


def _within(text: str, found: Iterable[Statement], tasks: Sequence[NamedTask]) -> Iterator[Statement]:
    """The statements about tasks that another cell names, each within its task's own cell."""
    for one in found:
        task = next((task for task in tasks if task.start < one.end <= task.end and task.name[0] <= one.start), None)
        if task is not None:
            start = max(one.start, task.start)
            name = text[slice(*task.name)].strip()
            names = tuple(name if other.startswith(name) else other for other in one.names)
            yield one._replace(start=start, quote=text[start : one.end], names=names)


def _dated(statement: Statement, due: date | None) -> Statement:
    """The statement with the day of its row's own column, unless its words name one (due.table)."""
    if due is None or statement.kind != "commitment" or statement.due_basis == "stated":
        return statement
    return statement._replace(due_on=due, due_basis="stated", rules=(*statement.rules[:-1], "due.table"))
