"""Runs of the extractor on the desk: the reason of a failure at its field, and the way to try again."""

import pytest
from django.test import Client
from django.urls import reverse

from projects.choices import RunState
from projects.models import ExtractionRun
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed() -> ExtractionRun:
    file = factories.ReportFileFactory.create()
    return factories.ExtractionRunFactory.create(
        report=None, file=file, state=RunState.FAILED, reason="看不出年度", reason_en="No year", reason_field="year"
    )


def change(run: ExtractionRun) -> str:
    return reverse("admin:projects_extractionrun_change", args=[run.pk])


def test_the_reason_stands_at_the_field(desk: Client, failed: ExtractionRun) -> None:
    assert errors_of(desk.get(change(failed))) == {"year": ["看不出年度"]}
    assert errors_of(desk.get(f"/en{change(failed)}")) == {"year": ["No year"]}


def test_a_corrected_run_is_queued_again(desk: Client, failed: ExtractionRun) -> None:
    post_form(desk, change(failed), year=2024, _retry="1")
    failed.refresh_from_db()
    assert (failed.state, failed.year, failed.reason, failed.reason_field) == (RunState.QUEUED, 2024, "", "")


def test_failed_runs_are_queued_again_from_the_list(desk: Client, failed: ExtractionRun) -> None:
    other = factories.ExtractionRunFactory.create(state=RunState.DONE)
    chosen = {"action": "try_again", "_selected_action": [failed.pk, other.pk]}
    assert "已重新排队 1 条" in desk.post("/admin/projects/extractionrun/", chosen, follow=True).content.decode()
    other.refresh_from_db()
    assert other.state == RunState.DONE


def test_a_run_that_has_not_failed_cannot_be_changed(desk: Client) -> None:
    run = factories.ExtractionRunFactory.create()
    assert desk.post(change(run), {"year": 1999, "_retry": "1"}).status_code in (200, 302)
    run.refresh_from_db()
    assert (run.year, run.state) == (None, RunState.QUEUED)


def test_a_run_points_to_the_report_that_was_here_first(desk: Client, failed: ExtractionRun) -> None:
    report = factories.ReportFactory.create()
    ExtractionRun.objects.filter(pk=failed.pk).update(duplicate_of=report)
    assert reverse("admin:projects_report_change", args=[report.pk]) in desk.get(change(failed)).content.decode()
