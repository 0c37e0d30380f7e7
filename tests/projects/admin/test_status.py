"""Recording a status: only on accepted evidence of that commitment, only where the rules allow, never in the future."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.choices import Status, Verification
from projects.models import Commitment, StatusChange
from tests import factories
from tests.projects.admin.posting import errors_of

pytestmark = pytest.mark.django_db


def address(row: Commitment) -> str:
    return reverse("admin:projects_commitment_status", args=[row.pk])


def recorded(desk: Client, row: Commitment, **values: Any) -> Any:
    return desk.post(address(row), {"effective_on": "2022-01-05", "reason_code": "", "note": "", **values})


def test_a_status_is_recorded_with_who_when_and_why(desk: Client, curator: User) -> None:
    evidence = factories.EvidenceFactory.create()
    response = recorded(
        desk, evidence.commitment, status="suspended", evidence=evidence.pk, reason_code="land", note="征地"
    )
    assert response.status_code == 302
    written = StatusChange.objects.get()
    assert (written.to_status, written.evidence, written.actor) == (Status.SUSPENDED, evidence, curator)
    assert (written.reason_code, written.note, str(written.effective_on)) == ("land", "征地", "2022-01-05")


def test_the_form_proposes_what_the_newest_evidence_shows(desk: Client) -> None:
    evidence = factories.EvidenceFactory.create()
    initial = desk.get(address(evidence.commitment)).context["form"].initial
    assert (initial["status"], initial["evidence"], initial["effective_on"]) == ("completed", evidence, evidence.as_of)


def test_only_accepted_evidence_of_this_commitment_can_be_chosen(desk: Client) -> None:
    mine = factories.EvidenceFactory.create()
    proposed = factories.EvidenceFactory.create(commitment=mine.commitment, review_state=Verification.PROPOSED)
    other = factories.EvidenceFactory.create()
    assert list(desk.get(address(mine.commitment)).context["form"].fields["evidence"].queryset) == [mine]
    for evidence in (proposed, other):
        assert "evidence" in errors_of(recorded(desk, mine.commitment, status="completed", evidence=evidence.pk))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "completed"}, "evidence"),
        ({"status": "late"}, "status"),
        ({"status": "completed", "effective_on": ""}, "effective_on"),
        ({"status": "completed", "reason_code": "weather"}, "reason_code"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(desk: Client, values: dict[str, str], field: str) -> None:
    assert field in errors_of(recorded(desk, factories.CommitmentFactory.create(), **values))


def test_a_day_that_has_not_come_is_refused(desk: Client) -> None:
    evidence = factories.EvidenceFactory.create()
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = recorded(desk, evidence.commitment, status="completed", evidence=evidence.pk, effective_on=tomorrow)
    assert "不能晚于今天" in errors_of(response)["effective_on"][0]
    assert not StatusChange.objects.exists()


def test_a_transition_that_is_not_allowed_is_not_offered(desk: Client) -> None:
    evidence = factories.EvidenceFactory.create()
    evidence.commitment.record_status(Status.COMPLETED, evidence=evidence, effective_on=evidence.as_of)
    offered = {code for code, _label in desk.get(address(evidence.commitment)).context["form"].fields["status"].choices}
    assert "suspended" not in offered
    assert "status" in errors_of(recorded(desk, evidence.commitment, status="suspended", evidence=evidence.pk))


def test_without_evidence_the_page_shows_the_way_to_add_some(desk: Client) -> None:
    row = factories.CommitmentFactory.create()
    assert f"{reverse('admin:projects_evidence_add')}?commitment={row.pk}" in desk.get(address(row)).content.decode()
