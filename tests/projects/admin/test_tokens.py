"""Tokens are made, renewed and revoked at the desk; the secret is seen once."""

import re
from typing import Final

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.models import ApiToken
from tests.factories import ApiTokenFactory, EvidenceFactory, JurisdictionFactory, ProposalFactory
from tests.projects.admin.posting import errors_of, post_form

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


def step(token: ApiToken, name: str) -> str:
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

    def test_curators_make_none(self, desk: Client) -> None:
        assert desk.get(reverse(ADD)).status_code == 403


class TestRenewing:
    """A new secret for an old token."""

    def test_it_is_asked_first(self, chief: Client) -> None:
        token = ApiTokenFactory.create(secret="dxp_old")
        chief.post(step(token, "renew"))
        assert ApiToken.objects.find("dxp_old", timezone.now()) == token

    def test_the_old_secret_opens_nothing_any_more(self, chief: Client) -> None:
        token = ApiTokenFactory.create(secret="dxp_old")
        secret = secret_in(chief.post(step(token, "renew"), {"confirmed": "1"}).content.decode())
        assert ApiToken.objects.find("dxp_old", timezone.now()) is None
        assert ApiToken.objects.find(secret, timezone.now()) == token

    def test_a_revoked_token_is_not_renewed(self, chief: Client) -> None:
        token = ApiTokenFactory.create(revoked_at=timezone.now())
        answer = chief.post(step(token, "renew"), {"confirmed": "1"})
        assert answer.status_code == 302
        assert ApiToken.objects.get().digest == token.digest


class TestRevoking:
    """The end of a token."""

    def test_it_opens_nothing_any_more(self, chief: Client) -> None:
        token = ApiTokenFactory.create(secret="dxp_old")
        chief.post(step(token, "revoke"), {"confirmed": "1"})
        assert ApiToken.objects.find("dxp_old", timezone.now()) is None

    def test_it_is_not_offered_twice(self, chief: Client) -> None:
        token = ApiTokenFactory.create(revoked_at=timezone.now())
        page = chief.get(reverse("admin:projects_apitoken_change", args=[token.pk])).content.decode()
        assert step(token, "revoke") not in page


@pytest.mark.usefixtures("chinese")
def test_the_list_says_what_each_opens(chief: Client) -> None:
    ApiTokenFactory.create()
    assert "提出证据" in chief.get(reverse("admin:projects_apitoken_changelist")).content.decode()


def test_evidence_names_the_token_that_proposed_it(desk: Client) -> None:
    proposal = ProposalFactory.create()
    page = desk.get(reverse("admin:projects_evidence_change", args=[proposal.evidence.pk])).content.decode()
    assert str(proposal.token) in page
    other = EvidenceFactory.create()
    page = desk.get(reverse("admin:projects_evidence_change", args=[other.pk])).content.decode()
    assert str(proposal.token) not in page
