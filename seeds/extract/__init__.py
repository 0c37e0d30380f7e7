"""From a government work report to dated, counted, sourced statements; pure Python, no Django."""

from datetime import date

from seeds.extract import pipeline
from seeds.extract.heading import ReportHeading, heading_of
from seeds.extract.pipeline import EXTRACTOR_VERSION
from seeds.extract.statement import Statement, doubt_of
from seeds.sheets.annex import masked

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
    if not tables.deadlines:
        return found
    return [_dated(statement, tables.due(statement.start, statement.end)) for statement in found]


def _dated(statement: Statement, due: date | None) -> Statement:
    """The statement with the day of its row's own column, unless its words name one (due.table)."""
    if due is None or statement.kind != "commitment" or statement.due_basis == "stated":
        return statement
    return statement._replace(due_on=due, due_basis="stated", rules=(*statement.rules[:-1], "due.table"))
