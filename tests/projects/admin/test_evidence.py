"""Evidence is accepted and rejected by name and time; a status never loses its ground unnoticed."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from projects.choices import Status, Verification
from projects.models import Evidence
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed() -> Evidence:
    return factories.EvidenceFactory.create(review_state=Verification.PROPOSED)


def decided(desk: Client, row: Evidence, step: str) -> Any:
    return desk.post(reverse(f"admin:projects_evidence_{step}", args=[row.pk]), {"confirmed": "1"}, follow=True)


def test_accepting_names_who_and_leaves_the_status(desk: Client, curator: User, proposed: Evidence) -> None:
    decided(desk, proposed, "accept")
    proposed.refresh_from_db()
    assert (proposed.review_state, proposed.reviewed_by) == (Verification.ACCEPTED, curator)
    assert proposed.reviewed_at is not None
    assert proposed.commitment.status == Status.NOT_ASSESSED


def test_accepting_can_set_the_status_that_it_shows(desk: Client, proposed: Evidence) -> None:
    page = desk.get(reverse("admin:projects_evidence_follow", args=[proposed.pk])).content.decode()
    assert "1 条承诺的状态改为“已完成”" in page
    decided(desk, proposed, "follow")
    proposed.commitment.refresh_from_db()
    assert proposed.commitment.status == Status.COMPLETED
    assert proposed.commitment.status_evidence == proposed


def test_several_are_rejected_from_the_list(desk: Client, proposed: Evidence) -> None:
    other = factories.EvidenceFactory.create(review_state=Verification.PROPOSED)
    chosen = {"action": "reject", "_selected_action": [proposed.pk, other.pk], "confirmed": "1"}
    assert "已否决 2 条" in desk.post("/admin/projects/evidence/", chosen, follow=True).content.decode()
    assert set(Evidence.objects.values_list("review_state", flat=True)) == {Verification.REJECTED}


def test_what_a_status_rests_on_cannot_be_rejected(desk: Client) -> None:
    row = factories.EvidenceFactory.create()
    row.commitment.record_status(Status.COMPLETED, evidence=row, effective_on=row.as_of)
    assert "要先换依据" in desk.get(reverse("admin:projects_evidence_reject", args=[row.pk])).content.decode()
    assert "为依据" in decided(desk, row, "reject").content.decode()
    row.refresh_from_db()
    assert row.review_state == Verification.ACCEPTED


def test_new_evidence_waits_for_review(desk: Client) -> None:
    row = factories.CommitmentFactory.create()
    address = f"{reverse('admin:projects_evidence_add')}?commitment={row.pk}"
    values = {"url": "news.example/1", "publisher": "重庆日报", "published_on": "2022-01-05", "as_of": "2022-01-01"}
    response = post_form(desk, address, **values, source_kind="independent", verdict="completed")
    assert response.status_code == 302
    made = Evidence.objects.get()
    assert (made.commitment, made.review_state, made.url) == (row, Verification.PROPOSED, "https://news.example/1")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("通报.pdf", b"MZ", "文件的内容不是 pdf"),
        ("通报.exe", b"MZ", "exe"),
        ("通报.pdf", b"%PDF-1" + b" " * 95, "超过"),
    ],
    ids=["content", "ending", "size"],
)
def test_a_file_is_what_it_holds_at_the_desk_too(
    desk: Client, settings: Settings, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    settings.MEDIA_ROOT, settings.EVIDENCE_FILE_BYTES = tmp_path / "media", 100
    row = factories.CommitmentFactory.create()
    address = f"{reverse('admin:projects_evidence_add')}?commitment={row.pk}"
    values = {"publisher": "督查室", "published_on": "2022-01-05", "as_of": "2022-01-01", "source_kind": "independent"}
    sent = {**values, "verdict": "completed", "file": SimpleUploadedFile(name, content)}
    assert said in errors_of(post_form(desk, address, **sent))["file"][0]
    assert not Evidence.objects.exists()
    good = {**sent, "file": SimpleUploadedFile("通报.pdf", b"%PDF-1.7")}
    assert post_form(desk, address, **good).status_code == 302
    assert Evidence.objects.get().file.size == 8
