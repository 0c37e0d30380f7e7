"""The version moves on with every committed public change, and with nothing else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from factory.django import DjangoModelFactory

from projects import evidence as decisions
from projects.choices import ReportState, ReviewState, Status, Verification
from projects.models import (
    Commitment,
    DatasetVersion,
    Evidence,
    Jurisdiction,
    Report,
    Source,
)
from projects.models.version import DatasetChange, NotedChange
from projects.sweep import record_overdue
from tests import factories
from tests.factories import CommitmentFactory, DepartmentFactory, EvidenceFactory, ProjectFactory, ReportFactory
from tests.projects.models.refusals import execute

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
    department.name = "更名局"
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
    execute("UPDATE projects_commitment SET title = '另题' WHERE id = %s", commitment.pk)
    assert version() == before + 1


def test_what_a_savepoint_took_back_does_not_move_it() -> None:
    commitment = CommitmentFactory.create()
    before = version()
    with transaction.atomic():
        Commitment.objects.update(title="另题")
        # As a form of the desk does, so that constraints speak before it answers.
        execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)
    assert version() == before
    Commitment.objects.filter(pk=commitment.pk).update(title="又一题")
    assert version() == before + 1


def test_reading_does_not_move_it_and_nothing_is_left_behind() -> None:
    CommitmentFactory.create()
    before = version()
    list(DatasetVersion.objects.all())
    assert version() == before
    assert not DatasetChange.objects.exists()
    assert not NotedChange.objects.exists()


def _figure(state: Verification = Verification.ACCEPTED) -> Evidence:
    counted = CommitmentFactory.create(quantity=100, unit="所", comparator="gte")
    row: Evidence = EvidenceFactory.create(
        commitment=counted, verdict=Status.IN_PROGRESS, reported_value=60, review_state=state
    )
    return row


def _nobody() -> None:
    """Do nothing."""


# What nobody but curators sees, by what it is called.
PRIVATE: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "a candidate": (
        ReportFactory.create,
        lambda report: CommitmentFactory.create(report=report, review_state=ReviewState.CANDIDATE),
    ),
    "an edited candidate": (
        lambda: CommitmentFactory.create(review_state=ReviewState.CANDIDATE),
        lambda row: Commitment.objects.filter(pk=row.pk).update(title="另题", review_state=ReviewState.REJECTED),
    ),
    "a draft": (_nobody, lambda _: ReportFactory.create(state=ReportState.DRAFT, jurisdiction__code="500112")),
    "a statement of a draft": (
        lambda: ReportFactory.create(state=ReportState.DRAFT),
        lambda report: CommitmentFactory.create(report=report),
    ),
    "a withdrawn draft": (
        lambda: ReportFactory.create(state=ReportState.DRAFT),
        lambda report: Report.objects.filter(pk=report.pk).update(state=ReportState.WITHDRAWN),
    ),
    "a proposal": (
        CommitmentFactory.create,
        lambda row: EvidenceFactory.create(commitment=row, review_state=Verification.PROPOSED),
    ),
    "a rejected proposal": (
        lambda: EvidenceFactory.create(review_state=Verification.PROPOSED),
        lambda row: decisions.reject(row, None),
    ),
    "evidence of a candidate": (
        lambda: CommitmentFactory.create(review_state=ReviewState.CANDIDATE),
        lambda row: EvidenceFactory.create(commitment=row),
    ),
    "a proposed link": (
        lambda: CommitmentFactory.create_batch(2),
        lambda rows: factories.RestatementFactory.create(
            earlier=rows[0], later=rows[1], review_state=Verification.PROPOSED
        ),
    ),
    "a project to review": (
        _nobody,
        lambda _: ProjectFactory.create(review_state=ReviewState.CANDIDATE, jurisdiction__code="500112"),
    ),
    "a source of nothing": (_nobody, lambda _: factories.SourceFactory.create()),
    "a source that a person has not made public": (
        ReportFactory.create,
        lambda report: factories.SourceFactory.create(report=report, tasks_total=3),
    ),
    "where a statement came from": (
        CommitmentFactory.create,
        lambda _: Commitment.objects.update(rules=["r1"], confidence=0.5, seeded={}, extractor_version="2"),
    ),
    "who reviewed": (EvidenceFactory.create, lambda _: Evidence.objects.update(reviewed_at="2022-01-01T00:00Z")),
    "the same values again": (
        CommitmentFactory.create,
        lambda _: execute("UPDATE projects_commitment SET title = title, due_on = due_on"),
    ),
    "a row saved as it was": (
        EvidenceFactory.create,
        lambda row: [row.save(), row.commitment.save(), row.source.save()],
    ),
    "a government saved as it was": (DepartmentFactory.create, lambda row: [row.save(), row.jurisdiction.save()]),
    "a sweep that finds nothing": (
        lambda: [CommitmentFactory.create(), record_overdue(on=date(2026, 7, 1))],
        lambda _: record_overdue(on=date(2026, 7, 1)),
    ),
    "a key of the API": (_nobody, lambda _: factories.ApiTokenFactory.create()),
    "an extraction": (ReportFactory.create, lambda row: factories.ExtractionRunFactory.create(report=row)),
}


@pytest.mark.parametrize("case", PRIVATE)
def test_does_not_move_with(case: str) -> None:
    factories.JurisdictionFactory.create(code="500112")
    prepare, change = PRIVATE[case]
    row = prepare()
    before = version()
    change(row)
    assert version() == before


# What the public sees at once.
PUBLIC: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "a figure accepted": (
        lambda: _figure(Verification.PROPOSED),
        lambda row: decisions.accept(row, None),
    ),
    "a figure rejected": (_figure, lambda row: decisions.reject(row, None)),
    "a status": (
        EvidenceFactory.create,
        lambda row: row.commitment.record_status(Status.COMPLETED, evidence=row, effective_on=row.as_of),
    ),
    "an overdue flag": (CommitmentFactory.create, lambda _: record_overdue(on=date(2026, 7, 1))),
    "a project withdrawn": (
        lambda: CommitmentFactory.create(project=ProjectFactory.create()).project,
        lambda row: type(row).objects.update(review_state=ReviewState.WITHDRAWN),
    ),
    "a statement withdrawn": (
        CommitmentFactory.create,
        lambda _: Commitment.objects.update(review_state=ReviewState.WITHDRAWN),
    ),
    "a report withdrawn": (ReportFactory.create, lambda _: Report.objects.update(state=ReportState.WITHDRAWN)),
    "a responsibility": (
        CommitmentFactory.create,
        lambda row: factories.ResponsibilityFactory.create(commitment=row, department__jurisdiction=row.jurisdiction),
    ),
    "a responsibility taken back": (factories.ResponsibilityFactory.create, lambda row: row.delete()),
    "a name of a government": (
        factories.JurisdictionFactory.create,
        lambda row: Jurisdiction.objects.filter(pk=row.pk).update(name="更名区"),
    ),
    "a succession": (
        lambda: factories.JurisdictionFactory.create_batch(2),
        lambda rows: factories.SuccessionFactory.create(predecessor=rows[0], successor=rows[1]),
    ),
    "a source": (EvidenceFactory.create, lambda _: Source.objects.update(title="更名")),
    "a link": (
        lambda: factories.RestatementFactory.create(review_state=Verification.PROPOSED),
        lambda row: type(row).objects.update(review_state=Verification.ACCEPTED),
    ),
}


@pytest.mark.parametrize("case", PUBLIC)
def test_moves_with(case: str) -> None:
    prepare, change = PUBLIC[case]
    row = prepare()
    before = version()
    change(row)
    assert version() == before + 1
