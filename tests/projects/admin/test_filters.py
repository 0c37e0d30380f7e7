"""What the lists of the desk can be narrowed to."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from projects.choices import Level, ReviewState
from projects.models import Commitment
from tests import factories

pytestmark = pytest.mark.django_db


def listed(desk: Client, query: str, name: str = "commitment") -> set[int | str]:
    return {row.pk for row in desk.get(f"/admin/projects/{name}/?{query}").context["cl"].queryset}


@pytest.mark.parametrize(
    ("band", "confidences"), [("high", {0.9}), ("medium", {0.7}), ("low", {0.69}), ("none", {None})]
)
def test_by_confidence(desk: Client, band: str, confidences: set[float | None]) -> None:
    for confidence in (0.9, 0.7, 0.69, None):
        factories.CommitmentFactory.create(confidence=confidence)
    found = Commitment.objects.filter(pk__in=listed(desk, f"sure={band}"))
    assert {row.confidence for row in found} == confidences


def test_by_overdue(desk: Client) -> None:
    late = factories.CommitmentFactory.create()
    due = factories.CommitmentFactory.create(due_on=date(2100, 12, 31))
    assert listed(desk, "overdue=yes") == {late.pk}
    assert listed(desk, "overdue=no") == {due.pk}


def test_by_due_state_and_by_what_is_overdue_by(desk: Client) -> None:
    made: dict[str, Commitment] = {
        "unverified": factories.CommitmentFactory.create(),
        "running": factories.CommitmentFactory.create(due_on=date(2100, 12, 31)),
        "ongoing": factories.CommitmentFactory.create(milestone="progress"),
    }
    for verdict, state in (("completed", "kept"), ("partial", "partly_kept"), ("in_progress", "not_kept")):
        evidence = factories.EvidenceFactory.create(verdict=verdict, as_of=date(2021, 12, 31))
        evidence.commitment.record_status(verdict, evidence=evidence, effective_on=evidence.as_of)
        made[state] = evidence.commitment
    for state, row in made.items():
        assert listed(desk, f"due_state={state}") == {row.pk}, state
    assert listed(desk, "overdue_basis=none") == {made["unverified"].pk}
    assert listed(desk, "overdue_basis=evidence") == {made["partly_kept"].pk, made["not_kept"].pk}
    assert listed(desk, "due_state=late") == listed(desk, "overdue_basis=x") == set()


def test_overdue_is_told_in_days_past_the_due_date_with_its_basis(desk: Client) -> None:
    row = factories.CommitmentFactory.create(due_on=date(2021, 12, 31))
    page = desk.get("/admin/projects/commitment/").content.decode()
    days = (timezone.localdate() - row.due_on).days
    assert f"{days} 天（无证据）" in page
    assert "到期待核实" in page


def test_by_province(desk: Client) -> None:
    province = factories.JurisdictionFactory.create(code="500000", level=Level.PROVINCE)
    inside, outside = (factories.JurisdictionFactory.create(code=code) for code in ("500112", "440000"))
    assert listed(desk, "province=500000", "jurisdiction") == {province.pk, inside.pk}
    rows = [factories.ReportFactory.create(jurisdiction=place) for place in (inside, outside)]
    assert listed(desk, "province=500000", "report") == {rows[0].pk}


def test_by_report_with_what_waits_in_it(desk: Client) -> None:
    waiting = factories.CommitmentFactory.create(review_state=ReviewState.CANDIDATE)
    done = factories.CommitmentFactory.create()
    assert listed(desk, f"report__id__exact={done.report_id}") == {done.pk}
    assert listed(desk, "report__id__exact=x") == set()
    page = desk.get("/admin/projects/commitment/").content.decode()
    assert f"{waiting.report.title}（1）" in page
    assert f"{done.report.title}（" not in page
