"""The admin's lists in the order of the work."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import translation

from projects.admin_site import TrackerAdminSite


@pytest.mark.django_db
def test_lists_stand_in_groups_and_versions_come_last_under_their_own_names() -> None:
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("root")
    assert isinstance(admin.site, TrackerAdminSite)
    with translation.override("zh-hans"):
        groups = {str(group["name"]): group["models"] for group in admin.site.get_app_list(request)}
    names = list(groups)
    assert names[:4] == ["报告与承诺", "跨年对应", "行政区与部门", "上传与提取"]
    assert [one["object_name"] for one in groups["报告与承诺"]][:3] == ["Report", "Commitment", "Achievement"]
    assert "承诺的历史版本" in [str(one["name"]) for one in groups["历史版本"]]
    shown = [one["object_name"] for models in groups.values() for one in models]
    assert len(shown) == len(set(shown)) == len(admin.site._registry)


@pytest.mark.parametrize(("prefix", "home", "heading"), [("", "/", "承诺"), ("/en", "/en/", "Commitments")])
def test_each_language_leads_to_its_own_pages_and_names_its_lists(
    admin_client: Client, prefix: str, home: str, heading: str
) -> None:
    page = admin_client.get(f"{prefix}/admin/").content.decode()
    assert f'<a href="{home}">' in page
    assert re.search(rf'<a href="{prefix}/admin/projects/commitment/"[^>]*>\s*{heading}\s*</a>', page)


@pytest.mark.parametrize(
    ("prefix", "meaning"), [("", "作出承诺的条目"), ("/en", "a statement that undertakes something")]
)
def test_the_desk_shows_what_each_word_means(admin_client: Client, prefix: str, meaning: str) -> None:
    page = admin_client.get(f"{prefix}/admin/glossary/").content.decode()
    assert meaning in page
    assert f'href="{prefix}/admin/glossary/"' in admin_client.get(f"{prefix}/admin/").content.decode()


def test_the_glossary_is_for_staff(client: Client) -> None:
    assert client.get("/admin/glossary/").status_code == 302
