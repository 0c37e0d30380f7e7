"""What the admin's first page says waits for a curator, and the way to the other language."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory

from projects.choices import ReportState, ReviewState, RunState, Verification
from projects.templatetags.tracker_admin import other_languages, waiting_tasks
from tests import factories


@pytest.mark.django_db
def test_what_waits_is_counted_with_the_way_to_it() -> None:
    report = factories.ReportFactory.create(state=ReportState.DRAFT)
    factories.CommitmentFactory.create(report=report, position=1, review_state=ReviewState.CANDIDATE)
    factories.EvidenceFactory.create(review_state=Verification.PROPOSED)
    factories.CommitmentFactory.create()
    partly = factories.EvidenceFactory.create(verdict="partial", as_of=date(2021, 12, 31))
    partly.commitment.record_status("partial", evidence=partly, effective_on=partly.as_of)
    factories.ExtractionRunFactory.create(state=RunState.FAILED, reason="x", reason_en="x", report=report)
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("root")
    waiting = {task.url.split("/projects/")[1]: task.total for task in waiting_tasks({"request": request})}
    assert waiting == {
        "commitment/?review_state__exact=candidate": 1,
        "achievement/?review_state__exact=candidate": 0,
        "evidence/?review_state__exact=proposed": 1,
        "rowlink/?review_state__exact=proposed": 0,
        "restatement/?review_state__exact=proposed": 0,
        "report/?state__exact=draft": 1,
        "extractionrun/?": 0,
        "extractionrun/?state__exact=failed": 1,
        "commitment/?is_public__exact=1&overdue_basis=evidence": 1,
        "commitment/?is_public__exact=1&overdue_basis=none": 2,
    }


@pytest.mark.django_db
def test_nobody_sees_counts_of_what_they_may_not_see() -> None:
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_user("guest", is_staff=True)
    assert waiting_tasks({"request": request}) == []


def test_the_same_page_in_the_other_language() -> None:
    request = RequestFactory().get("/admin/projects/report/?q=1")
    assert other_languages({"request": request}) == [("en", "English", "/en/admin/projects/report/?q=1")]
    assert other_languages({}) == []
