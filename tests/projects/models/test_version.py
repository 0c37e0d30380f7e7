"""The version moves on with every committed change of public data, and with nothing else."""

import pytest
from django.db import connection, transaction

from projects.models import DatasetVersion
from projects.models.version import DatasetChange
from tests.factories import CommitmentFactory, DepartmentFactory, EvidenceFactory, ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db(transaction=True)


def version() -> int:
    """Return the number of the version, 0 before any."""
    return DatasetVersion.objects.values_list("number", flat=True).first() or 0


@pytest.mark.parametrize(
    "factory", [CommitmentFactory, EvidenceFactory, ProjectFactory, ReportFactory, DepartmentFactory]
)
def test_moves_on_with_a_committed_change(factory: type) -> None:
    before = version()
    factory()
    assert version() > before


def test_one_transaction_is_one_step() -> None:
    report = ReportFactory()
    before = version()
    with transaction.atomic():
        CommitmentFactory.create_batch(3, report=report)
        report.title = "更名"
        report.save()
    assert version() == before + 1


def test_does_not_move_before_the_commit_nor_for_a_rolled_back_one() -> None:
    report = ReportFactory()
    before = version()
    with transaction.atomic():
        CommitmentFactory(report=report)
        assert version() == before
        transaction.set_rollback(True)
    assert version() == before


def test_a_bare_update_moves_it() -> None:
    commitment = CommitmentFactory()
    before = version()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_commitment SET title = '另题' WHERE id = %s", [commitment.pk])
    assert version() == before + 1


def test_reading_does_not_move_it_and_nothing_is_left_behind() -> None:
    CommitmentFactory()
    before = version()
    list(DatasetVersion.objects.all())
    assert version() == before
    assert not DatasetChange.objects.exists()
