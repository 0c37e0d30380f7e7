"""Tokens and accounts: a secret is shown once, permissions have names, and curators neither destroy nor administer."""

import re
from typing import Final

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.admin.access_admin import CURATORS, grant_curator_permissions
from projects.models import ApiToken
from tests.factories import ApiTokenFactory, EvidenceFactory, JurisdictionFactory, ProposalFactory
from tests.projects.admin.posting import confirm, errors_of, post_form

pytestmark = pytest.mark.django_db


ADD: Final = "admin:projects_apitoken_add"


@pytest.fixture
def chief(db: None) -> Client:
    """A browser in which an administrator is logged in."""
    client = Client()
    client.force_login(User.objects.create_superuser("wang"))
    return client


def secret_in(page: str) -> str:
    """Return the secret that a page shows."""
    found = re.findall(r"dxp_[\w-]{43}", page)
    assert len(found) == 1
    return str(found[0])


def action_url(token: ApiToken, name: str) -> str:
    """Return the address of a decision."""
    return reverse(f"admin:projects_apitoken_{name}", args=[token.pk])


class TestMaking:
    """A new token."""

    def test_the_secret_is_shown_once_and_not_kept(self, chief: Client) -> None:
        place = JurisdictionFactory.create()
        answer = post_form(chief, reverse(ADD), name="报送", holder="教委", jurisdiction=place.pk)
        secret = secret_in(answer.content.decode())
        token = ApiToken.objects.get()
        assert ApiToken.objects.find(secret, timezone.now()) == token
        assert (token.jurisdiction, str(token.created_by)) == (place, "wang")
        assert "no-store" in answer["Cache-Control"]
        page = chief.get(reverse("admin:projects_apitoken_change", args=[token.pk])).content.decode()
        assert secret not in page
        assert token.prefix in page

    def test_a_token_without_a_scope_is_refused(self, chief: Client) -> None:
        assert set(errors_of(post_form(chief, reverse(ADD), name="报送", holder="教委", scopes=[]))) == {"scopes"}

    def test_curators_make_none(self, curator_client: Client) -> None:
        assert curator_client.get(reverse(ADD)).status_code == 403


class TestRenewing:
    """A new secret for an old token."""

    def test_it_is_asked_first(self, chief: Client) -> None:
        token = ApiTokenFactory.create(secret="dxp_old")
        chief.post(action_url(token, "renew"))
        assert ApiToken.objects.find("dxp_old", timezone.now()) == token

    def test_the_old_secret_opens_nothing_any_more(self, chief: Client) -> None:
        token = ApiTokenFactory.create(secret="dxp_old")
        secret = secret_in(confirm(chief, action_url(token, "renew")).content.decode())
        assert ApiToken.objects.find("dxp_old", timezone.now()) is None
        assert ApiToken.objects.find(secret, timezone.now()) == token

    def test_a_revoked_token_is_not_renewed(self, chief: Client) -> None:
        token = ApiTokenFactory.create(revoked_at=timezone.now())
        answer = confirm(chief, action_url(token, "renew"))
        assert answer.status_code == 302
        assert ApiToken.objects.get().digest == token.digest


class TestRevoking:
    """The end of a token."""

    def test_it_opens_nothing_any_more(self, chief: Client) -> None:
        token = ApiTokenFactory.create(secret="dxp_old")
        confirm(chief, action_url(token, "revoke"))
        assert ApiToken.objects.find("dxp_old", timezone.now()) is None

    def test_it_is_not_offered_twice(self, chief: Client) -> None:
        token = ApiTokenFactory.create(revoked_at=timezone.now())
        page = chief.get(reverse("admin:projects_apitoken_change", args=[token.pk])).content.decode()
        assert action_url(token, "revoke") not in page


@pytest.mark.usefixtures("chinese")
def test_the_list_says_what_each_opens(chief: Client) -> None:
    ApiTokenFactory.create()
    assert "提出证据" in chief.get(reverse("admin:projects_apitoken_changelist")).content.decode()


def test_evidence_names_the_token_that_proposed_it(curator_client: Client) -> None:
    proposal = ProposalFactory.create()
    page = curator_client.get(reverse("admin:projects_evidence_change", args=[proposal.evidence.pk])).content.decode()
    assert str(proposal.token) in page
    other = EvidenceFactory.create()
    page = curator_client.get(reverse("admin:projects_evidence_change", args=[other.pk])).content.decode()
    assert str(proposal.token) not in page


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


def test_curators_write_what_they_curate_and_read_the_rest(curator: User) -> None:
    rights = curator.get_all_permissions()
    assert {
        "projects.change_commitment",
        "projects.add_report",
        "projects.change_evidence",
        "projects.add_source",
    } <= rights
    assert {"projects.change_source", "projects.add_succession", "projects.change_succession"} <= rights
    assert {"projects.view_sourceevent", "projects.view_successionevent"} <= rights
    assert {"projects.view_statuschange", "projects.view_commitmentevent", "projects.view_reportfile"} <= rights
    assert [right for right in rights if ".delete_" in right] == ["projects.delete_responsibility"]
    assert not [right for right in rights if right.startswith("auth.")]
    assert not {"projects.change_statuschange", "projects.add_overdueevent", "projects.add_extractionrun"} & rights


@pytest.mark.django_db
def test_a_migration_gives_back_what_is_missing_and_takes_nothing_away() -> None:
    group = Group.objects.get(name=CURATORS)
    given = set(group.permissions.values_list("pk", flat=True))
    extra = Permission.objects.get(codename="view_user")
    group.permissions.set([extra])
    grant_curator_permissions(apps.get_app_config("projects"))
    assert set(group.permissions.values_list("pk", flat=True)) == given | {extra.pk}
