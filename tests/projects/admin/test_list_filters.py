"""What the change lists can be narrowed to."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from projects.choices import Level, ReviewState
from projects.models import Commitment
from tests import factories

pytestmark = pytest.mark.django_db


def listed(curator_client: Client, query: str, name: str = "commitment") -> set[int | str]:
    return {row.pk for row in curator_client.get(f"/admin/projects/{name}/?{query}").context["cl"].queryset}


@pytest.mark.parametrize(
    ("band", "confidences"), [("high", {0.9}), ("medium", {0.7}), ("low", {0.69}), ("none", {None})]
)
def test_by_confidence(curator_client: Client, band: str, confidences: set[float | None]) -> None:
    for confidence in (0.9, 0.7, 0.69, None):
        factories.CommitmentFactory.create(confidence=confidence)
    found = Commitment.objects.filter(pk__in=listed(curator_client, f"sure={band}"))
    assert {row.confidence for row in found} == confidences


def test_by_overdue(curator_client: Client) -> None:
    late = factories.CommitmentFactory.create()
    due = factories.CommitmentFactory.create(due_on=date(2100, 12, 31))
    assert listed(curator_client, "overdue=yes") == {late.pk}
    assert listed(curator_client, "overdue=no") == {due.pk}


def test_by_due_state_and_by_what_is_overdue_by(curator_client: Client) -> None:
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
        assert listed(curator_client, f"due_state={state}") == {row.pk}, state
    assert listed(curator_client, "overdue_basis=none") == {made["unverified"].pk}
    assert listed(curator_client, "overdue_basis=evidence") == {made["partly_kept"].pk, made["not_kept"].pk}
    assert listed(curator_client, "due_state=late") == listed(curator_client, "overdue_basis=x") == set()


def test_overdue_is_told_in_days_past_the_due_date_with_its_basis(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create(due_on=date(2021, 12, 31))
    page = curator_client.get("/admin/projects/commitment/").content.decode()
    days = (timezone.localdate() - row.due_on).days
    assert f"{days} 天（无证据）" in page
    assert "到期待核实" in page


def test_by_province(curator_client: Client) -> None:
    province = factories.JurisdictionFactory.create(code="500000", level=Level.PROVINCE)
    inside, outside = (factories.JurisdictionFactory.create(code=code) for code in ("500112", "440000"))
    assert listed(curator_client, "province=500000", "jurisdiction") == {province.pk, inside.pk}
    rows = [factories.ReportFactory.create(jurisdiction=place) for place in (inside, outside)]
    assert listed(curator_client, "province=500000", "report") == {rows[0].pk}


def test_by_report_with_what_waits_in_it(curator_client: Client) -> None:
    waiting = factories.CommitmentFactory.create(review_state=ReviewState.CANDIDATE)
    done = factories.CommitmentFactory.create()
    assert listed(curator_client, f"report__id__exact={done.report_id}") == {done.pk}
    assert listed(curator_client, "report__id__exact=x") == set()
    page = curator_client.get("/admin/projects/commitment/").content.decode()
    assert f"{waiting.report.title}（1）" in page
    assert f"{done.report.title}（" not in page
