"""Recording a status: only on accepted evidence of that commitment, only where the rules allow, never in the future."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.admin.versions import row_version
from projects.choices import Status, Verification
from projects.constraint_messages import CONSTRAINT_MESSAGES
from projects.models import Commitment, Evidence, StatusChange
from tests import factories
from tests.projects.admin.posting import errors_of, filled, post_form

pytestmark = pytest.mark.django_db


def address(row: Commitment) -> str:
    return reverse("admin:projects_commitment_status", args=[row.pk])


def sent(row: Commitment, **values: Any) -> dict[str, Any]:
    shown = {"row_version": row_version(Commitment, [row.pk]), "effective_on": "2022-01-05"}
    return {**shown, "reason_code": "", "note": "", **values}


def recorded(curator_client: Client, row: Commitment, **values: Any) -> Any:
    return curator_client.post(address(row), sent(row, **values))


def test_a_status_is_recorded_with_who_when_and_why(curator_client: Client, curator: User) -> None:
    evidence = factories.EvidenceFactory.create(verdict="suspended")
    response = recorded(
        curator_client, evidence.commitment, status="suspended", evidence=evidence.pk, reason_code="land", note="征地"
    )
    assert response.status_code == 302
    written = StatusChange.objects.get()
    assert (written.to_status, written.evidence, written.actor) == (Status.SUSPENDED, evidence, curator)
    assert (written.reason_code, written.note, str(written.effective_on)) == ("land", "征地", "2022-01-05")


def test_the_form_proposes_what_the_newest_evidence_shows(curator_client: Client) -> None:
    evidence = factories.EvidenceFactory.create(delay_reason="land")
    initial = curator_client.get(address(evidence.commitment)).context["form"].initial
    assert (initial["status"], initial["evidence"], initial["effective_on"]) == ("completed", evidence, evidence.as_of)
    assert initial["reason_code"] == "land"
    Evidence.objects.update(happened_on=date(2021, 11, 30), happened_precision="day")
    assert curator_client.get(address(evidence.commitment)).context["form"].initial["effective_on"] == date(
        2021, 11, 30
    )


def offered(response: Any) -> list[str]:
    return [code for code, _label in response.context["form"].fields["status"].widget.choices]


class TestTheStatusesOffered:
    """They are those that the chosen evidence carries; of the others the page says why not."""

    @pytest.mark.parametrize(
        ("verdict", "statuses"),
        [("completed", ["completed"]), ("partial", ["in_progress", "partial"]), ("not_met", ["not_met"])],
    )
    def test_follow_from_its_verdict(self, curator_client: Client, verdict: str, statuses: list[str]) -> None:
        row = factories.EvidenceFactory.create(verdict=verdict)
        response = curator_client.get(address(row.commitment))
        assert offered(response) == statuses
        assert "这条证据所示的是" in response.content.decode()
        assert "“未核实”不附证据" in response.content.decode()

    def test_change_with_the_evidence_and_keep_the_typing(self, curator_client: Client) -> None:
        newest = factories.EvidenceFactory.create()
        older = factories.EvidenceFactory.create(
            commitment=newest.commitment, verdict="in_progress", as_of=date(2021, 6, 1)
        )
        sent = {"evidence": older.pk, "note": "打了一半的说明", "status": "completed", "_choose": "1"}
        response = recorded(curator_client, newest.commitment, **sent)
        assert response.status_code == 200
        assert offered(response) == ["in_progress"]
        initial = response.context["form"].initial
        assert (initial["effective_on"], initial["note"]) == (older.as_of, "打了一半的说明")
        assert not StatusChange.objects.exists()
        by_address = curator_client.get(f"{address(newest.commitment)}?evidence={older.pk}")
        assert offered(by_address) == ["in_progress"]

    def test_without_evidence_only_the_way_back(self, curator_client: Client) -> None:
        row = factories.EvidenceFactory.create()
        row.commitment.record_status(Status.COMPLETED, evidence=row, effective_on=row.as_of)
        assert offered(recorded(curator_client, row.commitment, evidence="", _choose="1")) == ["not_assessed"]
        assert recorded(curator_client, row.commitment, status="not_assessed", evidence="").status_code == 302
        row.commitment.refresh_from_db()
        assert row.commitment.status == Status.NOT_ASSESSED


class TestRefusals:
    """Each is said at its field, in both languages, with the typing kept and nothing recorded."""

    def refused(self, curator_client: Client, row: Commitment, prefix: str = "", **values: Any) -> dict[str, list[str]]:
        response = curator_client.post(prefix + address(row), sent(row, **values))
        errors = errors_of(response)
        assert filled(response)["effective_on"] == values.get("effective_on", "2022-01-05")
        row.refresh_from_db()
        assert row.status == Status.NOT_ASSESSED
        assert not StatusChange.objects.exists()
        return errors

    @pytest.mark.parametrize(
        ("prefix", "said"), [("", "不能作“已完成”的依据"), ("/en", "cannot be the ground of “Completed”")]
    )
    def test_a_verdict_that_does_not_carry_it(self, curator_client: Client, prefix: str, said: str) -> None:
        row = factories.EvidenceFactory.create(verdict="in_progress")
        errors = self.refused(curator_client, row.commitment, prefix, status="completed", evidence=row.pk)
        assert list(errors) == ["evidence"]
        assert said in errors["evidence"][0]

    def test_a_figure_that_contradicts_it(self, curator_client: Client) -> None:
        forest = factories.CommitmentFactory.create(milestone="level", quantity=55, unit="%", comparator="gte")
        row = factories.EvidenceFactory.create(commitment=forest, reported_value=12, coverage="level")
        errors = self.refused(curator_client, forest, status="completed", evidence=row.pk)
        assert "与所示状态不符" in errors["evidence"][0]
        assert recorded(curator_client, forest, status="completed", evidence=row.pk, note="口径不同").status_code == 302

    @pytest.mark.parametrize(("prefix", "said"), [("", "早于作出承诺"), ("/en", "before the promise")])
    def test_a_day_before_the_promise(self, curator_client: Client, prefix: str, said: str) -> None:
        row = factories.EvidenceFactory.create()
        sent = {"status": "completed", "evidence": row.pk, "effective_on": "2020-12-31"}
        errors = self.refused(curator_client, row.commitment, prefix, **sent)
        assert list(errors) == ["effective_on"]
        assert said in errors["effective_on"][0]

    @pytest.mark.parametrize(("prefix", "said"), [("", "须选一个原因"), ("/en", "needs a reason")])
    def test_a_failure_without_its_reason(self, curator_client: Client, prefix: str, said: str) -> None:
        row = factories.EvidenceFactory.create(verdict="not_met")
        errors = self.refused(curator_client, row.commitment, prefix, status="not_met", evidence=row.pk)
        assert list(errors) == ["reason_code"]
        assert said in errors["reason_code"][0]
        sent = {"status": "not_met", "evidence": row.pk, "reason_code": "not_given"}
        assert recorded(curator_client, row.commitment, **sent).status_code == 302
        row.commitment.refresh_from_db()
        assert row.commitment.delay_reason == "not_given"

    def test_a_claim_of_another_place(self, curator_client: Client) -> None:
        claim = factories.AchievementFactory.create(report__year=2025)
        row = factories.EvidenceFactory.create(achievement=claim)
        errors = self.refused(curator_client, row.commitment, status="completed", evidence=row.pk, note="x")
        assert "另一个政府" in errors["evidence"][0]

    @pytest.mark.parametrize(
        ("report", "said"),
        [({"year": 2022, "state": "withdrawn"}, "还没有公开"), ({"year": 2020}, "不晚于承诺的报告")],
    )
    def test_an_unpublished_or_earlier_report(self, curator_client: Client, report: dict[str, Any], said: str) -> None:
        commitment = factories.CommitmentFactory.create()
        heard = factories.ReportFactory.create(jurisdiction=commitment.report.jurisdiction, **report)
        claim = factories.AchievementFactory.create(report=heard)
        row = factories.EvidenceFactory.create(commitment=commitment, achievement=claim)
        errors = self.refused(curator_client, commitment, status="completed", evidence=row.pk, note="x")
        assert said in errors["evidence"][0]

    def test_what_only_the_database_sees(self, curator_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """The evidence was changed by another curator after the check."""
        row = factories.EvidenceFactory.create(verdict="in_progress")
        monkeypatch.setattr("projects.models.commitment.transition_problems", lambda *_given: [])
        errors = self.refused(curator_client, row.commitment, status="completed", evidence=row.pk)
        assert errors["__all__"] == [str(CONSTRAINT_MESSAGES["commitment_status_agrees_with_evidence"].message)]


def test_a_day_before_the_previous_transition_is_refused(curator_client: Client) -> None:
    begun = factories.EvidenceFactory.create(verdict="in_progress")
    begun.commitment.record_status("in_progress", evidence=begun, effective_on=date(2022, 1, 6))
    done = factories.EvidenceFactory.create(commitment=begun.commitment)
    for prefix, said in (("", "早于上一次变更"), ("/en", "before the last change")):
        values = sent(begun.commitment, status="completed", evidence=done.pk)
        response = curator_client.post(prefix + address(begun.commitment), values)
        assert said in errors_of(response)["effective_on"][0]
    assert StatusChange.objects.count() == 1


def test_another_ground_of_the_same_status_is_recorded(curator_client: Client) -> None:
    first = factories.EvidenceFactory.create()
    first.commitment.record_status(Status.COMPLETED, evidence=first, effective_on=first.as_of)
    second = factories.EvidenceFactory.create(commitment=first.commitment)
    values = {"status": "completed", "evidence": second.pk}
    assert recorded(curator_client, first.commitment, **values).status_code == 302
    assert [change.evidence for change in StatusChange.objects.order_by("pk")] == [first, second]
    page = curator_client.post(address(first.commitment), sent(first.commitment, **values), follow=True)
    assert "没有改动" in page.content.decode()
    assert StatusChange.objects.count() == 2


def test_a_reason_is_written_by_the_transition_alone(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create()
    post_form(
        curator_client, reverse("admin:projects_commitment_change", args=[row.pk]), delay_reason="land", delay_note="x"
    )
    row.refresh_from_db()
    assert (row.delay_reason, row.delay_note) == ("", "")


def test_who_may_only_look_records_nothing(curator: User) -> None:
    curator.groups.clear()
    curator.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(curator)
    row = factories.EvidenceFactory.create()
    values = sent(row.commitment, status="completed", evidence=row.pk)
    assert client.post(address(row.commitment), values).status_code == 404
    for name in ("evidence", "source", "succession"):
        assert client.get(f"/admin/projects/{name}/").status_code == 200
        assert client.get(f"/admin/projects/{name}/add/").status_code == 403
    assert not StatusChange.objects.exists()


def test_only_accepted_evidence_of_this_commitment_can_be_chosen(curator_client: Client) -> None:
    mine = factories.EvidenceFactory.create()
    proposed = factories.EvidenceFactory.create(commitment=mine.commitment, review_state=Verification.PROPOSED)
    other = factories.EvidenceFactory.create()
    assert list(curator_client.get(address(mine.commitment)).context["form"].fields["evidence"].queryset) == [mine]
    for evidence in (proposed, other):
        assert "evidence" in errors_of(
            recorded(curator_client, mine.commitment, status="completed", evidence=evidence.pk)
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "completed"}, "evidence"),
        ({"status": "late"}, "status"),
        ({"status": "completed", "effective_on": ""}, "effective_on"),
        ({"status": "completed", "reason_code": "weather"}, "reason_code"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(curator_client: Client, values: dict[str, str], field: str) -> None:
    assert field in errors_of(recorded(curator_client, factories.CommitmentFactory.create(), **values))


def test_a_day_that_has_not_come_is_refused(curator_client: Client) -> None:
    evidence = factories.EvidenceFactory.create()
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = recorded(
        curator_client, evidence.commitment, status="completed", evidence=evidence.pk, effective_on=tomorrow
    )
    assert "不能晚于今天" in errors_of(response)["effective_on"][0]
    assert not StatusChange.objects.exists()


def test_a_transition_that_is_not_allowed_is_not_offered(curator_client: Client) -> None:
    evidence = factories.EvidenceFactory.create()
    evidence.commitment.record_status(Status.COMPLETED, evidence=evidence, effective_on=evidence.as_of)
    assert "suspended" not in offered(curator_client.get(address(evidence.commitment)))
    assert "status" in errors_of(
        recorded(curator_client, evidence.commitment, status="suspended", evidence=evidence.pk)
    )


def test_without_evidence_the_page_shows_the_way_to_add_some(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create()
    assert (
        f"{reverse('admin:projects_evidence_add')}?commitment={row.pk}"
        in curator_client.get(address(row)).content.decode()
    )
