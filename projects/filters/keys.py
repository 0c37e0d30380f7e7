"""Fields for the public keys of rows that other rows point at."""

from typing import Any

from django.db.models import QuerySet

from projects.filters.fields import KeyField, NumberKeyField
from projects.models import Achievement, Commitment, Department, Jurisdiction, Project, Report, Source

REPORT_KEY = r"(?P<jurisdiction>[0-9]{6})-(?P<year>[0-9]{4})"


def _report(key: str) -> QuerySet[Any]:
    code, _dash, year = key.partition("-")
    return Report.objects.published().filter(jurisdiction=code, year=int(year))


def jurisdiction_field() -> KeyField:
    """Return the field for a government's code."""
    return KeyField(lambda code: Jurisdiction.objects.published().filter(code=code), r"[0-9]{6}")


def report_field() -> KeyField:
    """Return the field for a report's key: government and year."""
    return KeyField(_report, REPORT_KEY)


def project_field() -> KeyField:
    """Return the field for a project's slug."""
    return KeyField(lambda slug: Project.objects.published().filter(slug=slug), r"[-a-zA-Z0-9_]+")


def department_field() -> NumberKeyField:
    """Return the field for a department's number."""
    return NumberKeyField(lambda number: Department.objects.published().filter(pk=number))


def commitment_field() -> NumberKeyField:
    """Return the field for a commitment's number."""
    return NumberKeyField(lambda number: Commitment.objects.published().filter(pk=number))


def achievement_field() -> NumberKeyField:
    """Return the field for an achievement's number."""
    return NumberKeyField(lambda number: Achievement.objects.published().filter(pk=number))


def source_field() -> NumberKeyField:
    """Return the field for a source's number."""
    return NumberKeyField(lambda number: Source.objects.published().filter(pk=number))
