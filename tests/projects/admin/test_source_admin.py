"""A source is told once, by a curator, also from within the evidence form; its file and its score are kept."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from projects.models import Source
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db

ADD = "/admin/projects/source/add/"
NEWS: dict[str, Any] = {
    "kind": "media", "title": "学校建成", "publisher": "重庆日报",
    "url": "news.example/1", "retrieved_on": "2022-02-01",
}  # fmt: skip


def test_a_curator_adds_a_page_and_changes_it(curator_client: Client) -> None:
    assert post_form(curator_client, ADD, **NEWS).status_code == 302
    made = Source.objects.get()
    assert (made.url, made.published_on, str(made.retrieved_on)) == ("https://news.example/1", None, "2022-02-01")
    address = reverse("admin:projects_source_change", args=[made.pk])
    assert post_form(curator_client, address, address_doubt="转载，原页打不开").status_code == 302
    page = curator_client.get(reverse("admin:projects_source_history", args=[made.pk])).content.decode()
    assert "转载，原页打不开" in page


def test_a_page_is_told_once(curator_client: Client) -> None:
    known = factories.SourceFactory.create(url="https://news.example/1")
    said = errors_of(post_form(curator_client, ADD, **NEWS))["url"][0]
    assert f"编号 {known.pk}" in said
    assert Source.objects.count() == 1


def test_an_official_page_says_whose_it_is(curator_client: Client) -> None:
    errors = errors_of(post_form(curator_client, ADD, **{**NEWS, "kind": "official_page"}))
    assert list(errors) == ["jurisdiction"]
    assert "哪个政府" in errors["jurisdiction"][0]


def test_a_new_source_goes_from_the_popup_into_the_evidence_form(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create()
    page = curator_client.get(f"{reverse('admin:projects_evidence_add')}?commitment={row.pk}").content.decode()
    assert 'href="/admin/projects/source/add/?_to_field=id&amp;_popup=1"' in page
    response = post_form(curator_client, f"{ADD}?_to_field=id&_popup=1", **NEWS, _popup="1")
    assert "popup_response" in response.content.decode()
    assert f"&quot;{Source.objects.get().pk}&quot;" in response.content.decode()


def test_the_governments_own_score_is_kept_and_listed(curator_client: Client) -> None:
    report = factories.ReportFactory.create()
    score = {"indicators_total": 7, "indicators_met": 7, "tasks_total": 106, "tasks_done": 94, "tasks_partly": 12}
    notice = {**NEWS, "kind": "outcome_notice", "jurisdiction": report.jurisdiction_id, "report": report.pk}
    assert post_form(curator_client, ADD, **notice, **score, is_public="on").status_code == 302
    made = Source.objects.get()
    assert {name: getattr(made, name) for name in score} == score
    factories.EvidenceFactory.create(source=made, commitment__report=report)
    response = curator_client.get("/admin/projects/source/?q=学校&kind__exact=outcome_notice")
    assert [row.evidence_count for row in response.context["cl"].result_list] == [1]
    assert "指标 7/7 · 任务 94/106 · 部分完成 12" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("通报.pdf", b"MZ", "文件的内容不是 pdf"),
        ("通报.exe", b"MZ", "exe"),
        ("通报.pdf", b"%PDF-1" + b" " * 95, "超过"),
    ],
    ids=["content", "ending", "size"],
)
def test_a_file_is_what_it_holds_in_the_admin_too(
    curator_client: Client, settings: Settings, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    settings.MEDIA_ROOT, settings.EVIDENCE_FILE_BYTES = tmp_path / "media", 100
    sent: dict[str, Any] = {**NEWS, "url": "", "retrieved_on": ""}
    refused = post_form(curator_client, ADD, **sent, file=SimpleUploadedFile(name, content))
    assert said in errors_of(refused)["file"][0]
    assert not Source.objects.exists()
    assert post_form(curator_client, ADD, **sent, file=SimpleUploadedFile("通报.pdf", b"%PDF-1.7")).status_code == 302
    made = Source.objects.get()
    assert (made.file.size, len(made.file_sha256)) == (8, 64)
