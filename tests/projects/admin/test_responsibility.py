"""A department that was noted by mistake is taken back; its versions tell that it was there."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from projects.models import Responsibility
from tests import factories
from tests.projects.admin.posting import post_form

pytestmark = pytest.mark.django_db


def versions(row: Responsibility) -> list[str]:
    """What was done to a row, in order."""
    events = apps.get_model("projects", "ResponsibilityEvent")._default_manager.filter(pgh_obj_id=row.pk)
    return list(events.order_by("pgh_id").values_list("pgh_label", flat=True))


def test_a_curator_takes_one_back_on_its_own_page(desk: Client) -> None:
    row = factories.ResponsibilityFactory.create()
    address = reverse("admin:projects_responsibility_delete", args=[row.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 302
    assert not Responsibility.objects.exists()
    assert versions(row) == ["insert", "delete"]


def test_a_curator_takes_one_back_on_the_page_of_the_commitment(desk: Client) -> None:
    row = factories.ResponsibilityFactory.create()
    other = factories.ResponsibilityFactory.create(commitment=row.commitment)
    address = reverse("admin:projects_commitment_change", args=[row.commitment.pk])
    rows = list(row.commitment.responsibilities.all())
    assert post_form(desk, address, **{f"responsibilities-{rows.index(row)}-DELETE": "on"}).status_code == 302
    assert list(Responsibility.objects.all()) == [other]


def test_a_version_of_what_is_gone_tells_who_took_it_back(desk: Client, curator: User) -> None:
    row = factories.ResponsibilityFactory.create()
    desk.post(reverse("admin:projects_responsibility_delete", args=[row.pk]), {"post": "yes"})
    shown = desk.get("/admin/projects/responsibilityevent/?pgh_label__exact=delete").content.decode()
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
