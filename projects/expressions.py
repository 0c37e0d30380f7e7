"""What follows from a commitment's columns and the day, each told once, as ORM expressions.

Filters, JSON, counts, exports, pages and the sweep share them; ``rules.py`` says the same of a single commitment, and a
test holds both together. The outcome itself is a column, by the database function ``commitment_outcome``.
"""

import re
from datetime import date
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DecimalField,
    Expression,
    ExpressionWrapper,
    F,
    Field,
    Func,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from projects.choices import Comparator, DueBasis, DueState, Light, Milestone, Outcome, OverdueBasis, Precision
from projects.querysets import due_state_q, grace, overdue_q
from projects.rules import APPROXIMATE, BLUE_FROM, GREEN_FROM, OFFICIAL_GREEN_FROM, YELLOW_FROM
from projects.sql import Parameter

# A day, or the expression that holds it.
Day: TypeAlias = "date | Expression"
_PLACE = re.compile(r"\{(\d+)\}")


TODAY = RawSQL("%s::date", [Parameter("today")], DateField())


class Code(CharField):  # type: ignore[type-arg]  # generic in its stubs alone
    """Text whose letters, digits and signs need no escaping in JSON."""


class Formula(Func):
    """An expression written in SQL around other expressions: ``Formula("{0} + {1}", F("due_on"), days)``."""

    def __init__(self, sql: str, *expressions: Any, output_field: "Field[Any, Any]") -> None:
        super().__init__(*expressions, output_field=output_field)
        self.sql = sql

    def as_sql(  # type: ignore[override]  # its parameters are of any kind
        self, compiler: SQLCompiler, _connection: object, **_extra: Any
    ) -> tuple[str, list[Any]]:
        """Put the expressions into their places; one may stand in several."""
        parts = [compiler.compile(expression) for expression in self.get_source_expressions()]
        params = [param for place in _PLACE.findall(self.sql) for param in parts[int(place)][1]]
        return _PLACE.sub(lambda place: parts[int(place[1])][0], self.sql), params


def _case(*whens: When, default: "Expression | None" = None, output_field: "Field[Any, Any]") -> Case:
    return Case(*whens, default=default, output_field=output_field)


def overdue_from() -> Formula:
    """Return the first day on which an open commitment is overdue, as if it stayed open until then."""
    days = grace()
    sql = (
        f"({{0}} + CASE WHEN {{1}} = '{Outcome.OPEN}'"
        f" THEN CASE {{2}} WHEN '{DueBasis.STATED}' THEN {days.stated + 1} ELSE {days.implied + 1} END ELSE 1 END)"
    )
    return Formula(sql, F("due_on"), F("outcome"), F("due_basis"), output_field=DateField())


def is_overdue(on: Day = TODAY) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(overdue_q(on), BooleanField())


def overdue_basis(on: Day = TODAY) -> Case:
    """Return what the commitment is overdue by on the day, else null."""
    whens = (When(overdue_q(on, basis=basis), then=Value(basis)) for basis in OverdueBasis)
    return _case(*whens, output_field=Code(choices=OverdueBasis, null=True))


def overdue_since(on: Day = TODAY) -> Case:
    """Return the first day of being overdue, null for what is not overdue on the day."""
    return _case(When(overdue_q(on), then=overdue_from()), output_field=DateField(null=True))


def days_overdue(on: Day = TODAY) -> Case:
    """Return how many days past its due date an overdue commitment is, else null."""
    days = Formula("({0} - {1})", on, F("due_on"), output_field=IntegerField())
    return _case(When(overdue_q(on), then=days), output_field=IntegerField(null=True))


def due_state(on: Day = TODAY) -> Case:
    """Return what became of the commitment by its date, as seen on the day."""
    whens = (When(due_state_q(state, on), then=Value(state)) for state in DueState)
    return _case(*whens, output_field=Code(choices=DueState))


def days_late() -> Case:
    """Return by how many days a commitment was kept late, else null; also null where the day is not known."""
    known = Q(outcome=Outcome.KEPT_LATE, happened_precision=Precision.DAY)
    days = Formula("({0} - {1})", F("happened_on"), F("due_on"), output_field=IntegerField())
    return _case(When(known, then=days), output_field=IntegerField(null=True))


def _share(part: "Expression | F", whole: "Expression | F") -> Formula:
    """Return a share from 0 to 1, with the precision of Python's decimals."""
    sql = "(CASE WHEN {1} <= 0 THEN 1 ELSE greatest(0, least(1, {0}::numeric(50, 28) / {1})) END)"
    return Formula(sql, part, whole, output_field=DecimalField())


def _meets() -> Formula:
    """Return whether the reported value meets the promised figure; null where its bound leaves it open."""
    share = f"CASE {{2}} WHEN '{Comparator.APPROX}' THEN {1 - APPROXIMATE} ELSE 1 END"
    ceiling, limit = f"({{2}} = '{Comparator.LTE}')", f"({{3}} * {share})"
    fits = f"(CASE WHEN {ceiling} THEN {{0}} <= {limit} ELSE {{0}} >= {limit} END)"
    sql = (
        f"(CASE WHEN {{1}} IN ('', '{Comparator.EQ}') THEN {fits}"
        f" WHEN {{1}} = '{Comparator.APPROX}' THEN"
        f" CASE WHEN abs({{0}} - {limit}) > abs({{0}}) * {APPROXIMATE} THEN {fits} END"
        f" WHEN {fits} = (({{1}} = '{Comparator.LTE}') = {ceiling}) THEN {fits} END)"
    )
    columns = (F("reported_value"), F("reported_bound"), F("comparator"), F("quantity"))
    return Formula(sql, *columns, output_field=BooleanField(null=True))


def _lead() -> Formula:
    """Return the share reached less the share of time elapsed when it was reported."""
    first = Formula("make_date({0}, 1, 1)", F("year"), output_field=DateField())
    days = [Formula("({0} - {1})", F(name), first, output_field=IntegerField()) for name in ("reported_on", "due_on")]
    reached = _share(F("reported_value"), F("quantity"))
    return Formula("({0} - {1})", reached, _share(*days), output_field=DecimalField())


def light() -> Case:
    """Return the traffic light 序时进度."""
    green_from = OFFICIAL_GREEN_FROM if settings.LIGHT_OFFICIAL_RULE else GREEN_FROM
    growth = Formula(
        f"(CASE WHEN {{0}} >= {BLUE_FROM} THEN '{Light.BLUE}' WHEN {{0}} >= {green_from} THEN '{Light.GREEN}'"
        f" WHEN {{0}} >= {YELLOW_FROM} THEN '{Light.YELLOW}' ELSE '{Light.RED}' END)",
        _lead(),
        output_field=Code(),
    )
    level = Formula(
        f"(CASE {{0}} WHEN TRUE THEN '{Light.GREEN}' WHEN FALSE THEN '{Light.RED}' ELSE '{Light.GREY}' END)",
        _meets(),
        output_field=Code(),
    )
    figures = Q(milestone__in=[Milestone.COMPLETE, Milestone.LEVEL])
    return _case(
        When(outcome__in=[Outcome.KEPT, Outcome.KEPT_LATE], then=Value(Light.BLUE)),
        When(outcome=Outcome.NOT_KEPT, then=Value(Light.RED)),
        When(outcome=Outcome.PARTLY_KEPT, then=Value(Light.YELLOW)),
        When(Q(quantity=None) | Q(reported_value=None) | ~figures, then=Value(Light.GREY)),
        When(Q(milestone=Milestone.COMPLETE) & ~Q(comparator=Comparator.LTE), then=growth),
        default=level,
        output_field=Code(choices=Light),
    )
