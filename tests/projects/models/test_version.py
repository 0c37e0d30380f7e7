"""The version moves on with every committed change of public data, and with nothing else."""

from typing import Any

import pytest
from django.db import connection, transaction
from factory.django import DjangoModelFactory

from projects.models import DatasetVersion
from projects.models.version import DatasetChange
from tests.factories import CommitmentFactory, DepartmentFactory, EvidenceFactory, ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db


def version() -> int:
    """Return the number of the version as it stands when what was done so far is committed."""
    connection.check_constraints()
    return DatasetVersion.objects.values_list("number", flat=True).first() or 0


@pytest.mark.parametrize(
    "factory", [CommitmentFactory, EvidenceFactory, ProjectFactory, ReportFactory, DepartmentFactory]
)
def test_moves_on_with_a_committed_change(factory: type[DjangoModelFactory[Any]]) -> None:
    before = version()
    factory.create()
    assert version() > before


def test_one_transaction_is_one_step() -> None:
    report = ReportFactory.create()
    before = version()
    with transaction.atomic():
        CommitmentFactory.create_batch(3, report=report)
        report.title = "更名"
        report.save()
    assert version() == before + 1


@pytest.mark.django_db(transaction=True)
def test_does_not_move_before_the_commit_nor_for_a_rolled_back_one() -> None:
    department = DepartmentFactory.create()
    before = DatasetVersion.objects.get().number
    with transaction.atomic():
        department.save()
        assert DatasetVersion.objects.get().number == before
        transaction.set_rollback(True)
    assert DatasetVersion.objects.get().number == before
    department.save()
    assert DatasetVersion.objects.get().number == before + 1


def test_a_bare_update_moves_it() -> None:
    commitment = CommitmentFactory.create()
    before = version()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_commitment SET title = '另题' WHERE id = %s", [commitment.pk])
    assert version() == before + 1


def test_reading_does_not_move_it_and_nothing_is_left_behind() -> None:
    CommitmentFactory.create()
    before = version()
    list(DatasetVersion.objects.all())
    assert version() == before
    assert not DatasetChange.objects.exists()
