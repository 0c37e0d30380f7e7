"""Both forms of every serializer, Python and SQL, give the same bytes."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import orjson
import pytest
from django.db import transaction
from django.db.models import Model, QuerySet
from pytest_django import DjangoDbBlocker
from rest_framework import serializers as drf

from projects import serializers
from projects.api.database import fetch
from projects.api.plans import numbered
from projects.asof import as_known
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
from projects.serializers.sql import AnySerializer, columns, compiled, expression, json_object, without_parameters
from tests.projects.api.world import World, world

Rows: TypeAlias = "QuerySet[Any]"
Public: TypeAlias = "Callable[[], Rows]"

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
ONE = "SELECT {row} FROM ({rows}) AS t CROSS JOIN (SELECT %s::date AS today) AS day"
SHOWN: tuple[tuple[AnySerializer, Public], ...] = (
    (serializers.CommitmentSerializer, Commitment.objects.published),
    (serializers.CommitmentDetailSerializer, Commitment.objects.published),
    (serializers.AchievementSerializer, Achievement.objects.published),
    (serializers.AchievementDetailSerializer, Achievement.objects.published),
    (serializers.ProjectSerializer, Project.objects.published),
    (serializers.ProjectDetailSerializer, Project.objects.published),
    (serializers.ReportSerializer, Report.objects.published),
    (serializers.ReportDetailSerializer, Report.objects.published),
    (serializers.JurisdictionSerializer, Jurisdiction.objects.published),
    (serializers.JurisdictionDetailSerializer, Jurisdiction.objects.published),
    (serializers.DepartmentSerializer, Department.objects.published),
    (serializers.EvidenceSerializer, Evidence.objects.published),
    (serializers.SourceSerializer, Source.objects.published),
    (serializers.SourceDetailSerializer, Source.objects.published),
    (serializers.RestatementSerializer, Restatement.objects.published),
    (serializers.StatusChangeSerializer, StatusChange.objects.published),
)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all serializers: nothing here changes it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


def plain(value: object) -> orjson.Fragment:
    """Return a number as PostgreSQL writes it."""
    assert isinstance(value, Decimal)
    return orjson.Fragment(str(value))


def in_python(serializer: AnySerializer, row: Model, as_of: date | None) -> bytes:
    """Return the JSON of a row as the REST framework and orjson make it."""
    shown = serializer(row, context={"today": as_of or TODAY, "as_of": as_of})
    return orjson.dumps(shown.data, default=plain)


def in_sql(serializer: AnySerializer, rows: Rows, as_of: date | None) -> bytes:
    """Return the JSON of a row as the database makes it."""
    row = json_object(serializer(context={"today": None, "as_of": as_of}), "t")
    inner, params = compiled(rows)
    found = fetch(numbered(ONE.format(row=row, rows=inner)), [*params, as_of or TODAY])
    assert found[0] is not None
    return found[0]


@pytest.mark.parametrize("as_of", [None, date(2022, 6, 30), date(2030, 1, 1)])
@pytest.mark.parametrize(("serializer", "public"), SHOWN)
def test_both_forms_give_the_same_bytes(
    made: World, serializer: AnySerializer, public: Public, as_of: date | None
) -> None:
    rows = list(as_known(public(), as_of) if as_of else public())
    assert rows or as_of == date(2022, 6, 30)
    for row in rows:
        narrowed = public().filter(pk=row.pk)
        found = in_sql(serializer, as_known(narrowed, as_of) if as_of else narrowed, as_of)
        assert found.decode() == in_python(serializer, row, as_of).decode()


def test_a_row_has_its_nested_rows(made: World) -> None:
    found = orjson.loads(
        in_sql(serializers.CommitmentDetailSerializer, Commitment.objects.filter(pk=made.school.pk), None)
    )
    assert [row["id"] for row in found["evidence"]] == [made.evidence.pk]
    assert found["evidence"][0]["achievement"]["id"] == made.achievement.pk
    assert [row["to_status"] for row in found["history"]] == ["in_progress"]
    assert [row["later"]["id"] for row in found["restated_by"]] == [made.restated.pk]
    assert len(found["responsibilities"]) == 1
    assert found["quantity"] == 4


def test_chosen_fields_come_in_the_serializers_order() -> None:
    shown = columns(serializers.DepartmentSerializer(), "t", ("name", "id"))
    assert shown == 't."id" AS "id", t."name" AS "name"'


def test_a_field_without_an_sql_form_is_refused() -> None:
    class Odd(drf.Serializer[Any]):
        odd = drf.SerializerMethodField()

    with pytest.raises(TypeError, match="odd: SerializerMethodField has no SQL form"):
        expression(Odd().fields["odd"], "t")


def test_codes_are_written_out_and_values_are_not() -> None:
    sql, params = compiled(Commitment.objects.published().overdue(TODAY).filter(title="50% 's"))
    assert "'not_kept'" in sql
    assert "50% 's" in params


def test_what_a_client_sends_has_no_place_in_a_nested_query() -> None:
    with pytest.raises(TypeError, match="not codes"):
        without_parameters(Commitment.objects.filter(title="x"))
