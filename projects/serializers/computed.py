"""Fields that follow from a row and the day: overdue, late, the traffic light, the reports that are on file."""

from datetime import date
from typing import Any

from django.db.models.expressions import RawSQL
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects import derived, querysets, rules
from projects.asof import as_known
from projects.choices import DueState, OverdueBasis
from projects.coverage import coverage_of
from projects.models import Commitment, Jurisdiction, Report
from projects.serializers.fields import AnyField
from projects.serializers.sql import Kind, without_parameters


class Computed(AnyField):
    """Something that follows from the commitment and the day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)

    def since(self, commitment: Commitment) -> date | None:
        """Return the first day on which the commitment is overdue, or None when it is not overdue on the day."""
        first = rules.overdue_since(commitment.outcome, commitment.due_on, commitment.due_basis, querysets.grace())
        return first if first is not None and first <= self.context["today"] else None


@extend_schema_field(OpenApiTypes.BOOL)
class OverdueField(Computed):
    """Whether the commitment is overdue on the day."""

    kind = Kind.FLAG

    def to_representation(self, value: Commitment) -> bool:
        """Ask the rules."""
        return value.is_overdue(self.context["today"])

    def sql(self, row: str) -> str:
        """Ask the rules."""
        return derived.is_overdue(row, "day.today")


@extend_schema_field(OpenApiTypes.DATE)
class OverdueSinceField(Computed):
    """The first day on which the commitment is overdue, null when it is not overdue on the day."""

    kind = Kind.CODE

    def to_representation(self, value: Commitment) -> date | None:
        """Ask the rules."""
        return self.since(value)

    def sql(self, row: str) -> str:
        """Ask the rules."""
        return f"CASE WHEN {derived.is_overdue(row, 'day.today')} THEN {derived.overdue_since(row)} END"


@extend_schema_field(OpenApiTypes.INT)
class DaysOverdueField(Computed):
    """How many days past its due date an overdue commitment is, null when it is not overdue."""

    kind = Kind.NUMBER

    def to_representation(self, value: Commitment) -> int | None:
        """Ask the rules."""
        return int((self.context["today"] - value.due_on).days) if self.since(value) else None

    def sql(self, row: str) -> str:
        """Ask the rules."""
        return derived.days_overdue(row, "day.today")


class DueStateField(serializers.ChoiceField):
    """What became of the commitment by its date, as seen on the day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=DueState.choices, read_only=True, source="*", **kwargs)

    def to_representation(self, value: Commitment) -> str:  # type: ignore[override]  # of the row, not a code
        """Ask the rules."""
        return str(value.due_state(self.context["today"]).value)

    def sql(self, row: str) -> str:
        """Ask the rules."""
        return derived.due_state(row, "day.today")


class OverdueBasisField(serializers.ChoiceField):
    """What the commitment is overdue by on the day, null when it is not overdue."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=OverdueBasis.choices, read_only=True, allow_null=True, source="*", **kwargs)

    def to_representation(self, value: Commitment) -> str | None:  # type: ignore[override]  # null is the point
        """Ask the rules."""
        basis = value.overdue_on(self.context["today"])
        return basis and str(basis.value)

    def sql(self, row: str) -> str:
        """Ask the rules."""
        return derived.overdue_basis(row, "day.today")


class DaysLateField(serializers.IntegerField):
    """By how many days a commitment was kept late, null when it was not or when the day is not known."""

    def sql(self, row: str) -> str:
        """Ask the rules."""
        return derived.days_late(row)


class LightField(serializers.ChoiceField):
    """The traffic light 序时进度."""

    def sql(self, row: str) -> str:
        """Ask the rules."""
        return derived.light(row)


class ReportYearsField(serializers.ListField):
    """The years of a government's reports that are on file."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.IntegerField(), read_only=True, source="*", **kwargs)

    def to_representation(self, value: Jurisdiction) -> list[int]:  # type: ignore[override]  # of the row, not a list
        """Look them up."""
        return list(coverage_of([value.code], on=self.context["today"])[value.code].on_file)

    def sql(self, row: str) -> str:
        """Look them up."""
        return f"ARRAY({years_on_file(row)})"


class MissingYearsField(ReportYearsField):
    """The years of which a government's report is missing, see ``coverage.years_missing``."""

    def to_representation(self, value: Jurisdiction) -> list[int]:  # type: ignore[override]  # of the row, not a list
        """Count from the first report on file to the last that can be."""
        return list(coverage_of([value.code], on=self.context["today"])[value.code].missing)

    def sql(self, row: str) -> str:
        """Count from the first report on file to the last that can be."""
        return f"ARRAY({years_missing(row, 'day.today')})"


def years_on_file(row: str, *, known: bool = False) -> str:
    """Return the statement of the years of a government's reports that are on file, in order; ``known``: on the day."""
    reports = Report.objects.published().filter(jurisdiction=RawSQL(f"{row}.code", []))
    rows = as_known(reports, RawSQL("day.today", [])) if known else reports
    return without_parameters(rows.order_by("year").values("year"))


def last_year(row: str, day: str) -> str:
    """Return the last year for which a government can have given a report, see ``coverage.last_year``."""
    return f"least(extract(year FROM {day}), extract(year FROM {row}.valid_until))::integer"


def years_missing(row: str, day: str, *, known: bool = False) -> str:
    """Return the statement of the years of which a government's report is missing, see ``coverage.years_missing``."""
    years = years_on_file(row, known=known)
    first = f"(SELECT min(f.year)::integer FROM ({years}) AS f)"
    missing = f"SELECT y FROM generate_series({first}, {last_year(row, day)}) AS y WHERE y NOT IN ({years})"
    return f"{missing} ORDER BY y"
