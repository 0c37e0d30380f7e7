"""Governments begin, end, and are carried on by others; a responsibility noted by mistake is taken back."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from projects.models import Responsibility, Succession
from tests import factories
from tests.projects.admin.posting import confirm, errors_of, post_form

pytestmark = pytest.mark.django_db


def test_a_government_ends_and_its_successors_are_told_on_its_own_page(curator_client: Client) -> None:
    yubei = factories.JurisdictionFactory.create(code="500112", name="渝北区")
    beibei = factories.JurisdictionFactory.create(code="500109", name="北碚区")
    source = factories.SourceFactory.create()
    rows: list[dict[str, Any]] = [
        {"successor": beibei.pk, "on": "2025-11-06", "scope": "五镇", "source": source.pk},
        {"successor_name": "两江新区", "on": "2025-11-06"},
    ]
    sent = {f"successors-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    address = reverse("admin:projects_jurisdiction_change", args=[yubei.pk])
    response = post_form(curator_client, address, valid_until="2025-11-05", **sent, **{"successors-TOTAL_FORMS": 2})
    assert response.status_code == 302
    yubei.refresh_from_db()
    assert str(yubei.valid_until) == "2025-11-05"
    assert {str(row) for row in yubei.successors.all()} == {"渝北区 → 北碚区", "渝北区 → 两江新区"}
    heirs_page = curator_client.get(reverse("admin:projects_jurisdiction_change", args=[beibei.pk])).content.decode()
    assert "承接自" in heirs_page
    assert "五镇" in heirs_page


def test_a_successor_that_is_none_is_refused_in_its_row(curator_client: Client) -> None:
    place = factories.JurisdictionFactory.create()
    sent = {"successors-TOTAL_FORMS": 1, "successors-0-on": "2025-11-06"}
    response = post_form(curator_client, reverse("admin:projects_jurisdiction_change", args=[place.pk]), **sent)
    assert response.status_code == 200
    form = response.context["inline_admin_formsets"][0].formset.forms[0]
    assert "请选择承接的政府" in form.errors["successor"][0]
    assert not Succession.objects.exists()


def test_a_succession_has_a_page_and_a_history_of_its_own(curator_client: Client) -> None:
    places = factories.JurisdictionFactory.create_batch(2)
    sent = {"predecessor": places[0].pk, "successor": places[1].pk, "on": "2025-11-06"}
    assert post_form(curator_client, "/admin/projects/succession/add/", **sent).status_code == 302
    made = Succession.objects.get()
    assert post_form(curator_client, f"/admin/projects/succession/{made.pk}/change/", scope="全部").status_code == 302
    page = curator_client.get(reverse("admin:projects_succession_history", args=[made.pk])).content.decode()
    assert "全部" in page
    assert post_form(curator_client, f"/admin/projects/succession/{made.pk}/change/", on="x").status_code == 200
    assert "on" in errors_of(post_form(curator_client, f"/admin/projects/succession/{made.pk}/change/", on="x"))


def versions(row: Responsibility) -> list[str]:
    """What was done to a row, in order."""
    events = apps.get_model("projects", "ResponsibilityEvent")._default_manager.filter(pgh_obj_id=row.pk)
    return list(events.order_by("pgh_id").values_list("pgh_label", flat=True))


def test_a_curator_takes_one_back_on_its_own_page(curator_client: Client) -> None:
    row = factories.ResponsibilityFactory.create()
    address = reverse("admin:projects_responsibility_delete", args=[row.pk])
    assert curator_client.post(address, {"post": "yes"}).status_code == 302
    assert not Responsibility.objects.exists()
    assert versions(row) == ["insert", "delete"]


def test_a_curator_takes_one_back_on_the_page_of_the_commitment(curator_client: Client) -> None:
    row = factories.ResponsibilityFactory.create()
    other = factories.ResponsibilityFactory.create(commitment=row.commitment)
    address = reverse("admin:projects_commitment_change", args=[row.commitment.pk])
    rows = list(row.commitment.responsibilities.all())
    assert post_form(curator_client, address, **{f"responsibilities-{rows.index(row)}-DELETE": "on"}).status_code == 302
    assert list(Responsibility.objects.all()) == [other]


def test_a_version_of_what_is_gone_tells_who_took_it_back(curator_client: Client, curator: User) -> None:
    row = factories.ResponsibilityFactory.create()
    curator_client.post(reverse("admin:projects_responsibility_delete", args=[row.pk]), {"post": "yes"})
    shown = curator_client.get("/admin/projects/responsibilityevent/?pgh_label__exact=delete").content.decode()
    assert "删除" in shown
    assert curator.username in shown
    assert "pgh" not in shown.replace("pgh_label__exact", "").replace("pgh_created_at", "")


def test_who_may_not_curate_takes_nothing_back() -> None:
    row = factories.ResponsibilityFactory.create()
    User.objects.create_user("visitor", password="secret", is_staff=True)
    client = Client()
    client.login(username="visitor", password="secret")
    assert client.post(f"/admin/projects/responsibility/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Responsibility.objects.exists()


class TestDepartments:
    def test_other_names_are_told_one_a_line(self, curator_client: Client) -> None:
        department = factories.DepartmentFactory.create(name="区教育委员会")
        address = reverse("admin:projects_department_change", args=[department.pk])
        assert post_form(curator_client, address, aliases="区教委\n\n 教育局 \n").status_code == 302
        department.refresh_from_db()
        assert department.aliases == ["区教委", "教育局"]

    @pytest.mark.parametrize(("field", "value"), [("aliases", "区财政局"), ("aliases", "财政"), ("name", "财政")])
    def test_a_name_of_another_one_is_refused(self, curator_client: Client, field: str, value: str) -> None:
        other = factories.DepartmentFactory.create(name="区财政局", aliases=["财政"])
        department = factories.DepartmentFactory.create(jurisdiction=other.jurisdiction)
        address = reverse("admin:projects_department_change", args=[department.pk])
        assert "区财政局" in errors_of(post_form(curator_client, address, **{field: value}))[field][0]

    def test_the_same_name_in_another_place_is_another_department(self, curator_client: Client) -> None:
        factories.DepartmentFactory.create(name="区财政局", aliases=["财政"])
        department = factories.DepartmentFactory.create()
        address = reverse("admin:projects_department_change", args=[department.pk])
        assert post_form(curator_client, address, aliases="财政").status_code == 302

    def test_two_are_merged_after_it_was_told_what_follows(self, curator_client: Client) -> None:
        busy = factories.DepartmentFactory.create(name="区教育委员会")
        other = factories.DepartmentFactory.create(jurisdiction=busy.jurisdiction, name="区教委")
        factories.ResponsibilityFactory.create_batch(2, department=busy)
        part = factories.ResponsibilityFactory.create(department=other)
        address = reverse("admin:projects_department_changelist")
        data = {"action": "merge", "_selected_action": [busy.pk, other.pk]}
        assert "“区教委”并入“区教育委员会”：1 条" in curator_client.post(address, data).content.decode()
        confirm(curator_client, address, data, follow=True)
        other.refresh_from_db()
        assert other.merged_into == busy
        assert busy.responsibilities.filter(commitment=part.commitment).exists()
        listed = curator_client.get(address).content.decode()
        assert f"/department/{busy.pk}/change" in listed
        assert f"/department/{other.pk}/change" not in listed
        assert f"/department/{other.pk}/change" in curator_client.get(address, {"merged": "1"}).content.decode()
        events = apps.get_model("projects", "DepartmentEvent").objects.filter(pgh_obj=other)
        assert list(events.order_by("pgh_id").values_list("merged_into", flat=True)) == [None, busy.pk]

    @pytest.mark.parametrize("count", [1, 3])
    def test_not_one_and_not_three(self, curator_client: Client, count: int) -> None:
        place = factories.JurisdictionFactory.create()
        chosen = factories.DepartmentFactory.create_batch(count, jurisdiction=place)
        data = {"action": "merge", "_selected_action": [one.pk for one in chosen]}
        address = reverse("admin:projects_department_changelist")
        response = confirm(curator_client, address, data, follow=True)
        assert "请选两个部门" in response.content.decode()
        assert not place.departments.exclude(merged_into=None).exists()
