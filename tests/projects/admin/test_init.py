"""The admin site as a whole: every table is there, every page opens for a curator, nothing can be deleted."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from projects.choices import ReviewState, Status
from projects.models import Commitment, Responsibility
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OWN = [model for model in MODELS if model._meta.app_label == "projects"]
# What the program keeps for itself: search, totals, caching, repeated requests, who made a version, a model's answers.
INTERNAL = {
    "AchievementWords", "ChangeContext", "CommitmentWords", "CommitmentTally", "DatasetChange", "DatasetVersion",
    "IdempotencyKey", "NewStatements", "NotedChange", "PublicChange", "SecondAnswer",
}  # fmt: skip


@pytest.fixture
def rows() -> None:
    """A row of nearly every table."""
    evidence = factories.EvidenceFactory.create()
    evidence.commitment.record_status(Status.COMPLETED, evidence=evidence, effective_on=evidence.as_of)
    factories.AchievementFactory.create(review_state=ReviewState.CANDIDATE, confidence=0.8)
    factories.RestatementFactory.create()
    factories.ResponsibilityFactory.create()
    factories.ExtractionRunFactory.create()
    factories.ReportFileFactory.create()
    factories.ProjectFactory.create()
    factories.SuccessionFactory.create(source=evidence.source)
    factories.LinkProposalFactory.create()


def test_every_table_that_people_work_with_is_registered() -> None:
    named = {model.__name__ for model in apps.get_app_config("projects").get_models()}
    assert named - {model.__name__ for model in OWN} - INTERNAL <= {"ApiToken", "Proposal"}


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_opens(curator_client: Client, prefix: str) -> None:
    assert curator_client.get(f"{prefix}/admin/").status_code == 200
    for model in OWN:
        pages = [f"{prefix}/admin/projects/{model._meta.model_name}/?q=学校"]
        row = model._default_manager.first()
        if row is not None and curator_client.get(pages[0]).status_code == 200:
            pages += [
                f"{prefix}/admin/projects/{model._meta.model_name}/{row.pk}/{page}/" for page in ("change", "history")
            ]
        assert {curator_client.get(page).status_code for page in pages} <= {200, 403}, pages


@pytest.mark.parametrize(
    "name", ["commitment", "achievement", "report", "evidence", "source", "succession", "project", "restatement"]
)
def test_a_list_reads_no_more_for_more_rows(
    curator_client: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factory = getattr(factories, f"{name.capitalize()}Factory")
    factory.create_batch(12)
    with django_assert_max_num_queries(14):
        response = curator_client.get(reverse(f"admin:projects_{name}_changelist"))
    assert response.context["cl"].result_count >= 12


@pytest.mark.usefixtures("rows")
def test_nothing_can_be_deleted_but_a_responsibility_not_even_by_an_administrator() -> None:
    User.objects.create_superuser("root", password="secret")
    client = Client()
    client.login(username="root", password="secret")
    for model in OWN:
        row: Any = model._default_manager.first()
        if row is not None and model is not Responsibility:
            address = f"/admin/projects/{model._meta.model_name}/{row.pk}/delete/"
            assert client.post(address, {"post": "yes"}).status_code == 403, address
            assert model._default_manager.filter(pk=row.pk).exists()


def test_no_column_of_an_admin_is_hidden_by_a_field_of_the_same_name() -> None:
    hidden = []
    for model_admin in admin.site._registry.values():
        for shown in (model_admin, *(inline(model_admin.model, admin.site) for inline in model_admin.inlines)):
            names = {field.name for field in shown.opts.get_fields()}
            hidden += [f"{shown}.{name}" for name in names if hasattr(getattr(shown, name, None), "short_description")]
    assert hidden == []


def test_chinese_words_find_titles_and_quotes(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create(title="悦来中学建成投用")
    factories.CommitmentFactory.create(title="公园")
    for word in ("悦来", "中", row.quote[:6]):
        shown = curator_client.get(reverse("admin:projects_commitment_changelist"), {"q": word}).context["cl"].queryset
        assert row in shown
    assert [one.pk for one in curator_client.get("/admin/projects/commitment/?q=悦来").context["cl"].queryset] == [
        row.pk
    ]
    assert Commitment.objects.count() == 2


def test_an_outsider_sees_nothing() -> None:
    assert Client().get("/admin/projects/commitment/").status_code == 302


@pytest.mark.parametrize(
    "name", ["evidence", "source", "project", "restatement", "apitoken", "commitment", "achievement"]
)
def test_a_new_rows_form_shows_nothing_that_the_database_fills_in(admin_client: Client, name: str) -> None:
    page = admin_client.get(f"/admin/projects/{name}/add/").content.decode()
    assert "DatabaseDefault" not in page
    assert "创建时间" not in page


def test_chinese_pages_have_no_words_of_django_left_in_english(admin_client: Client) -> None:
    page = admin_client.get("/admin/").content.decode()
    assert "查看或修改" in page
    assert not [word for word in ("Model name", "Add link", "Change or view list link") if word in page]
