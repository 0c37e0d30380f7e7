"""Handing a report in, the queue of runs, and what a run that failed asks for."""

from typing import Any

import pytest
from celery import Celery
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from backend.celery import app as celery_app
from projects.admin import extraction_admin
from projects.choices import RunState
from projects.models import ExtractionRun, Report, ReportFile
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db


ADD = "/admin/projects/report/add/"
TEXT = "2024年某区政府工作报告\n\n新建学校6所。"


def sent(curator_client: Client, text: str = TEXT, **fields: Any) -> Any:
    return curator_client.post(ADD, {"file": SimpleUploadedFile("report.txt", text.encode()), **fields})


def test_a_file_is_kept_and_queued_for_a_worker(
    curator_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    place = factories.JurisdictionFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        response = sent(curator_client, year=2023, jurisdiction=place.pk)
    run = ExtractionRun.objects.get()
    assert response.url == reverse("admin:projects_extractionrun_change", args=[run.pk])
    assert (run.state, run.year, run.jurisdiction) == (RunState.QUEUED, 2023, place)
    assert run.requested_by is not None
    assert run.requested_by.username == "li"
    assert run.sent_at is not None
    assert bytes(ReportFile.objects.get().content) == TEXT.encode()
    assert not Report.objects.exists()


def test_what_the_file_is_and_what_it_is_about_are_kept(curator_client: Client) -> None:
    report = factories.ReportFactory.create()
    assert sent(curator_client, kind="task_table", about=report.pk).status_code == 302
    run = ExtractionRun.objects.get()
    assert (run.kind, run.about) == ("task_table", report)
    assert "kind" in errors_of(sent(curator_client, text=f"{TEXT}。", kind="poem"))


def test_pasted_text_is_kept_as_it_was_written(curator_client: Client) -> None:
    assert curator_client.post(ADD, {"text": TEXT.replace("\n", "\r\n")}).status_code == 302
    assert bytes(ReportFile.objects.get().content) == TEXT.encode()


@pytest.mark.parametrize("fields", [{}, {"text": " \r\n "}, {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"x")}])
def test_one_of_file_and_text_is_wanted(curator_client: Client, fields: dict[str, Any]) -> None:
    assert "两者取一" in errors_of(curator_client.post(ADD, fields))["__all__"][0]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"year": 1900}, "year"), ({"year": "x"}, "year"), ({"jurisdiction": "999999"}, "jurisdiction")],
)
def test_what_is_told_of_it_is_checked(curator_client: Client, fields: dict[str, Any], field: str) -> None:
    assert field in errors_of(sent(curator_client, **fields))


def test_an_empty_file_is_refused_at_the_file(curator_client: Client) -> None:
    assert "file" in errors_of(sent(curator_client, text=""))


def test_a_file_that_is_too_large_is_refused(curator_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_admin, "_LARGEST_FILE", 10)
    assert "兆字节" in errors_of(sent(curator_client))["file"][0]


def test_the_same_text_is_refused_with_a_link_to_the_report(curator_client: Client) -> None:
    report = factories.ReportFactory.create(text=TEXT)
    link = reverse("admin:projects_report_change", args=[report.pk])
    response = sent(curator_client)
    assert "已经有了" in errors_of(response)["file"][0]
    assert f'<a href="{link}">' in response.content.decode()
    assert "text" in errors_of(curator_client.post(ADD, {"text": TEXT}))
    assert not ReportFile.objects.exists()


def test_the_same_file_is_refused_with_a_link_to_its_run(curator_client: Client) -> None:
    sent(curator_client)
    link = reverse("admin:projects_extractionrun_change", args=[ExtractionRun.objects.get().pk])
    response = sent(curator_client)
    assert "已经上传过" in errors_of(response)["file"][0]
    assert link in response.content.decode()
    assert ExtractionRun.objects.count() == 1


def test_a_run_is_sent_after_the_commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    run = factories.ExtractionRunFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        extraction_admin.queue_run(run)
        run.refresh_from_db()
        assert run.sent_at is None
    run.refresh_from_db()
    assert run.sent_at is not None


def test_without_a_broker_the_run_waits_and_the_page_goes_on(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, caplog: pytest.LogCaptureFixture
) -> None:
    run = factories.ExtractionRunFactory.create()
    Celery(broker="redis://127.0.0.1:9/0", set_as_current=True)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            extraction_admin.queue_run(run)
    finally:
        celery_app.set_current()
    run.refresh_from_db()
    assert (run.state, run.sent_at) == (RunState.QUEUED, None)
    assert "Error calling" in caplog.text


def test_a_report_has_one_run_at_a_time(curator: User) -> None:
    report = factories.ReportFactory.create()
    assert extraction_admin.queue_new_run(report, curator).requested_by == curator
    with pytest.raises(IntegrityError):
        extraction_admin.queue_new_run(report, curator)


@pytest.fixture
def failed() -> ExtractionRun:
    file = factories.ReportFileFactory.create()
    return factories.ExtractionRunFactory.create(
        report=None, file=file, state=RunState.FAILED, reason="看不出年度", reason_en="No year", reason_field="year"
    )


def change(run: ExtractionRun) -> str:
    return reverse("admin:projects_extractionrun_change", args=[run.pk])


def test_what_was_not_read_is_shown_with_the_run_and_its_report(curator_client: Client) -> None:
    warning = {"code": "x", "text": "第 2 页没有读到。", "text_en": "page 2 was not read."}
    run = factories.ExtractionRunFactory.create(state=RunState.DONE, created=3, warnings=[warning])
    report = reverse("admin:projects_report_change", args=[run.report_id])
    for address in (change(run), report, reverse("admin:projects_extractionrun_changelist")):
        assert "第 2 页没有读到。" in curator_client.get(address).content.decode()
        assert "page 2 was not read." in curator_client.get(f"/en{address}").content.decode()


def test_a_failed_run_forgets_its_warnings_when_it_is_tried_again(failed: ExtractionRun) -> None:
    ExtractionRun.objects.filter(pk=failed.pk).update(warnings=[{"code": "x", "text": "甲", "text_en": "a"}])
    assert failed.retry()
    assert failed.warnings == []


def test_the_reason_stands_at_the_field(curator_client: Client, failed: ExtractionRun) -> None:
    assert errors_of(curator_client.get(change(failed))) == {"year": ["看不出年度"]}
    assert errors_of(curator_client.get(f"/en{change(failed)}")) == {"year": ["No year"]}


def test_a_corrected_run_is_queued_again(curator_client: Client, failed: ExtractionRun) -> None:
    post_form(curator_client, change(failed), year=2024, _retry="1")
    failed.refresh_from_db()
    assert (failed.state, failed.year, failed.reason, failed.reason_field) == (RunState.QUEUED, 2024, "", "")


def test_failed_runs_are_queued_again_from_the_list(curator_client: Client, failed: ExtractionRun) -> None:
    other = factories.ExtractionRunFactory.create(state=RunState.DONE)
    chosen = {"action": "try_again", "_selected_action": [failed.pk, other.pk]}
    assert (
        "已重新排队 1 条" in curator_client.post("/admin/projects/extractionrun/", chosen, follow=True).content.decode()
    )
    other.refresh_from_db()
    assert other.state == RunState.DONE


def test_a_run_that_has_not_failed_cannot_be_changed(curator_client: Client) -> None:
    run = factories.ExtractionRunFactory.create()
    assert curator_client.post(change(run), {"year": 1999, "_retry": "1"}).status_code in (200, 302)
    run.refresh_from_db()
    assert (run.year, run.state) == (None, RunState.QUEUED)


def test_a_run_points_to_the_report_that_was_here_first(curator_client: Client, failed: ExtractionRun) -> None:
    report = factories.ReportFactory.create()
    ExtractionRun.objects.filter(pk=failed.pk).update(duplicate_of=report)
    assert (
        reverse("admin:projects_report_change", args=[report.pk]) in curator_client.get(change(failed)).content.decode()
    )
