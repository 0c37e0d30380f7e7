"""Projects that are one are merged from the list, with what will follow told before."""

import pytest
from django.test import Client

from projects.choices import ReviewState
from projects.models import Project
from tests import factories
from tests.projects.admin.posting import confirm

pytestmark = pytest.mark.django_db

LIST = "/admin/projects/project/"


def test_projects_are_merged_from_the_list(curator_client: Client) -> None:
    place = factories.JurisdictionFactory.create()
    first, second = (
        factories.ProjectFactory.create(jurisdiction=place, name=name) for name in ("柳溪小学", "柳溪学校")
    )
    chosen = {"action": "merge", "_selected_action": [first.pk, second.pk]}
    page = curator_client.post(LIST, chosen).content.decode()
    assert "都归到“柳溪小学”，它的别名加上：柳溪学校" in page
    assert Project.objects.published().count() == 2
    confirm(curator_client, LIST, chosen)
    first.refresh_from_db()
    assert first.aliases == ["柳溪学校"]
    assert list(Project.objects.published()) == [first]


def test_one_alone_is_refused_and_stays(curator_client: Client) -> None:
    row = factories.ProjectFactory.create()
    page = confirm(curator_client, LIST, {"action": "merge", "_selected_action": [row.pk]}, follow=True)
    assert "至少两个项目" in page.content.decode()
    row.refresh_from_db()
    assert row.review_state == ReviewState.PUBLISHED
