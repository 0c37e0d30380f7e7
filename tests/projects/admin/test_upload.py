"""Handing a report in: by file or by text, refused at the field where it cannot be taken."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from projects.admin import upload
from projects.choices import RunState
from projects.models import ExtractionRun, Report, ReportFile
from tests import factories
from tests.projects.admin.posting import errors_of

pytestmark = pytest.mark.django_db

ADD = "/admin/projects/report/add/"
TEXT = "2024年某区政府工作报告\n\n新建学校6所。"


def sent(desk: Client, text: str = TEXT, **fields: Any) -> Any:
    return desk.post(ADD, {"file": SimpleUploadedFile("report.txt", text.encode()), **fields})


def test_a_file_is_kept_and_queued_for_a_worker(
    desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    place = factories.JurisdictionFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        response = sent(desk, year=2023, jurisdiction=place.pk)
    run = ExtractionRun.objects.get()
    assert response.url == reverse("admin:projects_extractionrun_change", args=[run.pk])
    assert (run.state, run.year, run.jurisdiction) == (RunState.QUEUED, 2023, place)
    assert run.requested_by is not None
    assert run.requested_by.username == "li"
    assert run.sent_at is not None
    assert bytes(ReportFile.objects.get().content) == TEXT.encode()
    assert not Report.objects.exists()


def test_pasted_text_is_kept_as_it_was_written(desk: Client) -> None:
    assert desk.post(ADD, {"text": TEXT.replace("\n", "\r\n")}).status_code == 302
    assert bytes(ReportFile.objects.get().content) == TEXT.encode()


@pytest.mark.parametrize("fields", [{}, {"text": " \r\n "}, {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"x")}])
def test_one_of_file_and_text_is_wanted(desk: Client, fields: dict[str, Any]) -> None:
    assert "两者取一" in errors_of(desk.post(ADD, fields))["__all__"][0]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"year": 1900}, "year"), ({"year": "x"}, "year"), ({"jurisdiction": "999999"}, "jurisdiction")],
)
def test_what_is_told_of_it_is_checked(desk: Client, fields: dict[str, Any], field: str) -> None:
    assert field in errors_of(sent(desk, **fields))


def test_an_empty_file_is_refused_at_the_file(desk: Client) -> None:
    assert "file" in errors_of(sent(desk, text=""))


def test_a_file_that_is_too_large_is_refused(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "_LARGEST", 10)
    assert "兆字节" in errors_of(sent(desk))["file"][0]


def test_the_same_text_is_refused_with_a_link_to_the_report(desk: Client) -> None:
    report = factories.ReportFactory.create(text=TEXT)
    link = reverse("admin:projects_report_change", args=[report.pk])
    response = sent(desk)
    assert "已经有了" in errors_of(response)["file"][0]
    assert f'<a href="{link}">' in response.content.decode()
    assert "text" in errors_of(desk.post(ADD, {"text": TEXT}))
    assert not ReportFile.objects.exists()


def test_the_same_file_is_refused_with_a_link_to_its_run(desk: Client) -> None:
    sent(desk)
    link = reverse("admin:projects_extractionrun_change", args=[ExtractionRun.objects.get().pk])
    response = sent(desk)
    assert "已经上传过" in errors_of(response)["file"][0]
    assert link in response.content.decode()
    assert ExtractionRun.objects.count() == 1
