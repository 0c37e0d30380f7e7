"""Accounts: permissions are named in the reader's language, and only those of the desk are offered."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("prefix", "named", "foreign"), [("", "承诺：修改", "Can change"), ("/en", "commitment: may", "承诺")]
)
def test_permissions_are_named_in_the_readers_language(
    admin_client: Client, prefix: str, named: str, foreign: str
) -> None:
    page = admin_client.get(f"{prefix}/admin/auth/group/add/").content.decode()
    labels = page.split('id="id_permissions"')[1].split("</fieldset>")[0]
    assert named in labels
    assert foreign not in labels
    assert "Choose" not in page


def test_tables_of_the_programs_own_are_not_offered(admin_client: Client) -> None:
    page = admin_client.get("/admin/auth/user/add/").content.decode()
    assert "建好用户之后" in page
    form = admin_client.get("/admin/auth/group/add/").context["adminform"].form
    offered = set(form.fields["permissions"].queryset.values_list("content_type__model", flat=True))
    assert {"commitment", "responsibility", "user"} <= offered
    assert not {"commitmentwords", "datasetversion", "session"} & offered


def test_only_what_opens_something_is_offered(admin_client: Client) -> None:
    form = admin_client.get("/admin/auth/group/add/").context["adminform"].form
    codes = set(form.fields["permissions"].queryset.values_list("codename", flat=True))
    assert {"view_commitmentevent", "change_commitment", "delete_responsibility", "delete_user"} <= codes
    assert not {"delete_commitment", "change_commitmentevent", "add_statuschange"} & codes


def test_a_group_is_saved_with_what_is_ticked(admin_client: Client) -> None:
    right = Permission.objects.get(codename="view_commitment")
    admin_client.post("/admin/auth/group/add/", {"name": "readers", "permissions": [right.pk]})
    assert list(Group.objects.get(name="readers").permissions.all()) == [right]
