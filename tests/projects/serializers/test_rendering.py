"""The JSON that the database writes says what the rows hold, field by field, in the order in which it is told."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import orjson
import pytest
from django.db import transaction
from django.db.models import F, QuerySet
from hypothesis import given, settings, strategies as st
from pytest_django import DjangoDbBlocker

from projects import serializers
from projects.api.database import execute
from projects.as_of import rows_as_of
from projects.models import (
    Achievement,
    Commitment,
    Department,
    Evidence,
    Jurisdiction,
    Project,
    Report,
    Restatement,
    Source,
    StatusChange,
)
from projects.serializers import Resource
from projects.serializers.fields import Field
from projects.sql import Parameter, compiled, numbered
from tests.factories import CommitmentFactory
from tests.projects.api.world import World, world

Rows: TypeAlias = "QuerySet[Any]"
Public: TypeAlias = "Callable[[], Rows]"

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
SHOWN: tuple[tuple[Resource, Public], ...] = (
    (serializers.COMMITMENT, Commitment.objects.published),
    (serializers.COMMITMENT_DETAIL, Commitment.objects.published),
    (serializers.ACHIEVEMENT, Achievement.objects.published),
    (serializers.ACHIEVEMENT_DETAIL, Achievement.objects.published),
    (serializers.PROJECT, Project.objects.published),
    (serializers.PROJECT_DETAIL, Project.objects.published),
    (serializers.REPORT, Report.objects.published),
    (serializers.REPORT_DETAIL, Report.objects.published),
    (serializers.JURISDICTION, Jurisdiction.objects.published),
    (serializers.JURISDICTION_DETAIL, Jurisdiction.objects.published),
    (serializers.DEPARTMENT, Department.objects.published),
    (serializers.EVIDENCE, Evidence.objects.published),
    (serializers.SOURCE, Source.objects.published),
    (serializers.SOURCE_DETAIL, Source.objects.published),
    (serializers.RESTATEMENT, Restatement.objects.published),
    (serializers.STATUS_CHANGE, StatusChange.objects.published),
)
# What a commitment's derived fields say of it, by its own rules.
DERIVED: dict[str, Callable[[Commitment, date], object]] = {
    "due_state": lambda row, day: row.due_state(day),
    "overdue": lambda row, day: row.is_overdue(day),
    "overdue_basis": lambda row, day: row.overdue_on(day),
    "days_overdue": lambda row, day: (day - row.due_on).days if row.is_overdue(day) else None,
    "days_late": lambda row, _day: row.days_late,
    "light": lambda row, _day: row.light,
}


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all resources: nothing here changes it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


def shown(resource: Resource, rows: Rows, as_of: date | None = None) -> list[dict[str, Any]]:
    """Return the rows as the database writes them, on a day."""
    annotated = rows.order_by("pk").annotate(json=resource.row(as_of=as_of is not None)).values_list("json")
    sql, params = numbered(compiled(annotated))
    found = execute(sql, [as_of or TODAY if isinstance(one, Parameter) else one for one in params])
    return [orjson.loads(found.get_value(number, 0) or b"") for number in range(found.ntuples)]


def told(value: object) -> object:
    """Return a column's value as JSON tells it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


def columns_of(resource: Resource) -> dict[str, str]:
    """Return the fields that are columns, and the attributes of the model that hold them."""
    found = {}
    for name, field in resource.fields.items():
        column = field.expression()
        if isinstance(column, F) and hasattr(field.kind, "attname"):
            found[name] = field.kind.attname
    return found


@pytest.mark.parametrize("as_of", [None, date(2022, 6, 30), date(2030, 1, 1)])
@pytest.mark.parametrize(("resource", "public"), SHOWN, ids=lambda one: getattr(one, "name", ""))
def test_every_field_says_what_the_row_holds(
    sample: World, resource: Resource, public: Public, as_of: date | None
) -> None:
    rows = rows_as_of(public(), as_of) if as_of else public()
    bodies = shown(resource, rows, as_of)
    assert bodies or as_of == date(2022, 6, 30)
    for row, body in zip(rows.order_by("pk"), bodies, strict=True):
        assert list(body) == list(resource.fields)
        for name, attribute in columns_of(resource).items():
            assert body[name] == told(getattr(row, attribute)), (row, name)
        if isinstance(row, Commitment):
            derived = {name: rule(row, as_of or TODAY) for name, rule in DERIVED.items()}
            assert {name: body[name] for name in DERIVED} == derived


def test_most_fields_are_columns() -> None:
    assert len(columns_of(serializers.COMMITMENT)) > 20


def test_a_row_has_its_nested_rows(sample: World) -> None:
    (found,) = shown(serializers.COMMITMENT_DETAIL, Commitment.objects.filter(pk=sample.school.pk))
    assert [row["id"] for row in found["evidence"]] == [sample.evidence.pk]
    assert found["evidence"][0]["achievement"]["id"] == sample.achievement.pk
    assert [row["to_status"] for row in found["history"]] == ["in_progress"]
    assert [row["later"]["id"] for row in found["restated_by"]] == [sample.restated.pk]
    assert len(found["responsibilities"]) == 1
    assert found["responsibilities"][0]["name"]
    assert found["quantity"] == 4


def test_chosen_fields_come_in_the_resources_order(sample: World) -> None:
    assert serializers.DEPARTMENT.row(("name", "id")).names == ("id", "name")


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
def test_any_text_is_written_as_json(text: str) -> None:
    with transaction.atomic():
        row = CommitmentFactory.create()
        Commitment.objects.filter(pk=row.pk).update(title_en=text)
        (found,) = shown(serializers.COMMITMENT, Commitment.objects.filter(pk=row.pk))
        transaction.set_rollback(True)
    assert found["title_en"] == text


def test_codes_are_written_out_and_values_are_not() -> None:
    statement = compiled(Commitment.objects.published().overdue(TODAY).filter(title="50% 's"))
    assert "'not_kept'" in statement.sql
    assert "50% 's" in statement.params


def test_a_named_parameter_has_one_number() -> None:
    sql, params = numbered(compiled(Commitment.objects.annotate(json=serializers.COMMITMENT.row()).values_list("json")))
    assert [param for param in params if isinstance(param, Parameter)] == [Parameter("today")]
    assert sql.count(b"$1::date") > 4


def test_every_field_is_described() -> None:
    for resource, _public in SHOWN:
        fields = resource.serializer().fields
        assert list(fields) == list(resource.fields)
        described: dict[str, Field] = dict(resource.fields)
        assert all(str(fields[name].help_text) for name, one in described.items() if one.rows is None)
