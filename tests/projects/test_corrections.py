"""What the public saw and sees otherwise now is told, with the reason; what nobody saw is not."""

import pytest
from django.test import Client
from django.urls import reverse

from projects import publication
from projects.choices import Category, ReviewState
from projects.corrections import FieldChange, corrections
from projects.models import Achievement, Commitment
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Commitment:
    found: Commitment = factories.CommitmentFactory.create(title="原题", category=Category.EDUCATION)
    return found


def address(row: Commitment | Achievement) -> str:
    return reverse(f"admin:projects_{row._meta.model_name}_change", args=[row.pk])


def test_a_published_statement_is_changed_only_with_a_reason_and_the_page_tells_it(
    curator_client: Client, client: Client, row: Commitment
) -> None:
    assert "id_correction" in curator_client.get(address(row)).content.decode()
    for nothing in (" ", "\u200b\u2060"):
        refused = post_form(curator_client, address(row), title="新题", correction=nothing)
        assert list(errors_of(refused)) == ["correction"]
    row.refresh_from_db()
    assert row.title == "原题"
    assert post_form(curator_client, address(row), title="新题", correction="原文写的是<新题>").status_code == 302
    (told,) = corrections(row)
    assert (told.reason, told.changes) == ("原文写的是<新题>", [FieldChange("标题", "原题", "新题")])
    page = client.get(f"/commitments/{row.pk}/").content.decode()
    assert "<del>原题</del>" in page
    assert "<ins>新题</ins>" in page
    assert "原因：原文写的是&lt;新题&gt;" in page


def test_what_the_public_does_not_see_needs_no_reason(curator_client: Client, client: Client, row: Commitment) -> None:
    project = factories.ProjectFactory.create(jurisdiction=row.jurisdiction, review_state=ReviewState.CANDIDATE)
    assert post_form(curator_client, address(row), project=project.pk).status_code == 302
    assert corrections(row) == []
    assert 'id="corrections"' not in client.get(f"/commitments/{row.pk}/").content.decode()


def test_a_candidate_is_edited_freely(curator_client: Client) -> None:
    row = factories.AchievementFactory.create(title="原题", review_state=ReviewState.CANDIDATE)
    assert "id_correction" not in curator_client.get(address(row)).content.decode()
    assert post_form(curator_client, address(row), title="新题").status_code == 302
    publication.review(Achievement.objects.filter(pk=row.pk), ReviewState.PUBLISHED)
    row.refresh_from_db()
    assert (row.title, corrections(row)) == ("新题", [])


def test_withdrawing_hides_no_correction(curator_client: Client, row: Commitment) -> None:
    found = Commitment.objects.filter(pk=row.pk)
    publication.review(found, ReviewState.WITHDRAWN)
    assert post_form(curator_client, address(row), title="新题").status_code == 302
    assert corrections(row) == []
    publication.review(found, ReviewState.PUBLISHED)
    assert [told.changes for told in corrections(row)] == [[FieldChange("标题", "原题", "新题")]]
