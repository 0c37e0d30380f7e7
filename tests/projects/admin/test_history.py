"""An object's history: who changed what and when, before and after, in words."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from projects.admin.versions import versions_of
from projects.corrections import FieldChange
from projects.models import ExtractionRun
from tests import factories
from tests.projects.admin.posting import post_form

pytestmark = pytest.mark.django_db


def test_a_change_by_a_curator_is_told_with_its_author(curator_client: Client, curator: User) -> None:
    row = factories.CommitmentFactory.create(title="旧题")
    project = factories.ProjectFactory.create(name="悦来中学")
    address = reverse("admin:projects_commitment_change", args=[row.pk])
    post_form(curator_client, address, title="新题", category="health", project=project.pk)
    newest, first = versions_of(type(row), str(row.pk))
    assert (newest.actor, newest.is_first, first.actor, first.is_first) == (curator.username, False, "程序", True)
    assert newest.changes == [
        FieldChange("标题", "旧题", "新题"),
        FieldChange("类别", "教育", "医疗卫生"),
        FieldChange("项目", "—", f"悦来中学（{project.pk}）"),
    ]
    page = curator_client.get(reverse("admin:projects_commitment_history", args=[row.pk])).content.decode()
    assert "旧题" in page
    assert "医疗卫生" in page


def test_what_nobody_changed_has_one_version() -> None:
    row = factories.ProjectFactory.create()
    row.save()
    assert [version.is_first for version in versions_of(type(row), str(row.pk))] == [True]


def test_a_table_without_versions_says_so(curator_client: Client) -> None:
    run = factories.ExtractionRunFactory.create()
    assert versions_of(ExtractionRun, str(run.pk)) == []
    page = curator_client.get(reverse("admin:projects_extractionrun_history", args=[run.pk])).content.decode()
    assert "没有历史版本" in page


def test_yes_no_and_figures_are_told_as_people_write_them(curator_client: Client) -> None:
    row = factories.EvidenceFactory.create(commitment__quantity=10, commitment__unit="所", commitment__comparator="gte")
    address = reverse("admin:projects_evidence_change", args=[row.pk])
    sent = {"reported_value": "12", "coverage": "cumulative", "bound": "gte", "is_forecast": "on"}
    assert post_form(curator_client, address, **sent).status_code == 302
    assert set(versions_of(type(row), str(row.pk))[0].changes) == {
        FieldChange("报告值", "—", "12"),
        FieldChange("报告值的口径", "—", "累计"),
        FieldChange("报告值的界限", "—", "不少于"),
        FieldChange("预计", "否", "是"),
    }


def test_an_event_tells_its_time_as_people_read_it(curator_client: Client) -> None:
    row = factories.ProjectFactory.create()
    event = apps.get_model("projects", "ProjectEvent")._default_manager.get(pgh_obj_id=row.pk)
    page = curator_client.get(reverse("admin:projects_projectevent_change", args=[event.pk])).content.decode()
    assert date_format(localtime(event.pgh_created_at), "DATETIME_FORMAT") in page
    assert "+00:00" not in page
