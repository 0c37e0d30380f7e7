"""A report's own page: state, counts, runs with their reasons, what the last one changed, and once more."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.choices import ReportState, ReviewState, RunState
from projects.models import Commitment, ExtractionRun, Report
from tests import factories
from tests.projects.admin.posting import confirm

pytestmark = pytest.mark.django_db


def page_of(curator_client: Client, report: Report | None, prefix: str = "") -> Any:
    assert report is not None
    return curator_client.get(prefix + reverse("admin:projects_report_change", args=[report.pk]))


def test_publishing_says_what_becomes_public(curator_client: Client) -> None:
    report = factories.ReportFactory.create(state=ReportState.DRAFT)
    factories.CommitmentFactory.create(report=report, position=1)
    factories.CommitmentFactory.create(report=report, position=2, review_state=ReviewState.CANDIDATE)
    factories.AchievementFactory.create(report=report, position=3)
    address = reverse("admin:projects_report_publish", args=[report.pk])
    assert "承诺 1 条、成绩 1 条一并公开" in curator_client.get(address).content.decode()
    assert not Commitment.objects.published().exists()
    confirm(curator_client, address)
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED
    assert Commitment.objects.published().count() == 1


def test_a_second_report_of_the_year_cannot_be_published(curator_client: Client) -> None:
    first = factories.ReportFactory.create()
    second = factories.ReportFactory.create(
        jurisdiction=first.jurisdiction, text="别的文字", state=ReportState.WITHDRAWN
    )
    address = reverse("admin:projects_report_publish", args=[second.pk])
    page = confirm(curator_client, address, {}, follow=True).content.decode()
    assert "已有一份未撤回的报告" in page
    second.refresh_from_db()
    assert second.state == ReportState.WITHDRAWN


@pytest.mark.parametrize(("prefix", "words"), [("", "标题里没有"), ("/en", "No such words")])
def test_the_reason_of_a_failure_stands_on_the_page(curator_client: Client, prefix: str, words: str) -> None:
    run = factories.ExtractionRunFactory.create(
        state=RunState.FAILED, reason="标题里没有年度", reason_en="No such words"
    )
    assert words in page_of(curator_client, run.report, prefix).content.decode()


def test_progress_is_shown_and_the_page_comes_again(curator_client: Client) -> None:
    run = factories.ExtractionRunFactory.create(
        state=RunState.EXTRACTING, progress=30, claim="w", heartbeat_at=timezone.now()
    )
    page = page_of(curator_client, run.report).content.decode()
    assert 'value="30"' in page
    assert 'http-equiv="refresh"' in page


def test_the_last_difference_is_told_with_its_words(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create()
    entry = {"kind": "commitment", "id": row.pk, "start": row.start, "title": row.title, "quote": "别的原文"}
    factories.ExtractionRunFactory.create(
        report=row.report,
        state=RunState.DONE,
        finished_at=timezone.now(),
        difference=[{**entry, "change": "updated", "fields": ["project_id", "due_on"]}],
    )
    page = page_of(curator_client, row.report).content.decode()
    assert "更新（1）" in page
    assert "项目、到期日" in page
    assert "<q>别的原文</q>" in page
    assert reverse("admin:projects_commitment_change", args=[row.pk]) in page
    assert 'http-equiv="refresh"' not in page


def test_extracting_again_is_queued_once(curator_client: Client) -> None:
    report = factories.ReportFactory.create()
    address = reverse("admin:projects_report_again", args=[report.pk])
    assert curator_client.get(address).status_code == 405
    assert "已排队" in curator_client.post(address, follow=True).content.decode()
    assert "请等它结束" in curator_client.post(address, follow=True).content.decode()
    run = ExtractionRun.objects.get()
    assert (run.report, run.state) == (report, RunState.QUEUED)


def test_the_list_counts_what_was_found(curator_client: Client) -> None:
    report = factories.ReportFactory.create()
    factories.CommitmentFactory.create(report=report, position=1, review_state=ReviewState.CANDIDATE)
    factories.CommitmentFactory.create(report=report, position=2)
    row = curator_client.get("/admin/projects/report/").context["cl"].result_list[0]
    assert (row.commitment_total, row.achievement_total, row.candidate_total) == (2, 0, 1)
    assert "text" in row.get_deferred_fields()


def test_the_page_holds_no_row_for_a_run_that_nobody_can_add(admin_client: Client) -> None:
    run = factories.ExtractionRunFactory.create()
    page = page_of(admin_client, run.report).content.decode()
    assert reverse("admin:projects_extractionrun_change", args=[run.pk]) in page
    assert "DatabaseDefault" not in page
