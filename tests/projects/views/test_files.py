"""A file is as public as the evidence it came with."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from projects.choices import ReviewState, Verification
from projects.models import Commitment, Evidence
from tests.factories import EvidenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence(settings: Settings, tmp_path: Path) -> Evidence:
    """Accepted evidence with a web page as its file."""
    settings.MEDIA_ROOT = tmp_path / "media"
    row: Evidence = EvidenceFactory.create(url="", file=ContentFile(b"<script>alert(1)</script>", name="page.html"))
    return row


def status(client: Client, evidence: Evidence) -> int:
    """Return the status of the answer for the file's own address."""
    answer = client.get(evidence.file.url)
    for part in getattr(answer, "_resource_closers", []):
        part()  # as the server does; closing the answer itself would close the database's connection, too
    return answer.status_code


def test_a_file_of_accepted_evidence_is_a_download(client: Client, evidence: Evidence) -> None:
    answer = client.get(evidence.file.url)
    assert answer.getvalue() == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_proposed_evidence_is_not_found(client: Client, evidence: Evidence) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(review_state=Verification.PROPOSED)
    assert status(client, evidence) == 404


def test_a_file_of_a_withdrawn_commitment_is_not_found(client: Client, evidence: Evidence) -> None:
    Commitment.objects.update(review_state=ReviewState.WITHDRAWN)
    assert status(client, evidence) == 404


def test_who_reviews_evidence_gets_its_file(client: Client, evidence: Evidence) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(review_state=Verification.PROPOSED)
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert status(client, evidence) == 404
    user.user_permissions.add(Permission.objects.get(codename="view_evidence"))
    assert status(client, evidence) == 200


@pytest.mark.parametrize("name", ["evidence/none.pdf", "../settings.py", "%2e%2e/x", "evidence/"])
def test_what_no_evidence_names_is_not_found(client: Client, evidence: Evidence, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_a_file_that_is_gone_is_not_found(client: Client, evidence: Evidence) -> None:
    evidence.file.storage.delete(str(evidence.file.name))
    assert status(client, evidence) == 404
